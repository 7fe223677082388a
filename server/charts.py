"""Scales, ticks and the writing of marks for charts drawn as SVG on the server."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.browsing.performances import Unit

# Steps of an axis of times, in seconds.
_STEPS = (
    *map(Decimal, ("0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1", "2", "5", "10", "15", "30")),
    *map(Decimal, (60, 120, 300, 600, 900, 1800, 3600, 7200)),
)
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of an axis: where (in units of the drawing) and its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """From values between `low` and `high` to positions between `start` and `end`; `start` may be the greater one."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The position, to a tenth of a unit; the middle where there is only one value."""
        if self.high == self.low:
            return round((self.start + self.end) / 2, 1)
        return round(self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start), 1)


def mark_values(low: Decimal, high: Decimal, unit: Unit, most: int = 5) -> list[Decimal]:
    """Round values that cover a range of marks, ascending: at most `most` + 2, the outer ones beyond its ends."""
    step = _step((high - low) / most, unit)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    if first == last:
        last += 1
    return [step * number for number in range(int(first), int(last) + 1)]


def years(first: int, last: int, most: int = 10) -> list[int]:
    """Years to name on an axis from one to another, evenly."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if (last - first) / step <= most)
    return [year for year in range(first, last + 1) if year % step == 0 or step == 1]


def mark_text(value: Decimal, unit: Unit) -> str:
    """A mark as people write it: `9.8`, `3:27.79`, `2:01:09`, `8.95 m`, `6,952`."""
    if unit == "points":
        return f"{value:,.0f}"
    if unit == "m":
        return f"{value:,f} m"
    if value < _MINUTE:
        return f"{value:f}"
    minutes, seconds = divmod(value, _MINUTE)
    hours, whole = divmod(int(minutes), _MINUTE)
    rest = f"{seconds:f}" if seconds >= 10 else f"0{seconds:f}"
    return f"{hours}:{whole:02}:{rest}" if hours else f"{whole}:{rest}"


def _step(wanted: Decimal, unit: Unit) -> Decimal:
    if unit == "s" and wanted <= _STEPS[-1]:
        return next(step for step in _STEPS if step >= wanted)
    if wanted <= 0:
        return Decimal("0.01") if unit == "m" else Decimal(1)
    power = Decimal(1).scaleb(wanted.adjusted())
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= wanted)
    return max(step, Decimal("0.01") if unit == "m" else Decimal(1))
