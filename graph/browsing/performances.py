"""Results with what is known of their races, for tables, charts and comparisons: few queries for hundreds of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from rdflib import URIRef

from graph import queries
from graph.browsing.describing import as_date, local
from graph.browsing.values import Dispute, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.browsing.results import Node
    from graph.store.base import Source

Unit = Literal["s", "m", "points"]
_UNITS: dict[str, Unit] = {"seconds": "s", "metres": "m", "points": "points"}
_BATCH = 1000  # terms in one VALUES block
_LINKED = ("race", "athlete", "team", "discipline", "edition", "series", "round", "outcome", "medalColour")

_UNNAMED = "a competition not named"

Slots = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as written (`text`) and as a number: `value` is in seconds, metres or points; `resolution` that of its
    last digit.
    """

    text: str
    value: Decimal
    unit: Unit
    resolution: Decimal = Decimal("0.01")

    @property
    def key(self) -> Decimal:
        """Less for the better mark."""
        return self.value if self.unit == "s" else -self.value


@dataclass(frozen=True, slots=True)
class Performance:
    """A result in its race. More than one position, outcome, mark or medal is a dispute.

    `year` is the nominal one of the edition; `competition` the edition, the series with the year or, where neither is
    known, leads to the race itself. `medals` are the colours in words (`gold`); `articles` are those behind the result,
    `witnesses` counts them with the copies of one text as one.
    """

    result: str
    athlete: Piece
    race: Piece
    competition: Piece
    series: Piece | None = None
    year: int | None = None
    date: date | None = None
    discipline: Piece = Piece("")
    round: str = ""
    category: str = ""
    indoor: bool = False
    positions: tuple[int, ...] = ()
    outcomes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    medals: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    witnesses: int = 0
    dispute: Dispute | None = None

    @property
    def position(self) -> int | None:
        """The position, unless it is unknown or in dispute."""
        return self.positions[0] if len(self.positions) == 1 else None

    @property
    def mark(self) -> Mark | None:
        """The mark, unless it is unknown or in dispute."""
        return self.marks[0] if len(self.marks) == 1 else None

    @property
    def place(self) -> str:
        """The position or the outcome in words; what is in dispute side by side."""
        return " or ".join([*map(str, self.positions), *self.outcomes])

    @property
    def written(self) -> str:
        """The mark as written; what is in dispute side by side."""
        return " or ".join(mark.text for mark in self.marks)

    @property
    def medal(self) -> str:
        """The colour of the medal; what is in dispute side by side."""
        return " or ".join(self.medals)

    @property
    def season(self) -> int | None:
        """The calendar year it was run in: that of its date, else that of its edition.

        A date more than a year off the edition's is an article's mistake.
        """
        if self.date and (self.year is None or abs(self.date.year - self.year) <= 1):
            return self.date.year
        return self.year

    @property
    def final(self) -> bool:
        return self.round == "final"


def performances(source: Source, nodes: Iterable[Node]) -> tuple[Performance, ...]:
    """The results among the nodes, the newest first. Two queries for every thousand things that they name."""
    found = [node for node in nodes if "Result" in node.types]
    slots = _slots(
        source, {value for node in found for slot in ("race", "mark") for value in node.values.get(slot, ())}
    )
    named = {value for node in found for slot in _LINKED for value in node.values.get(slot, ())}
    named |= {value for held in slots.values() for slot in _LINKED for value in held.get(slot, ())}
    labels = {iri: held["label"][0] for iri, held in slots.items() if "label" in held}
    labels |= labelled(source, named - labels.keys())
    made = [_performance(node, slots, labels) for node in found]
    return tuple(sorted(made, key=newest_first))


def newest_first(one: Performance) -> tuple[int, int, str]:
    """Sorts results by date; those without a year last."""
    return (-(one.season or 0), -(one.date or date.min).toordinal(), one.race.text)


def sourced(source: Source, shown: Iterable[Performance]) -> tuple[Performance, ...]:
    """The same results with the articles behind them, and whether these agree."""
    shown = tuple(shown)
    if not shown:
        return ()
    terms = [URIRef(one.result) for one in shown]
    articles: dict[str, dict[str, str]] = defaultdict(dict)
    disputes: dict[str, Dispute] = {}
    for start in range(0, len(terms), _BATCH):
        batch = terms[start : start + _BATCH]
        for row in source.select(queries.with_values(queries.load("result-articles"), "s", batch)):
            article = str(row["article"])
            articles[str(row["s"])][article] = str(row.get("original", article))
        for row in source.select(queries.with_values(queries.load("disputed"), "s", batch)):
            dispute = Dispute(str(row["conflict"]), "choice" in row)
            before = disputes.get(str(row["s"]), dispute)
            disputes[str(row["s"])] = min(before, dispute, key=lambda one: (one.settled, one.conflict))
    return tuple(
        replace(
            one,
            articles=tuple(sorted(articles[one.result])),
            witnesses=len(set(articles[one.result].values())),
            dispute=disputes.get(one.result),
        )
        for one in shown
    )


def labelled(source: Source, iris: Iterable[str]) -> dict[str, str]:
    """What things are called; without those that have no label."""
    terms = [URIRef(iri) for iri in sorted(set(iris)) if "://" in iri]
    found: dict[str, str] = {}
    for start in range(0, len(terms), _BATCH):
        query = queries.with_values(queries.load("labels"), "x", terms[start : start + _BATCH])
        found |= {str(row["x"]): str(row["label"]) for row in source.select(query)}
    return found


def _slots(source: Source, iris: Iterable[str]) -> dict[str, Slots]:
    terms = [URIRef(iri) for iri in sorted(set(iris))]
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for start in range(0, len(terms), _BATCH):
        query = queries.with_values(queries.load("result-slots"), "x", terms[start : start + _BATCH])
        for row in source.select(query):
            found[str(row["x"])][local(str(row["p"]))].add(str(row["o"]))
    return {iri: {slot: tuple(sorted(values)) for slot, values in held.items()} for iri, held in found.items()}


def _performance(node: Node, slots: Mapping[str, Slots], labels: Mapping[str, str]) -> Performance:
    def piece(iri: str | None) -> Piece:
        return Piece(labels.get(iri, local(iri)), iri) if iri else Piece("")

    def first(slot: str) -> str | None:
        return next(iter(race.get(slot, ())), None)

    race_iri = node.first("race") or node.iri
    race = slots.get(race_iri, {})
    year = first("year")
    return Performance(
        result=node.iri,
        athlete=piece(node.first("athlete") or node.first("team")),
        race=piece(race_iri),
        competition=_competition(piece(first("edition")), piece(first("series")), year, race_iri),
        series=piece(first("series")) if first("series") else None,
        year=int(year) if year and year.isdigit() else None,
        date=as_date(first("date") or ""),
        discipline=piece(first("discipline")),
        round=piece(first("round")).text,
        category=piece(first("category")).text,
        indoor=first("indoor") == "true",
        positions=tuple(sorted(int(value) for value in node.values.get("position", ()) if value.isdigit())),
        outcomes=tuple(piece(value).text for value in node.values.get("outcome", ())),
        marks=tuple(mark for iri in node.values.get("mark", ()) if (mark := _mark(slots.get(iri, {})))),
        medals=tuple(sorted(piece(value).text for value in node.values.get("medalColour", ()))),
    )


def _competition(edition: Piece, series: Piece, year: str | None, race: str) -> Piece:
    """The edition or, where the calendar has none, the series with the year."""
    if edition.iri:
        return edition
    if series.iri:
        return Piece(f"{series.text} {year}" if year else series.text, series.iri)
    return Piece(_UNNAMED, race)


def _mark(held: Slots) -> Mark | None:
    for slot, unit in _UNITS.items():
        if values := held.get(slot):
            text = next(iter(held.get("display", ())), values[0])
            return Mark(text, Decimal(values[0]), unit, Decimal(next(iter(held.get("resolution", ())), "0.01")))
    return None
