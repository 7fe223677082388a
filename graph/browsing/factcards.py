"""Single facts as small cards: a result, medal, record, ranking, tally, coaching or membership."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import evidence, wording
from graph.browsing.describing import describe, kind_of, object_words
from graph.browsing.races import Detail
from graph.browsing.results import Node, node_fact, these
from graph.errors import LookupFailedError

if TYPE_CHECKING:
    from graph.browsing.describing import Described
    from graph.browsing.evidence import Support
    from graph.browsing.values import Entity, Fact, Words
    from graph.store.base import Source

# What is told of each kind, in this order; the words it is claimed in come first.
_TOLD = {
    "result": ("athlete", "team", "race", "position", "outcome", "mark", "medalColour", "aheadOf"),
    "best": ("athlete", "kind", "discipline", "mark", "area", "setIn", "indoor", "status"),
    "ranking": ("athlete", "scope", "discipline", "rank"),
    "tally": ("athlete", "tallyOf", "series", "total"),
    "coaching": ("coach", "athlete", "status", "startDate", "startYear", "endDate", "endYear"),
    "membership": ("athlete", "club", "status", "startDate", "startYear", "endDate", "endYear"),
}
_NAMES = {"athlete": "athlete", "team": "team", "race": "race", "series": "competition", "setIn": "set in"}
KINDS = frozenset({*_TOLD, "medal"})


@dataclass(frozen=True, slots=True)
class FactCard:
    """`facts` are those that articles say or rules worked out, each with its evidence. `about` is the result of a
    medal, else the fact itself; `identified` what one of a contest that is not named in full was found to be.
    """

    entity: Entity
    details: tuple[Detail, ...]
    facts: tuple[Fact, ...]
    about: str
    identified: Entity | None = None


def fact_card(source: Source, iri: str) -> FactCard:
    """The card of a fact. Raises LookupFailedError if the source says nothing of it."""
    about = _result_of(source, iri) if kind_of(source, iri) == "medal" else iri
    node = next(iter(these(source, [about])), None)
    if node is None:
        raise LookupFailedError(iri, f"the graph says nothing of {iri}; look for its name.")
    described = describe(source, {iri, about, *node.named})
    support = evidence.load(source, [about])
    details = _details(node, described, support)
    facts = tuple(fact for detail in details for _, fact in detail.values if fact.evidence)
    resolved = node.first("resolvedTo")
    return FactCard(described[iri].entity, details, facts, about, described[resolved].entity if resolved else None)


def _result_of(source: Source, medal: str) -> str:
    rows = source.select(queries.with_values(queries.load("row-medals"), "s", [URIRef(medal)]))
    return next((str(row["node"]) for row in rows), medal)


def _details(node: Node, described: dict[str, Described], support: Support) -> tuple[Detail, ...]:
    kind = described[node.iri].kind
    return tuple(
        Detail(
            _NAMES.get(slot) or wording.property_name(slot),
            tuple(_value(node, slot, value, described, support) for value in values),
        )
        for slot in _TOLD.get(kind, ())
        if (values := node.values.get(slot, ()))
    )


def _value(node: Node, slot: str, value: str, described: dict[str, Described], support: Support) -> tuple[Words, Fact]:
    words = wording.value(described[node.iri].kind, slot, object_words(slot, value, described))
    return words, node_fact(node, slot, value, described, support)
