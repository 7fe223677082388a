"""Terms of pyoxigraph <-> terms of rdflib.

Unlike oxrdflib's own conversion a plain string comes back without `^^xsd:string`, so that it equals `Literal("x")`, and
lexical forms are left as they are.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox
from rdflib import XSD, BNode, Literal, URIRef

from graph.errors import QueryError

if TYPE_CHECKING:
    from rdflib.term import Node

OxTerm: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal

_STRING = str(XSD.string)
_KEPT = 1 << 14  # terms: an answer names the same over and over, and making one of rdflib's takes 5 us


@lru_cache(_KEPT)
def from_ox(term: OxTerm | ox.Triple) -> Node:
    """The rdflib term; raises QueryError for an RDF 1.2 triple term, which rdflib cannot hold."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        if term.datatype.value == _STRING:
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise QueryError("the answer holds an RDF 1.2 triple term, which Podium does not support")


def to_ox(term: Node) -> OxTerm:
    """The pyoxigraph term; raises QueryError for a variable or an IRI that is none."""
    try:
        if isinstance(term, URIRef):
            return ox.NamedNode(str(term))
        if isinstance(term, BNode):
            return ox.BlankNode(str(term))
        if isinstance(term, Literal):
            if term.language:
                return ox.Literal(str(term), language=term.language)
            return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)
    except ValueError as error:
        raise QueryError(f"{term!r} is not a term of RDF: {error}") from error
    raise QueryError(f"{term!r} cannot stand for a variable; give an IRI or a literal")
