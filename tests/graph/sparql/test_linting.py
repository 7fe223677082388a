from __future__ import annotations

from itertools import permutations
from pathlib import Path
from time import perf_counter

import pytest

from graph.sparql.linting import lint, streams

ROOT = Path(__file__).parents[3]

WARNED = {
    "two patterns": ("SELECT * { ?a ath:athlete ?b . ?c ath:coach ?d } LIMIT 9", "cartesian-product"),
    "types": ("SELECT (COUNT(*) AS ?n) { ?a a ath:Person . ?b a ath:Club }", "cartesian-product"),
    "optional apart": ("SELECT * { ?a a ath:Person OPTIONAL { ?x ath:club ?y } } LIMIT 9", "cartesian-product"),
    "union apart": (
        "SELECT * { ?a a ath:Person { ?x ath:club ?y } UNION { ?y ath:club ?x } } LIMIT 9",
        "cartesian-product",
    ),
    "inside a union": (
        "SELECT * { { ?a ath:club ?b . ?x ath:coach ?y } UNION { ?a ath:coach ?b } } LIMIT 9",
        "cartesian-product",
    ),
    "subquery apart": (
        "SELECT * { ?a a ath:Person { SELECT ?x (COUNT(?y) AS ?n) { ?x ath:club ?y } GROUP BY ?x } } LIMIT 9",
        "cartesian-product",
    ),
    "inside a subquery": (
        "SELECT ?a { { SELECT ?a { ?a ath:club ?b . ?x ath:coach ?y } } } LIMIT 9",
        "cartesian-product",
    ),
    "in GRAPH": ("SELECT * { GRAPH ?g { ?a ath:club ?b } GRAPH ?h { ?x ath:coach ?y } } LIMIT 9", "cartesian-product"),
    "blank nodes": ("SELECT * { [] ath:club ?b . [] ath:coach ?y } LIMIT 9", "cartesian-product"),
    "three": ("SELECT * { ?a ath:club ?b . ?c ath:coach ?d . ?b ath:country ?e } LIMIT 9", "cartesian-product"),
    "only a filter": ("SELECT * { ?a ath:club ?b . ?c ath:coach ?d FILTER(?b = ?d) } LIMIT 9", "filter-join"),
    "only inequality": ("SELECT * { ?a ath:year ?b . ?c ath:year ?d FILTER(?b < ?d) } LIMIT 9", "filter-join"),
    "after optional": (
        "SELECT * { ?a a ath:Person OPTIONAL { ?a ath:club ?c } ?a ath:coach ?d } LIMIT 9",
        "required-after-optional",
    ),
    "first optional": (
        "SELECT * { OPTIONAL { ?a ath:club ?c } ?a ath:coach ?c } LIMIT 9",
        "required-after-optional",
    ),
    "values after optional": (
        "SELECT * { ?a a ath:Person OPTIONAL { ?a ath:club ?c } VALUES ?a { person:x } } LIMIT 9",
        "required-after-optional",
    ),
    "path": ("SELECT * { ?a ath:coach+ ?b } LIMIT 9", "unbounded-path"),
    "path of any length": ("SELECT * { ?a (ath:coach|^ath:club)*/rdfs:label ?b } LIMIT 9", "unbounded-path"),
    "path over anything": ("SELECT * { person:x (!rdf:type)* ?b } LIMIT 9", "unbounded-path"),
    "all": ("SELECT * { ?s ?p ?o }", "missing-limit"),
    "all of a class": ("SELECT ?a ?c { ?a a ath:Person OPTIONAL { ?a ath:club ?c } }", "missing-limit"),
    "language only": ('SELECT ?l { ?a rdfs:label ?l FILTER(LANG(?l) = "en") }', "missing-limit"),
    "sorted": ("SELECT ?a { ?a a ath:Person ; rdfs:label ?l } ORDER BY ?l", "order-without-limit"),
    "text": ('SELECT ?s { ?s ?p ?o FILTER(CONTAINS(LCASE(STR(?o)), "x")) } LIMIT 9', "text-scan"),
    "regex": ('SELECT ?s { ?s ?p ?o FILTER REGEX(?o, "x", "i") } LIMIT 9', "text-scan"),
    "misspelt": ("SELECT ?athlet { ?r ath:athlete ?athlete } LIMIT 9", "unbound-variable"),
    "misspelt in a filter": ("SELECT * { ?r ath:year ?year FILTER(?yaer > 2000) } LIMIT 9", "unbound-variable"),
    "minus": ("SELECT * { ?a a ath:Person MINUS { ?b ath:club ?c } } LIMIT 9", "minus-without-effect"),
}

SILENT = {
    "joined": "SELECT * { ?r ath:athlete ?a ; ath:race ?c . ?c ath:edition ?e } LIMIT 9",
    "known person": "SELECT * { person:x ath:club ?c . person:y ath:club ?d }",
    "a known node with all": "SELECT * { person:x rdfs:label ?l . ?a ath:club ?c } LIMIT 9",
    "values": "SELECT * { VALUES ?a { person:x person:y } VALUES ?p { ath:club ath:coach } ?a ?p ?o }",
    "values of pairs": "SELECT * { VALUES (?a ?b) { (person:x person:y) } ?a ath:club ?c . ?b ath:club ?d }",
    "bind": "SELECT * { ?a ath:year ?y BIND(IRI(CONCAT('urn:', ?y)) AS ?z) ?z rdfs:label ?l } LIMIT 9",
    "optional by filter": "SELECT * { ?a ath:club ?b OPTIONAL { ?a ath:year ?y FILTER(?b != ?y) } } LIMIT 9",
    "optionals in a row": "SELECT * { ?a a ath:Club OPTIONAL { ?a ath:club ?b } OPTIONAL { ?b ath:coach ?c } } LIMIT 9",
    "optional of two ends": "SELECT * { ?a ath:coach ?b OPTIONAL { ?a ath:club ?c . ?b ath:club ?d } } LIMIT 9",
    "union": "SELECT * { ?a a ath:Person { ?a ath:club ?b } UNION { ?a ath:coach ?c } } LIMIT 9",
    "graph": "SELECT * { GRAPH ?g { ?a ath:club ?b } GRAPH ?g { ?c ath:coach ?d } } LIMIT 9",
    "subquery": "SELECT * { { SELECT ?a { ?a ath:year ?y } LIMIT 3 } ?a ath:club ?b }",
    "a total": "SELECT * { { SELECT (COUNT(*) AS ?n) { ?a ath:year ?y } } ?b a ath:Club } LIMIT 9",
    "exists": "SELECT * { ?a a ath:Person FILTER NOT EXISTS { ?a ath:club ?c } } LIMIT 9",
    "braces": "SELECT * { { ?a ath:club ?b } { ?b ath:country ?c } } LIMIT 9",
    "path from a node": "SELECT * { person:x ath:coach+ ?b }",
    "path from a pattern": "SELECT * { ?a a ath:Person . ?a ath:coach+ ?b } LIMIT 9",
    "path of one step": "SELECT * { ?a ath:coach/ath:club? ?b } LIMIT 9",
    "counted": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "distinct": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g",
    "asked": "ASK { ?s ?p ?o }",
    "one object": "SELECT ?r { ?r ath:athlete person:x } ORDER BY ?r",
    "narrowed": "SELECT ?r { ?r ath:year ?y FILTER(?y = 2016) } ORDER BY ?r",
    "text of a property": 'SELECT ?s { ?s rdfs:label ?l FILTER CONTAINS(?l, "x") } LIMIT 9',
    "text of a node": 'SELECT ?p { person:x ?p ?o FILTER CONTAINS(?o, "x") }',
    "made": "SELECT (?a + 1 AS ?b) ?a { ?r ath:year ?a } ORDER BY ?b LIMIT 9",
    "grouped by something": "SELECT ?d (COUNT(*) AS ?n) { ?r ath:year ?y } GROUP BY (?y / 10 AS ?d) HAVING(?n > 1)",
    "minus": "SELECT * { ?a a ath:Person MINUS { ?a ath:club ?c } } LIMIT 9",
    "construct": "CONSTRUCT { ?a ath:club ?b } { ?a ath:club ?b }",
    "described": "DESCRIBE person:x",
    "not a query": "SELECT SELECT",
    "unknown prefix": "SELECT * { ?a nowhere:x ?b . ?c nowhere:y ?d }",
    "later graph of updates": "INSERT DATA { <urn:a> <urn:b> 1 }",
}


@pytest.mark.parametrize("name", WARNED)
def test_linting_warns(name: str) -> None:
    query, code = WARNED[name]
    assert [warning.code for warning in lint(query)] == [code]


@pytest.mark.parametrize("name", SILENT)
def test_linting_is_silent(name: str) -> None:
    assert lint(SILENT[name]) == ()


def test_linting_names_place_and_way_out() -> None:
    query = "SELECT *\nWHERE {\n  ?a ath:club ?b .\n  ?x ath:coach ?y\n}\nLIMIT 9"
    (warning,) = lint(query)
    assert (warning.line, warning.column) == (4, 3)
    assert "?a, ?b" in warning.message
    assert "?x, ?y" in warning.message
    assert str(warning).startswith("line 4, column 3: ")
    assert "?athlete" in lint(WARNED["misspelt"][0])[0].hint


def test_linting_tells_which_optional() -> None:
    query = """SELECT * { ?a a ath:Club OPTIONAL { ?a ath:coach ?b }
      { ?c ath:club ?a OPTIONAL { ?c ath:mark ?d } ?c ath:race ?e } } LIMIT 9"""
    assert [warning.code for warning in lint(query)] == ["required-after-optional"] * 2
    assert [warning.line for warning in lint(query)] == [1, 2]


@pytest.mark.parametrize("order", list(permutations(["?a ath:club ?b", "?b ath:country ?c", "?c rdfs:label ?d"])))
def test_linting_does_not_depend_on_order(order: tuple[str, ...]) -> None:
    assert not lint(f"SELECT * {{ {' . '.join(order)} }} LIMIT 9")


@pytest.mark.parametrize(
    ("query", "steady"),
    [
        ("SELECT * { ?s ?p ?o }", True),
        ("SELECT * { ?a ath:club ?b . ?b ath:country ?c }", True),
        ("SELECT * { ?a ath:club ?b . ?x ath:coach ?y }", False),
        ("SELECT * { ?a ath:club ?b . ?x ath:coach ?y } LIMIT 10", True),
        ("SELECT * { ?a ath:club ?b . ?x ath:coach ?y } LIMIT 100000000", False),
        ("SELECT * { ?a ath:club ?b . ?x ath:coach ?y FILTER(?b = ?y) }", False),
        ("SELECT * { ?a ath:coach+ ?b }", False),
        ("SELECT * { ?a ath:coach+ ?b } LIMIT 10", False),
        ("SELECT * { person:x ath:coach+ ?b }", True),
        ("CONSTRUCT { ?a ath:knows ?x } { ?a ath:club ?b . ?x ath:coach ?y }", False),
        ("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", False),
        ("SELECT nothing", False),
    ],
)
def test_linting_says_what_streams(query: str, steady: bool) -> None:
    assert streams(query) is steady


def test_linting_is_fast_for_shapes_that_it_knows() -> None:
    query = (
        "PREFIX p: <http://p.example/> SELECT ?club ?label "
        '{ <http://a.example/%d> ath:club ?club . ?club rdfs:label ?label ; p:note "%d" }'
    )
    lint(query % (0, 0))
    best = 1.0
    for number in range(1, 200):
        began = perf_counter()
        streams(query % (number, number))
        best = min(best, perf_counter() - began)
    assert best < 60e-6


@pytest.mark.parametrize("path", sorted((ROOT / "server" / "examples").glob("*.rq")), ids=lambda path: path.stem)
def test_linting_has_nothing_to_say_of_the_examples(path: Path) -> None:
    assert lint(path.read_text("utf-8")) == ()
    assert streams(path.read_text("utf-8"))
