"""Charts of any table: nothing leaves the picture, and no row is silently missing."""

from hypothesis import given
from hypothesis import strategies as st

from server.sparql.charting import MOST_BARS, chart
from server.tables import Cell, Table

_NUMBERS = st.floats(-1e12, 1e12, allow_nan=False)


def _number(value: float) -> tuple[Cell, ...]:
    return (Cell(f"{value:g}", number=value),)


@given(st.lists(st.tuples(st.text(min_size=1), _NUMBERS | st.none()), min_size=2, max_size=80))
def test_charting_bars_stay_in_the_picture_and_count_what_is_left_out(rows):
    cells = tuple(((Cell(name),), () if value is None else _number(value)) for name, value in rows)
    numeric = any(value is not None for _, value in rows)
    found = chart(Table(("name", "n"), cells, (False, numeric), len(rows)))
    if not numeric:
        assert found is None
        return
    assert found is not None
    assert all(0 <= bar.length <= 100 for bar in found.bars)
    assert len(found.bars) == min(MOST_BARS, sum(value is not None for _, value in rows))
    assert found.left_out == len(rows) - len(found.bars)


@given(st.lists(st.tuples(st.integers(1800, 2100), _NUMBERS), min_size=2, max_size=60))
def test_charting_a_line_goes_from_left_to_right_within_the_picture(rows):
    cells = tuple((_number(year), _number(value)) for year, value in rows)
    found = chart(Table(("year", "n"), cells, (True, True), len(rows)))
    assert found is not None
    across = [point.x for point in found.points]
    assert across == sorted(across)
    assert all(0 <= point.x <= 100 and 0 <= point.y <= 100 for point in found.points)
    assert found.left_out == 0


def test_charting_draws_the_column_that_is_wanted():
    cells = tuple(((Cell(name),), _number(gold), _number(all_)) for name, gold, all_ in (("a", 1, 4), ("b", 2, 2)))
    table = Table(("who", "gold", "total"), cells, (False, True, True), 2)
    found = chart(table, "total")
    assert found is not None
    assert (found.value, found.over, found.values) == ("total", "who", ("gold", "total"))
    assert [bar.length for bar in found.bars] == [100, 50]
    assert chart(Table(("who", "gold"), cells[:1], (False, True), 1)) is None
