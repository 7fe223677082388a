from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.facts import Mark
from graph.identity.marks import compatible, display, read_mark


@pytest.mark.parametrize(
    ("text", "slug", "shown"),
    [
        ("9.58", "t-9.58", "9.58"),
        ("3:29.38", "t-209.38", "3:29.38"),
        ("3:26.00", "t-206.00", "3:26.00"),
        ("59:22", "t-3562", "59:22"),
        ("2:06:32", "t-7592", "2:06:32"),
        ("2:00:35.4", "t-7235.4", "2:00:35.4"),
        ("75.30", "t-75.30", "1:15.30"),
        ("4.89m", "l-4.89", "4.89m"),
        ("4.89 m", "l-4.89", "4.89m"),
        ("6952 pts", "p-6952", "6952 pts"),
        ("6952 points", "p-6952", "6952 pts"),
    ],
)
def test_marks_are_read_and_shown(text: str, slug: str, shown: str) -> None:
    mark = read_mark(text)
    assert mark is not None
    assert (mark.slug, display(mark)) == (slug, shown)


@pytest.mark.parametrize("text", ["", "fast", "3:29.38s", "1:2:3:4", "-3", "4.89 cm", "3.29.38", "∞"])
def test_marks_that_are_none(text: str) -> None:
    assert read_mark(text) is None


@given(st.decimals(min_value=Decimal("0.01"), max_value=99999, places=2))
def test_marks_survive_being_shown(value: Decimal) -> None:
    mark = Mark("seconds", str(value))
    assert read_mark(display(mark)) == mark


def test_marks_know_their_resolution_and_order() -> None:
    rounded, exact, longer = Mark("seconds", "209.4"), Mark("seconds", "209.38"), Mark("metres", "8.31")
    assert (rounded.resolution, exact.resolution) == (Decimal("0.1"), Decimal("0.01"))
    assert Mark("seconds", "206.0") != Mark("seconds", "206.00")
    assert longer.sort_key < Mark("metres", "8.30").sort_key
    assert compatible(rounded, exact)
    assert not compatible(exact, rounded)
    assert not compatible(rounded, Mark("seconds", "209.51"))
    assert not compatible(rounded, longer)
