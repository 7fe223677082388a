"""Places and victories told by noun phrases."""

import pytest
from told import positions, tell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Callum Vane earned a second-place finish in the mile.", {("Callum Vane", 2)}),
        ("Fourth-placed Callum Vane ran well in the mile.", {("Callum Vane", 4)}),
        ("Callum Vane spoke of his fourth place in the mile.", {("Callum Vane", 4)}),
        ("Callum Vane, whose fine victory in the mile pleased all, left early.", {("Callum Vane", 1)}),
        ("There were gold medals for Callum Vane and Ines Sorel in the mile.", {("Callum Vane", 1), ("Ines Sorel", 1)}),
        ("Victory in the men's mile for Callum Vane came late.", {("Callum Vane", 1)}),
        ("Callum Vane hopes for his second place in the mile.", set()),
        ("Callum Vane landed 21.75m in the third in the shot put.", set()),
    ],
)
def test_placings_of_noun_phrases(text: str, expected: set[tuple[str, int]]) -> None:
    assert {(who, place) for who, _, place in positions(tell(text))} == expected
