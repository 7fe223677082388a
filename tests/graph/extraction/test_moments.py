"""When, where and in which round: what a "when" tells of the race before it, and rounds that were only reached."""

from datetime import date

import pytest
from told import tell


def at(text: str) -> dict[str, tuple[str | None, int | None, str | None]]:
    """Where and when each was placed, of a report on the World Championships of 2023."""
    told = tell(
        f"Iva Holt won the 1500m at the World Championships in Budapest on Wednesday. {text}", date(2023, 8, 24)
    )
    races = {race.id: (race.competition, race.year, race.place) for race in told.races}
    return {result.athlete: races[result.race] for result in told.results if result.athlete != "Iva Holt"}


EUGENE = ("World Championships", 2022, "Eugene")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Callum Vane was fifth in Eugene last year, when Joao Brandt became champion and Marc Orr was second.",
            {"Callum Vane": EUGENE, "Joao Brandt": EUGENE, "Marc Orr": EUGENE},
        ),
        (
            "Callum Vane was fifth in Eugene in 2022, when Joao Brandt took gold.",
            {"Callum Vane": EUGENE, "Joao Brandt": EUGENE},
        ),
        (
            "Callum Vane was fifth in Oslo last year, when Joao Brandt won.",
            {"Callum Vane": (None, 2022, "Oslo"), "Joao Brandt": (None, 2022, "Oslo")},
        ),
        (
            "Callum Vane was fourth at the Tokyo Olympics, when Joao Brandt took gold.",
            {"Callum Vane": ("Olympic Games", 2021, "Tokyo"), "Joao Brandt": ("Olympic Games", 2021, "Tokyo")},
        ),
    ],
)
def test_moments_a_when_clause_tells_of_the_race_before_it(
    text: str, expected: dict[str, tuple[str | None, int, str]]
) -> None:
    assert at(text) == expected


def test_moments_a_championship_was_not_where_it_never_was_held() -> None:
    text = "Callum Vane rested during the Tokyo Olympics and was fifth in Eugene last year."
    assert at(text) == {"Callum Vane": EUGENE}


@pytest.mark.parametrize(
    ("text", "round_"),
    [
        ("Iva Holt advanced to the 800m final with a time of 1:59.10.", None),
        ("Iva Holt eased into Sunday's 800m final in 1:59.10.", None),
        ("Iva Holt qualified for the final of the 800m in 1:59.10 at the European Championships.", None),
        ("Iva Holt ran 1:59.10 to reach the 800m final at the European Championships.", None),
        ("Iva Holt booked her place in the 800m final by winning her heat in 1:59.10.", "heat"),
        ("Iva Holt won her semi-final in 1:59.10 to reach the 800m final.", "semi-final"),
        ("Iva Holt reached the 800m final at the European Championships and was fifth in 1:59.10.", "final"),
        ("Iva Holt was fifth in the 800m final in 1:59.10.", "final"),
    ],
)
def test_moments_what_led_to_a_round_was_not_of_it(text: str, round_: str | None) -> None:
    told = tell(text)
    (result,) = [result for result in told.results if result.mark == "1:59.10"]
    assert {race.id: race.round for race in told.races}[result.race] == round_


@pytest.mark.parametrize(
    ("text", "round_"),
    [
        ("Iva Holt jumped 6.90m in the second round to win the long jump at the European Championships.", "final"),
        ("Iva Holt won the long jump with 6.90m in the first round.", None),
        ("Iva Holt won her first round heat of the 100m in 11.20.", "heat"),
    ],
)
def test_moments_a_round_of_throws_or_jumps_is_an_attempt(text: str, round_: str | None) -> None:
    assert [race.round for race in tell(text).races] == [round_]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Iva Holt became the first Irishwoman to win a European 800m title when she triumphed in Munich in 2022.",
            ("European Championships", 2022, "Munich"),
        ),
        ("Iva Holt won the 800m title when she ran 1:58.10 in Oslo in 2019.", (None, 2019, "Oslo")),
        ("Iva Holt took 800m bronze when she finished behind Ann Falk in Paris in 2003.", (None, 2003, "Paris")),
    ],
)
def test_moments_a_result_was_when_and_where_its_when_clause_says(
    text: str, expected: tuple[str | None, int, str]
) -> None:
    assert {(r.competition, r.year, r.place) for r in tell(text).races} == {expected}
