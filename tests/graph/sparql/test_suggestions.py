from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from graph.errors import QueryRefusedError, QuerySyntaxError
from graph.sparql.linting import lint
from graph.sparql.suggestions import complaint, syntax_error

if TYPE_CHECKING:
    from graph.store.embedded import Store

WRONG = [
    ("SELCT * { ?s ?p ?o }", 1, 1, "'SELCT' is not expected; did you mean SELECT?"),
    ("SELECT * WERE { ?s ?p ?o }", 1, 10, "did you mean WHERE?"),
    ("SELECT * {\n ?s ?p ?o .\n OPTINAL { ?s ?p ?o } }", 3, 2, "did you mean OPTIONAL?"),
    ("SELECT * { ?s ?p ?o FILTER(CONTANS(?o, 'x')) }", 1, 28, "did you mean CONTAINS?"),
    ("SELECT * { ?s ?p ?o } LIMT 10", 1, 23, "did you mean LIMIT?"),
    ("SELECT * { ?s ?p 'SELCT' . ?s rdfs:label marta }", 1, 42, "no word of SPARQL"),
    ("SELECT * { ?s aht:coaches ?o }", 1, 15, "'aht:' is not declared; did you mean ath:?"),
    ("SELECT * { ?s foaf:name ?o }", 1, 15, "PREFIX foaf: <http://xmlns.com/foaf/0.1/>"),
    ("SELECT * { ?s nobody:name ?o }", 1, 15, "begin with PREFIX nobody:"),
    ("PREFIX clubs: <urn:x> SELECT * { ?s clbs:name ?o }", 1, 37, "did you mean clubs:?"),
    ("SELECT * { ?s ?p 'abc }", 1, 18, "no end on its line"),
    ("SELECT * { <urn:a b> ?p ?o }", 1, 12, "'<urn:a b>' is no IRI"),
    ("SELECT * { ?s ?p ?o", 1, 10, "'{' is never closed"),
    ("SELECT * { ?s ?p ?o } }", 1, 23, "'}' closes nothing"),
    ("SELECT * { FILTER(?x > 1} )", 1, 25, "'}' is not expected, as another bracket"),
    ("SELECT (COUNT(?x) ?n) { ?x ?y ?z }", 1, 19, "write AS before it"),
    ("SELECT * { ?s ?p }", 1, 18, "lacks its object"),
    ("SELECT * { ?s a . }", 1, 17, "lacks its object"),
    ("SELECT * { VALUES ?x { <urn:a> } ?s ?p }", 1, 40, "lacks its object"),
    ("SELECT * { ?s ?p ?o ?q ?r ?t }", 1, 21, "end the pattern before it"),
    ("SELECT * { ?s ?p 'x' ; ?q <urn:x> , 'y' 'z' }", 1, 41, "end the pattern before it"),
    ("SELECT ?s ?n { ?s ?p ?o } GROUP BY ?s", 1, 1, "unbound"),
    ("SELECT * { ?s ?p ?o } LIMIT ?x", 1, 29, "'?x' is not expected"),
    ("# nothing\n", 2, 1, "ends too early"),
]


@pytest.mark.parametrize(("query", "line", "column", "message"), WRONG, ids=[one[0] for one in WRONG])
def test_suggestions_name_place_and_token(query: str, line: int, column: int, message: str, store: Store) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        store.answer(query)
    assert message in str(caught.value)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    ("update", "message"),
    [
        ("INSRT DATA { <urn:a> <urn:b> 1 }", "did you mean INSERT?"),
        ("INSERT DATA { <urn:a> foaf:name 1 }", "PREFIX foaf:"),
        ("DELETE WHERE { ?s ?p }", "lacks its object"),
    ],
)
def test_suggestions_for_updates(update: str, message: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().update(update)
    assert message in str(complaint(update, caught.value))


def test_suggestions_tell_an_update_from_a_query_that_is_wrong() -> None:
    error = SyntaxError("error at 1:1: expected SELECT")
    assert isinstance(syntax_error("DROP ALL", error), QueryRefusedError)
    assert isinstance(syntax_error("DROP AL", error), QuerySyntaxError)


@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        ("?s ath:coachs ?o", "did you mean ath:coach"),
        ("?s <https://w3id.org/podium/ns#atlete> ?o", "did you mean <https://w3id.org/podium/ns#athlete>?"),
        ("?s rdfs:lable ?o", "did you mean rdfs:label?"),
        ("?s a ath:Persn", "did you mean ath:Person?"),
        ("?s ath:zzzzzzzzz ?o", "see the vocabulary"),
    ],
)
def test_suggestions_of_terms_that_are_not_there(pattern: str, hint: str) -> None:
    (warning,) = lint(f"SELECT * {{ {pattern} }} LIMIT 9")
    assert warning.code == "unknown-term"
    assert hint in warning.hint
    assert warning.column == 12 + pattern.index(pattern.split()[2 if " a " in pattern else 1])


@pytest.mark.parametrize(
    "pattern",
    [
        "?s ath:coaches/ath:memberOf ?o",
        "?s rdf:type ath:Person",
        "?s rdf:_1 ?o",
        "?s skos:altLabel ?o",
        "?s person:anything ?o",
    ],
)
def test_suggestions_leave_terms_that_are_there(pattern: str) -> None:
    assert not lint(f"SELECT * {{ {pattern} }} LIMIT 9")


def test_suggestions_follow_prefixes_declared_anew() -> None:
    query = "PREFIX ath: <%s> SELECT * { ?s ath:madeUp ?o } LIMIT 9"
    assert not lint(query % "http://other.example/")
    assert lint(query % "https://w3id.org/podium/ns#")
    assert not lint(query % "http://other.example/")
