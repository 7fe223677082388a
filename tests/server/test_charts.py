from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.browsing.performances import Unit
from server.charts import Scale, mark_text, mark_values, years

_UNITS = st.sampled_from(["s", "m", "points"])
_VALUES = st.decimals(min_value="0.5", max_value=9000, places=2)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("9.8", "s", "9.8"),
        ("59.99", "s", "59.99"),
        ("60", "s", "1:00"),
        ("207.79", "s", "3:27.79"),
        ("7269", "s", "2:01:09"),
        ("8.95", "m", "8.95 m"),
        ("6952", "points", "6,952"),
    ],
)
def test_charts_write_marks_as_people_do(value: str, unit: Unit, text: str) -> None:
    assert mark_text(Decimal(value), unit) == text


@given(one=_VALUES, other=_VALUES, unit=_UNITS)
def test_charts_axes_cover_the_marks_with_few_even_round_values(one: Decimal, other: Decimal, unit: Unit) -> None:
    low, high = sorted((one, other))
    values = mark_values(low, high, unit)
    assert values[0] <= low
    assert values[-1] >= high
    assert 2 <= len(values) <= 7
    steps = {after - before for before, after in pairwise(values)}
    assert len(steps) == 1
    assert steps.pop() > 0


@given(first=st.integers(1890, 2040), span=st.integers(0, 120))
def test_charts_axes_of_years_name_few_of_them_evenly(first: int, span: int) -> None:
    named = years(first, first + span)
    assert len(named) <= 11
    assert all(first <= year <= first + span for year in named)
    assert len({after - before for before, after in pairwise(named)}) <= 1


@given(low=st.floats(0, 1000), span=st.floats(0.01, 1000), share=st.floats(0, 1))
def test_charts_scales_keep_values_between_their_ends(low: float, span: float, share: float) -> None:
    scale = Scale(low, low + span, 200, 20)
    assert scale(low) == 200
    assert scale(low + span) == 20
    assert 20 <= scale(low + span * share) <= 200
    assert Scale(low, low, 200, 20)(low) == 110
