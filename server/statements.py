"""RDF that the service says of itself, gathered triple by triple."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from ontology.iris import VOCABULARIES

if TYPE_CHECKING:
    from pyoxigraph import RdfFormat

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Value: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | str | int

_PREFIXES: Final = {
    **VOCABULARIES,
    "dcat": "http://www.w3.org/ns/dcat#",
    "ent": "http://www.w3.org/ns/entailment/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
}


class Statements:
    """Triples; a predicate or type is a name with prefix, an object a term, a text or a number."""

    def __init__(self) -> None:
        self._triples: list[ox.Triple] = []

    def say(self, about: Node, predicate: str, *objects: Value) -> None:
        for value in objects:
            self._triples.append(ox.Triple(about, named(predicate), _term(value)))

    def new(self, type_name: str, **said: Value) -> ox.BlankNode:
        """A node without a name; `sh_prefix` is the predicate `sh:prefix`."""
        node = ox.BlankNode()
        self.say(node, "rdf:type", named(type_name))
        for predicate, value in said.items():
            self.say(node, predicate.replace("_", ":", 1), value)
        return node

    def written(self, form: RdfFormat) -> bytes:
        return ox.serialize(self._triples, format=form, prefixes=_PREFIXES) or b""


def named(name: str) -> ox.NamedNode:
    """The term of a vocabulary by its name with prefix."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(_PREFIXES[prefix] + local)


def _term(value: Value) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    return ox.Literal(value) if isinstance(value, str | int) else value
