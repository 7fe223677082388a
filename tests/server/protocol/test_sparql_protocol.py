"""What the SPARQL Protocol says beyond the W3C's tests, and what the service adds to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from locally import Local, client_of

from graph.store.base import Limits

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from graph.store.embedded import Store
    from server.settings import Settings

SELECT = "SELECT ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o"
FORM = "application/x-www-form-urlencoded"
UPDATE = "application/sparql-update"


@pytest.fixture(autouse=True)
def _marks(store: Store) -> None:
    callum, mark = ox.NamedNode("urn:callum"), ox.NamedNode("urn:mark")
    store.write([ox.Quad(callum, mark, ox.Literal("3:36.10"), ox.NamedNode("urn:heat"))])


def ask(client: FlaskClient, query: str = SELECT, **parameters: str) -> TestResponse:
    return client.get(
        "/sparql", query_string={"query": query} | {k.replace("_", "-"): v for k, v in parameters.items()}
    )


def values(answer: TestResponse) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row["o"]["value"] for row in answer.json["results"]["bindings"]]


def test_sparql_answers_304_before_anything_is_evaluated(client: FlaskClient) -> None:
    first = ask(client)
    tag = {"If-None-Match": first.headers["ETag"]}
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get("/sparql", query_string={"query": SELECT}, headers=tag)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert client.get("/sparql", query_string={"query": SELECT, "format": "csv"}, headers=tag).status_code == 200
    assert client.get("/sparql", query_string={"query": SELECT + " "}, headers=tag).status_code == 200
    client.post("/sparql", data={"update": "CLEAR ALL"})
    assert client.get("/sparql", query_string={"query": SELECT}, headers=tag).status_code == 200


@pytest.mark.parametrize("expression", ["NOW()", "rand()", "STR(UUID ())", "StrUUID#\n()"])
def test_sparql_keeps_no_answer_that_would_be_another_next_time(anyone: FlaskClient, expression: str) -> None:
    answer = ask(anyone, f"SELECT ({expression} AS ?o) {{}}")
    assert answer.status_code == 200
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_sparql_keeps_answers_of_names_that_only_look_so(anyone: FlaskClient) -> None:
    assert "ETag" in ask(anyone, "PREFIX x: <urn:now()> SELECT ?now { ?now x:rand ?uuid }").headers


def test_sparql_head_says_what_get_says(anyone: FlaskClient) -> None:
    head = anyone.head("/sparql", query_string={"query": SELECT})
    whole = ask(anyone)
    for name in ("Content-Type", "ETag", "Vary", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]
    assert head.data == b""


def test_sparql_and_the_graph_store_do_not_mind_a_slash_at_the_end(client: FlaskClient) -> None:
    assert values(client.get("/sparql/", query_string={"query": SELECT})) == ["3:36.10"]
    assert client.put("/store/?graph=urn:x", data="<a> <b> 1 .", content_type="text/turtle").status_code == 201


def test_sparql_options_say_what_can_be_sent(anyone: FlaskClient) -> None:
    answer = anyone.options("/sparql")
    assert {"GET", "HEAD", "OPTIONS", "POST"} == set(answer.headers["Allow"].split(", "))
    assert answer.headers["Accept-Post"].split(", ") == [FORM, "application/sparql-query", UPDATE]


@pytest.mark.parametrize(("asked", "seconds"), [(None, 30), ("5", 5), ("0.5", 0.5), ("90", 30)])
@pytest.mark.parametrize("update", [True, False])
def test_sparql_time_out_is_only_lowered(
    store: Store, settings: Settings, asked: str | None, seconds: float, update: bool
) -> None:
    source = Local(store)
    client = client_of(source, settings)
    parameters = {"timeout": asked} if asked else {}
    if update:
        headers = {"Authorization": f"Bearer {settings.token}"}
        client.post("/sparql", data={"update": "CLEAR DEFAULT"} | parameters, headers=headers)
    else:
        ask(client, **parameters)
    assert source.limits == Limits(seconds=seconds)


@pytest.mark.parametrize("asked", ["0", "-1", "soon", "nan", "inf", "", "1e999"])
def test_sparql_refuses_a_time_out_that_is_none(anyone: FlaskClient, asked: str) -> None:
    answer = ask(anyone, timeout=asked)
    assert answer.status_code == 400
    assert "time-out" in answer.json["detail"]


@pytest.mark.parametrize(("form", "extension"), [("json", "json"), ("csv", "csv"), ("xml", "xml")])
def test_sparql_gives_answers_as_files(anyone: FlaskClient, form: str, extension: str) -> None:
    answer = ask(anyone, format=form, download="1")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="podium.{extension}"'
    assert "Content-Disposition" not in ask(anyone, format=form, download="0").headers


def test_sparql_warns_in_headers_without_letters_that_a_header_cannot_hold(anyone: FlaskClient) -> None:
    query = "SELECT ?o ?ø { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?ø ?y ?z } }"
    warnings = ask(anyone, query).headers.getlist("Podium-Warning")
    assert any("line 1" in warning for warning in warnings)
    assert all(warning.isascii() for warning in warnings)
    assert not ask(anyone, "ASK { GRAPH <urn:heat> { <urn:callum> ?p ?o } }").headers.getlist("Podium-Warning")


def test_sparql_resolves_relative_iris_against_its_address(anyone: FlaskClient) -> None:
    assert values(ask(anyone, "SELECT ?o { BIND(<x> AS ?o) }")) == ["http://localhost/x"]
    assert values(ask(anyone, "BASE <urn:a:> SELECT ?o { BIND(<b> AS ?o) }")) == ["urn:b"]
    problem = ask(anyone, "SELECT ?o\nWHERE { <x> ?p }").json
    assert problem["line"] == 2
    assert "line 2, column" in problem["detail"]


@pytest.mark.parametrize("of_union", [True, False])
def test_sparql_default_graph_is_the_union_or_the_unnamed_one(
    anyone: FlaskClient, union: FlaskClient, client: FlaskClient, of_union: bool
) -> None:
    client.post("/sparql", data={"update": "INSERT DATA { <urn:marta> <urn:mark> '1:58.20' }"})
    found = values(ask(union if of_union else anyone, "SELECT ?o { ?s ?p ?o } ORDER BY ?o"))
    assert found == (["1:58.20", "3:36.10"] if of_union else ["1:58.20"])


@pytest.mark.parametrize(
    "iri",
    [
        "http://127.0.0.1:9/x",
        "http://localhost/x",
        "file:///etc/passwd",
        "urn:none",
        "http://[::1]/",
        "http://db.internal/",
    ],
)
@pytest.mark.parametrize("parameter", ["default_graph_uri", "named_graph_uri"])
def test_sparql_refuses_graphs_inside_a_network_that_are_not_there(
    anyone: FlaskClient, iri: str, parameter: str
) -> None:
    assert ask(anyone, "ASK {}", **{parameter: iri}).status_code == 403


@pytest.mark.parametrize(
    ("method", "sent", "said"),
    [
        ("GET", {"query_string": {"query": "ASK {}", "using-graph-uri": "urn:a"}}, "belongs to an update"),
        ("POST", {"data": {"update": "CLEAR ALL", "default-graph-uri": "urn:a"}}, "belongs to a query"),
        ("GET", {"query_string": "query=ASK%20%7B%7D%FF"}, "not UTF-8"),
        ("POST", {"data": b"query=ASK%20%7B%7D%FF", "content_type": FORM}, "not UTF-8"),
        ("POST", {"data": b"query=ASK+{ ?s ?p '\xff' }", "content_type": FORM}, "not UTF-8"),
        ("POST", {"data": b"query=ASK+{}", "content_type": f"{FORM}; charset=utf-16"}, "UTF-8 alone"),
        ("POST", {"data": b"a=1&" * 2000, "content_type": FORM}, "1000 fields"),
        ("POST", {"data": b"", "content_type": FORM}, "no query"),
        ("GET", {"query_string": {"query": "ASK {}", "timeout": ["1", "2"]}}, "one timeout"),
    ],
)
def test_sparql_says_what_is_wrong_with_a_request(
    anyone: FlaskClient, store: Store, method: str, sent: dict[str, object], said: str
) -> None:
    answer = anyone.open("/sparql", method=method, **sent)
    assert answer.status_code == 400
    assert said in answer.json["detail"]
    assert len(store) == 1


def test_sparql_updates_need_a_token(anyone: FlaskClient, store: Store) -> None:
    for headers, status in (
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": "Basic eDp5"}, 401),
    ):
        answer = anyone.post("/sparql", data="CLEAR ALL", content_type=UPDATE, headers=headers)
        assert answer.status_code == status
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert len(store) == 1


def test_sparql_updates_say_where_they_are_wrong_and_change_nothing(client: FlaskClient, store: Store) -> None:
    answer = client.post("/sparql", data="CLEAR ALL ;\nDELETE WHERE { ?s ?p }", content_type=UPDATE)
    assert (answer.status_code, answer.json["line"]) == (400, 2)
    refused = client.post("/sparql", data="CLEAR ALL ; LOAD <http://127.0.0.1:9/x>", content_type=UPDATE)
    assert refused.status_code == 403
    assert len(store) == 1


def test_sparql_load_silent_of_a_host_that_is_not_allowed_does_nothing(client: FlaskClient, store: Store) -> None:
    answer = client.post("/sparql", data="LOAD SILENT <http://127.0.0.1:9/x>", content_type=UPDATE)
    assert answer.status_code == 204
    assert len(store) == 1


def test_sparql_says_501_where_nothing_can_be_written(store: Store, settings: Settings) -> None:
    client = client_of(store, settings)
    headers = {"Authorization": f"Bearer {settings.token}"}
    answer = client.post("/sparql", data="CLEAR ALL", content_type=UPDATE, headers=headers)
    assert answer.status_code == 501
    assert len(store) == 1


def test_sparql_shows_a_page_with_the_complaint(anyone: FlaskClient) -> None:
    answer = anyone.get("/sparql", query_string={"query": "ASK {"}, headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert 'id="complaint"' in answer.text
