"""Each case of the W3C's SPARQL 1.1 Protocol tests about updates, under its name there, with data of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from graph.store.embedded import Store

PLACE = "http://athletics.example/"
HEATS = [f"{PLACE}heat{number}" for number in (1, 2, 3)]
FORM = "application/x-www-form-urlencoded"
UPDATE = "application/sparql-update"
_SET_UP = f"""PREFIX : <{PLACE}>
DROP ALL ;
INSERT DATA {{
  GRAPH :heat1 {{ :heat1 a :Race }}
  GRAPH :heat2 {{ :heat2 a :Race }}
  GRAPH :heat3 {{ :heat3 a :Race }}
}} ;
"""


def updated(client: FlaskClient, text: str, **chosen: list[str]) -> TestResponse:
    parameters = {name.replace("_", "-"): iris for name, iris in chosen.items()}
    return client.post("/sparql", query_string=parameters, data=text, content_type=UPDATE)


def outcome(store: Store) -> set[tuple[str, str]]:
    """What the update wrote into its graph, without the place's address."""
    rows = store.select(f"SELECT ?s ?o {{ GRAPH <{PLACE}out> {{ ?s ?p ?o }} }}")
    return {(str(row["s"]).removeprefix(PLACE), str(row["o"]).removeprefix(PLACE)) for row in rows}


def test_w3c_update_dataset_default_graph(client: FlaskClient, store: Store) -> None:
    text = _SET_UP + "INSERT { GRAPH :out { ?s :was :seen } } WHERE { ?s a :Race }"
    assert updated(client, text, using_graph_uri=HEATS[:1]).status_code == 204
    assert outcome(store) == {("heat1", "seen")}


def test_w3c_update_dataset_default_graphs(client: FlaskClient, store: Store) -> None:
    text = _SET_UP + "INSERT { GRAPH :out { ?s :was :seen } } WHERE { ?s a :Race }"
    assert updated(client, text, using_graph_uri=HEATS[:2]).status_code == 204
    assert outcome(store) == {("heat1", "seen"), ("heat2", "seen")}


def test_w3c_update_dataset_named_graphs(client: FlaskClient, store: Store) -> None:
    text = _SET_UP + "INSERT { GRAPH :out { ?s :was :seen } } WHERE { GRAPH ?g { ?s a :Race } }"
    assert updated(client, text, using_named_graph_uri=HEATS[:2]).status_code == 204
    assert outcome(store) == {("heat1", "seen"), ("heat2", "seen")}


def test_w3c_update_dataset_full(client: FlaskClient, store: Store) -> None:
    text = (
        _SET_UP
        + """INSERT { GRAPH :out { ?s :in ?in } } WHERE {
        { GRAPH ?g { ?s a :Race } BIND(?g AS ?in) } UNION { ?s a :Race BIND("default" AS ?in) } }"""
    )
    answer = updated(client, text, using_graph_uri=HEATS[:1], using_named_graph_uri=HEATS[1:2])
    assert answer.status_code == 204
    assert outcome(store) == {("heat1", "default"), ("heat2", "heat2")}


def test_w3c_update_post_form(client: FlaskClient, store: Store) -> None:
    updated(client, _SET_UP)
    assert client.post("/sparql", data="update=CLEAR+ALL", content_type=FORM).status_code == 204
    assert len(store) == 0


def test_w3c_update_post_direct(client: FlaskClient, store: Store) -> None:
    updated(client, _SET_UP)
    assert updated(client, "CLEAR ALL").status_code == 204
    assert len(store) == 0


def test_w3c_update_base_uri(client: FlaskClient, store: Store) -> None:
    text = f"CLEAR ALL ; INSERT DATA {{ GRAPH <{PLACE}out> {{ <{PLACE}s> <{PLACE}p> <test> }} }}"
    assert updated(client, text).status_code == 204
    assert outcome(store) == {("s", "http://localhost/test")}


@pytest.mark.parametrize("parameter", ["update", "query"])
def test_w3c_bad_update_get(client: FlaskClient, store: Store, parameter: str) -> None:
    updated(client, _SET_UP)
    assert client.get("/sparql", query_string={parameter: "CLEAR ALL"}).status_code in (400, 403)
    assert len(store) == 3


def test_w3c_bad_multiple_updates(client: FlaskClient, store: Store) -> None:
    updated(client, _SET_UP)
    assert client.post("/sparql", data={"update": ["CLEAR NAMED", "CLEAR DEFAULT"]}).status_code == 400
    assert client.post("/sparql", data={"update": "CLEAR NAMED", "query": "ASK {}"}).status_code == 400
    assert client.post("/sparql?update=CLEAR+ALL", data="CLEAR ALL", content_type=UPDATE).status_code == 400
    assert len(store) == 3


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param("CLEAR NAMED", "text/plain", id="bad_update_wrong_media_type"),
        pytest.param("update=CLEAR%20NAMED", None, id="bad_update_missing_form_type"),
    ],
)
def test_w3c_bad_update_types(client: FlaskClient, store: Store, body: str, content_type: str | None) -> None:
    updated(client, _SET_UP)
    answer = client.post("/sparql", data=body, content_type=content_type)
    assert answer.status_code == 415
    assert UPDATE in answer.headers["Accept-Post"]
    assert len(store) == 3


@pytest.mark.parametrize("content_type", [f"{UPDATE}; charset=UTF-16", UPDATE])
def test_w3c_bad_update_non_utf8(client: FlaskClient, store: Store, content_type: str) -> None:
    updated(client, _SET_UP)
    answer = client.post("/sparql", data="CLEAR NAMED".encode("utf-16"), content_type=content_type)
    assert answer.status_code == 400
    assert len(store) == 3


def test_w3c_bad_update_syntax(client: FlaskClient, store: Store) -> None:
    updated(client, _SET_UP)
    answer = client.post("/sparql", data={"update": "CLEAR XYZ"})
    assert answer.status_code == 400
    assert answer.json["line"] == 1
    assert len(store) == 3


@pytest.mark.parametrize("parameter", ["using_graph_uri", "using_named_graph_uri"])
@pytest.mark.parametrize("clause", ["WITH", "USING", "USING NAMED"])
def test_w3c_bad_update_dataset_conflict(client: FlaskClient, store: Store, parameter: str, clause: str) -> None:
    updated(client, _SET_UP)
    before, after = ("", f"{clause} <{HEATS[0]}>") if clause.startswith("USING") else (f"{clause} <{HEATS[0]}>", "")
    text = f"PREFIX : <{PLACE}> {before} DELETE {{ ?s a :Race }} INSERT {{ ?s a :Heat }} {after} WHERE {{ ?s a :Race }}"
    answer = updated(client, text, **{parameter: HEATS[:1]})
    assert answer.status_code == 400
    assert "choose one" in answer.json["detail"]
    assert not store.ask("ASK { GRAPH ?g { ?s a ?heat FILTER(STRENDS(STR(?heat), 'Heat')) } }")
