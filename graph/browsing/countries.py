"""Countries and places: who competes for them, what they won, what was held there."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing.almanac import COLOURS, almanac, discipline_order, named
from graph.browsing.paging import Page, paged, pages_of
from graph.browsing.programmes import events
from graph.browsing.records import Record, records
from graph.browsing.results import these
from graph.browsing.values import Piece
from graph.errors import LookupFailedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.browsing.almanac import Almanac, Won
    from graph.browsing.programmes import Event
    from graph.store.base import Source

_EDITIONS = 20
_ATHLETES = 60
_HOLDERS = 30
_RACES = 30


@dataclass(frozen=True, slots=True)
class Haul:
    """The medals of a country at one competition; `counts` are by colour in the order of tables."""

    competition: Piece
    series: str
    year: int | None
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(number for _, number in self.counts)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who won the newest final of a kind of contest that articles tell of."""

    who: Piece
    race: Piece
    result: str


@dataclass(frozen=True, slots=True)
class Country:
    """`athletes` are with how many medals each has, those with most first."""

    name: Piece
    code: str
    counts: tuple[tuple[str, int], ...]
    hauls: Page[Haul]
    holders: Page[Holder]
    athletes: Page[tuple[Piece, int]]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """`events` are the contests held here, the newest first."""

    name: Piece
    country: Piece | None
    within: Piece | None
    editions: tuple[Piece, ...]
    events: Page[Event]
    clubs: tuple[Piece, ...]


def country(source: Source, iri: str, pages: Mapping[str, int]) -> Country:
    """The country of that IRI; `pages` are of its lists medals, holders and athletes.

    Raises LookupFailedError if the source says nothing of it.
    """
    node = next(iter(these(source, [iri])), None)
    if node is None:
        raise LookupFailedError(iri, f"the graph says nothing of {iri}; look for its name.")
    book = almanac(source)
    mine = [won for won in book.medals if iri in won.countries and not won.contest.partial]
    return Country(
        named(source, [iri])[iri],
        node.first("notation") or "",
        _counts(Counter(won.colour for won in mine)),
        _hauls(source, mine, pages.get("medals", 1)),
        _holders(source, book, iri, pages.get("holders", 1)),
        _athletes(source, iri, mine, pages.get("athletes", 1)),
        records(source.select(queries.load("records-of-country"), {"x": URIRef(iri)})),
    )


def place(source: Source, iri: str, page: int = 1) -> Place:
    """The place of that IRI, with one page of its contests. Raises LookupFailedError as `country`."""
    node = next(iter(these(source, [iri])), None)
    if node is None:
        raise LookupFailedError(iri, f"the graph says nothing of {iri}; look for its name.")
    rows = source.select(queries.load("held-at"), {"x": URIRef(iri)}).rows
    contests = almanac(source).contests
    races = {str(row["race"]) for row in rows if "race" in row}
    held = [contests[race] for race in races if race in contests and not contests[race].partial]
    ordered = sorted(held, key=lambda one: (-(one.year or 0), one.series or "~", one.race))
    pages = pages_of(len(ordered), _RACES)
    number = min(max(page, 1), pages)
    shown = ordered[(number - 1) * _RACES : number * _RACES]
    at = {contest.race: position for position, contest in enumerate(shown)}
    found = sorted(events(source, shown), key=lambda event: at[event.contest.race])
    around = {slot: node.first(slot) for slot in ("country", "within")}
    names = named(source, {iri, *filter(None, around.values())})
    editions = {
        (int(str(row["year"])), Piece(str(row["label"]), str(row["edition"]))) for row in rows if "edition" in row
    }
    clubs = {Piece(str(row["label"]), str(row["club"])) for row in rows if "club" in row}
    return Place(
        names[iri],
        names[around["country"]] if around["country"] else None,
        names[around["within"]] if around["within"] else None,
        tuple(piece for _, piece in sorted(editions, key=lambda pair: (-pair[0], pair[1].text))),
        Page(tuple(found), number, pages, len(ordered)),
        tuple(sorted(clubs, key=lambda piece: piece.text)),
    )


def _counts(colours: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((colour, colours[colour]) for colour in COLOURS)


def _hauls(source: Source, mine: list[Won], number: int) -> Page[Haul]:
    counted: dict[tuple[str, int | None], Counter[str]] = defaultdict(Counter)
    editions: dict[tuple[str, int | None], str] = {}
    for won in mine:
        key = won.contest.series or "", won.contest.year
        counted[key][won.colour] += 1
        if won.contest.edition:
            editions[key] = won.contest.edition
    keys = paged(sorted(counted, key=lambda key: (-(key[1] or 0), key[0])), number, _EDITIONS)
    names = named(source, {iri for key in keys.items for iri in (key[0], editions.get(key)) if iri})
    found = []
    for key in keys.items:
        series, year = key
        if key in editions:
            competition = names[editions[key]]
        elif series:
            competition = Piece(f"{names[series].text} {year or ''}".strip(), series)
        else:
            competition = Piece("Competition not told")
        found.append(Haul(competition, series.rpartition("/")[2], year, _counts(counted[key])))
    return Page(tuple(found), keys.number, keys.pages, keys.total)


def _holders(source: Source, book: Almanac, iri: str, number: int) -> Page[Holder]:
    """Who of the country won the newest final of each kind of contest."""
    newest: dict[tuple[str | None, ...], int] = {}
    for won in book.medals:
        contest = won.contest
        kind = (contest.series, contest.discipline, contest.sex)
        if won.colour == "gold" and contest.final and not contest.partial and None not in kind and contest.year:
            newest[kind] = max(newest.get(kind, 0), contest.year)
    held = [
        won
        for won in book.medals
        if won.colour == "gold"
        and iri in won.countries
        and not won.contest.partial
        and newest.get((won.contest.series, won.contest.discipline, won.contest.sex)) == won.contest.year
    ]
    held.sort(
        key=lambda won: (
            -(won.contest.year or 0),
            won.contest.series or "",
            discipline_order(won.contest.discipline),
            won.result,
        )
    )
    chosen = paged(held, number, _HOLDERS)
    names = named(source, {one for won in chosen.items for one in (won.who, won.contest.race)})
    holders = tuple(Holder(names[won.who], names[won.contest.race], won.result) for won in chosen.items)
    return Page(holders, chosen.number, chosen.pages, chosen.total)


def _athletes(source: Source, iri: str, mine: list[Won], number: int) -> Page[tuple[Piece, int]]:
    won = Counter(who for who, _ in {(one.who, one.result) for one in mine})
    rows = source.select(queries.load("athletes-of-country"), {"x": URIRef(iri)})
    people = {Piece(str(row["name"]), str(row["who"])) for row in rows}
    ordered = sorted(people, key=lambda piece: (-won[piece.iri or ""], piece.text))
    return paged([(piece, won[piece.iri or ""]) for piece in ordered], number, _ATHLETES)
