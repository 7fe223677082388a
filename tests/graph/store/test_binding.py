from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rdflib import BNode, Literal, URIRef, Variable

from graph.errors import QueryError
from graph.store.binding import bound

if TYPE_CHECKING:
    from graph.store.embedded import Store

ADA = URIRef("https://w3id.org/podium/id/person/ada-aas")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { ?x ?p ?o }",
        "SELECT ?x WHERE { ?x ?p ?o }",
        "SELECT (EXISTS { ?x ?p ?o } AS ?e) ?x { ?x ?p ?o }",
        "# {\nSELECT ?x { ?x ?p ?o }",
        "PREFIX a: <http://a.example/{> SELECT ?x { ?x ?p ?o }".replace("{>", ">"),
        "SELECT ?x { { ?x ?p ?o } UNION { ?x ?p ?o } }",
        "SELECT ?x { ?x ?p ?o OPTIONAL { ?x ?q '}' } } ORDER BY ?x",
        "SELECT ?x (COUNT(*) AS ?n) { ?x ?p ?o } GROUP BY ?x HAVING (COUNT(*) > 0)",
    ],
)
def test_binding_reaches_the_outermost_group(query: str, store: Store) -> None:
    assert {row["x"] for row in store.select(query, {"x": ADA})} == {ADA}


@pytest.mark.parametrize("query", ["CONSTRUCT { ?x ?p ?o } WHERE { ?x ?p ?o }", "CONSTRUCT { ?x ?p ?o } { ?x ?p ?o }"])
def test_binding_passes_over_the_template_of_a_construct(query: str, store: Store) -> None:
    assert set(store.construct(query, {"x": ADA}).subjects()) == {ADA}


def test_binding_describes() -> None:
    assert bound("DESCRIBE ?x WHERE { ?x ?p ?o }", {"x": ADA}).startswith("DESCRIBE ?x WHERE { VALUES (?x)")


def test_binding_leaves_queries_without_bindings_alone() -> None:
    assert bound("ASK {}", {}) == bound("ASK {}", None) == "ASK {}"


def test_binding_takes_several_variables(store: Store) -> None:
    query = "SELECT ?p { ?x ?p ?o }"
    rows = store.select(query, {"x": ADA, "o": Literal("Ada Aas")})
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("bindings", "reason"),
    [
        ({"x y": ADA}, "not the name of a variable"),
        ({"?x": ADA}, "not the name of a variable"),
        ({"x": BNode()}, "blank node"),
        ({"x": Variable("y")}, "IRI or a literal"),
        ({"x": URIRef("not an iri> }")}, "not a term of RDF"),
    ],
)
def test_binding_refuses_what_is_no_value(bindings: dict[str, URIRef], reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        bound("SELECT ?x { ?x ?p ?o }", bindings)


def test_binding_needs_a_where_group() -> None:
    with pytest.raises(QueryError, match="no WHERE group"):
        bound("DESCRIBE <http://a.example/>", {"x": ADA})
