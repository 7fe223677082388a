"""What both backends promise."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from rdflib import RDFS, XSD, Literal, URIRef

from graph.errors import QueryError, QuerySyntaxError
from graph.store.base import GraphChoice, Source

LABELS = "SELECT ?name { ?person rdfs:label ?name }"


def test_source_select_gives_plain_strings_without_a_datatype(source: Source) -> None:
    rows = source.select("SELECT ?name { person:ada-aas rdfs:label ?name }")
    assert rows.variables == ("name",)
    assert [row["name"] for row in rows] == [Literal("Ada Aas")]


def test_source_select_keeps_languages_and_numbers(source: Source) -> None:
    rows = source.select("SELECT ?o { { ?s rdfs:label ?o FILTER(LANG(?o) != '') } UNION { ?s ath:position ?o } }")
    assert {row["o"] for row in rows} == {Literal("Bo Berg", lang="nb"), Literal("1", datatype=XSD.integer)}


def test_source_select_leaves_unbound_variables_out(source: Source) -> None:
    rows = source.select("SELECT ?a ?b { VALUES (?a ?b) { (1 UNDEF) } }")
    assert rows.variables == ("a", "b")
    assert [set(row) for row in rows] == [{"a"}]


def test_source_knows_the_prefixes_of_podium(source: Source) -> None:
    assert source.ask("ASK { ?r ath:position 1 ; <https://w3id.org/podium/id/athlete> person:ada-aas }")


def test_source_sees_the_union_of_all_graphs(source: Source) -> None:
    assert source.ask("ASK { ?r <https://w3id.org/podium/id/athlete>/rdfs:label 'Ada Aas' }")


def test_source_bindings_fix_variables_that_are_not_selected(source: Source) -> None:
    rows = source.select(LABELS, {"person": URIRef(source.base + "person/ada-aas")})
    assert [str(row["name"]) for row in rows] == ["Ada Aas"]


@pytest.mark.parametrize("name", ['Bo "Bib" Berg\n', "x' } } #", 'a"@en . ?s ?p ?o', "\\"])
def test_source_bindings_never_become_syntax(source: Source, name: str) -> None:
    expected = [source.base + "person/bo-berg"] if name.startswith("Bo") else []
    found = source.select("SELECT ?person { ?person rdfs:label ?name }", {"name": Literal(name)})
    assert [str(row["person"]) for row in found] == expected


def test_source_bindings_reach_construct_and_ask(source: Source) -> None:
    ada = URIRef(source.base + "person/ada-aas")
    graph = source.construct("CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o }", {"s": ada})
    assert set(graph) == {(ada, RDFS.label, Literal("Ada Aas"))}
    assert not source.ask("ASK { ?s ath:position ?n }", {"s": ada})


def test_source_construct_gives_the_triples(source: Source) -> None:
    assert len(source.construct("CONSTRUCT WHERE { ?s rdfs:label ?o }")) == 3


@pytest.mark.parametrize(
    ("method", "query"), [("select", "ASK {}"), ("ask", LABELS), ("construct", LABELS), ("select", "DESCRIBE <a:a>")]
)
def test_source_says_when_the_form_of_the_query_is_another(source: Source, method: str, query: str) -> None:
    with pytest.raises(QueryError, match=r"^not an? "):
        getattr(source, method)(query)


def test_source_syntax_errors_have_their_place(source: Source) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        source.select("SELECT ?s WHERE {\n ?s ?p }")
    assert (caught.value.line, caught.value.column) == (2, 8)
    assert "line 2, column 8" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", [QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.TSV])
def test_source_answers_rows_in_every_format(source: Source, kind: QueryResultsFormat) -> None:
    answer = source.answer(LABELS, results=kind)
    assert answer.format == kind
    rows = parse_query_results(b"".join(answer.chunks), kind)
    assert isinstance(rows, QuerySolutions)
    assert len(list(rows)) == 3


def test_source_answers_csv(source: Source) -> None:
    answer = source.answer("SELECT ?n { ?r ath:position ?n }", results=QueryResultsFormat.CSV)
    assert b"".join(answer.chunks) == b"n\r\n1\r\n"


def test_source_answers_ask_as_json(source: Source) -> None:
    assert json.loads(b"".join(source.answer("ASK { ?s ?p ?o }").chunks))["boolean"] is True


@pytest.mark.parametrize("kind", [RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML, RdfFormat.JSON_LD])
def test_source_answers_graphs_in_every_format(source: Source, kind: RdfFormat) -> None:
    answer = source.answer("CONSTRUCT WHERE { ?s rdfs:label ?o }", graphs=kind)
    assert answer.format == kind
    assert len(list(parse(b"".join(answer.chunks), kind))) == 3


def test_source_writes_turtle_with_prefixes(source: Source) -> None:
    answer = source.answer("CONSTRUCT WHERE { ?s ath:position ?o }")
    assert b"result:x_ada-aas ath:position 1" in b"".join(answer.chunks)


def test_source_honours_the_choice_of_graphs(source: Source) -> None:
    chosen = GraphChoice(default=(source.base + "graph/facts",))
    answer = source.answer("SELECT ?o { ?s rdfs:label ?o }", choice=chosen, results=QueryResultsFormat.CSV)
    assert b"".join(answer.chunks) == b"o\r\n"
    named = GraphChoice(named=(source.base + "graph/registry",))
    query = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    answer = source.answer(query, choice=named, results=QueryResultsFormat.CSV)
    assert b"".join(answer.chunks) == b"n\r\n3\r\n"


def test_source_honours_from(source: Source) -> None:
    assert not source.ask("ASK FROM graph:facts { ?s rdfs:label ?o }")
    assert source.ask("ASK FROM NAMED graph:registry { GRAPH ?g { ?s rdfs:label ?o } }")
    assert not source.ask("ASK FROM NAMED graph:registry { ?s rdfs:label ?o }")
