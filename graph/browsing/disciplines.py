"""A discipline: the best marks that articles tell, its champions and records."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing.almanac import SEXES, almanac, named
from graph.browsing.paging import Page, pages_of
from graph.browsing.performances import performances, sourced
from graph.browsing.programmes import SEX_ORDER, events
from graph.browsing.records import Record, records
from graph.browsing.results import these
from graph.browsing.values import Piece
from graph.errors import LookupFailedError
from ontology.iris import NS

if TYPE_CHECKING:
    from graph.browsing.almanac import Contest
    from graph.browsing.performances import Performance
    from graph.browsing.programmes import Event
    from graph.store.base import Source

_MARKS = 50
_CHAMPIONS = 25


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody's best mark in a list; `rank` is shared where `tied`."""

    rank: int
    tied: bool
    best: Performance
    country: Piece | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a discipline: marks of one `sex` (M, F, X; None takes the first there is) and `year`."""

    sex: str | None = None
    year: int | None = None
    marks_page: int = 1
    champions_page: int = 1


@dataclass(frozen=True, slots=True)
class Discipline:
    """`sexes` and `years` are those of which there are contests; `marks` has each athlete once."""

    name: Piece
    sexes: tuple[str, ...]
    sex: str | None
    years: tuple[int, ...]
    year: int | None
    marks: Page[Listed]
    champions: Page[Event]
    records: tuple[Record, ...]


def discipline(source: Source, iri: str, wanted: Wanted) -> Discipline:
    """The discipline of that IRI. Raises LookupFailedError if the source says nothing of it."""
    if not source.ask(queries.load("known"), {"x": URIRef(iri)}):
        raise LookupFailedError(iri, f"the graph says nothing of {iri}; look for its name.")
    book = almanac(source)
    mine = [contest for contest in book.contests.values() if contest.discipline == iri]
    sexes = tuple(sex for sex in SEX_ORDER if sex and any(contest.sex == sex for contest in mine))
    sex = wanted.sex if wanted.sex in sexes else next(iter(sexes), None)
    years = {contest.year for contest in mine if contest.sex == sex and contest.year is not None}
    finals = [contest for contest in mine if contest.sex == sex and contest.final and contest.series in book.awarding]
    return Discipline(
        named(source, [iri])[iri],
        sexes,
        sex,
        tuple(sorted(years, reverse=True)),
        wanted.year,
        _marks(source, iri, sex, wanted) if sex else Page(),
        _champions(source, finals, wanted.champions_page),
        records(
            {**row, "discipline": URIRef(iri)}
            for row in source.select(queries.load("records-in"), {"discipline": URIRef(iri)})
        ),
    )


def _champions(source: Source, finals: list[Contest], number: int) -> Page[Event]:
    """The finals of competitions that award medals, the newest first; only those of the page are read."""
    ordered = sorted(finals, key=lambda one: (-(one.year or 0), one.series or ""))
    pages = pages_of(len(ordered), _CHAMPIONS)
    number = min(max(number, 1), pages)
    shown = ordered[(number - 1) * _CHAMPIONS : number * _CHAMPIONS]
    place = {contest.race: at for at, contest in enumerate(shown)}
    found = sorted(events(source, shown), key=lambda event: place[event.contest.race])
    return Page(tuple(found), number, pages, len(ordered))


def _marks(source: Source, iri: str, sex: str, wanted: Wanted) -> Page[Listed]:
    of_sex = next(name for name, code in SEXES.items() if code == sex)
    best: dict[str, tuple[Decimal, str]] = {}
    for row in source.select(queries.load("discipline-marks"), {"discipline": URIRef(iri), "sex": URIRef(NS + of_sex)}):
        if wanted.year is None or str(row.get("year", "")) == str(wanted.year):
            who, mark = str(row["who"]), (Decimal(str(row["key"])), str(row["result"]))
            best[who] = min(best.get(who, mark), mark)
    ranked = sorted((key, who) for who, (key, _) in best.items())
    pages = pages_of(len(ranked), _MARKS)
    number = min(max(wanted.marks_page, 1), pages)
    shown = ranked[(number - 1) * _MARKS : number * _MARKS]
    if not shown:
        return Page()
    keys = [key for key, _ in ranked]
    results = [best[who][1] for _, who in shown]
    found = {one.athlete.iri: one for one in sourced(source, performances(source, these(source, results)))}
    countries = _countries(source, [who for _, who in shown])
    listed = tuple(
        Listed(
            bisect_left(keys, key) + 1,
            bisect_right(keys, key) - bisect_left(keys, key) > 1,
            found[who],
            countries.get(who),
        )
        for key, who in shown
        if who in found
    )
    return Page(listed, number, pages, len(ranked))


def _countries(source: Source, people: list[str]) -> dict[str, Piece]:
    query = queries.with_values(queries.load("countries-of"), "who", map(URIRef, people))
    return {str(row["who"]): Piece(str(row["label"]), str(row["country"])) for row in source.select(query)}
