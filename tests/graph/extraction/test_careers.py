"""Titles and medals held, with their years; what was won more than once; places told beside a name."""

from datetime import date
from typing import Any

import pytest
from told import tell


def held(text: str, published: date = date(2024, 6, 10)) -> set[tuple[Any, ...]]:
    """(athlete, position, competition, year, discipline) of each result."""
    found = tell(text, published)
    races = {race.id: race for race in found.races}
    rows = ((r.athlete, r.position, races[r.race]) for r in found.results)
    return {(who, place, race.competition, race.year, race.discipline) for who, place, race in rows}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Callum Ferris, the 2004 Olympic decathlon champion and 2005 world silver medallist, retired.",
            {
                ("Callum Ferris", 1, "Olympic Games", 2004, "decathlon"),
                ("Callum Ferris", 2, "World Championships", 2005, "decathlon"),
            },
        ),
        (
            "Ines Sorel, the 400m silver medallist from the 2012 Olympics, retired.",
            {("Ines Sorel", 2, "Olympic Games", 2012, "400m")},
        ),
        (
            "The 2002 world junior 200m champion Callum Ferris retired.",
            {("Callum Ferris", 1, "World U20 Championships", 2002, "200m")},
        ),
        (
            "Callum Ferris, the Olympic discus runner-up, retired.",
            {("Callum Ferris", 2, "Olympic Games", None, "discus")},
        ),
        (
            "Three-times Olympic hammer champion Marta Lindqvist retired.",
            {("Marta Lindqvist", 1, "Olympic Games", None, "hammer")},
        ),
        (
            "Marta Lindqvist is a two-time world champion in the hammer (2005 and 2009).",
            {
                ("Marta Lindqvist", 1, "World Championships", 2005, "hammer"),
                ("Marta Lindqvist", 1, "World Championships", 2009, "hammer"),
            },
        ),
        (
            "Double Olympic 800m champion Marta Lindqvist retired.",
            {("Marta Lindqvist", 1, "Olympic Games", 2021, "800m")},
        ),
        (
            "Marta Lindqvist has won the London Marathon four times.",
            {("Marta Lindqvist", 1, "London Marathon", None, "marathon")},
        ),
        (
            "Marta Lindqvist hopes to defend her 2012 London gold in the hammer.",
            {("Marta Lindqvist", 1, "Olympic Games", 2012, "hammer")},
        ),
        (
            "Callum Ferris, fourth in the Olympic 100m final in Athens, retired.",
            {("Callum Ferris", 4, "Olympic Games", 2004, "100m")},
        ),
        (
            "Olympic champion Marta Lindqvist retired. Lindqvist was crowned 2008 Olympic champion at 400m.",
            {("Marta Lindqvist", 1, "Olympic Games", 2008, "400m")},
        ),
    ],
)
def test_careers_held(text: str, found: set[tuple[Any, ...]]) -> None:
    assert held(text) == found


def test_careers_a_defended_title_is_of_the_edition_before() -> None:
    text = "Defending champion Marta Lindqvist won the 800m at the European Championships in Rome."
    assert held(text, date(2024, 6, 14)) == {
        ("Marta Lindqvist", 1, "European Championships", 2022, "800m"),
        ("Marta Lindqvist", 1, "European Championships", 2024, "800m"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Marta Lindqvist hopes to defend her world title in the hammer.",
        "Marta Lindqvist, fifth in the world rankings for the 800m, retired.",
        "Defending champion Marta Lindqvist ran the 800m.",
        "Princeton junior Callum Ferris retired from the 800m squad.",
    ],
)
def test_careers_nothing_held(text: str) -> None:
    assert held(text) == set()
