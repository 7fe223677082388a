"""Who does what in a sentence of several clauses: shared and passed-on subjects, gapped verbs, lists of the beaten."""

import pytest
from told import positions, results, tell

SOREL, VANE, BRANDT = "Ines Sorel", "Callum Vane", "Joao Brandt"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The 800m saw Callum Vane win in 1:45.10.", {(VANE, 1)}),
        ("Ines Sorel never looked back to finish second over 800m.", {(SOREL, 2)}),
        ("Ines Sorel could only finish ninth in the 800m.", {(SOREL, 9)}),
        ("Joao Brandt fell, leaving Callum Vane to win the 800m.", {(VANE, 1)}),
        ("Joao Brandt left Callum Vane trailing in second in the 800m.", {(VANE, 2)}),
        ("Ines Sorel edged ahead of the former champion, Marta Lind and Achieng Otiwa to win the 800m.", {(SOREL, 1)}),
        ("Callum Vane, in fifth, and Joao Brandt, in sixth, ran well in the 800m.", {(VANE, 5), (BRANDT, 6)}),
        ("Ines Sorel won the 800m, with Callum Vane and Joao Brandt second and third.",
         {(SOREL, 1), (VANE, 2), (BRANDT, 3)}),
        ("Ines Sorel fell in the 800m, with victory going to Achieng Otiwa.", {("Achieng Otiwa", 1)}),
        ("Second in the 800m was Callum Vane.", set()),
        ("Joao Brandt did not have the pace to win the 800m.", set()),
        ("Joao Brandt asked Callum Vane to win the 800m.", set()),
        ("The crowd cheered Ines Sorel, who is coached by Callum Vane, and who was fifth in the 800m.", {(SOREL, 5)}),
    ],
)  # fmt: skip
def test_clausebuilding_subjects(text: str, expected: set[tuple[str, int]]) -> None:
    assert {(who, place) for who, _, place in positions(tell(text))} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Callum Vane won the mile from Per Haugland and Joao Brandt in 3:51.20.",
         {(VANE, "mile", 1, "3:51.20"), ("Per Haugland", "mile", None, None), (BRANDT, "mile", None, None)}),
        ("Callum Vane was beaten by Joao Brandt in the mile in 3:51.20.",
         {(VANE, "mile", None, None), (BRANDT, "mile", None, "3:51.20")}),
        ("Callum Vane was second in the 200m in 20.50 and third in the 400m in 45.20.",
         {(VANE, "200m", 2, "20.50"), (VANE, "400m", 3, "45.20")}),
        ("Callum Vane passed 800m in 1:58.10 on his way to sixth in the mile.", set()),
        ("Callum Vane was third in the mile at the bell.", set()),
        ("Callum Vane won the 60m in 6.74 and the 200m in 21.08.",
         {(VANE, "60m", 1, "6.74"), (VANE, "200m", 1, "21.08")}),
        ("Callum Vane, in the long jump, and Joao Brandt, in the 400m, won.",
         {(VANE, "long jump", 1, None), (BRANDT, "400m", 1, None)}),
        ("Callum Vane scorched to a 20.15 win in the 200m.", {(VANE, "200m", 1, "20.15")}),
        ("Callum Vane's 3:51.20 was good enough for second in the mile.", {(VANE, "mile", 2, "3:51.20")}),
        ("Callum Vane's 3:51.20 was not good enough for second in the mile.", {(VANE, "mile", None, "3:51.20")}),
        ("Fresh from the 800m, Callum Vane was fifth in the mile.", {(VANE, "mile", 5, None)}),
        ("Callum Vane added the mile title to his 800m crown.",
         {(VANE, "mile", 1, None), (VANE, "800m", 1, None)}),
        ("Callum Vane's victory in the mile was his fifth.", {(VANE, "mile", 1, None)}),
        ("Callum Vane faded to 21.10 in the 200m.", {(VANE, "200m", None, "21.10")}),
    ],
)  # fmt: skip
def test_emitting_gives_each_their_own_mark(text: str, expected: set[tuple[str, str, int, str]]) -> None:
    assert results(tell(text)) == expected


def test_clausebuilding_a_possessor_of_an_apposition_is_no_subject() -> None:
    told = positions(tell("Callum Vane, Joao Brandt's compatriot, was third in the mile."))
    assert told == {(VANE, "mile", 3)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Callum Vane outclassed Joao Brandt to win the mile.",
         {(VANE, "mile", 1, None), (BRANDT, "mile", None, None)}),
        ("Callum Vane beat the long-time leader, Joao Brandt, in the mile.",
         {(VANE, "mile", None, None), (BRANDT, "mile", None, None)}),
        ("Callum Vane held off the challenge of Joao Brandt to take the 400m hurdles.",
         {(VANE, "400m hurdles", 1, None), (BRANDT, "400m hurdles", None, None)}),
        ("Callum Vane beat the record of Joao Brandt in the mile.", set()),
        ("Callum Vane was pipped for gold in the mile.", {(VANE, "mile", 2, None)}),
        ("Callum Vane came home behind Joao Brandt, a clear winner in 3:51.20, in the mile.",
         {(BRANDT, "mile", 1, "3:51.20"), (VANE, "mile", None, None)}),
    ],
)  # fmt: skip
def test_emitting_whom_somebody_beat(text: str, expected: set[tuple[str, str, int, str]]) -> None:
    assert results(tell(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Callum Vane and Joao Brandt ran the 200m heats. They were disqualified from the 200m.", {VANE, BRANDT}),
        ("Callum Vane and Joao Brandt ran well. The pair won silver in the 200m.", {VANE, BRANDT}),
        ("Callum Vane ran well. They were disqualified from the 200m.", set()),
    ],
)
def test_interpreting_several_people_under_one_word(text: str, expected: set[str]) -> None:
    assert {who for who, _, _ in positions(tell(text))} == expected


def test_reading_shares_no_surname_with_somebody_named_by_one() -> None:
    told = tell("Callum Vane won the mile. Vane and Joao Brandt trained. Vane and Per Haugland ran the 800m.")
    assert "Vane Brandt" not in {person.name for person in told.people}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Callum Vane was third in the mile with 80 metres to go.", set()),
        ("Callum Vane came off second best in the mile.", set()),
        ("Callum Vane fell in the mile, with Joao Brandt second.", {(BRANDT, 2)}),
        ("Callum Vane was edged into third in the mile by Joao Brandt.", {(VANE, 3), (BRANDT, 2)}),
        ("Joao Brandt ran well. Callum Vane, the 25-year-old from Torrevale, won the mile.", {(VANE, 1)}),
        ("Callum Vane recovered from a fall in the second race to win the mile.", {(VANE, 1)}),
        ("Callum Vane ran 3:51.20 in the mile, which left him third.", {(VANE, 3)}),
        ("Ines Sorel ran 4:21.20 in the mile, which left her third behind Achieng Otiwa.", {(SOREL, 3)}),
        ("Callum Vane won the mile, with Joao Brandt well short of his best in third.", {(VANE, 1), (BRANDT, 3)}),
        ("Callum Vane won the mile, with Joao Brandt chasing him home.", {(VANE, 1), (BRANDT, 2)}),
    ],
)
def test_emitting_places_that_are_and_are_not(text: str, expected: set[tuple[str, int]]) -> None:
    assert {(who, place) for who, _, place in positions(tell(text))} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ines Sorel clocked 7.31 in the 60m, which left her in third place.", {(SOREL, "60m", 3, "7.31")}),
        ("Callum Vane attacked in the 800m, leaving Joao Brandt third.", {(BRANDT, "800m", 3, None)}),
        ("Callum Vane set a lifetime best of 16.70m in second in the triple jump.",
         {(VANE, "triple jump", 2, "16.70m")}),
        ("Callum Vane won the mile in 3:51.10, followed in turn by Joao Brandt (3:52.20) and Per Haugland (3:53.30).",
         {(VANE, "mile", 1, "3:51.10"), (BRANDT, "mile", 2, "3:52.20"), ("Per Haugland", "mile", 3, "3:53.30")}),
        ("The mile went to Callum Vane, who is a student of law, in 3:51.10 and Joao Brandt was second.",
         {(VANE, "mile", 1, "3:51.10"), (BRANDT, "mile", 2, None)}),
        ("Callum Vane followed the advice by Joao Brandt before the mile.", set()),
        ("Callum Vane spent the year which brought her in contact with the mile.", set()),
    ],
)  # fmt: skip
def test_clausebuilding_places_told_aside(text: str, expected: set[tuple[str, str, int, str]]) -> None:
    assert results(tell(text)) == expected


def test_clausebuilding_who_both_is_two_people() -> None:
    found = tell("Callum Vane dipped ahead of Joao Brandt and Per Haugland, who both set personal bests in the 60m.")
    assert {best.athlete for best in found.bests} == {BRANDT, "Per Haugland"}
    one = tell("Callum Vane dipped ahead of Joao Brandt and Per Haugland, who set a personal best in the 60m.")
    assert {best.athlete for best in one.bests} == {"Per Haugland"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Callum Vane won the 400m with a surge in the final 100m.", None),
        ("Callum Vane won the long jump with his final effort of 8.10m.", None),
        ("Callum Vane won the 400m final with a late surge.", "final"),
    ],
)
def test_contests_a_last_part_is_no_final(text: str, told: str | None) -> None:
    assert [race.round for race in tell(text).races] == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Callum Vane proved a real medal contender at the European Championships by taking a 400m victory.", None),
        ("Callum Vane showed he is one of the prospects at the European Championships with a 400m win.", None),
        (
            "Callum Vane proved his form at the European Championships by taking a 400m victory.",
            "European Championships",
        ),
    ],
)
def test_contests_where_somebody_contends_is_still_to_come(text: str, told: str | None) -> None:
    assert {race.competition for race in tell(text).races} <= {told}
