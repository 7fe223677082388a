"""What changed because an article was read anew or withdrawn: in what it claims, and in what the graph believes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import RDFS

from graph.facts import Entity, Fact, Key, ResultKey
from graph.identity.traits import traits
from graph.ledger.terms import Terms
from graph.rdf.comparing import Comparison, compare
from graph.rdf.registry import shipped_label
from graph.rdf.structure import is_structure, structure
from graph.rdf.terms import Triple, fact_triple, key_node, node
from ontology.iris import kind_and_slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from graph.pipeline.settling import Change
    from graph.store.embedded import Store

_BY_NAME = {"person", "club"}  # of which articles say all, their types too
Numbered = tuple[int, int, int]  # a claim as `graph.ledger.claiming.facts_of` gives it


@dataclass(frozen=True, slots=True)
class Correction:
    """What an article claims, and what the graph believes, compared with before.

    Facts are only those that articles say, not what follows from the key of a thing. `known` tells what things were
    called and what they were of, as some are in the graph no more.
    """

    claims: Comparison
    facts: Comparison
    known: frozenset[Triple]


def correction(store: Store, change: Change, had: Collection[Numbered], has: Collection[Numbered]) -> Correction:
    """The correction by an article that claimed `had` and claims `has`, and so made the `change`."""
    terms = Terms(store.ledger)
    functional = traits().functional
    lost = [_fact(terms, claim) for claim in had if claim not in has]
    gained = [_fact(terms, claim) for claim in has if claim not in had]
    forgotten = frozenset(_triples(change.forgotten))
    known = {*forgotten, *_triples(change.lost), *_structure(store, [*lost, *gained], forgotten)}
    went, came = ([fact_triple(fact, store.base) for fact in facts] for facts in (lost, gained))
    return Correction(
        compare(went, came, functional),
        compare(_said(change.lost, store.base), _said(change.gained, store.base), functional),
        frozenset(known),
    )


def _fact(terms: Terms, claim: Numbered) -> Fact:
    subject, predicate, value = claim
    key = terms.value(subject)
    if not isinstance(key, Key):
        raise TypeError(f"{key} cannot be what a claim is about")
    return Fact(key, terms.text(predicate), terms.value(value))


def _triples(quads: Iterable[ox.Quad]) -> Iterator[Triple]:
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            yield quad.subject, quad.predicate.value, quad.object


def _said(quads: Iterable[ox.Quad], base: str) -> Iterator[Triple]:
    """The facts that articles say, without what follows from keys."""
    for subject, predicate, value in _triples(quads):
        kind = (kind_and_slug(subject.value, base) or ("", ""))[0]
        if kind in _BY_NAME or not is_structure(kind, predicate):
            yield subject, predicate, value


def _structure(store: Store, facts: Iterable[Fact], forgotten: Collection[Triple]) -> Iterator[Triple]:
    """What follows from the keys in the facts, some of which stand for no node of the graph."""
    names = {subject.value: value.value for subject, predicate, value in forgotten if predicate == str(RDFS.label)}

    def label(entity: Entity) -> str:
        me = key_node(entity, store.base)
        held = (quad.object for quad in store.quads(me, node(str(RDFS.label))))
        shown = next((term.value for term in held if isinstance(term, ox.Literal)), entity.slug)
        return shipped_label(entity) or names.get(me.value, shown)

    keys = {value for fact in facts for value in (fact.subject, fact.object) if isinstance(value, Key)}
    keys |= {key.race for key in keys if isinstance(key, ResultKey)}
    for key in keys:
        yield from structure(key, store.base, label)
