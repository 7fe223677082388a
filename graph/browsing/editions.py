"""Editions of competitions and the series that they belong to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import Literal

from graph import queries
from graph.browsing.almanac import Contest, almanac, discipline_order, named
from graph.browsing.describing import as_date, local
from graph.browsing.programmes import SEX_ORDER, events
from graph.browsing.results import Node, these
from graph.browsing.values import Piece
from graph.errors import LookupFailedError

if TYPE_CHECKING:
    from datetime import date

    from graph.browsing.programmes import Event
    from graph.store.base import Source


@dataclass(frozen=True, slots=True)
class Edition:
    """One holding of a competition. Contests that articles do not name in full, such as heats without a number, are
    not among its `events`.

    `before` and `after` are the editions next to it of which articles tell.
    """

    name: Piece
    series: Piece
    year: int | None
    place: Piece | None
    country: Piece | None
    start: date | None
    end: date | None
    events: tuple[Event, ...]
    before: Piece | None = None
    after: Piece | None = None

    @property
    def days(self) -> tuple[tuple[date, tuple[Event, ...]], ...]:
        """Which events were on which day, as far as told."""
        dates = sorted({event.date for event in self.events if event.date})
        return tuple((day, tuple(event for event in self.events if event.date == day)) for day in dates)


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a series: its edition where it has one of its own, and how many contests articles tell of."""

    year: int
    edition: Piece | None
    place: Piece | None
    start: date | None
    end: date | None
    contests: int


@dataclass(frozen=True, slots=True)
class ContestKind:
    """A discipline for one sex that a series holds, and in how many years articles tell of it."""

    discipline: Piece
    sex: str | None
    years: int

    @property
    def value(self) -> str:
        """How an address names it: `1500m-F`."""
        return f"{local(self.discipline.iri or '')}-{self.sex or ''}"


@dataclass(frozen=True, slots=True)
class Series:
    """A competition that recurs. `champions` are the finals of the chosen kind of contest, the newest first."""

    name: Piece
    aliases: tuple[str, ...]
    place: Piece | None
    level: str
    kind: str
    awards_medals: bool
    years: tuple[Year, ...]
    kinds: tuple[ContestKind, ...]
    chosen: ContestKind | None
    champions: tuple[Event, ...]
    records: tuple[Piece, ...]


def edition(source: Source, iri: str) -> Edition:
    """The edition of that IRI. Raises LookupFailedError if the source says nothing of it."""
    node = _told(source, iri)
    book = almanac(source)
    series = node.first("series") or ""
    contests = [contest for contest in book.contests.values() if contest.edition == iri]
    told = {contest.edition for contest in book.contests.values() if contest.series == series}
    held = {one.iri: one for one in these(source, told - {None})} if told else {}  # type: ignore[arg-type]
    held[iri] = node
    order = sorted(held, key=lambda one: (_year(held[one]) or 0, one))
    at = order.index(iri)
    near = {order[index] for index in (at - 1, at + 1) if 0 <= index < len(order)}
    place = node.first("place")
    country = _country(source, place)
    names = named(source, {iri, series, *near, *filter(None, (place, country))})
    return Edition(
        names[iri],
        names[series] if series else Piece(""),
        _year(node),
        names[place] if place else None,
        names[country] if country else None,
        as_date(node.first("startDate") or ""),
        as_date(node.first("endDate") or ""),
        events(source, contests),
        names[order[at - 1]] if at else None,
        names[order[at + 1]] if at + 1 < len(order) else None,
    )


def series(source: Source, iri: str, contest: str = "") -> Series:
    """The series of that IRI, with the champions of the kind of `contest` (`1500m-F`), or of the one told most often.

    Raises LookupFailedError if the source says nothing of it.
    """
    node = _told(source, iri)
    mine = [one for one in almanac(source).contests.values() if one.series == iri and not one.partial]
    kinds = _kinds(source, mine)
    chosen = next((one for one in kinds if one.value == contest), None)
    chosen = chosen or max(kinds, key=lambda one: one.years, default=None)
    finals = [one for one in mine if one.final and chosen and _is(one, chosen)]
    place = node.first("place")
    wanted = {iri, *(value for slot in ("place", "level", "seriesKind") for value in node.values.get(slot, ()))}
    names = named(source, wanted)

    def text(slot: str) -> str:
        value = node.first(slot)
        return names[value].text if value else ""

    return Series(
        names[iri],
        node.values.get("altLabel", ()),
        names[place] if place else None,
        text("level"),
        text("seriesKind"),
        node.first("awardsMedals") == "true",
        _years(source, mine),
        kinds,
        chosen,
        tuple(sorted(events(source, finals), key=lambda event: -(event.contest.year or 0))),
        _records(source, names[iri].text),
    )


def programme(source: Source, iri: str, year: int) -> tuple[Event, ...]:
    """The contests of a series in a year."""
    contests = almanac(source).contests.values()
    return events(source, [one for one in contests if one.series == iri and one.year == year and not one.partial])


def _told(source: Source, iri: str) -> Node:
    found = next(iter(these(source, [iri])), None)
    if found is None:
        raise LookupFailedError(iri, f"the graph says nothing of {iri}; look for its name.")
    return found


def _year(node: Node) -> int | None:
    year = node.first("year") or ""
    return int(year) if year.isdigit() else None


def _country(source: Source, place: str | None) -> str | None:
    return _told(source, place).first("country") if place else None


def _is(contest: Contest, kind: ContestKind) -> bool:
    return contest.discipline == kind.discipline.iri and contest.sex == kind.sex


def _kinds(source: Source, contests: list[Contest]) -> tuple[ContestKind, ...]:
    counted = Counter((one.discipline, one.sex) for one in contests if one.discipline and one.final)
    names = named(source, {discipline for discipline, _ in counted if discipline})
    ordered = sorted(counted, key=lambda key: (discipline_order(key[0]), SEX_ORDER.index(key[1])))
    return tuple(ContestKind(names[discipline or ""], sex, counted[discipline, sex]) for discipline, sex in ordered)


def _years(source: Source, contests: list[Contest]) -> tuple[Year, ...]:
    """The years of which anything is told, the newest first."""
    many = Counter(one.year for one in contests if one.year is not None)
    editions = {one.year: one.edition for one in contests if one.edition and one.year is not None}
    nodes = {node.iri: node for node in these(source, editions.values())} if editions else {}
    places = {place for node in nodes.values() if (place := node.first("place"))}
    names = named(source, {*nodes, *places})
    found = []
    for year in sorted(many, reverse=True):
        node = nodes.get(editions.get(year, ""))
        place = node.first("place") if node else None
        found.append(
            Year(
                year,
                names[node.iri] if node else None,
                names[place] if place else None,
                as_date(node.first("startDate") or "") if node else None,
                as_date(node.first("endDate") or "") if node else None,
                many[year],
            )
        )
    return tuple(found)


def _records(source: Source, name: str) -> tuple[Piece, ...]:
    """The records of the competition that articles tell, in words."""
    rows = source.select(queries.load("records-of-area"), {"area": Literal(name)})
    return tuple(
        Piece(f"{row['disciplineName']}: {row['who']}, {row['shown']}", str(row["best"]))
        for row in sorted(rows, key=lambda row: (discipline_order(str(row["discipline"])), str(row["best"])))
    )
