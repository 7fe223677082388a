"""Results sorted and filtered, and the choices there are: what a table is asked by its links and its form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.browsing.describing import local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal

    from graph.browsing.performances import Performance
    from graph.browsing.values import Piece

ANY = "any"  # of a medal: one of any colour
NONE = "none"  # of anything: what is not known
_MEDALS = ("gold", "silver", "bronze")
_LAST = 1_000_000  # a place behind all places


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter may have, as it stands in an address and in words, and how many results have it."""

    value: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Sift:
    """Which results, in which order. Empty fields let all pass; things are named by the last part of their IRI.

    `sort` is a key of `SORTS`; `reverse` turns its order round.
    """

    discipline: str = ""
    year: str = ""
    competition: str = ""
    medal: str = ""
    sort: str = "date"
    reverse: bool = False

    @property
    def narrow(self) -> bool:
        """Whether it leaves anything out by its nature."""
        return any((self.discipline, self.year, self.competition, self.medal))


def sifted(results: Iterable[Performance], sift: Sift) -> tuple[Performance, ...]:
    """The results that pass, in order; what lacks the value that is sorted by comes last in either direction."""
    passing = [one for one in results if _passes(one, sift)]
    key = SORTS[sift.sort if sift.sort in SORTS else "date"]
    having = sorted((one for one in passing if key(one) is not None), key=lambda one: _tied(one, key))
    if sift.reverse:
        having.reverse()
    return (*having, *(one for one in passing if key(one) is None))


def choices(results: Sequence[Performance]) -> dict[str, tuple[Choice, ...]]:
    """For each filter the values that the results have: disciplines by number, years newest first, series by name."""
    disciplines = _counted((one.discipline for one in results), unknown="discipline not known")
    series = _counted((one.series for one in results), unknown="not named")
    years = Counter(str(one.season or NONE) for one in results)
    medals = Counter(one.medals[0] for one in results if len(one.medals) == 1)
    won = sum(1 for one in results if one.medals)
    return {
        "discipline": tuple(sorted(disciplines, key=lambda choice: (-choice.count, choice.text))),
        "year": tuple(
            Choice(year, "year not known" if year == NONE else year, years[year])
            for year in sorted(years, key=lambda year: (year == NONE, -int(year) if year != NONE else 0))
        ),
        "competition": tuple(sorted(series, key=lambda choice: (choice.value == NONE, choice.text))),
        "medal": (
            *((Choice(ANY, "any medal", won),) if won else ()),
            *(Choice(colour, colour, medals[colour]) for colour in _MEDALS if medals[colour]),
        ),
    }


def _counted(things: Iterable[Piece | None], unknown: str) -> list[Choice]:
    named: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for thing in things:
        value = local(thing.iri) if thing and thing.iri else NONE
        named[value] = thing.text if thing and thing.iri else unknown
        counts[value] += 1
    return [Choice(value, named[value], count) for value, count in counts.items()]


def _passes(one: Performance, sift: Sift) -> bool:
    series = local(one.series.iri) if one.series and one.series.iri else NONE
    discipline = local(one.discipline.iri) if one.discipline.iri else NONE
    return (
        (not sift.discipline or discipline == sift.discipline)
        and (not sift.year or str(one.season or NONE) == sift.year)
        and (not sift.competition or series == sift.competition)
        and (not sift.medal or (bool(one.medals) if sift.medal == ANY else sift.medal in one.medals))
    )


Value = tuple["int | str | Decimal", ...]


def _tied(one: Performance, key: Callable[[Performance], Value | None]) -> tuple[Value, int, int, str]:
    return (key(one) or (), -(one.season or 0), -(one.date or date.min).toordinal(), one.race.text)


def _newest(one: Performance) -> Value | None:
    day = one.date if one.date and one.date.year == one.season else None
    return None if one.season is None else (-one.season, -(day or date(one.season, 1, 1)).toordinal())


def _place(one: Performance) -> Value | None:
    return (one.positions[0],) if one.positions else (_LAST, one.outcomes[0]) if one.outcomes else None


def _mark(one: Performance) -> Value | None:
    """By discipline first: a time over one distance says nothing about one over another."""
    return (one.discipline.text, min(mark.key for mark in one.marks)) if one.marks else None


def _medal(one: Performance) -> Value | None:
    return (_MEDALS.index(one.medals[0]),) if one.medals and one.medals[0] in _MEDALS else None


def _named(name: str) -> Callable[[Performance], Value | None]:
    def key(one: Performance) -> Value | None:
        text: str = getattr(one, name).text
        return (text.casefold(),) if text else None

    return key


def _round(one: Performance) -> Value | None:
    return (one.round,) if one.round else None


# What results can be sorted by, as it stands in an address, and by which value; less comes first.
SORTS: dict[str, Callable[[Performance], Value | None]] = {
    "date": _newest,
    "competition": _named("competition"),
    "discipline": _named("discipline"),
    "round": _round,
    "athlete": _named("athlete"),
    "place": _place,
    "mark": _mark,
    "medal": _medal,
}
