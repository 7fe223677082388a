"""What readers answer, and that every query ends at its limits."""

from __future__ import annotations

import json
import time

import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat
from runners import EX, MIB, Service

from graph.errors import (
    AnswerTooLongError,
    LimitError,
    QueryError,
    QueryMemoryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from graph.sparql.choice import GraphChoice
from graph.store.base import Limits

CROSS = "?s ?p ?o . ?a ?b ?c . ?x ?y ?z"


def counted(answer: bytes) -> int:
    return int(json.loads(answer)["results"]["bindings"][0]["n"]["value"])


def test_readers_answer_as_the_store_does(service: Service) -> None:
    queries = [
        f"SELECT ?name {{ <{EX}runner7> <{EX}name> ?name }}",
        f"ASK {{ <{EX}runner7> <{EX}club> <{EX}club7> }}",
        f"CONSTRUCT WHERE {{ <{EX}runner7> ?p ?o }}",
        f"DESCRIBE <{EX}runner7>",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?s { ?s ?p ?o } LIMIT 0",
        "SELECT (ath:Person AS ?known_prefix) {}",
    ]
    for query in queries:
        for results, graphs in (
            (QueryResultsFormat.JSON, RdfFormat.N_TRIPLES),
            (QueryResultsFormat.XML, RdfFormat.RDF_XML),
        ):
            expected = service.store.answer(query, results=results, graphs=graphs)
            answer = service.readers.answer(query, results=results, graphs=graphs)
            assert answer.format == expected.format
            assert sorted(b"".join(answer.chunks)) == sorted(b"".join(expected.chunks))


def test_readers_see_the_graphs_that_are_chosen(service: Service) -> None:
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert counted(service.ask(everything)) == 6000
    assert counted(service.ask(everything, union=False)) == 0
    assert counted(service.ask(everything, choice=GraphChoice(default=(EX + "graph1",)))) == 1200
    assert counted(service.ask(everything, choice=GraphChoice(named=(EX + "graph1",)))) == 0
    with pytest.raises(QueryRefusedError, match="no such graph"):
        service.ask(everything, choice=GraphChoice(default=(EX + "nowhere",)))
    empty = GraphChoice(default=(EX + "nowhere",), strict=False)
    assert counted(service.ask(everything, choice=empty)) == 0


def test_readers_say_where_a_query_is_wrong(service: Service) -> None:
    with pytest.raises(QuerySyntaxError, match=r"line \d, column \d+: "):
        service.ask("SELECT *\nWHERE")
    assert service.readers.stats()["killed"] == {}


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
        f"SELECT * {{ {CROSS} FILTER(STRLEN(CONCAT(STR(?s), STR(?x))) > 200) }}",
        f"SELECT (MAX(?o) AS ?n) {{ {CROSS} }} GROUP BY ?p",
        f"SELECT ?s ?e {{ ?s (<{EX}ran>|^<{EX}ran>)* ?e . ?e (<{EX}ran>|^<{EX}ran>)* ?f }}",
        f"CONSTRUCT {{ ?s ?y ?z }} WHERE {{ {CROSS} FILTER(STRLEN(CONCAT(STR(?s), STR(?x))) > 200) }}",
    ],
    ids=["aggregate", "cross product", "groups", "property path", "construct"],
)
def test_readers_stop_a_query_at_its_deadline(service: Service, query: str) -> None:
    started = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"longer than 0\.7 s") as caught:
        service.ask(query, limits=Limits(seconds=0.7, memory=1 << 30, output=1 << 30))
    assert 0.6 < time.monotonic() - started < 10
    assert caught.value.value == 0.7
    assert service.readers.stats()["killed"] == {"timeout": 1}


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ {CROSS} }} ORDER BY ?o ?c",
        "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?o ?a ?c { ?s ?p ?o . ?a ?b ?c } }",
        "SELECT (GROUP_CONCAT(CONCAT(STR(?s), STR(?o), STR(?c))) AS ?all) { ?s ?p ?o . ?a ?b ?c }",
    ],
    ids=["sort", "distinct", "group_concat"],
)
def test_readers_stop_a_query_that_needs_too_much_memory(service: Service, query: str) -> None:
    with pytest.raises(QueryMemoryError, match="more than 64 MiB"):
        service.ask(query, limits=Limits(seconds=100, memory=64 * MIB))
    assert counted(service.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) == 6000


def test_readers_stop_an_answer_that_grows_too_long(service: Service) -> None:
    with pytest.raises(AnswerTooLongError, match="longer than 1,000,000 bytes"):
        service.ask(f"SELECT * {{ {CROSS} }}", limits=Limits(output=1_000_000))
    with pytest.raises(AnswerTooLongError):  # as streams do
        service.ask(f"SELECT * {{ {CROSS} }}", limits=Limits(output=1_000_000), streams=lambda: True)


def test_readers_that_overflow_their_stack_cost_an_error(service: Service) -> None:
    deep = "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }"
    with pytest.raises(QueryError, match="write it flatter") as caught:
        service.ask(deep)
    assert not isinstance(caught.value, LimitError)
    assert b"true" in service.ask("ASK {}")
