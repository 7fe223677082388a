"""Competitions told by their towns, and one result at each of those that are listed."""

from datetime import date

import pytest
from told import tell

BOSTON, LONDON, CHICAGO = "Boston Marathon", "London Marathon", "Chicago Marathon"


def told(text: str, published: date = date(2024, 6, 10)) -> set[tuple[str, object, str | None, int | None]]:
    found = tell(text, published)
    race = {r.id: r for r in found.races}
    return {(r.athlete, r.position, race[r.race].competition, race[r.race].year) for r in found.results}


MARTA, OTIWA = "Marta Lindqvist", "Achieng Otiwa"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Marta Lindqvist has won the London, Chicago and Boston marathons.",
            {(MARTA, 1, c, None) for c in (BOSTON, LONDON, CHICAGO)},
        ),
        (
            "Marta Lindqvist won the Norbridge and Torrevale half marathons in 2023.",
            {(MARTA, 1, "Torrevale Half Marathon", 2023), (MARTA, 1, "Norbridge Half Marathon", 2023)},
        ),
        (
            "Marta Lindqvist won the Chicago Marathon in 2002 and 2003 and the Boston Marathon in 2004.",
            {(MARTA, 1, CHICAGO, 2002), (MARTA, 1, CHICAGO, 2003), (MARTA, 1, BOSTON, 2004)},
        ),
        (
            (
                "The London Marathon is near. Marta Lindqvist came second behind Achieng Otiwa at the 2011 and 2013 "
                "London races as well as at the 2014 Boston Marathon."
            ),
            {
                (who, place, c, y)
                for who, place in ((MARTA, 2), (OTIWA, 1))
                for c, y in ((LONDON, 2011), (LONDON, 2013), (BOSTON, 2014))
            },
        ),
        (
            "Marta Lindqvist has won the Boston and London marathons as well as the European 5000m title in 2010.",
            {(MARTA, 1, BOSTON, None), (MARTA, 1, LONDON, None), (MARTA, 1, "European Championships", 2010)},
        ),
        (
            "Marta Lindqvist won the Boston Marathon in 2003 and the European 10,000m title in 2002.",
            {(MARTA, 1, BOSTON, 2003), (MARTA, 1, "European Championships", 2002)},
        ),
    ],
)
def test_each_competition_listed_has_a_result(text: str, expected: set[tuple[str, object, str | None, int]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Marta Lindqvist hopes to win the Chicago, Boston and London marathons.",
        "Marta Lindqvist stormed to double gold at the Olympic Games.",
        "Marta Lindqvist has not won the Boston and London marathons.",
        "Marta Lindqvist will run the London Marathon. The London race director praised Lindqvist.",
    ],
)
def test_hopes_and_organisers_win_nothing(text: str) -> None:
    assert told(text) == set()


def test_the_race_of_another_town_is_not_the_one_named() -> None:
    text = "Marta Lindqvist will run the London Marathon. Lindqvist won the Chicago race in 2003."
    assert LONDON not in {competition for _, _, competition, year in told(text) if year == 2003} - {None}


def test_who_is_called_by_age_behind_quotations_is_the_only_athlete_told_of() -> None:
    text = (
        'Marta Lindqvist is back. "We missed her," said director Per Haugland. "She is good. She is keen." '
        "The 29-year-old won the 2023 Boston Marathon from Achieng Otiwa."
    )
    assert (MARTA, 1, BOSTON, 2023) in told(text)
