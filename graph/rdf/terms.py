"""Values of the graph -> terms of RDF: pyoxigraph's, which are an order faster than rdflib's."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import XSD

from ontology.iris import iri, kind_and_slug

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graph.facts import Fact, Key, Value

_DATE = ox.NamedNode(str(XSD.date))
_DECIMAL = ox.NamedNode(str(XSD.decimal))

Triple = tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]  # subject, predicate IRI, object


@lru_cache(maxsize=65536)
def node(address: str) -> ox.NamedNode:
    """The IRI as a term; each is made once."""
    return ox.NamedNode(address)


def key_node(key: Key, base: str) -> ox.NamedNode:
    """The IRI of the thing a key stands for."""
    return node(iri(key.kind, key.slug, base))


def term(value: Value, base: str) -> ox.NamedNode | ox.Literal:
    """Any value as a term."""
    return value if isinstance(value, ox.NamedNode | ox.Literal) else key_node(value, base)


def plain_term(value: str, base: str) -> ox.NamedNode | ox.Literal:
    """The term that `graph.facts.plain` wrote so."""
    if value[:1] not in ("<", '"'):
        kind, _, slug = value.partition("/")
        return node(iri(kind, slug, base))
    (quad,) = ox.parse(f"<x:s> <x:p> {value} .", format=ox.RdfFormat.N_TRIPLES)
    if not isinstance(quad.object, ox.NamedNode | ox.Literal):
        raise TypeError(f"{value!r} is neither an IRI nor a literal")
    return quad.object


def term_plain(value: object, base: str) -> str:
    """A term as `graph.facts.plain` writes what it stands for."""
    parts = kind_and_slug(value.value, base) if isinstance(value, ox.NamedNode) else None
    return "/".join(parts) if parts else str(value)


def text(value: str) -> ox.Literal:
    """A plain string."""
    return ox.Literal(value)


def integer(value: int) -> ox.Literal:
    """An xsd:integer."""
    return ox.Literal(value)


def boolean(*, value: bool) -> ox.Literal:
    """An xsd:boolean."""
    return ox.Literal(value)


def day(value: date) -> ox.Literal:
    """An xsd:date."""
    return ox.Literal(value.isoformat(), datatype=_DATE)


def decimal(value: Decimal | float) -> ox.Literal:
    """In the canonical form that Oxigraph stores: `206`, `0.95`."""
    number = Decimal(repr(value)) if isinstance(value, float) else value
    plain = f"{number:f}"
    return ox.Literal(plain.rstrip("0").rstrip(".") if "." in plain else plain, datatype=_DECIMAL)


def graph_name(name: str, base: str) -> ox.NamedNode:
    """The named graph `facts`, `inferred`, `registry`, `ontology`, `meta` or `article_<id>`."""
    return node(iri("graph", name, base))


def quads(triples: Iterable[Triple], graph: ox.NamedNode) -> set[ox.Quad]:
    """The triples in one graph."""
    return {ox.Quad(subject, node(predicate), value, graph) for subject, predicate, value in triples}


def n_quads(triples: Iterable[Triple], graph: ox.NamedNode) -> bytes:
    """The triples in one graph as N-Quads; much faster than by way of quads."""
    lines: list[str] = []
    end, last, start = f" {graph} .\n", None, ""
    for subject, predicate, value in triples:
        if subject is not last:  # most subjects have their triples in a row
            last, start = subject, str(subject)
        lines.append(f"{start} <{predicate}> {value}{end}")
    return "".join(lines).encode()


def fact_triple(fact: Fact, base: str) -> Triple:
    """A fact as terms."""
    return key_node(fact.subject, base), fact.predicate, term(fact.object, base)
