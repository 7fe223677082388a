"""Numbers that stand for a race."""

import pytest
from told import positions, tell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Callum Vane won the 200 final in 19.95.", {("Callum Vane", "200m", 1)}),
        ("Callum Vane won both the 100 and 200 titles.", {("Callum Vane", "100m", 1), ("Callum Vane", "200m", 1)}),
        ("Marta Lindqvist was third in the women's 1,500.", {("Marta Lindqvist", "1500m", 3)}),
        ("Marta Lindqvist won the 400 hurdles.", {("Marta Lindqvist", "400m hurdles", 1)}),
        ("The world 800 champion, Callum Vane, is ill.", {("Callum Vane", "800m", 1)}),
        (
            "In addition to winning the 400 final, Callum Vane was third in the mile.",
            {("Callum Vane", "400m", 1), ("Callum Vane", "mile", 3)},
        ),
    ],
)
def test_distances_are_races(text: str, expected: set[tuple[str, str, int]]) -> None:
    assert positions(tell(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Callum Vane beat the 100 athletes who came.",
        "Callum Vane won before the 5,000 fans.",
        "Callum Vane won by 200.",
        "Callum Vane was one of the 800 runners.",
    ],
)
def test_distances_are_no_races_where_they_count(text: str) -> None:
    assert {race.discipline for race in tell(text).races} <= {None}


def test_distances_what_was_not_done_instead_is_not_told() -> None:
    found = tell("Instead of winning the 400 final, Callum Vane was third in the mile.")
    assert positions(found) == {("Callum Vane", "mile", 3)}
