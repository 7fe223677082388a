"""Infinitives that share one "to", and those that an adverb splits."""

import pytest
from told import positions, tell

VANE, SOREL = "Callum Vane", "Ines Sorel"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Callum Vane kicked hard to pass Joao Brandt and win the 800m.", {(VANE, "800m", 1)}),
        ("Ines Sorel came through to beat Eva Lund, hold off Lia Strand and then win the mile.", {(SOREL, "mile", 1)}),
        ("Ines Sorel cleared 1.92m to qualify for Europe and claim the national title in the high jump.",
         {(SOREL, "high jump", 1)}),
        ("Callum Vane dug deep in the last stride to narrowly take the 60m title.", {(VANE, "60m", 1)}),
        ("Callum Vane hopes to pass Joao Brandt and win the 800m.", set()),
        ("Callum Vane failed to catch Joao Brandt and win the 800m.", set()),
        ("Callum Vane did not have the speed to catch Joao Brandt and win the 800m.", set()),
        ("Callum Vane is due to narrowly win the 800m.", set()),
    ],
)  # fmt: skip
def test_infinitives_are_read_one_by_one(text: str, expected: set[tuple[str, str, int]]) -> None:
    assert positions(tell(text)) == expected


def test_infinitives_in_a_row_are_one_result() -> None:
    found = tell("Ines Sorel cleared 1.92m to qualify for Europe and claim the national title in the high jump.")
    assert [(r.position, r.mark) for r in found.results] == [(1, "1.92m")]
