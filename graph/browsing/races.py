"""A race as a result list: who finished where, how far behind the winner, and what stands around it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import evidence, margins, results, wording
from graph.browsing.describing import as_date, describe, object_words
from graph.browsing.results import Node, node_fact
from graph.browsing.values import Piece
from graph.errors import LookupFailedError
from ontology.iris import NS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.browsing.describing import Described
    from graph.browsing.evidence import Support
    from graph.browsing.margins import Value
    from graph.browsing.values import Entity, Fact, ResultRow, Words
    from graph.store.base import Row, Source

_TOLD = ("date", "place", "edition", "series", "discipline", "sex", "round", "heatNumber", "category", "indoor")
_DAYS = frozenset({"date", "notBefore", "notAfter"})
_BOUNDS = ("notBefore", "notAfter", "year")  # told where nothing finer is known


@dataclass(frozen=True, slots=True)
class Detail:
    """A property of a thing: its name in words, and its values (several where they are in dispute)."""

    name: str
    values: tuple[tuple[Words, Fact], ...]


@dataclass(frozen=True, slots=True)
class Finisher:
    """A line of the list: `gap` is how far behind the winner (`+0.53`), `records` are bests of that very mark, each
    with what it is called (`Olympic record`).
    """

    row: ResultRow
    nation: Piece | None = None
    gap: str = ""
    records: tuple[tuple[str, Fact], ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """Places that no article gives, `first` to `last`."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Race:
    """All that is known of a race.

    `lines` are in the order of places, `started` those of whom no result is told, `absent` who did not reach it.
    `rounds` are of the same contest, `years` the same contest in other years. One that is only `partial`ly known may be
    `identified` as another, or be one of several `candidates`.
    """

    entity: Entity
    details: tuple[Detail, ...]
    lines: tuple[Finisher | Missing, ...]
    started: tuple[Finisher, ...] = ()
    absent: tuple[Fact, ...] = ()
    rounds: tuple[Piece, ...] = ()
    years: tuple[tuple[int, str], ...] = ()
    identified: Entity | None = None
    candidates: tuple[Entity, ...] = ()
    partial: bool = False

    @property
    def finishers(self) -> tuple[Finisher, ...]:
        """All of whom something is told, without the gaps."""
        return tuple(line for line in self.lines if isinstance(line, Finisher)) + self.started


def race(source: Source, iri: str) -> Race:
    """The race of that IRI. Raises LookupFailedError if the source says nothing of it."""
    about = next(iter(results.these(source, [iri])), None)
    if about is None:
        raise LookupFailedError(iri, f"the graph says nothing of {iri}; look for its name.")
    nodes = [node for node in results.nodes(source, [iri]) if "Result" in node.types]
    around = source.select(queries.load("race-surroundings"), {"x": URIRef(iri)}).rows
    absent = _named(around, "absent")
    bests_here = _named(around, "best")
    best_nodes = [node for node in results.these(source, bests_here) if "mark" in node.values] if bests_here else []
    described = describe(source, _wanted(about, nodes, absent, best_nodes))
    said = {*(node.iri for node in nodes), *(node.iri for node in best_nodes)}
    support = evidence.sample(source, [iri]) | evidence.load(source, said)
    if absent:
        support |= evidence.load(source, absent, NS + "didNotReach")
    values = margins.values(source, (mark for node in nodes for mark in node.values.get("mark", ())))
    bests = {
        best.iri: (_called(described[best.iri]), node_fact(best, "mark", mark, described, support))
        for best in best_nodes
        for mark in best.values["mark"]
    }
    records = [(str(row["r"]), bests[str(row["best"])]) for row in around if "r" in row and str(row["best"]) in bests]
    finishers = _finishers(nodes, described, support, values, records)
    return Race(
        described[iri].entity,
        details(about, described, support),
        tuple(with_missing([one for one in finishers if one.row.facts])),
        tuple(one for one in finishers if not one.row.facts),
        tuple(node_fact(Node(who, {}), "didNotReach", iri, described, support) for who in absent),
        tuple(sorted({_piece(row) for row in around if "label" in row}, key=lambda piece: piece.text)),
        _years(around),
        next((described[value].entity for value in about.values.get("resolvedTo", ())), None),
        tuple(described[value].entity for value in about.values.get("candidate", ())),
        "UnderspecifiedRace" in about.types,
    )


def details(about: Node, described: dict[str, Described], support: Support) -> tuple[Detail, ...]:
    """What is said of the race itself."""
    slots = [slot for slot in _TOLD if slot in about.values]
    if "edition" in slots:  # which says the series as well
        slots.remove("series")
    if not {"date", "edition"} & set(slots):
        slots += [slot for slot in _BOUNDS if slot in about.values]
    return tuple(
        Detail(
            wording.property_name(slot),
            tuple(
                (_in_words(slot, value, described), node_fact(about, slot, value, described, support))
                for value in about.values[slot]
            ),
        )
        for slot in slots
    )


def _in_words(slot: str, value: str, described: dict[str, Described]) -> Words:
    day = as_date(value) if slot in _DAYS else None
    return (Piece(f"{day.day} {day:%B %Y}"),) if day else object_words(slot, value, described)


def _wanted(about: Node, nodes: Iterable[Node], absent: Iterable[str], bests: Iterable[Node]) -> set[str]:
    wanted = {about.iri, *about.named, *absent}
    for node in (*nodes, *bests):
        wanted |= {node.iri} | node.named
    return wanted


def _named(rows: Iterable[Row], name: str) -> list[str]:
    return sorted({str(row[name]) for row in rows if name in row})


def _piece(row: Row) -> Piece:
    return Piece(str(row["label"]), str(row["round"]))


def _years(rows: Iterable[Row]) -> tuple[tuple[int, str], ...]:
    found = {(int(str(row["year"])), str(row["edition"])) for row in rows if "edition" in row}
    return tuple(sorted(found)) if len(found) > 1 else ()


def _finishers(
    nodes: Iterable[Node],
    described: dict[str, Described],
    support: Support,
    values: dict[str, Value],
    records: Sequence[tuple[str, tuple[str, Fact]]],
) -> list[Finisher]:
    rows = {node.iri: results.result_row(node, described, support) for node in nodes}
    marks = {node.iri: _only(node.values.get("mark", ()), values) for node in nodes}
    winners = {iri for iri, row in rows.items() if row.position == "1"}
    won = {mark for iri in winners if (mark := marks[iri])}
    best = won.pop() if len(won) == 1 else None  # of two disputed marks neither is the measure
    return [
        Finisher(
            row,
            _nation(row, described),
            margins.behind(mine, best) if (mine := marks[row.result]) and best and row.result not in winners else "",
            tuple(record for result, record in records if result == row.result),
        )
        for row in sorted(rows.values(), key=results.by_place)
    ]


def _called(best: Described) -> str:
    """What a best is called: its kind, and whose record it is where that is told."""
    return ", ".join(filter(None, (best.text("kind"), best.text("area"))))


def _only(marks: Sequence[str], values: dict[str, Value]) -> Value | None:
    return values.get(marks[0]) if len(marks) == 1 else None


def _nation(row: ResultRow, described: dict[str, Described]) -> Piece | None:
    who = described.get(row.athlete.iri or "")
    return next(iter(who.slots.get("country", ())), None) if who else None


def place_of(row: ResultRow) -> int | None:
    """The place, of disputed ones the first; None for who has none."""
    first = row.position.partition(" ")[0]
    return int(first) if first.isdigit() else None


def with_missing(finishers: Sequence[Finisher]) -> Iterable[Finisher | Missing]:
    """The finishers, who come in the order of places, with the places between them that nobody has.

    A place that two share leaves the next free, which is then not missing.
    """
    places = [place_of(one.row) for one in finishers]
    shared = Counter(places)
    free = 1
    for one, place in zip(finishers, places, strict=True):
        if place is not None:
            if place > free:
                yield Missing(free, place - 1)
            free = max(free, place + shared[place])
        yield one
