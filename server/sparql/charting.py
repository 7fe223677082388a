"""Charts of answers whose columns allow it: bars for names with numbers, a line for years or dates with numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.tables import Cell, Row, Table

MOST_BARS: Final = 40
_DAY: Final = re.compile(r"-?\d{4}-\d\d-\d\d")
_YEARS: Final = range(1800, 2101)
_TIMES: Final = re.compile(r"year|jahr|season|date|when", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its name with what it links to, its number as written, and the length of its bar in percent."""

    name: str
    iri: str | None
    value: str
    length: float


@dataclass(frozen=True, slots=True)
class Point:
    """A row of a line: where it stands, in percent from left and top, and what it says."""

    x: float
    y: float
    title: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars or a line (`points`, from left to right) of the numbers of one column, `value`, over another, `over`.

    `values` are the columns that could be drawn. `low` and `high` are the ends of the scale of numbers, `first` and
    `last` those of time. `left_out` counts the rows of the page that are not drawn.
    """

    value: str
    over: str
    values: tuple[str, ...]
    bars: tuple[Bar, ...] = ()
    points: tuple[Point, ...] = ()
    low: str = ""
    high: str = ""
    first: str = ""
    last: str = ""
    left_out: int = 0


def chart(table: Table, wanted: str = "") -> Chart | None:
    """The chart of the rows of a page, of the column `wanted` where it holds numbers; None where there is none."""
    names = table.variables
    times = [at for at in range(len(names)) if _over_time(table, at)]
    numbers = [at for at in range(len(names)) if table.numeric[at] and at not in times]
    labels = [at for at in range(len(names)) if not table.numeric[at] and at not in times and _filled(table, at)]
    if len(table.rows) < 2 or not numbers or not (times or labels):
        return None
    value = next((at for at in numbers if names[at] == wanted), numbers[0])
    values = tuple(names[at] for at in numbers)
    if times and not labels:
        return _line(table, times[0], value, values)
    return _bars(table, labels[0] if labels else times[0], value, values)


def _filled(table: Table, at: int) -> bool:
    return all(row[at] for row in table.rows)


def _over_time(table: Table, at: int) -> bool:
    """Whether a column holds dates alone, or years alone under a name that says so."""
    cells = [cell for row in table.rows for cell in row[at]]
    if not cells:
        return False
    if table.numeric[at]:
        return bool(_TIMES.search(table.variables[at])) and all(_year(cell) for cell in cells)
    return all(_DAY.match(cell.text) and not cell.iri for cell in cells)


def _year(cell: Cell) -> bool:
    return cell.number is not None and cell.number in _YEARS


def _bars(table: Table, label: int, value: int, values: tuple[str, ...]) -> Chart:
    drawn = [row for row in table.rows if row[value]][:MOST_BARS]
    longest = max((abs(_size(row, value)) for row in drawn), default=0) or 1
    bars = tuple(
        Bar(
            ", ".join(cell.text for cell in row[label]) or "–",
            row[label][0].iri if row[label] else None,
            row[value][0].text,
            round(100 * abs(_size(row, value)) / longest, 2),
        )
        for row in drawn
    )
    left_out = table.total - len(bars)
    return Chart(table.variables[value], table.variables[label], values, bars=bars, left_out=left_out)


def _line(table: Table, time: int, value: int, values: tuple[str, ...]) -> Chart:
    when = _ordinal if not table.numeric[time] else _as_number
    drawn = sorted((row for row in table.rows if row[time] and row[value]), key=lambda row: when(row[time][0]))
    sizes = [_size(row, value) for row in drawn]
    times = [when(row[time][0]) for row in drawn]
    across, up = _scale(times), _scale(sizes)
    points = tuple(
        Point(round(across(x), 2), round(100 - up(y), 2), f"{row[time][0].text}: {row[value][0].text}")
        for row, x, y in zip(drawn, times, sizes, strict=True)
    )
    return Chart(
        table.variables[value],
        table.variables[time],
        values,
        points=points,
        low=f"{min(sizes, default=0):g}",
        high=f"{max(sizes, default=0):g}",
        first=drawn[0][time][0].text if drawn else "",
        last=drawn[-1][time][0].text if drawn else "",
        left_out=table.total - len(points),
    )


def _size(row: Row, at: int) -> float:
    return row[at][0].number or 0.0


def _as_number(cell: Cell) -> float:
    return cell.number or 0.0


def _ordinal(cell: Cell) -> float:
    try:
        return date.fromisoformat(cell.text[:10]).toordinal()
    except ValueError:
        return 0.0


def _scale(numbers: list[float]) -> Callable[[float], float]:
    """From the numbers to percent of the way between the smallest and the largest of them."""
    low, high = min(numbers, default=0), max(numbers, default=0)
    return lambda number: 100 * (number - low) / (high - low) if high > low else 50.0
