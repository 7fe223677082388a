from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from graph.browsing.rowarticles import with_articles
from graph.errors import QueryError
from graph.sparql.provenance import widen
from graph.store.embedded import Store
from ontology.iris import DEFAULT_BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

B = DEFAULT_BASE
# Two articles on one race: the first has both results, the second one of them and another mark for it.
DATA = f"""
@prefix ath: <https://w3id.org/podium/ns#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix p: <{B}person/> . @prefix r: <{B}result/> . @prefix c: <{B}claim/> . @prefix n: <{B}coaching/> .
@prefix a: <{B}article/> . @prefix m: <{B}mark/> . @prefix x: <{B}medal/> . @prefix d: <{B}derived/> .
r:1 a ath:Result ; ath:athlete p:lindqvist ; ath:position 1 ;
  ath:mark m:1 ; ath:medalColour ath:Gold ; ath:medal x:1 .
r:2 a ath:Result ; ath:athlete p:ferris ; ath:position 2 .
m:1 ath:display "8:59.10" . p:lindqvist rdfs:label "Marta Lindqvist" ; ath:wonMedal x:1 ; ath:coachedBy p:otiwa .
n:1 a ath:Coaching ; ath:coach p:otiwa ; ath:athlete p:lindqvist ; ath:status ath:Current .
p:ferris ath:siblingOf p:otiwa . p:otiwa ath:siblingOf p:ferris .
c:1 a ath:Claim ; ath:inArticle a:one ; rdf:subject r:1 ; rdf:predicate ath:position ; rdf:object 1 .
c:2 a ath:Claim ; ath:inArticle a:one ; rdf:subject r:2 ; rdf:predicate ath:position ; rdf:object 2 .
c:3 a ath:Claim ; ath:inArticle a:two ; rdf:subject r:1 ; rdf:predicate ath:mark ; rdf:object m:1 .
c:4 a ath:Claim ; ath:inArticle a:two ; rdf:subject n:1 ; rdf:predicate ath:status ; rdf:object ath:Current .
c:5 a ath:Claim ; ath:inArticle a:three ; rdf:subject r:9 ; rdf:predicate ath:position ; rdf:object 2 .
c:6 a ath:Claim ; ath:inArticle a:two ; rdf:subject p:ferris ; rdf:predicate ath:siblingOf ; rdf:object p:otiwa .
r:9 ath:resolvedTo r:2 .
d:1 a ath:DerivedClaim ; rdf:subject r:1 ; rdf:predicate ath:medalColour ; rdf:object ath:Gold ;
  prov:wasDerivedFrom c:1 .
"""


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.memory() as store:
        triples = ox.parse(DATA.encode(), format=ox.RdfFormat.TURTLE)
        graph = ox.NamedNode(f"{B}graph/facts")
        store.write([ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples])
        yield store


def traced(store: Store, query: str) -> list[list[str]]:
    """The rows, each as its values without what their IRIs begin with; the articles come last."""
    widened = widen(query)
    data = json.loads(with_articles(store, widened, b"".join(store.answer(widened.text).chunks)))
    assert data["head"]["vars"][-1] == "articles"
    return [
        [
            " ".join(part.rpartition("/")[2] for part in row[name]["value"].split(" "))
            for name in data["head"]["vars"]
            if name in row
        ]
        for row in data["results"]["bindings"]
    ]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        (
            "SELECT ?a ?n { ?r ath:athlete ?a ; ath:position ?n } ORDER BY ?n",
            [["lindqvist", "1", "one"], ["ferris", "2", "one three"]],
        ),
        (
            "SELECT ?a { ?r a ath:Result ; ath:athlete ?a } ORDER BY ?r",
            [["lindqvist", "one two"], ["ferris", "one three"]],
        ),
        ("SELECT ?a { ?r ath:athlete ?a ; ath:mark/ath:display ?d }", [["lindqvist", "two"]]),
        ("SELECT ?d { ?d ^ath:display ?m . ?r ath:mark ?m }", [["8:59.10", "two"]]),
        ("SELECT ?d { ?d ^(ath:mark/ath:display) ?r }", [["8:59.10", "two"]]),
        ("SELECT ?a { ?r ath:athlete ?a ; ath:medalColour ath:Gold }", [["lindqvist", "one"]]),
        ("SELECT ?x { ?a ath:wonMedal ?x }", [["1", "one"]]),
        ("SELECT ?a ?c { ?a ath:coachedBy|ath:formerlyCoachedBy ?c }", [["lindqvist", "otiwa", "two"]]),
        ("SELECT ?a { ?a ath:siblingOf person:ferris }", [["otiwa", "two"]]),
        ("SELECT ?p ?o { result:2 ?p ?o FILTER(?p = ath:position) }", [["ns#position", "2", "one three"]]),
        ("SELECT ?l { ?a rdfs:label ?l }", [["Marta Lindqvist", ""]]),
        (
            "SELECT ?n { ?r ath:position ?n OPTIONAL { ?r ath:mark ?m } } ORDER BY ?n",
            [["1", "one two"], ["2", "one three"]],
        ),
        (
            "SELECT ?n { { ?r ath:position ?n } UNION { ?r ath:mark ?n } } ORDER BY ?n",
            [["1", "two"], ["1", "one"], ["2", "one three"]],
        ),
        ("SELECT ?v ?n { VALUES ?r { result:1 } BIND('x' AS ?v) ?r ath:position ?n }", [["x", "1", "one"]]),
        (
            "SELECT ?n { ?r ath:position ?n MINUS { ?r ath:mark ?m } FILTER NOT EXISTS { ?r ath:medal ?x } }",
            [["2", "one three"]],
        ),
        ("SELECT DISTINCT ?t { ?r a ?t ; ath:position ?n } LIMIT 1", [["ns#Result", "one three"]]),
        ("SELECT * WHERE { ?r ath:position 2 } # all\n", [["2", "one three"]]),
        ("select reduced ?t where { ?r a ?t ; ath:position ?n } limit 5 offset 1", []),
        ("SELECT (STR(?n) AS ?s) { GRAPH ?g { ?r ath:position ?n } } ORDER BY ?s OFFSET 1", [["2", "one three"]]),
        ("SELECT ?c { ?c a ath:Claim ; rdf:object 1 }", [["1", "one"]]),
    ],
)
def test_rowarticles_gives_each_row_its_articles(query: str, rows: list[list[str]], store: Store) -> None:
    assert traced(store, query) == rows


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("ASK { ?s ?p ?o }", "rows of a SELECT"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "rows of a SELECT"),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "aggregates"),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?s", "GROUP BY"),
        ("SELECT * { { SELECT ?s { ?s ?p ?o } } }", "a subquery"),
        ("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { ?s ath:coachedBy+ ?o }", "path of any length"),
        ("SELECT * { ?s !ath:coachedBy ?o }", "any property"),
        ("SELECT * { ?s ath:athlete [ ath:coachedBy ?c ] }", "give each a ?variable"),
        ("SELECT ?articles { ?articles ?p ?o }", "the column ?articles"),
        ("SELECT * { ?articles ?p ?o }", "the column ?articles"),
        ("SELECT * { ?s ?p ?o } VALUES ?s { person:ferris }", "VALUES behind"),
        ("SELECT * { ?s ?p }", "'}'|Expected"),
    ],
)
def test_rowarticles_says_what_cannot_be_traced(query: str, why: str) -> None:
    with pytest.raises(QueryError, match=why.replace("?", r"\?")):
        widen(query)


def test_rowarticles_refuses_too_many_rows(store: Store) -> None:
    values = " ".join(f"({number})" for number in range(40))
    query = f"SELECT ?a ?b ?r {{ VALUES (?a) {{ {values} }} VALUES (?b) {{ {values} }} ?r ath:position 1 }}"
    with pytest.raises(QueryError, match="1,000 rows at most"):
        traced(store, query)
    assert len(traced(store, f"{query} LIMIT 999")) == 999
    with pytest.raises(QueryError, match="1,000 rows at most"):
        traced(store, query.replace("SELECT", "SELECT DISTINCT"))
