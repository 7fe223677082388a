"""Withdrawing an article: its claims go, and with them the facts that no other article says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.errors import LookupFailedError, WithdrawnError
from graph.pipeline import records, tombstones
from graph.pipeline.correcting import correction
from graph.pipeline.settling import Settler
from graph.pipeline.tombstones import Tombstone
from graph.rdf.terms import graph_name
from ontology.iris import prefixes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graph.rdf.comparing import Comparison
    from graph.rdf.terms import Triple
    from graph.store.embedded import Store


@dataclass(frozen=True, slots=True)
class Retraction:
    """`facts`: what changed in what the graph believes; `known`: what tells the things in them from others, as in
    `Correction`; `archive`: the file that keeps what was withdrawn.
    """

    article: str
    facts: Comparison
    known: frozenset[Triple]
    archive: Path


def retract(
    store: Store, article: str, reason: str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Retraction:
    """Withdraws an article for good: it is refused should it come again.

    Raises LookupFailedError where the store has no such article, WithdrawnError where it has it no more.
    """
    if records.find(store.ledger, article) is None:
        if tombstones.of(store.ledger, article):
            raise WithdrawnError(article, f"article '{article}' was withdrawn already")
        raise LookupFailedError(article, f"there is no article '{article}'; `podium articles` lists what there is")
    at = tombstones.instant(now())
    graph = graph_name(f"article_{article}", store.base)
    archive = store.files.keep_archive(tombstones.archive_name(article, at), _trig(store, graph))
    change = Settler(store).settle(withdraw={article: Tombstone(at, reason)})
    done = correction(store, change, (), ())
    return Retraction(article, done.facts, done.known, archive)


def _trig(store: Store, graph: ox.NamedNode) -> str:
    content = ox.serialize(store.quads(graph=graph), format=ox.RdfFormat.TRIG, prefixes=prefixes(store.base))
    return (content or b"").decode()
