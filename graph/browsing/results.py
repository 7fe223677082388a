"""Results as the lines of a table, and the n-ary facts of a person, race or club in general."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import wording
from graph.browsing.describing import Described, local, object_words
from graph.browsing.evidence import Support, Triple
from graph.browsing.values import Fact, Piece, ResultRow, plain
from ontology.iris import NS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store.base import Source

_CELLS = ("position", "outcome", "mark", "medalColour")  # what a result says beyond its race and athlete


@dataclass(frozen=True, slots=True)
class Node:
    """An n-ary fact: property (local name) -> objects, IRIs or lexical forms, sorted."""

    iri: str
    values: dict[str, tuple[str, ...]]

    def first(self, slot: str) -> str | None:
        return next(iter(self.values.get(slot, ())), None)

    @property
    def types(self) -> frozenset[str]:
        return frozenset(local(iri) for iri in self.values.get("type", ()))

    @property
    def named(self) -> frozenset[str]:
        """The IRIs whose labels are needed to put the node in words."""
        return frozenset(value for values in self.values.values() for value in values if "://" in value)


def nodes(source: Source, iris: Iterable[str]) -> tuple[Node, ...]:
    """The results, bests, rankings, tallies, coachings and memberships that the given things take part in."""
    return _nodes(source, queries.with_values(queries.load("nodes"), "x", [URIRef(iri) for iri in iris]))


def these(source: Source, iris: Iterable[str]) -> tuple[Node, ...]:
    """N-ary facts by their own IRIs."""
    return _nodes(source, queries.with_values(queries.load("own-triples"), "node", [URIRef(iri) for iri in iris]))


def _nodes(source: Source, query: str) -> tuple[Node, ...]:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in source.select(query):
        found[str(row["node"])][local(str(row["p"]))].add(str(row["o"]))
    return tuple(
        Node(iri, {slot: tuple(sorted(values)) for slot, values in found[iri].items()}) for iri in sorted(found)
    )


def node_fact(node: Node, slot: str, value: str, described: dict[str, Described], support: Support) -> Fact:
    """One triple of a node in words, with its evidence."""
    triple = Triple(node.iri, NS + slot, value)
    slots = described[node.iri].placeholders() | {
        "subject": described[node.iri].name,
        "object": object_words(triple.predicate, value, described),
    }
    status = node.first("status")
    return Fact(
        node.iri,
        triple.predicate,
        value,
        wording.sentence(described[node.iri].kind, slot, slots),
        support.of(triple),
        status=local(status).lower() if status else None,
        dispute=support.dispute(node.iri, triple.predicate),
        derived=support.rule(triple),
        counted=support.count(triple),
    )


def result_row(node: Node, described: dict[str, Described], support: Support) -> ResultRow:
    """A result with what is known of its race; `described` holds the node, its race, athlete and mark."""
    facts = tuple(
        node_fact(node, slot, value, described, support) for slot in _CELLS for value in node.values.get(slot, ())
    )
    race = described[node.first("race") or node.iri]
    who = described[node.iri].placeholders()["who"] or (Piece(local(node.iri), node.iri),)
    year = race.text("year")
    return ResultRow(
        result=node.iri,
        athlete=Piece(plain(who), who[0].iri),
        race=Piece(race.label, race.iri),
        competition=race.text("edition") or race.text("series"),
        year=int(year) if year.isdigit() else None,
        date=race.day("date"),
        discipline=race.text("discipline"),
        round=race.text("round"),
        position=_cell(facts, "position") or _cell(facts, "outcome", described),
        mark=_cell(facts, "mark", described),
        medal=_cell(facts, "medalColour", described),
        facts=facts,
    )


def by_date(row: ResultRow) -> tuple[int, int, str]:
    """Sorts a person's results, the newest first; those without a year last."""
    return (-(row.year or 0), -(row.date or date.min).toordinal(), row.race.text)


def by_place(row: ResultRow) -> tuple[int, str, str]:
    """Sorts a race's results by position; those without one by mark, those who did not finish last."""
    first = row.position.partition(" ")[0]
    place = int(first) if first.isdigit() else 10_000 if not row.position else 20_000
    return (place, row.mark, row.athlete.text)


def _cell(facts: tuple[Fact, ...], slot: str, described: dict[str, Described] | None = None) -> str:
    values = [fact.object for fact in facts if local(fact.predicate) == slot]
    return " or ".join(described[value].label if described and value in described else value for value in values)
