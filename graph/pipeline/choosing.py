"""Settling a conflict: a curator says which value stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.errors import LookupFailedError
from graph.identity.fusion import THRESHOLD
from graph.ledger.choosing import Choice
from graph.pipeline.rebuilding import rebuild
from graph.rdf.conflicts import choice_node, choice_triples
from graph.rdf.terms import graph_name, node, quads, term_plain
from graph.store.terms import to_ox

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyoxigraph as ox

    from graph.store.embedded import Store


def choose(
    store: Store,
    subject: str,
    predicate: str,
    value: str,
    reason: str,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Choice:
    """Lets a value stand whatever articles say, in the place of an earlier choice.

    `subject` and `predicate` are IRIs, `value` an IRI or the lexical form of a literal. Raises LookupFailedError where
    no article says so.
    """
    rows = store.select(queries.load("claimed-values"), {"s": URIRef(subject), "p": URIRef(predicate)})
    found = {row["o"] for row in rows if str(row["o"]) == value and float(str(row["confidence"])) >= THRESHOLD}
    if not found:
        raise LookupFailedError(
            value, f"no article gives {subject} the value '{value}'; `podium conflicts` shows the sides"
        )
    chosen = term_plain(to_ox(found.pop()), store.base)
    decided = now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    choice = Choice(term_plain(node(subject), store.base), predicate, chosen, reason, decided)
    graph = graph_name("meta", store.base)
    store.write(quads(choice_triples(choice, store.base), graph), _kept(store, choice.subject, predicate))
    rebuild(store)
    return choice


def unchoose(store: Store, subject: str, predicate: str) -> bool:
    """Takes a choice back, so that the articles decide again; False where there was none."""
    kept = _kept(store, term_plain(node(subject), store.base), predicate)
    if kept:
        store.write(remove=kept)
        rebuild(store)
    return bool(kept)


def _kept(store: Store, subject: str, predicate: str) -> list[ox.Quad]:
    """The quads of the choice on a property of a subject."""
    return list(store.quads(choice_node(subject, predicate, store.base), None, None, graph_name("meta", store.base)))
