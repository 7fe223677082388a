"""Withdrawn articles, as graph:meta remembers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import PROV, XSD

from graph.rdf.terms import graph_name, node, text
from ontology.iris import iri, kind_and_slug
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from datetime import datetime

    from graph.store.embedded import Store

_WITHDRAWN = node(str(PROV.invalidatedAtTime))
_REASON = node(str(ATH.reason))


def tombstone(store: Store, article: str, when: datetime, reason: str) -> list[ox.Quad]:
    """The quads that say an article was withdrawn, when and why."""
    me, graph = node(iri("article", article, store.base)), graph_name("meta", store.base)
    return [ox.Quad(me, _WITHDRAWN, instant(when), graph), ox.Quad(me, _REASON, text(reason), graph)]


def tombstone_of(store: Store, article: str) -> list[ox.Quad]:
    """The quads of the article's tombstone; empty where it was not withdrawn."""
    try:
        me = node(iri("article", article, store.base))
    except ValueError:
        return []  # what makes no IRI was never an article
    graph = graph_name("meta", store.base)
    return [quad for predicate in (_WITHDRAWN, _REASON) for quad in store.quads(me, predicate, None, graph)]


def withdrawn(store: Store) -> list[str]:
    """The ids of all withdrawn articles."""
    quads = store.quads(None, _WITHDRAWN, None, graph_name("meta", store.base))
    found = (kind_and_slug(quad.subject.value, store.base) for quad in quads if isinstance(quad.subject, ox.NamedNode))
    return sorted({entry[1] for entry in found if entry is not None and entry[0] == "article"})


def instant(when: datetime) -> ox.Literal:
    """A point in time to the second, in UTC."""
    return ox.Literal(when.strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=node(str(XSD.dateTime)))
