"""Triples by subject and predicate, together with what is known of the things they refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

import pyoxigraph as ox

from ontology.iris import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

Term: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"
Statement: TypeAlias = "tuple[Term, str, Term]"  # subject, predicate IRI, object
Entry: TypeAlias = "dict[str, list[Term]]"  # predicate IRI -> objects

TYPE: Final = VOCABULARIES["rdf"] + "type"
_SUBCLASS: Final = VOCABULARIES["rdfs"] + "subClassOf"
_NOTHING: Final[Entry] = {}


class Surroundings(Protocol):
    """Where things stand that triples refer to: the graphs that hold all the others."""

    def about(self, node: ox.NamedNode) -> Iterable[Statement]:
        """All triples with that subject."""

    def leading(self, predicate: str, node: ox.NamedNode) -> Iterable[ox.NamedNode]:
        """The subjects of all triples with that predicate and object."""


class Nowhere:
    """No surroundings."""

    def about(self, node: ox.NamedNode) -> Iterable[Statement]:  # noqa: ARG002
        return ()

    def leading(self, predicate: str, node: ox.NamedNode) -> Iterable[ox.NamedNode]:  # noqa: ARG002
        return ()


class Vocabulary:
    """The triples that are part of every store, and which class is below which."""

    def __init__(self, triples: Iterable[Statement]) -> None:
        self.entries = indexed(triples)
        self._above = {node: entry[_SUBCLASS] for node, entry in self.entries.items() if _SUBCLASS in entry}
        self._below: dict[Term, frozenset[Term]] = {}

    def below(self, kind: Term) -> frozenset[Term]:
        """The class and all its subclasses."""
        found = self._below.get(kind)
        if found is None:
            reached, further = {kind}, {kind}
            while further:
                further = {
                    node for node, above in self._above.items() if node not in reached and not further.isdisjoint(above)
                }
                reached |= further
            found = self._below[kind] = frozenset(reached)
        return found


class Triples:
    """Some triples in front of their surroundings.

    Of the nodes in `whole` (None: of all subjects) all triples are among these or in the vocabulary. What else is known
    of other nodes is asked of the surroundings when it is needed; of what the vocabulary has, it is known from there.
    """

    def __init__(
        self,
        triples: Iterable[Statement],
        whole: Container[Term] | None,
        vocabulary: Vocabulary,
        surroundings: Surroundings,
    ) -> None:
        self._given = indexed(triples)
        self._vocabulary = vocabulary
        self._surroundings = surroundings
        self._known = self._given if whole is None else whole
        shipped = vocabulary.entries
        self._entries = {
            node: _merged(entry, shipped[node]) if node in shipped else entry
            for node, entry in self._given.items()
            if whole is None or node in whole
        }
        self._whole = tuple(self._entries)

    def whole(self) -> Iterator[tuple[Term, Entry]]:
        """The nodes of which all is known, each with this."""
        return ((node, self._entries[node]) for node in self._whole)

    def entry(self, node: Term) -> Entry:
        """All that is known of a node."""
        found = self._entries.get(node)
        if found is None:
            found = self._entries[node] = self._looked_up(node)
        return found

    def is_a(self, node: Term, kinds: frozenset[Term]) -> bool:
        """Whether any of the types of the node is among these."""
        return not kinds.isdisjoint(self.entry(node).get(TYPE, ()))

    def leading(self, predicate: str, node: ox.NamedNode) -> Iterable[ox.NamedNode]:
        """The nodes outside that lead to this one."""
        return self._surroundings.leading(predicate, node)

    def _looked_up(self, node: Term) -> Entry:
        found = self._given.get(node, _NOTHING)
        if node in self._vocabulary.entries:
            return _merged(found, self._vocabulary.entries[node])
        if node in self._known:  # and has lost all its triples
            return found
        if isinstance(node, ox.NamedNode):
            return _merged(found, indexed(self._surroundings.about(node)).get(node, _NOTHING))
        return found


def indexed(triples: Iterable[Statement]) -> dict[Term, Entry]:
    """Subject -> predicate IRI -> objects, each once."""
    found: dict[Term, Entry] = {}
    for subject, predicate, value in triples:
        entry = found.get(subject)
        if entry is None:
            found[subject] = {predicate: [value]}
            continue
        values = entry.get(predicate)
        if values is None:
            entry[predicate] = [value]
        elif value not in values:
            values.append(value)
    return found


def _merged(one: Entry, other: Entry) -> Entry:
    if not one or not other:
        return one or other
    return {
        predicate: list(dict.fromkeys((*one.get(predicate, ()), *other.get(predicate, ()))))
        for predicate in one.keys() | other.keys()
    }
