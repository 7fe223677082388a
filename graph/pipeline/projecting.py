"""The ledger -> quads of facts, registry and conflicts: what the touched keys should have, against what they have.

Nothing else is looked at, so the work for an article does not grow with the store. What is there is read from the store
and not remembered: the same projection run again mends whatever a crash left.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import DCTERMS, RDF, RDFS

from graph.facts import Entity, Key, Mark
from graph.ledger import choosing, claiming, naming
from graph.ledger.believing import Beliefs
from graph.pipeline.inferring import Units, rederived
from graph.pipeline.shipped import shipped_triples
from graph.rdf.conflicts import conflict_triples
from graph.rdf.registry import Spellings, entity_triples, mark_triples, shipped_label
from graph.rdf.structure import structure
from graph.rdf.terms import Triple, fact_triple, graph_name, key_node, node, quads, text
from ontology.namespaces import ATH

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from graph.ledger.news import Restated
    from graph.ledger.terms import Terms
    from graph.pipeline.inferring import Bench
    from graph.store.embedded import Store

_ROLES: Final = {claiming.ATHLETE: ATH.Athlete, claiming.COACH: ATH.Coach}


class Delta:
    """Quads to add and to remove; `graphs` are named graphs to add whole, as N-Quads, and `drop` those to remove."""

    def __init__(self) -> None:
        self.add: set[ox.Quad] = set()
        self.remove: set[ox.Quad] = set()
        self.graphs: list[bytes] = []
        self.drop: list[ox.NamedNode] = []

    def change(self, before: set[ox.Quad], after: set[ox.Quad]) -> None:
        self.add |= after - before
        self.remove |= before - after


class Projection:
    """The quads of keys. With `thorough` the store may hold what the ledger never wrote."""

    def __init__(self, store: Store, terms: Terms, *, thorough: bool = False) -> None:
        self._store = store
        self._ledger: sqlite3.Connection = store.ledger
        self._terms = terms
        self._thorough = thorough
        self._beliefs = Beliefs(store.ledger, terms)
        self._labels: dict[Entity, str] = {}
        base = store.base
        self._facts, self._registry, self._inferred = (
            graph_name(name, base) for name in ("facts", "registry", "inferred")
        )
        self._shipped = shipped_triples(base)
        self.delta = Delta()

    def project(self, keys: set[int], bench: Bench) -> set[int]:
        """Works out `delta` for the keys; returns them, with those whose names hang on theirs."""
        keys = keys | self._renamed(keys)
        alike: defaultdict[ox.NamedNode, list[tuple[int, Key]]] = defaultdict(list)
        for number in keys:
            key = self._terms.value(number)
            if isinstance(key, Key):
                alike[key_node(key, self._store.base)].append((number, key))
        units = Units(self._store, self._terms, thorough=self._thorough)
        for me, those in alike.items():
            had, new = self._changed(me, those)
            for number, key in those:
                units.take(number, key, had, new)
        before, after = units.infer(bench, self._label)
        self.delta.change(before, after)
        return keys

    def restate(self, restated: Iterable[Restated]) -> None:
        """Adds to `delta` what claims came and went behind what is inferred of facts that stand as before."""
        for one in restated:
            self.delta.change(*rederived(self._store, self._terms, one))

    def _changed(self, me: ox.NamedNode, those: list[tuple[int, Key]]) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """The facts before and now of the keys with one IRI.

        Usually that is one key; a title told of as held ("reigning") and the same told of without the word are two.
        """
        had, new, had_registry, registry, had_conflicts, conflicts = (set[ox.Quad]() for _ in range(6))
        for number, key in those:
            named = {triple for triple in self._named(number, key) if triple not in self._shipped}
            registry |= quads(named, self._registry)
            if isinstance(key, Entity | Mark):
                had_registry |= self._had(number, me, self._registry)
            if isinstance(key, Mark):
                continue
            facts, disputed = self._believed(number, key)
            facts = {triple for triple in facts if triple not in named and triple not in self._shipped}
            new |= quads(facts, self._facts)
            had |= self._had(number, me, self._facts)
            had_conflicts |= self._had_conflicts(number, me)
            conflicts |= quads(disputed, self._inferred)
        for before, after in ((had_registry, registry), (had, new), (had_conflicts, conflicts)):
            self.delta.change(before, after)
        return had, new

    # ---- what should be there

    def _believed(self, number: int, key: Key) -> tuple[set[Triple], set[Triple]]:
        base = self._store.base
        choices = {choice.predicate: choice for choice in reversed(choosing.on(self._ledger, key))}
        belief = self._beliefs.about(number, {predicate: choice.value for predicate, choice in choices.items()})
        facts = {fact_triple(fact, base) for fact in belief.facts}
        facts |= {fact_triple(fact, base) for fact in self._beliefs.links(number)}
        roles = claiming.roles(self._ledger, number)
        if claiming.LIVE in roles:
            facts |= set(structure(key, base, self._label))
        me = key_node(key, base)
        facts |= {(me, str(RDF.type), node(str(kind))) for role, kind in _ROLES.items() if role in roles}
        return facts, conflict_triples(belief.conflicts, choices, base)

    def _named(self, number: int, key: Key) -> Iterator[Triple]:
        if isinstance(key, Entity):
            yield from entity_triples(key, self._spellings(number), self._store.base)
            if key.kind == "person" or key.kind == "club" or key.kind == "series":
                winner = naming.successor(self._ledger, key.kind, key.slug)
                if winner is not None:
                    me, other = (key_node(entity, self._store.base) for entity in (key, Entity(key.kind, winner)))
                    yield me, str(DCTERMS.isReplacedBy), other
        elif isinstance(key, Mark) and claiming.MARK in claiming.roles(self._ledger, number):
            yield from mark_triples(key, self._store.base)

    def _spellings(self, number: int) -> Spellings:
        rows = self._ledger.execute(
            "SELECT name, alias, COUNT(*) FROM namings WHERE entity = ? GROUP BY name, alias", (number,)
        )
        used: dict[str, int] = {}
        aliases = set()
        for name, alias, count in rows.fetchall():
            if alias:
                aliases.add(name)
            else:
                used[name] = count
        return Spellings(used, aliases)

    def _label(self, entity: Entity) -> str:
        if entity not in self._labels:
            shipped = shipped_label(entity)
            self._labels[entity] = shipped or self._spellings(self._terms.number(entity)).label(entity)
        return self._labels[entity]

    # ---- what is there

    def _had(self, number: int, me: ox.NamedNode, graph: ox.NamedNode) -> set[ox.Quad]:
        if number in self._terms.fresh and not self._thorough:
            return set()
        found = set(self._store.quads(me, None, None, graph))
        if graph == self._registry:
            found = {quad for quad in found if (me, quad.predicate.value, quad.object) not in self._shipped}
        return found

    def _had_conflicts(self, number: int, me: ox.NamedNode) -> set[ox.Quad]:
        if number in self._terms.fresh and not self._thorough:
            return set()
        about = self._store.quads(None, node(str(ATH.conflictSubject)), me, self._inferred)
        return {
            quad
            for conflict in about
            if isinstance(conflict.subject, ox.NamedNode)
            for quad in self._store.quads(conflict.subject, None, None, self._inferred)
        }

    def _renamed(self, keys: Iterable[int]) -> set[int]:
        """The races, and the results in them, whose labels hold one of the names that change."""
        found: set[int] = set()
        for number in keys:
            entity = self._terms.value(number)
            if not isinstance(entity, Entity) or entity.kind not in ("person", "series", "discipline"):
                continue
            if number in self._terms.fresh and not self._thorough:
                continue
            me = key_node(entity, self._store.base)
            label = text(self._label(entity))
            said = {quad.object for quad in self._store.quads(me, node(str(RDFS.label)), None, self._registry)}
            if (said or self._thorough) and said != {label} and shipped_label(entity) is None:
                found |= self._races_named_after(entity)
        return found

    def _races_named_after(self, entity: Entity) -> set[int]:
        races: set[int] = set()
        if entity.kind == "series":
            races.update(self._terms.beginning(f'["race","{entity.slug}",'))
        elif entity.kind == "discipline":
            races.update(self._terms.holding("race", f'"{entity.slug}"'))
        if entity.kind == "person":
            races.update(self._terms.beginning(f'["partial","{entity.slug}",'))
        else:
            races.update(self._terms.holding("partial", f'"{entity.slug}"'))
        results = {result for race in races for result in self._terms.beginning(f'["result",{self._terms.text(race)},')}
        return races | results
