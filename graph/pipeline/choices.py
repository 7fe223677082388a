"""Values that curators have settled, as graph:meta holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import RDF

from graph.rdf.terms import graph_name, node, term_plain
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from graph.store.embedded import Store


def choices(store: Store) -> dict[tuple[str, str], str]:
    """(subject, predicate) -> the value that stands, all as `graph.facts.plain` writes them."""
    graph = graph_name("meta", store.base)
    found = {}
    for choice in store.quads(None, node(str(RDF.type)), node(str(ATH.CuratorChoice)), graph):
        if not isinstance(choice.subject, ox.NamedNode):
            continue
        said = {quad.predicate.value: quad.object for quad in store.quads(choice.subject, None, None, graph)}
        subject, predicate, value = (said.get(str(term)) for term in (RDF.subject, RDF.predicate, RDF.object))
        if isinstance(predicate, ox.NamedNode):
            found[term_plain(subject, store.base), predicate.value] = term_plain(value, store.base)
    return found
