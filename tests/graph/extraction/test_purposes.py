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
