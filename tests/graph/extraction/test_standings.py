"""Ranks in lists, counts of titles and medals, rounds not reached, training partners."""

from typing import Any

import pytest
from told import asserted, tell

EUROPEAN = ("European Championships", "european-championships")
COMMONWEALTH = ("Commonwealth Games", "commonwealth-games")


def tallies(text: str) -> list[tuple[Any, ...]]:
    return [(t.athlete, t.total, t.of, t.competition, t.series) for t in tell(text).tallies]


def missed(text: str) -> list[tuple[Any, ...]]:
    """(athlete, competition, year, discipline, round) of each round not reached."""
    found = tell(text)
    race = {race.id: race for race in found.races}
    return [
        (n.athlete, race[n.race].competition, race[n.race].year, race[n.race].discipline, race[n.race].round)
        for n in found.did_not_reach
    ]


def partners(text: str) -> list[tuple[str, str]]:
    return [(t.athlete, t.partner) for t in tell(text).trained_with]


@pytest.mark.parametrize(
    ("words", "rank", "discipline", "scope"),
    [
        ("is the fourth-fastest all-time over the mile", 4, "mile", "all-time"),
        ("is the second-fastest woman in history over 1500m", 2, "1500m", "all-time"),
        ("became the third-fastest woman in the history of the 1500m", 3, "1500m", "all-time"),
        ("is the fifth-quickest of all time over 800m", 5, "800m", "all-time"),
        ("is the sixth fastest ever over 5000m", 6, "5000m", "all-time"),
        ("is the third-fastest this season over 800m", 3, "800m", "season"),
    ],
)
def test_standings_rank_athletes(words: str, rank: int, discipline: str, scope: str) -> None:
    found = tell(f"Marta Lindqvist {words}.")
    assert [(r.athlete, r.rank, r.discipline, r.scope) for r in found.rankings] == [
        ("Marta Lindqvist", rank, discipline, scope)
    ]
    assert found.results == ()


@pytest.mark.parametrize(
    "words",
    [
        "may become the second-fastest woman in history over 1500m",
        "is not the second-fastest woman in history over 1500m",
        "hopes to be the second-fastest woman in history over 1500m",
        "was the second-fastest in her heat of the 1500m",
        "is the second-fastest woman in the field over 1500m",
        "is the fourth-fastest all-time",
    ],
)
def test_standings_rank_nobody_without_a_list_and_a_discipline(words: str) -> None:
    assert asserted(tell(f"Marta Lindqvist {words}.")) == []


@pytest.mark.parametrize(
    ("text", "tally"),
    [
        (
            "Callum Vane, a three-time Torrevale Marathon winner, won the 1500m.",
            (3, "title", "Torrevale Marathon", None),
        ),
        ("Callum Vane, the three-time European Championships champion, won the 1500m.", (3, "title", *EUROPEAN)),
        ("Callum Vane, a four-time Commonwealth Games champion, won the 1500m.", (4, "title", *COMMONWEALTH)),
        ("Three-time Olympic champion Callum Vane won the 1500m.", (3, "title", "Olympic Games", "olympic-games")),
        (
            "Callum Vane, a three-time NCAA winner, won the 1500m.",
            (3, "title", "NCAA Championships", "ncaa-championships"),
        ),
        ("This was Callum Vane's third European Championships silver medal.", (3, "silver", *EUROPEAN)),
        ("It was Callum Vane's fourth Commonwealth Games title.", (4, "title", *COMMONWEALTH)),
        ("Callum Vane's fourth Commonwealth Games title came in the mile.", (4, "title", *COMMONWEALTH)),
    ],
)
def test_standings_count_titles_and_medals(text: str, tally: tuple[Any, ...]) -> None:
    assert tallies(text) == [("Callum Vane", *tally)]


@pytest.mark.parametrize(
    "text",
    [
        "Callum Vane, the European Championships champion, won the 1500m.",
        "It was Callum Vane's first European Championships silver medal.",
        "Callum Vane wants a third European Championships silver medal.",
        "Callum Vane is chasing a fourth Commonwealth Games title.",
        "It was Callum Vane's third silver medal.",
        "Callum Vane, a three-time winner, won the 1500m.",
    ],
)
def test_standings_count_nothing_without_a_number_and_a_competition(text: str) -> None:
    assert tallies(text) == []


@pytest.mark.parametrize(
    "words",
    [
        "did not make the final of the 1500m at the 2022 European Championships",
        "did not make the 1500m final at the 2022 European Championships",
        "did not advance to the final of the 1500m at the 2022 European Championships",
        "failed to reach the final of the 1500m at the 2022 European Championships",
        "failed to qualify for the 1500m final at the 2022 European Championships",
        "ran the 1500m at the 2022 European Championships but did not make the final",
    ],
)
def test_standings_tell_of_rounds_not_reached(words: str) -> None:
    text = f"Marta Lindqvist {words}."
    assert missed(text) == [("Marta Lindqvist", "European Championships", 2022, "1500m", "final")]
    assert tell(text).results == ()


def test_standings_tell_which_round_was_not_reached() -> None:
    text = "Marta Lindqvist did not progress to the semi-finals of the 800m at the 2022 European Championships."
    assert missed(text) == [("Marta Lindqvist", "European Championships", 2022, "800m", "semi-final")]


def test_standings_a_round_not_reached_is_the_race_that_others_ran() -> None:
    found = tell(
        "Ines Sorel won the 1500m final at the 2022 European Championships. Marta Lindqvist did not make the final."
    )
    assert [race.id for race in found.races] == ["r1"]
    assert [(n.athlete, n.race) for n in found.did_not_reach] == [("Marta Lindqvist", "r1")]
    assert [(r.athlete, r.race) for r in found.results] == [("Ines Sorel", "r1")]


@pytest.mark.parametrize(
    "words",
    [
        "made the final of the 1500m at the 2022 European Championships",
        "hopes to reach the final of the 1500m at the 2022 European Championships",
        "did not make the team for the 2022 European Championships",
        "did not make the final",
    ],
)
def test_standings_other_rounds_are_not_missed(words: str) -> None:
    assert missed(f"Marta Lindqvist {words}.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Callum Vane and Joao Brandt trained together at Norbridge Harriers.",
        "Callum Vane and Joao Brandt have trained together in Torrevale.",
        "Callum Vane and Joao Brandt were training together in Torrevale.",
        "Callum Vane beat Joao Brandt in the mile. Vane and Brandt trained together at Norbridge Harriers.",
    ],
)
def test_standings_find_training_partners(text: str) -> None:
    assert partners(text) == [("Callum Vane", "Joao Brandt")]


def test_standings_training_partners_keep_their_club() -> None:
    found = tell("Callum Vane and Joao Brandt trained together at Norbridge Harriers.")
    assert {(m.athlete, m.club) for m in found.memberships} == {
        ("Callum Vane", "Norbridge Harriers"),
        ("Joao Brandt", "Norbridge Harriers"),
    }


@pytest.mark.parametrize(
    "words",
    ["never trained together", "did not train together", "may train together", "ran together", "trained in Torrevale"],
)
def test_standings_those_who_do_not_train_together_are_no_partners(words: str) -> None:
    assert partners(f"Callum Vane and Joao Brandt {words}.") == []


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Marta Lindqvist is the fourth-fastest all-time over the mile.", "rankings"),
        ("It was Marta Lindqvist's fourth Commonwealth Games title.", "tallies"),
        (
            "Marta Lindqvist did not make the final of the 1500m at the 2022 European Championships.",
            "did_not_reach",
        ),
        ("Marta Lindqvist and Ines Sorel trained together.", "trained_with"),
    ],
)
def test_standings_show_their_sentence(text: str, fact: str) -> None:
    (told,) = getattr(tell(f"It rained. {text}"), fact)
    assert [evidence.quote for evidence in told.evidence] == [text]
