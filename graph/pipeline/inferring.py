"""What the rules infer of the things that were touched.

The rules run over a small store that holds these things and what the rules need to know of them; each rule speaks of
one result, one relationship or one pair of people, so that nothing further away can matter.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import PROV, RDF

from graph.errors import StoreError
from graph.facts import Claim, CoachingKey, Entity, Fact, Key, MembershipKey, ResultKey
from graph.identity.fusion import PLACED
from graph.pipeline.shipped import shipped_triples
from graph.rdf.evidence import claim_node
from graph.rdf.structure import structure
from graph.rdf.terms import Triple, graph_name, key_node, node, quads, term
from ontology.iris import iri
from ontology.namespaces import ATH
from ontology.resources import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.facts import AnyRace
    from graph.ledger.news import Restated
    from graph.ledger.terms import Terms
    from graph.store.embedded import Store

_MEDALS: Final = {str(ATH[name]) for name in ("Gold", "Silver", "Bronze")}
_DERIVED: Final = node(str(PROV.wasDerivedFrom))
_STATED: Final = frozenset(str(ATH[name]) for name in ("parentOf", "siblingOf", "spouseOf", "trainedWith"))
_FAMILY: Final = _STATED | {str(ATH.childOf)}
_TIES: Final = {
    str(ATH[name])
    for name in (
        "coaches", "coachedBy", "formerlyCoached", "formerlyCoachedBy",
        "memberOf", "hasMember", "formerMemberOf", "hadMember",
    )
}  # fmt: skip


class Bench:
    """Where the rules are run. `base` is the data namespace."""

    def __init__(self, base: str) -> None:
        self._store = ox.Store()
        self._facts, self._claims, self._inferred = (graph_name(name, base) for name in ("facts", "claims", "inferred"))
        self._rules = rules(base)
        self._store.extend(_known_to_rules(base))

    def infer(self, facts: Iterable[Triple], claims: Iterable[Triple]) -> set[ox.Quad]:
        """What the rules add to these facts and the claims behind them, as quads of graph:inferred."""
        self._store.extend(quads(facts, self._facts))
        self._store.extend(quads(claims, self._claims))
        for rule in self._rules:
            found = self._store.query(rule.sparql, use_default_graph_as_union=True)
            if not isinstance(found, ox.QueryTriples):
                raise StoreError(f"the rule {rule.name} is no CONSTRUCT query")
            new = [
                ox.Quad(triple.subject, triple.predicate, triple.object, self._inferred)
                for triple in found
                if not self._known(triple)
            ]
            self._store.extend(new)
        inferred = set(self._store.quads_for_pattern(None, None, None, self._inferred))
        for graph in (self._facts, self._claims, self._inferred):
            self._store.remove_graph(graph)
        return inferred

    def _known(self, triple: ox.Triple) -> bool:
        found = self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return next(found, None) is not None


@cache
def _known_to_rules(base: str) -> tuple[ox.Quad, ...]:
    """What the rules look up of that which Podium ships."""
    registry, awards = graph_name("registry", base), str(ATH.awardsMedals)
    return tuple(
        ox.Quad(subject, node(predicate), value, registry)
        for subject, predicate, value in shipped_triples(base)
        if predicate == awards or subject.value in _MEDALS
    )


class Units:
    """What was touched of that which the rules speak of."""

    def __init__(self, store: Store, terms: Terms, *, thorough: bool) -> None:
        self._store = store
        self._terms = terms
        self._thorough = thorough
        self._facts, self._inferred = (graph_name(name, store.base) for name in ("facts", "inferred"))
        self._said: set[Triple] = set()
        self._claims: set[Triple] = set()
        self._races: set[AnyRace] = set()
        self._before: set[ox.Quad] = set()
        self._relatives: dict[ox.NamedNode, set[ox.Quad]] = {}

    def take(self, number: int, key: Key, had: set[ox.Quad], new: set[ox.Quad]) -> None:
        """Adds a key with the facts it had and those it has now."""
        match key:
            case Entity("person"):
                one, other = ({quad for quad in said if quad.predicate.value in _STATED} for said in (had, new))
                if one != other or self._thorough:
                    self._relatives[key_node(key, self._store.base)] = other
            case ResultKey():
                self._take_result(number, key, had, new)
            case CoachingKey() | MembershipKey() if had != new or self._thorough:
                self._say(new)
                self._before |= self._edges(*_ends(key, self._store.base), _TIES)
            case _:
                pass

    def infer(self, bench: Bench, label: Callable[[Entity], str]) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """What was inferred of all these before, and what is now."""
        for race in self._races:
            self._said |= set(structure(race, self._store.base, label))
        for me, new in self._relatives.items():
            self._say(new)
            self._before |= self._had_of_relative(me)
            for predicate in _STATED:
                for quad in self._store.quads(None, node(predicate), me, self._facts):
                    if quad.subject not in self._relatives:
                        self._say([quad])
        return self._before, bench.infer(self._said, self._claims) if self._said else set()

    def _say(self, facts: Iterable[ox.Quad]) -> None:
        for quad in facts:
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                self._said.add((quad.subject, quad.predicate.value, quad.object))

    def _take_result(self, number: int, key: ResultKey, had: set[ox.Quad], new: set[ox.Quad]) -> None:
        derived = len({quad.predicate.value for quad in new} & {*PLACED}) == 1
        if not (derived or had != new or self._thorough):
            return
        me = key_node(key, self._store.base)
        self._say(new)
        self._races.add(key.race)
        if derived:
            self._claims |= self._claims_about(number, me)
        if number not in self._terms.fresh or self._thorough:
            medal = node(iri("medal", key.slug, self._store.base))
            self._before |= {
                *self._store.quads(me, None, None, self._inferred),
                *self._store.quads(medal, None, None, self._inferred),
                *self._store.quads(None, node(str(ATH.wonMedal)), medal, self._inferred),
            }
            for derivation in self._store.quads(None, node(str(RDF.subject)), me, self._inferred):
                if isinstance(derivation.subject, ox.NamedNode):
                    self._before |= set(self._store.quads(derivation.subject, None, None, self._inferred))

    def _claims_about(self, number: int, me: ox.NamedNode) -> set[Triple]:
        """The claims of a result's place and medal, as far as rules look at them."""
        base = self._store.base
        found: set[Triple] = set()
        for predicate in PLACED:
            rows = self._store.ledger.execute(
                "SELECT c.subject, c.object, a.id FROM claims AS c JOIN articles AS a ON a.n = c.n"
                " WHERE c.about = ? AND c.predicate = ?",
                (number, self._terms.number_of_text(predicate)),
            )
            for subject, value, article in rows.fetchall():
                key, said = self._terms.value(subject), self._terms.value(value)
                if not isinstance(key, Key):
                    continue
                one = claim_node(Claim(article, Fact(key, predicate, said), (), (), 0.0, "Explicit"), base)
                found |= {
                    (one, str(RDF.type), node(str(ATH.Claim))),
                    (one, str(RDF.subject), key_node(key, base)),
                    (one, str(RDF.predicate), node(predicate)),
                    (one, str(RDF.object), term(said, base)),
                }
                if subject != number:
                    found.add((key_node(key, base), str(ATH.resolvedTo), me))
        return found

    def _edges(self, one: ox.NamedNode, other: ox.NamedNode, predicates: Iterable[str]) -> set[ox.Quad]:
        found = {
            *self._store.quads(one, None, other, self._inferred),
            *self._store.quads(other, None, one, self._inferred),
        }
        return {quad for quad in found if quad.predicate.value in predicates}

    def _had_of_relative(self, me: ox.NamedNode) -> set[ox.Quad]:
        return {
            quad
            for predicate in map(node, _FAMILY)
            for subject, object_ in ((me, None), (None, me))
            for quad in self._store.quads(subject, predicate, object_, self._inferred)
        }


def rederived(store: Store, terms: Terms, restated: Restated) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """What rule 6 said that it does not say any more, and what it says now, of the claims behind a fact that stands."""
    key = terms.value(restated.key)
    if not isinstance(key, ResultKey):
        return set(), set()
    (inferred,) = (predicate for predicate in PLACED if predicate != restated.predicate)
    graph = graph_name("inferred", store.base)
    me = node(iri("derived", f"{key.slug}_{inferred.rpartition('#')[2]}", store.base))
    if next(store.quads(me, _DERIVED, None, graph), None) is None:
        return set(), set()
    went, came = (
        {
            ox.Quad(me, _DERIVED, claim_node(Claim(article, fact, (), (), 0.0, "Explicit"), store.base), graph)
            for article, fact in claims
        }
        for claims in (restated.went, restated.came)
    )
    return went, came


def _ends(tie: CoachingKey | MembershipKey, base: str) -> tuple[ox.NamedNode, ox.NamedNode]:
    athlete = key_node(Entity("person", tie.athlete), base)
    if isinstance(tie, CoachingKey):
        return key_node(Entity("person", tie.coach), base), athlete
    return key_node(Entity("club", tie.club), base), athlete
