"""The vocabulary and the tables that Podium ships, as part of every store."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.pipeline import indexing
from ontology.resources import ontology_graphs, rebased

if TYPE_CHECKING:
    from graph.rdf.terms import Triple
    from graph.store.embedded import Store

_NOTE = "shipped"


def current(store: Store) -> bool:
    """Whether the store holds this version's vocabulary and tables."""
    return store.files.note(_NOTE) == _digest(store.base)


def any_version(store: Store) -> bool:
    """Whether the store holds some version of them."""
    return store.files.note(_NOTE) is not None


def ensure(store: Store) -> None:
    """Puts them into a store that holds none yet. One that is cut off is begun again at the next opening."""
    if not current(store):
        store.files.stale = True
        write(store)
        indexing.begin(store)
        store.files.stale = False


def write(store: Store) -> None:
    """Puts this version's vocabulary and tables into a store that holds nothing else of their graphs."""
    store.write(graphs=[_n_quads(store.base)], own=True)
    store.files.keep_note(_NOTE, _digest(store.base))


@cache
def shipped_triples(base: str) -> frozenset[Triple]:
    """All triples of the shipped graphs whose subject is an IRI."""
    return frozenset(
        (triple.subject, triple.predicate.value, triple.object)
        for triples in _graphs(base).values()
        for triple in triples
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal)
    )


@cache
def _n_quads(base: str) -> bytes:
    """All of it as N-Quads, which a store reads in half the time that making quads takes."""
    quads = (
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(name))
        for name, triples in _graphs(base).items()
        for triple in triples
    )
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def _graphs(base: str) -> dict[str, tuple[ox.Triple, ...]]:
    """Graph IRI -> what belongs in it, as Oxigraph stores it (numbers in canonical form), each triple in one graph."""
    seen: set[ox.Triple] = set()
    found: dict[str, tuple[ox.Triple, ...]] = {}
    for graph in ontology_graphs(base):
        store = ox.Store()
        for path in graph.files:
            store.load(rebased(path, base), ox.RdfFormat.TURTLE)
        triples = [quad.triple for quad in store]
        found[graph.iri] = tuple(triple for triple in triples if triple not in seen)
        seen.update(triples)
    return found


def _digest(base: str) -> str:
    content = "".join(rebased(path, base) for graph in ontology_graphs(base) for path in graph.files)
    return hashlib.sha256(content.encode()).hexdigest()
