"""Plans, hopes, denials, conditions and attempts assert nothing; what stands beside them still counts."""

import pytest
from told import asserted, positions, tell


@pytest.mark.parametrize(
    "sentence",
    [
        *[
            f"Marta Lindqvist {verbs} the 1500m."
            for verbs in [
                "hopes to win",
                "will win",
                "would win",
                "can win",
                "may win",
                "should win",
                "aims to win",
                "wants to win",
                "plans to win",
                "is set to win",
                "is favourite to win",
                "is expected to win",
                "was expected to win",
                "is bidding to win",
                "was trying to win",
                "attempted to win",
                "is tipped to win",
                "is confident of winning",
                "failed to win",
                "did not win",
                "didn't win",
                "never won",
                "has not won",
                "was unable to win",
                "refused to win",
                "would have won",
                "could have won",
                "might have won",
                "reportedly won",
                "cannot win",
                "had hoped to win",
                "will be hoping to win",
                "is looking to win",
                "needs to win",
                "was denied the chance to win",
                "almost won",
                "nearly won",
                "dreams of winning",
            ]
        ],
        "Marta Lindqvist ran the 1500m without winning it.",
        "Marta Lindqvist left Oslo without winning the 1500m.",
        "If Marta Lindqvist wins the 1500m, she will retire.",
        "Marta Lindqvist will retire if she wins the 1500m.",
        "Unless Marta Lindqvist wins the 1500m, she will retire.",
        "Had Marta Lindqvist won the 1500m, she would have retired.",
        "Should Marta Lindqvist win the 1500m, she will retire.",
        "Did Marta Lindqvist win the 1500m?",
        "Will Marta Lindqvist win the 1500m?",
        "Neither Marta Lindqvist nor Ines Sorel won the 1500m.",
        "Nobody believes Marta Lindqvist will win the 1500m.",
        "Marta Lindqvist said she would win the 1500m.",
        "Marta Lindqvist was denied victory in the 1500m by Ines Sorel.",
        "Marta Lindqvist missed out on bronze in the 1500m.",
        "Marta Lindqvist is aiming for gold in the 1500m.",
        "Marta Lindqvist was second in the queue.",
        "Marta Lindqvist is chasing a third European title.",
        "Marta Lindqvist wants to break the world record in the 1500m.",
        "Marta Lindqvist did not break the national record.",
        "Marta Lindqvist hopes to run a personal best of 8:21.30 in the 3000m.",
        "Marta Lindqvist came within a second of the world record in the 3000m.",
        "Marta Lindqvist passed 1000m in 2:38.",
        "Marta Lindqvist will be coached by Ivar Haugland.",
        "Marta Lindqvist wants to be coached by Ivar Haugland.",
        "Marta Lindqvist was never coached by Ivar Haugland.",
        "Ivar Haugland would like to coach Marta Lindqvist.",
    ],
)
def test_guards_let_nothing_through(sentence: str) -> None:
    assert asserted(tell(sentence)) == []


def test_guards_a_parting_that_may_come_has_not_come() -> None:
    found = tell("Marta Lindqvist may split from coach Ivar Haugland.")
    assert "former" not in {fact.status for fact in found.coaching}


@pytest.mark.parametrize(
    "sentence",
    [
        "Marta Lindqvist managed to win the 1500m.",
        "Marta Lindqvist went on to win the 1500m.",
        "Marta Lindqvist came from behind to win the 1500m.",
        "Marta Lindqvist had won the 1500m.",
        "Marta Lindqvist has won the 1500m.",
        "Marta Lindqvist, who hopes to run on, won the 1500m.",
        "Marta Lindqvist won the 1500m and hopes to win the 800m.",
        "Marta Lindqvist won the 1500m but will not run the 800m.",
        "Marta Lindqvist could not win the 800m but won the 1500m.",
        "Marta Lindqvist did not start well but won the 1500m.",
        "Not for the first time, Marta Lindqvist won the 1500m.",
        "Marta Lindqvist won the 1500m, although she had not planned to run it.",
        "Marta Lindqvist won the 1500m, said Ines Sorel.",
        "Marta Lindqvist won the 1500m. If she runs the 800m, she may win it.",
    ],
)
def test_guards_let_facts_through(sentence: str) -> None:
    assert positions(tell(sentence)) == {("Marta Lindqvist", "1500m", 1)}


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Marta Lindqvist could have won the 1500m but finished third in the 800m.", ("Marta Lindqvist", "800m", 3)),
        ("Marta Lindqvist hoped to win but finished fifth in the 1500m.", ("Marta Lindqvist", "1500m", 5)),
        ("Marta Lindqvist did not win the 1500m but took silver in the 800m.", ("Marta Lindqvist", "800m", 2)),
        ("Marta Lindqvist failed to win the 1500m, finishing fifth.", ("Marta Lindqvist", "1500m", 5)),
        ("Marta Lindqvist was beaten by Ines Sorel, who won the 1500m.", ("Ines Sorel", "1500m", 1)),
    ],
)
def test_guards_end_with_their_clause(sentence: str, place: tuple[str, str, int]) -> None:
    assert positions(tell(sentence)) == {place}


def test_guards_a_former_champion_holds_no_record() -> None:
    assert tell("Former world record holder Marta Lindqvist won the 1500m.").bests == ()


def test_guards_inner_words_of_a_title_stay_inside() -> None:
    found = tell("Olympic 1500m champion Marta Lindqvist set a world record of 3:49.00 in the 1500m in Torrevale.")
    assert [(best.kind, best.mark) for best in found.bests] == [("WR", "3:49.00")]


def test_guards_a_heat_is_not_the_final() -> None:
    found = tell("Marta Lindqvist won her 1500m heat at the 2022 European Championships.")
    assert [(race.round, result.medal) for race, result in zip(found.races, found.results, strict=True)] == [
        ("heat", None)
    ]


def test_guards_a_medal_that_belongs_to_no_phrase_is_a_word() -> None:
    assert tell("She had been the silver's medallist, behind Marta Lindqvist.").results == ()


@pytest.mark.parametrize(
    "text",
    [
        "Callum Vane won the pole vault with 5.95m, having had three failures at 6.00m.",
        "Callum Vane won the pole vault with 5.95m before he had three attempts at 6.00m.",
        "Callum Vane won the pole vault with 5.95m but failed twice at 6.00m.",
    ],
)
def test_guards_a_height_that_was_tried_was_not_cleared(text: str) -> None:
    assert {result.mark for result in tell(text).results} == {"5.95m"}


@pytest.mark.parametrize(
    "text",
    [
        "Callum Vane won the mile. His coach, Joao Brandt, who once ran 3:51.10, was watching.",
        "Callum Vane won the mile in front of Joao Brandt, his coach, who once ran 3:51.10 for a personal best.",
    ],
)
def test_guards_what_somebody_once_ran_was_not_run_here(text: str) -> None:
    assert "3:51.10" not in {result.mark for result in tell(text).results}
