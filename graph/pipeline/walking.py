"""Everything in a store, one subject after the other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from graph.rdf.terms import node
from ontology.iris import iri, kind_and_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.store.embedded import Store

Subject: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Triple"
Graph: TypeAlias = "ox.NamedNode | ox.DefaultGraph"

_OF_ARTICLES = {"article", "sentence", "mention", "claim"}


@dataclass(frozen=True, slots=True)
class Walked:
    """A subject as met in one graph, with every quad about it.

    `own` tells that this is the graph of the article that alone should speak of the subject. Then `quads` are those
    there, and the subject is met again where another graph has it too.
    """

    subject: Subject
    graph: str
    quads: list[ox.Quad]
    own: bool

    @property
    def about(self) -> str:
        """The subject, for showing."""
        return str(self.subject).strip("<>")


def walk(store: Store) -> Iterator[Walked]:
    """Each subject, those of one graph in a row."""
    prefix = iri("graph", "article_", store.base)
    graphs: list[Graph] = [ox.DefaultGraph(), *map(node, store.graphs())]
    for graph in graphs:
        name = graph_label(graph)
        subjects = _gathered(store, graph) if name.startswith(prefix) else _distinct(store, graph)
        for subject, quads in subjects:
            owner = prefix + owner_of(subject, store.base)
            if name == owner:
                yield Walked(subject, name, quads, own=True)
                continue
            every = list(store.quads(subject))
            if name == min({graph_label(quad.graph_name) for quad in every} - {owner}):
                yield Walked(subject, name, every, own=False)


def graph_label(graph: object) -> str:
    """The IRI of a graph, for showing."""
    return graph.value if isinstance(graph, ox.NamedNode) else "the default graph"


def _gathered(store: Store, graph: Graph) -> Iterable[tuple[Subject, list[ox.Quad]]]:
    found: defaultdict[Subject, list[ox.Quad]] = defaultdict(list)
    for quad in store.quads(graph=graph):
        found[quad.subject].append(quad)
    return found.items()


def _distinct(store: Store, graph: Graph) -> Iterator[tuple[Subject, list[ox.Quad]]]:
    """The subjects of a graph that is too large to be gathered; without their quads, which are not all here anyway."""
    met = set()
    for quad in store.quads(graph=graph):
        key = hash(quad.subject)
        if key not in met:
            met.add(key)
            yield quad.subject, []


def owner_of(subject: object, base: str) -> str:
    """The id of the article that alone should speak of the subject, by its IRI; empty where any may."""
    found = kind_and_slug(subject.value, base) if isinstance(subject, ox.NamedNode) else None
    return found[1].partition("_")[0] if found and found[0] in _OF_ARTICLES else ""
