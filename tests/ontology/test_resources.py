"""Files, graphs and rules under the base of a store."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology import resources
from ontology.iris import DEFAULT_BASE, NS, iri, kind_and_slug, prefixes, sparql_prologue

BASE = "http://localhost:8000/id/"
SHIPPED = [path for graph in resources.ontology_graphs() for path in graph.files]


def test_resources_graphs_lie_under_the_base_and_hold_each_file_once() -> None:
    graphs = resources.ontology_graphs(BASE)
    assert [graph.iri for graph in graphs] == [BASE + "graph/ontology", BASE + "graph/registry"]
    assert len(set(SHIPPED)) == len(SHIPPED)
    assert {*SHIPPED, resources.SHAPES} == set(resources.ATHLETICS.parent.glob("*.ttl"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_resources_rebased_moves_the_data_and_nothing_else(path: Path) -> None:
    def triples(base: str) -> set[str]:
        return {str(triple) for triple in ox.parse(resources.rebased(path, base), ox.RdfFormat.TURTLE)}

    moved = triples(BASE)
    assert not any(DEFAULT_BASE in triple for triple in moved)
    assert {triple.replace(BASE, DEFAULT_BASE) for triple in moved} == triples(DEFAULT_BASE)


def test_resources_shipped_triples_stand_in_one_graph_each() -> None:
    seen: set[ox.Triple] = set()
    for path in SHIPPED:
        triples = {quad.triple for quad in ox.parse(path=path)}
        assert not seen & triples
        seen |= triples


def test_resources_rules_are_base_agnostic_and_in_order() -> None:
    rules = resources.rules(BASE)
    assert [rule.name[0] for rule in rules] == [str(number) for number in range(1, len(rules) + 1)]
    for rule in rules:
        assert DEFAULT_BASE not in rule.sparql
        assert rule.sparql.startswith(sparql_prologue(BASE))
        ox.Store().query(rule.sparql)


def test_iris_take_apart_what_they_put_together() -> None:
    address = iri("person", "josh-kerr", BASE)
    assert address == BASE + "person/josh-kerr"
    assert kind_and_slug(address, BASE) == ("person", "josh-kerr")
    assert kind_and_slug(address) is None
    assert kind_and_slug(NS + "Athlete") is None


def test_iris_prologue_declares_every_prefix() -> None:
    query = (
        sparql_prologue(BASE)
        + "ASK { "
        + " ".join(f"{prefix}:a {prefix}:b {prefix}:c ." for prefix in prefixes())
        + " }"
    )
    assert not ox.Store().query(query)
