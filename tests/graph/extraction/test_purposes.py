"""A mark and the place it was worth, told by two clauses, are one result."""

import pytest
from told import results, tell


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Callum Ferris ran 46.20 to win the AAA title over 400m.", {("Callum Ferris", "400m", 1, "46.20")}),
        (
            "Callum Ferris soared to a season's best of 2.20m to claim the British indoor high jump title.",
            {("Callum Ferris", "high jump", 1, "2.20m")},
        ),
        (
            "Callum Ferris ran 46.20 in his heat and went on to win the AAA title over 400m.",
            {("Callum Ferris", "400m", None, "46.20"), ("Callum Ferris", "400m", 1, None)},
        ),
        (
            "Callum Ferris ran 46.20 in the 400m and hopes to win the AAA title.",
            {("Callum Ferris", "400m", None, "46.20")},
        ),
    ],
)
def test_purposes_are_one_result(text: str, found: set[tuple[object, ...]]) -> None:
    assert results(tell(text)) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Per Haugland finished fifth in the shot put after producing two throws of 13.77m.",
         {("Per Haugland", "shot put", 5, "13.77m")}),
        ("Per Haugland was fourth after tiring badly in the 200m.",
         {("Per Haugland", "200m", 4, None)}),
        ("Per Haugland won the 200m final after running 20.50 in the heats.",
         {("Per Haugland", "200m", 1, None), ("Per Haugland", "200m", None, "20.50")}),
    ],
)  # fmt: skip
def test_purposes_an_effort_tells_of_the_place_before_it(text: str, expected: set[tuple[str, str, int, str]]) -> None:
    assert {row for row in results(tell(text)) if row[1]} == expected
