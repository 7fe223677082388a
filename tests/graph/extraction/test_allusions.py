"""Competitions told by where, when or in which country they are held."""

import pytest
from told import tell


def contests(text: str) -> list[tuple[str | None, int | None, str | None]]:
    return [(race.competition, race.year, race.place) for race in tell(text).races]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Callum Vane won the 1500m at the 1996 Games.", ("Olympic Games", 1996, None)),
        ("Callum Vane won the 1500m at the 2002 Games in Manchester.", ("Commonwealth Games", 2002, "Manchester")),
        ("Callum Vane won the 1500m at the Athens Games.", ("Olympic Games", 2004, "Athens")),
        ("Callum Vane won the 1500m at the Manchester Games.", ("Commonwealth Games", 2002, "Manchester")),
        ("Callum Vane won the 1500m at Beijing 2008.", ("Olympic Games", 2008, "Beijing")),
        ("Callum Vane won the 1500m at Budapest 2023.", ("World Championships", 2023, "Budapest")),
    ],
)
def test_allusions_to_editions(text: str, expected: tuple[str, int, str]) -> None:
    assert contests(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Callum Vane won the 1500m at the 1997 Games.", (None, 1997, None)),
        ("Callum Vane won the 1500m at the Torrevale Games.", ("Torrevale Games", 2024, None)),
        ("Callum Vane won the 1500m in Oslo 2008.", (None, 2008, "Oslo")),
    ],
)
def test_allusions_to_no_known_edition_name_none(text: str, expected: tuple[str | None, int, str | None]) -> None:
    assert contests(text) == [expected]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Callum Vane won the mile at Norway's national athletics championships.", "Norwegian Championships"),
        ("Callum Vane won the mile at the national indoor championships.", "National Indoor Championships"),
        ("Callum Vane won the mile on day two of the National Indoor Championships.", "National Indoor Championships"),
        ("Callum Vane won the mile at the national cross country trials.", "National Cross Country Trials"),
    ],
)
def test_allusions_to_national_championships(text: str, name: str) -> None:
    assert [race.competition for race in tell(text).races] == [name]


def test_allusions_a_national_record_is_no_championship() -> None:
    found = tell("Callum Vane set a national record in the mile after the trials.")
    assert [race.competition for race in found.races] == []
