"""Reads the vocabulary's Turtle files without rdflib, which would take most of a second at every start."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from ontology.iris import DEFAULT_BASE, VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SHORT: Final = tuple((namespace, prefix) for prefix, namespace in VOCABULARIES.items())


class Node:
    """What a file says of a subject, with predicates as in Turtle (`ath:place`) and IRIs as slugs or local names."""

    __slots__ = ("_values", "kind", "slug")

    def __init__(self, kind: str, slug: str) -> None:
        self.kind = kind
        self.slug = slug
        self._values: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, predicate: str, value: str) -> None:
        self._values[predicate].append(value)

    def all(self, predicate: str) -> tuple[str, ...]:
        return tuple(self._values.get(predicate, ()))

    def one(self, predicate: str) -> str | None:
        values = self._values.get(predicate)
        return values[0] if values else None

    def required(self, predicate: str) -> str:
        value = self.one(predicate)
        if value is None:
            raise ValueError(f"{self.kind} {self.slug} has no {predicate}: add it to the data file")
        return value

    def number(self, predicate: str) -> float | None:
        value = self.one(predicate)
        return None if value is None else float(value)

    def is_true(self, predicate: str) -> bool:
        return self.one(predicate) == "true"


def _local(iri: str) -> str:
    """The slug of a data IRI, the local name of a term: `budapest`, `TimeMark`."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _short(iri: str) -> str:
    for namespace, prefix in _SHORT:
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _value(term: NamedNode | BlankNode | Literal | Triple) -> str:
    if isinstance(term, Literal):
        return term.value
    return _local(term.value) if isinstance(term, NamedNode) else str(term)


def nodes(path: Path) -> Iterator[Node]:
    """The subjects of a data file that lie under the default base, in the order of the file."""
    found: dict[str, Node] = {}
    predicates: dict[str, str] = {}
    for quad in parse(path.read_bytes(), RdfFormat.TURTLE):
        subject = quad.subject
        if not isinstance(subject, NamedNode) or not subject.value.startswith(DEFAULT_BASE):
            continue
        node = found.get(subject.value)
        if node is None:
            kind, _, slug = subject.value[len(DEFAULT_BASE) :].partition("/")
            node = found[subject.value] = Node(kind, slug)
        predicate = quad.predicate.value
        short = predicates.get(predicate)
        if short is None:
            short = predicates[predicate] = _short(predicate)
        node.add(short, _value(quad.object))
    yield from found.values()
