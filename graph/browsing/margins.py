"""How far one mark is behind another, as result lists write it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from ontology.iris import kind_and_slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store.base import Source

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Value:
    """What a mark is worth: `kind` is t (time, in seconds), l (length, in metres) or p (points); `key` is less for the
    better; `resolution` is the unit of the last digit given.
    """

    kind: str
    key: Decimal
    resolution: Decimal


def values(source: Source, marks: Iterable[str]) -> dict[str, Value]:
    """The marks (IRIs) with what they are worth; one of which that is not known is left out."""
    terms = [URIRef(mark) for mark in sorted(set(marks))]
    if not terms:
        return {}
    rows = source.select(queries.with_values(queries.load("mark-values"), "mark", terms))
    return {
        str(row["mark"]): Value(
            _kind(str(row["mark"]), source.base), Decimal(str(row["key"])), Decimal(str(row.get("resolution", "0.01")))
        )
        for row in rows
    }


def _kind(mark: str, base: str) -> str:
    parts = kind_and_slug(mark, base)
    return parts[1].partition("-")[0] if parts else ""


def behind(mark: Value, best: Value) -> str:
    """`+0.53`, `+1:02.3` (times), `−0.12 m`, `−214 pts`; `same` where they do not differ, empty where one is of another
    kind or the better one.

    As many digits as the coarser of the two marks has.
    """
    difference = mark.key - best.key
    if mark.kind != best.kind or difference < 0:
        return ""
    if not difference:
        return "same"
    unit = max(mark.resolution, best.resolution)
    rounded = difference.quantize(min(unit, Decimal(1)).normalize())
    if mark.kind == "t":
        return f"+{clock(rounded)}"
    return f"−{rounded} {'m' if mark.kind == 'l' else 'pts'}"


def clock(seconds: Decimal) -> str:
    """Seconds as people write them: `0.53`, `1:02.30`, `1:00:04`."""
    if seconds < _MINUTE:
        return str(seconds)
    whole_minutes, rest = divmod(seconds, _MINUTE)
    hours, minutes = divmod(int(whole_minutes), _MINUTE)
    whole, point, digits = str(rest).partition(".")
    shown = f"{whole:0>2}{point}{digits}"
    return f"{hours}:{minutes:02}:{shown}" if hours else f"{minutes}:{shown}"
