"""Tables of results that sort, filter and turn pages by links and a form, whatever they are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from graph.browsing.sifting import SORTS, Sift
from server.navigation import address

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAGE = "-page"
_NUMBER = re.compile(r"[0-9]{1,6}")
_LONGEST = 100  # characters of a filter's value
FILTERS = ("discipline", "year", "competition", "medal")
_FIRST_DOWN = frozenset({"date"})  # sorts that begin with the greatest
HEADINGS = {
    "date": "Date",
    "competition": "Competition",
    "discipline": "Discipline",
    "round": "Round",
    "athlete": "Athlete",
    "place": "Place",
    "mark": "Mark",
    "medal": "Medal",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading that sorts: the address it leads to, and how the rows are sorted by it now (as in `aria-sort`)."""

    key: str
    heading: str
    href: str
    sorted: str | None


def sift_asked() -> Sift:
    """Which results the request wants, in which order; `sort` may have a minus before it."""
    values = {name: request.args.get(name, "").strip()[:_LONGEST] for name in FILTERS}
    wanted = request.args.get("sort", "")
    sort = wanted.removeprefix("-")
    return Sift(**values, sort=sort if sort in SORTS else "date", reverse=wanted.startswith("-") and sort in SORTS)


def pages_asked() -> dict[str, int]:
    """The pages of sections that the request wants: `results-page=2`; what is no number is not heard."""
    return {
        name.removesuffix(_PAGE): int(value)
        for name, value in request.args.items()
        if name.endswith(_PAGE) and _NUMBER.fullmatch(value)
    }


def columns(sift: Sift, keys: Iterable[str]) -> tuple[Column, ...]:
    """The headings of a table that shows these values."""
    return tuple(_column(key, sift) for key in keys)


def _column(key: str, sift: Sift) -> Column:
    here = key == sift.sort
    falling = (key in _FIRST_DOWN) != sift.reverse
    href = address({"sort": f"-{key}" if here and not sift.reverse else key, "results-page": None})
    return Column(key, HEADINGS[key], f"{href}#results", ("descending" if falling else "ascending") if here else None)
