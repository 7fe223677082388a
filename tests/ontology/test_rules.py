"""What the rules add to facts, under a base of its own."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology import resources
from ontology.iris import iri, sparql_prologue

BASE = "http://localhost:8000/id/"
PREFIXES = sparql_prologue(BASE).replace("PREFIX", "@prefix").replace(">\n", "> .\n")
CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    for graph in resources.ontology_graphs(BASE):
        for path in graph.files:
            store.load(resources.rebased(path, BASE), ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph.iri))
    for name, path in (("facts", CASES / "facts.ttl"), ("article_a1", CASES / "claims.ttl")):
        data = PREFIXES + path.read_text(encoding="utf-8")
        store.load(data, ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(iri("graph", name, BASE)))
    inferred = ox.NamedNode(iri("graph", "inferred", BASE))
    for rule in resources.rules(BASE):
        triples = list(store.query(rule.sparql, use_default_graph_as_union=True))
        store.extend(ox.Quad(triple.subject, triple.predicate, triple.object, inferred) for triple in triples)
    return store


def inferred(store: ox.Store, pattern: str) -> bool:
    query = f"{sparql_prologue(BASE)} ASK {{ GRAPH graph:inferred {{ {pattern} }} }}"
    return bool(store.query(query))


@pytest.mark.parametrize(
    "triple",
    [
        "person:per-haugland ath:coaches person:marta-lindqvist",
        "person:marta-lindqvist ath:coachedBy person:per-haugland",
        "person:ada-ferris ath:formerlyCoached person:marta-lindqvist",
        "person:marta-lindqvist ath:formerlyCoachedBy person:ada-ferris",
        "person:marta-lindqvist ath:memberOf club:norbridge-harriers",
        "club:norbridge-harriers ath:hasMember person:marta-lindqvist",
        "person:ines-sorel ath:formerMemberOf club:norbridge-harriers",
        "club:norbridge-harriers ath:hadMember person:ines-sorel",
        "person:ines-sorel ath:childOf person:per-haugland",
        "result:final_marta ath:medalColour ath:Gold ; ath:medal medal:final_marta",
        "result:final_ines ath:position 2 ; ath:medal medal:final_ines",
        "person:ines-sorel ath:wonMedal medal:final_ines",
        "medal:final_ines a ath:Medal ; ath:medalColour ath:Silver ; ath:wonIn race:final",
        "medal:final_ines ath:wonBy person:ines-sorel",
        "country:NOR ath:wonMedal medal:relay_NOR",
        'medal:final_marta rdfs:label "gold, World Championships 2023, women\'s 1500m, final"',
        "dclaim:final_marta_medalColour a ath:DerivedClaim ; rdf:subject result:final_marta ; rdf:object ath:Gold",
        'dclaim:final_marta_medalColour ath:byRule "medal-from-position" ; prov:wasDerivedFrom claim:a1_1, claim:a1_2',
        'dclaim:final_ines_position ath:byRule "position-from-medal" ; prov:wasDerivedFrom claim:a1_4',
    ],
)
def test_rules_infer(store: ox.Store, triple: str) -> None:
    assert inferred(store, triple)


@pytest.mark.parametrize(
    "pattern",
    [
        "person:ada-ferris ath:coaches ?x",
        "person:ines-sorel ath:memberOf ?x",
        "?x ath:siblingOf ?y",  # stated both ways already
        "result:final_fourth ath:medalColour ?x",
        "result:final_dq ath:medalColour ?x",
        "result:heat_marta ath:medalColour ?x",
        "result:trial_marta ath:medalColour ?x",
        "result:final_ines ath:medalColour ?x",
        "?x prov:wasDerivedFrom claim:a1_3",  # a claim of another position is no reason
    ],
)
def test_rules_do_not_infer(store: ox.Store, pattern: str) -> None:
    assert not inferred(store, pattern)


def test_rules_leave_each_triple_in_one_graph(store: ox.Store) -> None:
    triples = [quad.triple for quad in store]
    assert len(triples) == len(set(triples))
