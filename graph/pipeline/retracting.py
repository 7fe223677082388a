"""Withdrawing an article: its claims go, and with them the facts that no other article says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.errors import LookupFailedError
from graph.pipeline import records, tombstones
from graph.pipeline.settling import Settler
from graph.pipeline.tombstones import Tombstone
from graph.rdf.terms import graph_name
from graph.store.terms import from_ox
from ontology.iris import prefixes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rdflib.term import Node

    from graph.store.embedded import Store


@dataclass(frozen=True, slots=True)
class Retraction:
    """`lost`: the facts that lost their last witness, as (subject, predicate, object); `gained`: those that changed to
    something else; `archive`: the file that keeps what was withdrawn.
    """

    article: str
    lost: tuple[tuple[Node, Node, Node], ...]
    gained: tuple[tuple[Node, Node, Node], ...]
    archive: Path


def retract(
    store: Store, article: str, reason: str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Retraction:
    """Withdraws an article for good: it is refused should it come again.

    Raises LookupFailedError where the store has no such article.
    """
    if records.find(store.ledger, article) is None:
        was = " any more: it was withdrawn already" if tombstones.of(store.ledger, article) else ""
        raise LookupFailedError(
            article, f"no article '{article}' in {store.path}{was}; `podium articles` lists what is"
        )
    when = now()
    graph = graph_name(f"article_{article}", store.base)
    archive = store.files.keep_archive(f"{article}_{when:%Y%m%dT%H%M%SZ}.trig", _trig(store, graph))
    change = Settler(store).settle(withdraw={article: Tombstone(tombstones.instant(when), reason)})
    return Retraction(article, _triples(change.lost), _triples(change.gained), archive)


def _trig(store: Store, graph: ox.NamedNode) -> str:
    content = ox.serialize(store.quads(graph=graph), format=ox.RdfFormat.TRIG, prefixes=prefixes(store.base))
    return (content or b"").decode()


def _triples(quads: frozenset[ox.Quad]) -> tuple[tuple[Node, Node, Node], ...]:
    return tuple(
        (from_ox(quad.subject), from_ox(quad.predicate), from_ox(quad.object)) for quad in sorted(quads, key=str)
    )
