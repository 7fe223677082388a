"""Results lists: headings, and rows of places, names and marks."""

from typing import Any

import pytest
from told import tell

MEN = {("Callum Vane", 1, "3:35.10"), ("Joao Brandt", 2, "3:35.90"), ("Erik Dahl", 3, "3:36.20")}


def rows(text: str) -> set[tuple[Any, ...]]:
    return {(r.athlete, r.position, r.mark) for r in tell(text).results}


def test_rows_of_one_line() -> None:
    assert rows(
        "Men's 1500m\n\n"
        "1. Callum Vane (GBR) 3:35.10; 2. Joao Brandt (POR) 3:35.90; 3. Erik Dahl (NOR) 3:36.20; Sven Falk (SWE) DNF"
    ) == MEN | {("Sven Falk", "DNF", None)}


@pytest.mark.parametrize("mark", ["{}. ", "{} ", "{}) ", "{}: "])
def test_rows_one_below_the_other(mark: str) -> None:
    lines = ["Callum Vane (GBR) 3:35.10", "Joao Brandt (POR) 3:35.90", "Erik Dahl (NOR) 3:36.20"]
    assert rows("Men's 1500m\n\n" + "\n".join(mark.format(n) + line for n, line in enumerate(lines, 1))) == MEN


def test_rows_belong_to_the_heading_above_and_to_the_meeting() -> None:
    found = tell(
        "Torrevale Grand Prix results\n\nMen's 1500m\n\n1. Callum Vane (GBR) 3:35.10; 2. Joao Brandt (POR) 3:35.90\n\n"
        "Women's long jump\n\n1. Ines Sorel (FRA) 6.82m\n2. Marta Lindqvist (SWE) 6.71m\n"
    )
    race = {race.id: race for race in found.races}
    assert {
        (r.athlete, race[r.race].discipline, race[r.race].sex, race[r.race].competition) for r in found.results
    } == {
        ("Callum Vane", "1500m", "M", "Torrevale Grand Prix"),
        ("Joao Brandt", "1500m", "M", "Torrevale Grand Prix"),
        ("Ines Sorel", "long jump", "F", "Torrevale Grand Prix"),
        ("Marta Lindqvist", "long jump", "F", "Torrevale Grand Prix"),
    }
    assert {(r.athlete, r.mark) for r in found.results} >= {("Ines Sorel", "6.82m"), ("Callum Vane", "3:35.10")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Women\n\n800m\n\n1. Ines Sorel 1:58.10\n2. Marta Lindqvist 1:58.90\n\n1500m\n\n1. Marta Lindqvist 4:01.10",
            {
                ("Ines Sorel", 1, "800m", "F"),
                ("Marta Lindqvist", 2, "800m", "F"),
                ("Marta Lindqvist", 1, "1500m", "F"),
            },
        ),
        (
            "Men\n\n100m: 1. Callum Vane 10.10; 2. Joao Brandt 10.20\n\nWomen\n\n100m: 1. Ines Sorel 11.10",
            {
                ("Callum Vane", 1, "100m", "M"),
                ("Joao Brandt", 2, "100m", "M"),
                ("Ines Sorel", 1, "100m", "F"),
            },
        ),
        (
            "Men's 400m hurdles\n\n1. Callum Vane (GBR) 48.50\n2. Joao Brandt (POR) 48.90",
            {("Callum Vane", 1, "400m hurdles", "M"), ("Joao Brandt", 2, "400m hurdles", "M")},
        ),
    ],
)
def test_rows_take_sex_and_discipline_from_their_headings(text: str, expected: set[tuple[Any, ...]]) -> None:
    found = tell(text)
    race = {race.id: race for race in found.races}
    assert {(r.athlete, r.position, race[r.race].discipline, race[r.race].sex) for r in found.results} == expected


def test_rows_take_the_round_from_their_heading() -> None:
    races = tell("Women's 1500m final\n\n1. Ines Sorel (FRA) 4:01.10; 2. Marta Lindqvist (SWE) 4:01.90").races
    assert [(race.discipline, race.sex, race.round) for race in races] == [("1500m", "F", "final")]


def test_rows_name_countries_and_clubs_in_parentheses() -> None:
    found = tell("Men's 1500m\n\n1. Callum Vane (Norbridge Harriers) 3:35.10; 2. Joao Brandt (POR) 3:35.90")
    assert {(p.name, p.country) for p in found.people} == {("Callum Vane", None), ("Joao Brandt", "POR")}
    assert [(m.athlete, m.club) for m in found.memberships] == [("Callum Vane", "Norbridge Harriers")]


@pytest.mark.parametrize("outcome", ["DNF", "DNS", "DQ"])
def test_rows_outcomes(outcome: str) -> None:
    assert rows(f"Men's 1500m\n\n1. Callum Vane (GBR) 3:35.10; Sven Falk (SWE) {outcome}") == {
        ("Callum Vane", 1, "3:35.10"),
        ("Sven Falk", outcome, None),
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DNF Sven Falk (SWE)", {("Sven Falk", "DNF", None)}),
        ("DNF: Sven Falk (SWE), Per Haugland (NOR)", {("Sven Falk", "DNF", None), ("Per Haugland", "DNF", None)}),
        ("DSQ\tSven Falk\tSWE", {("Sven Falk", "DQ", None)}),
    ],
)
def test_rows_outcomes_may_come_first(line: str, expected: set[tuple[Any, ...]]) -> None:
    found = rows(f"Men's 1500m\n\n1 Callum Vane (GBR) 3:35.10\n{line}")
    assert found == expected | {("Callum Vane", 1, "3:35.10")}


LAYOUTS = [
    "1 Callum Vane (Norbridge Harriers) 29:35, 2 Joao Brandt (Torrevale AC) 29:36.",
    "1, Callum Vane (Norbridge Harriers), 29:35; 2, Joao Brandt (Torrevale AC), 29:36",
    "1st Callum Vane, Norbridge Harriers, 29:35\n2nd Joao Brandt, Torrevale AC, 29:36",
    "1 | Callum Vane | Norbridge Harriers | 29:35\n2 | Joao Brandt | Torrevale AC | 29:36",
    "1\tCallum Vane\tNorbridge Harriers\t29:35\n2\tJoao Brandt\tTorrevale AC\t29:36",
    "1  Callum VANE      Norbridge Harriers  29:35\n2  Joao BRANDT      Torrevale AC        29:36",
    "1. 29.35 Callum Vane (Norbridge H); 2. 29.36 Joao Brandt (Torrevale AC)",
    "It rained. Leaders: 1. Callum Vane (Norbridge H) 29min 35sec; 2. Joao Brandt (Torrevale AC) 29min 36sec.",
    "Callum Vane (Norbridge H) 1st 29:35, Joao Brandt (Torrevale AC) 2nd 29:36",
]


@pytest.mark.parametrize("lines", LAYOUTS)
def test_rows_layouts(lines: str) -> None:
    found = tell(f"Ferris runs well\n\nCallum Ferris won the mile.\n\nMen's 10km\n\n{lines}")
    assert {(r.athlete, r.position, r.mark) for r in found.results if r.athlete != "Callum Ferris"} == {
        ("Callum Vane", 1, "29:35"),
        ("Joao Brandt", 2, "29:36"),
    }
    assert {(m.athlete, m.club) for m in found.memberships} == {
        ("Callum Vane", "Norbridge Harriers"),
        ("Joao Brandt", "Torrevale AC"),
    }


def test_rows_clubs_that_no_register_knows_are_no_people() -> None:
    found = tell(
        "10km\n\n1 Callum Vane (Norbridge) 29:35; 2 Joao Brandt (Vale of Torre) 29:36; 3 Per Haugland (Oslo) 30:01"
    )
    assert [person.name for person in found.people] == ["Callum Vane", "Joao Brandt", "Per Haugland"]
    assert {(m.athlete, m.club) for m in found.memberships} == {
        ("Callum Vane", "Norbridge"),
        ("Joao Brandt", "Vale of Torre"),
    }


def test_rows_of_several_races_in_one_line() -> None:
    found = tell(
        "Results: Men's 5000m: 1 Callum Vane 13:40.1; 2 Joao Brandt 13:41.2. Women: 800m: 1 Ines Sorel 2:01.10."
    )
    race = {race.id: race for race in found.races}
    assert {(r.athlete, r.position, race[r.race].discipline, race[r.race].sex) for r in found.results} == {
        ("Callum Vane", 1, "5000m", "M"),
        ("Joao Brandt", 2, "5000m", "M"),
        ("Ines Sorel", 1, "800m", "F"),
    }


def test_rows_of_relays_name_the_team_and_its_runners() -> None:
    found = tell("4x400m: 1. Norway (Marta Lindqvist, Ines Sorel) 3:20.11; 2. Kenya 3:21.00")
    assert {(r.athlete, r.position, r.mark) for r in found.results} == {
        ("Norway", 1, "3:20.11"),
        ("Marta Lindqvist", 1, "3:20.11"),
        ("Ines Sorel", 1, "3:20.11"),
        ("Kenya", 2, "3:21.00"),
    }


@pytest.mark.parametrize(
    "line",
    [
        "Team: 1 Norbridge Harriers 25pts, 2 Torrevale AC 40pts.",
        "Medals: 1. Kenya (4 gold), 2. Norway (3 gold).",
        "There were 1 Norbridge and 2 Torrevale athletes in the 10km.",
    ],
)
def test_rows_of_teams_are_no_results(line: str) -> None:
    assert rows(f"Men's 10km\n\n{line}") == set()


def test_rows_initials() -> None:
    assert rows("Men's 1500m\n\n1. C. Vane (GBR) 3:35.10; 2. J. Brandt (POR) 3:35.90") == {
        ("C. Vane", 1, "3:35.10"),
        ("J. Brandt", 2, "3:35.90"),
    }


def test_rows_keep_to_marks_that_the_discipline_allows() -> None:
    assert ("Callum Vane", 1, None) in rows("Men's 100m\n\n1. Callum Vane (GBR) 3:35.10; 2. Joao Brandt (POR) 10.21")


def test_rows_say_where_they_stand() -> None:
    found = tell("Men's 1500m\n\n1. Callum Vane (GBR) 3:35.10; 2. Joao Brandt (POR) 3:35.90")
    for result in found.results:
        assert [evidence.rule for evidence in result.evidence] == ["row.entry"]
        assert result.athlete in result.evidence[0].quote


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Joao Brandt finished the mile 11 seconds ahead of second-placed Callum Vane.", ("Callum Vane", 2, None)),
        ("Joao Brandt won the mile from runner-up Callum Vane of Norbridge.", ("Callum Vane", 2, None)),
        ("In the mile, the eventual winner, Callum Vane, led all the way.", ("Callum Vane", 1, None)),
        ("Joao Brandt won the mile, with Callum Vane second (3:51.10).", ("Callum Vane", 2, "3:51.10")),
        (
            "Joao Brandt ran the mile in 3:50.10, while Callum Vane was third a further second adrift.",
            ("Callum Vane", 3, None),
        ),
        ("Joao Brandt was fourth in the mile ahead of Callum Vane.", ("Joao Brandt", 4, None)),
        ("Joao Brandt won the mile in 3:50.10 from Callum Vane.", ("Joao Brandt", 1, "3:50.10")),
    ],
)
def test_rows_places_told_beside_names(sentence: str, expected: tuple[Any, ...]) -> None:
    assert expected in rows(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Joao Brandt will meet runner-up Callum Vane in the mile.",
        "Joao Brandt met lottery winner Callum Vane after the mile.",
        "Joao Brandt met former winner Callum Vane after the mile.",
    ],
)
def test_rows_places_of_other_races_are_not_told(sentence: str) -> None:
    assert {row for row in rows(sentence) if row[0] == "Callum Vane" and row[1] is not None} == set()
