"""Cross-country races: their lengths and championships."""

from typing import Any

import pytest
from told import tell


def races(text: str) -> set[tuple[Any, ...]]:
    found = tell(text)
    race = {race.id: race for race in found.races}
    return {(r.athlete, r.position, r.mark, race[r.race].discipline, race[r.race].competition) for r in found.results}


VALE = "Torrevale Cross Country"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Callum Ferris clocked 29:51 to win the men's 10km at the Torrevale Cross Country. Joao Brandt was second.",
            {("Callum Ferris", 1, "29:51", "10km cross country"), ("Joao Brandt", 2, None, "10km cross country")},
        ),
        (
            "Callum Ferris won the 10,000-meter race at the Torrevale Cross Country in 29:51.",
            {("Callum Ferris", 1, "29:51", "10km cross country")},
        ),
        (
            "Ines Sorel won the 6,000-meter race at the Torrevale Cross Country in 19:51.",
            {("Ines Sorel", 1, "19:51", "6km cross country")},
        ),
        (
            "Ines Sorel won the women's 6km race at the Torrevale Cross Country. Callum Ferris won the men's race.",
            {("Ines Sorel", 1, None, "6km cross country"), ("Callum Ferris", 1, None, "cross country")},
        ),
    ],
)
def test_cross_country_lengths_go_for_the_whole_race(text: str, expected: set[tuple[Any, ...]]) -> None:
    assert races(text) == {(*row, VALE) for row in expected}


@pytest.mark.parametrize(
    ("text", "competition"),
    [
        ("Callum Ferris is the new national cross country champion.", "National Cross Country Championships"),
        ("Callum Ferris won the Big Ten cross country title.", "Big Ten Cross Country Championships"),
        ("Callum Ferris won the British cross country title.", "British Cross Country Championships"),
        ("Callum Ferris won the national title in the 800m.", "National Championships"),
    ],
)
def test_cross_country_titles_name_their_championships(text: str, competition: str) -> None:
    assert [race.competition for race in tell(text).races] == [competition]


def test_cross_country_races_still_to_come_are_not_where_results_were() -> None:
    text = (
        "Callum Ferris is in the squad for the African Cross Country Championships to be held in Lome. He won in 29:51."
    )
    assert {row[4] for row in races(text)} <= {None}


@pytest.mark.parametrize(
    "race", ["senior women's race", "under-20 women's race", "junior race", "veteran women's event", "senior race"]
)
def test_cross_country_races_of_an_age_are_won(race: str) -> None:
    told = tell(f"Iva Holt (Torrevale Harriers) won the {race} in 24:10 from Ann Falk (Norbridge AC).")
    assert {(r.athlete, r.position) for r in told.results} == {("Iva Holt", 1), ("Ann Falk", None)}
