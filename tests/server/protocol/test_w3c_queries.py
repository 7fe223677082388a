"""Each case of the W3C's SPARQL 1.1 Protocol tests about queries, under its name there, with data of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from graph.store.embedded import Store

PLACE = "http://athletics.example/"
HEATS = [f"{PLACE}heat{number}" for number in (1, 2, 3)]
NOWHERE = f"{PLACE}none"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


@pytest.fixture(autouse=True)
def _heats(store: Store) -> None:
    """Each heat is a graph that says of itself what it is."""
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    race = ox.NamedNode("https://w3id.org/podium/ns#Race")
    store.write(ox.Quad(heat, kind, race, heat) for heat in map(ox.NamedNode, HEATS))


def told(answer: TestResponse) -> object:
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/sparql-results+json"
    return answer.json["boolean"]


def everywhere(*heats: int) -> str:
    return "ASK { " + " ".join(f"<{HEATS[heat - 1]}> a ?t{heat} ." for heat in heats) + " }"


def in_graphs(*heats: int) -> str:
    return " ".join(f"GRAPH ?g{heat} {{ <{HEATS[heat - 1]}> a ?t{heat} }}" for heat in heats)


def direct(client: FlaskClient, query: str, **chosen: list[str]) -> TestResponse:
    parameters = {name.replace("_", "-"): iris for name, iris in chosen.items()}
    return client.post("/sparql", query_string=parameters, data=query, content_type=QUERY)


def test_w3c_query_post_form(anyone: FlaskClient) -> None:
    answer = anyone.post("/sparql", query_string={"default-graph-uri": NOWHERE}, data={"query": "ASK {}"})
    assert told(answer) is True


def test_w3c_query_dataset_default_graphs_get(anyone: FlaskClient) -> None:
    for chosen, seen in ((HEATS[:2], True), (HEATS[:1], False)):
        answer = anyone.get("/sparql", query_string={"query": everywhere(1, 2), "default-graph-uri": chosen})
        assert told(answer) is seen


def test_w3c_query_dataset_default_graphs_post(anyone: FlaskClient) -> None:
    assert told(direct(anyone, everywhere(1, 2), default_graph_uri=HEATS[:2])) is True
    assert told(direct(anyone, everywhere(1, 3), default_graph_uri=HEATS[:2])) is False


def test_w3c_query_dataset_named_graphs_post(anyone: FlaskClient) -> None:
    assert told(direct(anyone, f"ASK {{ {in_graphs(1, 2)} }}", named_graph_uri=HEATS[:2])) is True
    assert told(direct(anyone, f"ASK {{ {in_graphs(3)} }}", named_graph_uri=HEATS[:2])) is False
    assert told(direct(anyone, everywhere(1), named_graph_uri=HEATS[:2])) is False


def test_w3c_query_dataset_named_graphs_get(anyone: FlaskClient) -> None:
    parameters = {"query": f"ASK {{ {in_graphs(1, 2)} }}", "named-graph-uri": HEATS[:2]}
    assert told(anyone.get("/sparql", query_string=parameters)) is True


def test_w3c_query_dataset_full(anyone: FlaskClient) -> None:
    query = f"ASK {{ <{HEATS[2]}> a ?t {in_graphs(1, 2)} }}"
    assert told(direct(anyone, query, default_graph_uri=HEATS[2:], named_graph_uri=HEATS[:2])) is True


def test_w3c_query_multiple_dataset(anyone: FlaskClient) -> None:
    query = f"ASK FROM <{HEATS[2]}> {{ {in_graphs(1, 2)} }}"
    assert told(direct(anyone, query, named_graph_uri=HEATS[:2])) is True
    assert told(direct(anyone, query)) is False


def test_w3c_query_get(anyone: FlaskClient) -> None:
    assert told(anyone.get("/sparql", query_string={"query": "ASK {}", "default-graph-uri": NOWHERE})) is True


@pytest.mark.parametrize(
    ("query", "content_type"),
    [
        pytest.param("SELECT (1 AS ?value) {}", "application/sparql-results+json", id="query_content_type_select"),
        pytest.param("ASK {}", "application/sparql-results+json", id="query_content_type_ask"),
        pytest.param(f"DESCRIBE <{HEATS[0]}>", "text/turtle; charset=utf-8", id="query_content_type_describe"),
        pytest.param(
            "CONSTRUCT { <s> <p> 1 } WHERE {}", "text/turtle; charset=utf-8", id="query_content_type_construct"
        ),
    ],
)
def test_w3c_query_content_types(anyone: FlaskClient, query: str, content_type: str) -> None:
    answer = direct(anyone, query, default_graph_uri=[NOWHERE])
    assert answer.status_code == 200
    assert answer.content_type == content_type


def test_w3c_query_post_direct(anyone: FlaskClient) -> None:
    assert told(direct(anyone, "ASK {}")) is True


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_w3c_bad_query_method(anyone: FlaskClient, method: str) -> None:
    answer = anyone.open("/sparql", method=method, query_string={"query": "ASK {}"}, content_type=FORM)
    assert answer.status_code == 405
    assert {"GET", "HEAD", "OPTIONS", "POST"} == {part.strip() for part in answer.headers["Allow"].split(",")}


def test_w3c_bad_multiple_queries(anyone: FlaskClient) -> None:
    assert anyone.get("/sparql", query_string={"query": ["ASK {}", "SELECT * {}"]}).status_code == 400
    assert anyone.post("/sparql", data={"query": ["ASK {}", "ASK {}"]}).status_code == 400
    assert anyone.post("/sparql?query=ASK{}", data="ASK {}", content_type=QUERY).status_code == 400


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param("ASK {}", "text/plain", id="bad_query_wrong_media_type"),
        pytest.param("query=ASK%20%7B%7D", None, id="bad_query_missing_form_type"),
        pytest.param("ASK {}", None, id="bad_query_missing_direct_type"),
    ],
)
def test_w3c_bad_query_types(anyone: FlaskClient, body: str, content_type: str | None) -> None:
    answer = anyone.post("/sparql", data=body, content_type=content_type)
    assert answer.status_code == 415
    assert QUERY in answer.headers["Accept-Post"]


@pytest.mark.parametrize("content_type", [f"{QUERY}; charset=UTF-16", QUERY])
def test_w3c_bad_query_non_utf8(anyone: FlaskClient, content_type: str) -> None:
    assert anyone.post("/sparql", data="ASK {}".encode("utf-16"), content_type=content_type).status_code == 400


def test_w3c_bad_query_syntax(anyone: FlaskClient) -> None:
    answer = anyone.get("/sparql", query_string={"query": "ASK {"})
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.json["line"] == 1
