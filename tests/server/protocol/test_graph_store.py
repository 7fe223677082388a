"""What the Graph Store Protocol says beyond the W3C's tests."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import XSD

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from graph.store.embedded import Store
    from server.settings import Settings

HEAT = "/store?graph=urn:heat"
ONE = "<urn:callum> <urn:place> 1 ."
TWO = "<urn:callum> <urn:place> 2 ."


def put(client: FlaskClient, text: str = ONE, where: str = HEAT, **headers: str) -> TestResponse:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.put(where, data=text, content_type="text/turtle", headers=given)


def places(store: Store, graph: str = "urn:heat") -> set[str]:
    return {quad.object.value for quad in store.quads(graph=ox.NamedNode(graph))}


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_graph_store_takes_writes_with_a_token_alone(
    anyone: FlaskClient, client: FlaskClient, store: Store, method: str
) -> None:
    put(client)
    answer = anyone.open(HEAT, method=method, data=TWO, content_type="text/turtle")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert places(store) == {"1"}
    assert anyone.get(HEAT).status_code == 200


@pytest.mark.parametrize("form", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"])
def test_graph_store_reads_what_it_writes(client: FlaskClient, store: Store, form: str) -> None:
    put(client)
    written = client.get(HEAT, headers={"Accept": form})
    assert written.mimetype == form
    assert client.put("/store?graph=urn:copy", data=written.data, content_type=form).status_code == 201
    assert places(store, "urn:copy") == {"1"}


@pytest.mark.parametrize(
    ("form", "data", "status"),
    [
        ("application/trig", ONE, 201),
        ("application/n-quads", ONE.replace("1", '"1"'), 201),
        ("application/trig", f"<urn:a> {{ {ONE} }}", 400),
        ("application/n-quads", '<urn:a> <urn:b> "1" <urn:g> .', 400),
        ("text/turtle", f"{ONE}\n<urn:callum> <urn:place> .", 400),
        ("text/turtle", "<urn:callum> <urn:place> '\udcff' .", 400),
        ("text/turtle; charset=iso-8859-1", ONE, 400),
        ("multipart/form-data; boundary=x", "--x--", 400),
        ("application/pdf", ONE, 415),
        (None, ONE, 415),
    ],
)
def test_graph_store_takes_triples_in_types_that_it_knows(
    client: FlaskClient, store: Store, form: str | None, data: str, status: int
) -> None:
    version = store.version
    answer = client.put(HEAT, data=data.encode("utf-8", "surrogateescape"), content_type=form)
    assert answer.status_code == status
    if status != 201:
        assert answer.content_type == "application/problem+json"
        assert store.version == version
        assert len(store) == 0
    if status == 415:
        assert "text/turtle" in answer.headers["Accept-Post"]


def test_graph_store_says_in_which_line_the_data_is_wrong(client: FlaskClient) -> None:
    answer = put(client, f"{ONE}\n<urn:callum> <urn:place> .")
    assert answer.json["line"] == 2
    assert "line 2" in answer.json["detail"]


@pytest.mark.parametrize(
    "address",
    [
        "/store",
        "/store?graph=urn:a&default",
        "/store?graph=urn:a&graph=urn:b",
        "/store/a?default",
        "/store?graph=http://[a",
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_graph_store_wants_one_graph(client: FlaskClient, address: str, method: str) -> None:
    assert client.open(address, method=method, data=ONE, content_type="text/turtle").status_code == 400


def test_graph_store_takes_an_iri_as_it_is(client: FlaskClient, store: Store) -> None:
    for iri in ("http://athletics.example/ns#", "http://athletics.example/a/../b?"):
        assert (
            client.put("/store", query_string={"graph": iri}, data=ONE, content_type="text/turtle").status_code == 201
        )
        assert iri in store.graphs()


def test_graph_store_resolves_against_the_graph(client: FlaskClient, store: Store) -> None:
    put(client, "<> <#p> <b> .", "/store/heats/a")
    (quad,) = store.quads()
    root = "http://localhost/store/heats"
    assert [quad[place].value for place in range(4)] == [f"{root}/a", f"{root}/a#p", f"{root}/b", f"{root}/a"]


def test_graph_store_takes_long_documents_and_several(client: FlaskClient, store: Store) -> None:
    long = b"".join(b"<urn:callum> <urn:place> %d .\n" % number for number in range(40_000))
    assert client.post(HEAT, data=long, content_type="text/turtle").status_code == 201
    files = [("a", (long[:1000].rpartition(b"\n")[0], "a.nt")), ("a", (b"<urn:achieng> <urn:place> 0 .", "b.ttl"))]
    answer = client.post(
        HEAT,
        data={"a": [(BytesIO(text), name, "text/turtle") for _, (text, name) in files]},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 200
    assert len(store) == 40_001


def test_graph_store_keeps_the_unnamed_graph_apart(client: FlaskClient, union: FlaskClient) -> None:
    put(client)
    put(client, TWO, "/store?default")
    for reader in (client, union):
        answer = reader.get("/store?default", headers={"Accept": "application/n-triples"})
        assert [line.split()[2] for line in answer.text.splitlines()] == [f'"2"^^<{XSD.integer}>']


def test_graph_store_writes_where_nothing_has_changed(client: FlaskClient, store: Store) -> None:
    put(client)
    tag = client.get(HEAT).headers["ETag"]
    assert client.get(HEAT, headers={"If-None-Match": tag}).status_code == 304
    assert put(client, TWO, If_Match=tag).status_code == 204
    assert put(client, ONE, If_Match=tag).status_code == 412
    assert client.delete(HEAT, headers={"If-Match": tag}).status_code == 412
    assert client.get(HEAT, headers={"If-None-Match": tag}).status_code == 200
    assert places(store) == {"2"}


def test_graph_store_makes_a_graph_only_where_there_is_none(client: FlaskClient, store: Store) -> None:
    assert put(client, If_Match="*").status_code == 412
    assert put(client, If_None_Match="*").status_code == 201
    assert put(client, TWO, If_None_Match="*").status_code == 412
    assert put(client, TWO, If_Match="*").status_code == 204
    assert places(store) == {"2"}


def test_graph_store_says_what_can_be_done(anyone: FlaskClient) -> None:
    for address in ("/store", "/store/a"):
        answer = anyone.options(address)
        assert {"GET", "HEAD", "PUT", "POST", "DELETE"} <= set(answer.headers["Allow"].split(", "))
        assert "multipart/form-data" in answer.headers["Accept-Post"]
    assert anyone.get(HEAT).status_code == 404
    assert anyone.get("/store?default", headers={"Accept": "text/csv"}).status_code == 406


def test_graph_store_writes_are_on_record(client: FlaskClient, settings: Settings) -> None:
    put(client)
    client.post(HEAT, data="nonsense", content_type="text/turtle")
    assert client.delete(HEAT).headers.get("Content-Type") is None
    client.post("/sparql", data={"update": "CLEAR ALL"})
    lines = [json.loads(line) for line in (settings.store / "audit.jsonl").read_text().splitlines()]
    assert [(line["action"], line["target"], line["outcome"]) for line in lines] == [
        ("put graph", "urn:heat", "done"),
        ("post graph", "urn:heat", 400),
        ("delete graph", "urn:heat", "done"),
        ("update", "CLEAR ALL", "done"),
    ]


@pytest.mark.parametrize("address", ["/store?graph=urn:heat", "/store?default", "/store/heat"])
def test_graph_store_patch_is_not_offered(client: FlaskClient, address: str) -> None:
    answer = client.patch(address, data="INSERT DATA { <a> <b> 1 }", content_type="application/sparql-update")
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert set(answer.headers["Allow"].split(", ")) == {"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"}
    assert (
        "PATCH is not offered here; this address takes DELETE, GET, HEAD, OPTIONS, POST, PUT." in answer.json["detail"]
    )
