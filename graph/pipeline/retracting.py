"""Withdrawing an article: its claims go, and with them the facts that no other article says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.errors import LookupFailedError, WithdrawnError
from graph.pipeline import records, tombstones
from graph.pipeline.chronicle import Deed, titled
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
    `Correction`; `archive`: the file that keeps what was withdrawn, None where nothing was yet.
    """

    article: str
    facts: Comparison
    known: frozenset[Triple]
    archive: Path | None


def retract(
    store: Store,
    article: str,
    reason: str,
    *,
    by: str | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Retraction:
    """Withdraws an article for good: it is refused should it come again.

    `by` is whose decision it is, for the history. Raises LookupFailedError where the store has no such article,
    WithdrawnError where it has it no more.
    """
    content, ended = _held(store, article)
    at = tombstones.instant(now().astimezone(UTC))
    graph = graph_name(f"article_{article}", store.base)
    archive = store.files.keep_archive(tombstones.archive_name(article, at), _trig(store, graph))
    deed = Deed("withdrawn", f"article/{article}", titled(store, "article", [article]), reason, at, by)
    deed.undo = {"article": article, "record": content, "ended": ended}
    change = Settler(store).settle(withdraw={article: Tombstone(at, reason)}, deed=deed)
    done = correction(store, change, (), ())
    return Retraction(article, done.facts, done.known, archive)


def would_retract(store: Store, article: str) -> Retraction:
    """What `retract` would change; nothing does. Raises as that."""
    _held(store, article)
    tombstone = Tombstone(tombstones.instant(datetime.now(UTC)), "")
    would = Settler(store).settle(withdraw={article: tombstone}, tried=True)
    done = correction(store, would, (), ())
    return Retraction(article, done.facts, done.known, None)


def _held(store: Store, article: str) -> tuple[str, str]:
    """The record of an article, and when it was read."""
    found = records.content(store.ledger, article)
    if found is None:
        if tombstones.of(store.ledger, article):
            raise WithdrawnError(article, f"article '{article}' was withdrawn already")
        raise LookupFailedError(article, f"there is no article '{article}'; `podium articles` lists what there is")
    return found


def _trig(store: Store, graph: ox.NamedNode) -> str:
    content = ox.serialize(store.quads(graph=graph), format=ox.RdfFormat.TRIG, prefixes=prefixes(store.base))
    return (content or b"").decode()
