"""National teams: results in relays, and in nothing else."""

from typing import Any

import pytest
from told import asserted, tell

from graph.model import Extraction


def teams(found: Extraction) -> set[tuple[Any, ...]]:
    race = {race.id: race for race in found.races}
    return {(r.athlete, r.team, race[r.race].discipline, r.position, r.mark) for r in found.results}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Great Britain won the 4x400m relay in 3:01.10.", {("Great Britain", "GBR", "4x400m", 1, "3:01.10")}),
        ("Britain won the 4x400m relay in 3:01.10.", {("Britain", "GBR", "4x400m", 1, "3:01.10")}),
        ("France finished third in the 4x400m relay.", {("France", "FRA", "4x400m", 3, None)}),
        ("Italy ran 38.50 in the 4x100m relay.", {("Italy", "ITA", "4x100m", None, "38.50")}),
        (
            "In the 4x100m relay, Italy won in 38.50 and France were second.",
            {("Italy", "ITA", "4x100m", 1, "38.50"), ("France", "FRA", "4x100m", 2, None)},
        ),
    ],
)
def test_teams_have_results_in_relays(text: str, expected: set[tuple[Any, ...]]) -> None:
    found = tell(text)
    assert teams(found) == expected
    assert found.people == ()


def test_teams_win_medals_at_championships() -> None:
    found = tell("Germany took silver in the women's 4x100m relay at the 2022 European Championships in 42.34.")
    assert [(r.team, r.position, r.mark, r.medal) for r in found.results] == [("GER", 2, "42.34", "silver")]
    race = found.races[0]
    assert (race.competition, race.year, race.sex, race.discipline) == ("European Championships", 2022, "F", "4x100m")


@pytest.mark.parametrize(
    "text",
    [
        "Poland won the 1500m.",
        "Great Britain did not win the 4x400m relay.",
        "Great Britain may win the 4x400m relay.",
        "Great Britain hope to win the 4x400m relay.",
        "The 4x400m relay was run in France.",
    ],
)
def test_teams_have_no_other_results(text: str) -> None:
    assert asserted(tell(text)) == []


def test_teams_have_no_kin() -> None:
    assert tell("Norway took bronze in the 4x400m relay. Her brother Per Haugland watched.").family == ()


def test_teams_stand_beside_athletes() -> None:
    found = tell("France's Ines Sorel won the 1500m. Italy won the 4x400m relay.")
    assert teams(found) == {("Ines Sorel", None, "1500m", 1, None), ("Italy", "ITA", "4x400m", 1, None)}
    assert [person.name for person in found.people] == ["Ines Sorel"]


QUARTET = "Callum Vane, Joao Brandt, Per Haugland and Callum Ferris"
RUNNERS = ("Callum Vane", "Joao Brandt", "Per Haugland", "Callum Ferris")


def places(text: str) -> set[tuple[Any, ...]]:
    return {(r.athlete, r.position, r.mark) for r in tell(text).results}


@pytest.mark.parametrize(
    ("text", "teams", "position", "mark"),
    [
        (f"{QUARTET} won the 4x100m relay in 38.07.", (), 1, "38.07"),
        (f"The quartet of {QUARTET} won the 4x100m relay in 38.07.", (), 1, "38.07"),
        (f"The Norwegian team of {QUARTET} won the 4x100m relay in 38.07.", ("Norway",), 1, "38.07"),
        (f"Norway ({QUARTET}) won the 4x100m relay in 38.07.", ("Norway",), 1, "38.07"),
    ],
)
def test_teams_are_their_runners(text: str, teams: tuple[str, ...], position: int, mark: str) -> None:
    found = tell(text)
    assert {(r.athlete, r.position, r.mark) for r in found.results} == {(n, position, mark) for n in (*RUNNERS, *teams)}
    assert len(found.races) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Callum Vane anchored Norway to victory in the 4x400m relay.",
            {("Callum Vane", 1, None), ("Norway", 1, None)},
        ),
        (
            "Norway won the 4x400m relay in 3:01.10, with Jamaica second in 3:01.50 and Canada third.",
            {("Norway", 1, "3:01.10"), ("Jamaica", 2, "3:01.50"), ("Canada", 3, None)},
        ),
        (
            "Norway won the 4x400m relay ahead of France and Italy.",
            {("Norway", 1, None), ("France", None, None), ("Italy", None, None)},
        ),
    ],
)
def test_teams_behind_others(text: str, expected: set[tuple[Any, ...]]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Callum Vane hopes to anchor Norway to victory in the 4x400m relay.",
        "The 4x400m relay was moved from France to Italy.",
        "The coach helped Norway to gold medals.",
    ],
)
def test_teams_that_ran_nothing_have_no_results(text: str) -> None:
    assert places(text) == set()


def test_teams_three_who_share_a_mark_ran_the_relay_told_of() -> None:
    text = f"Marta Lindqvist won the 4x100m relay and the 100m. {QUARTET} combined to clock 38.07."
    assert teams(tell(text)) >= {(name, None, "4x100m", None, "38.07") for name in RUNNERS}


def test_teams_two_who_won_two_races_won_one_each() -> None:
    assert teams(tell("Callum Vane and Joao Brandt won the 100m and 200m.")) == {
        ("Callum Vane", None, "100m", 1, None),
        ("Joao Brandt", None, "200m", 1, None),
    }


def test_teams_whoever_is_from_a_country_is_not_its_team() -> None:
    found = tell("Only Callum Vane of the Dominican Republic has run faster than 44.20 in the 400m.")
    assert [(p.name, p.country) for p in found.people] == [("Callum Vane", "DOM")]


def test_teams_have_won() -> None:
    assert teams(tell("The United States has won the 4x400m relay in 2:56.69.")) == {
        ("United States", "USA", "4x400m", 1, "2:56.69")
    }


def test_teams_go_on_from_the_relay_told_before() -> None:
    text = "Italy won the 4x400m relay in 3:01.10. The bronze went to Belgium. Norway clocked 3:05.20."
    assert places(text) == {("Italy", 1, "3:01.10"), ("Belgium", 3, None), ("Norway", None, "3:05.20")}


def test_teams_in_the_tables_ran_no_relay() -> None:
    text = "Italy won the 4x400m relay in 3:01.10. Norway won the match with 63 points, with Belgium second on 48."
    assert places(text) == {("Italy", 1, "3:01.10")}
