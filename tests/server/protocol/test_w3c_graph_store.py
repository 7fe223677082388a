"""Each case of the W3C's SPARQL 1.1 Graph Store Protocol tests, under its name there, with data of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

MARTA = "/store/athlete/marta.ttl"
TURTLE = "text/turtle; charset=utf-8"
ONE = "@prefix a: <https://w3id.org/podium/ns#> . <http://localhost/marta> a a:Athlete ; a:best [ a:mark '1:58.20' ] ."
OTHER = ONE.replace("1:58.20", "1:57.90")
NEWCOMER = "@prefix a: <https://w3id.org/podium/ns#> . [] a a:Athlete ; a:club [ a:label 'Harriers' ] ."
BOUNDARY = "relay-baton"
NAMES = (("given", "Marta"), ("family", "Lindqvist"))


def triples(text: str) -> set[ox.Triple]:
    """With the blank nodes' names put right, so that two of the same shape are equal."""
    found = ox.Dataset(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri="http://localhost/"))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {quad.triple for quad in found}


def holds(answer: TestResponse, *texts: str) -> bool:
    assert answer.status_code == 200, answer.text
    assert answer.content_type == TURTLE
    return triples(answer.text) == triples("\n".join(texts))


def put(client: FlaskClient, where: str, text: str = ONE) -> TestResponse:
    return client.put(where, data=text, content_type=TURTLE)


def post(client: FlaskClient, where: str, text: str) -> TestResponse:
    return client.post(where, data=text, content_type=TURTLE)


@pytest.mark.parametrize("where", [MARTA, "/store?graph=/store/athlete/marta.ttl", "/store?graph=urn:marta"])
def test_w3c_put_initial_state(client: FlaskClient, where: str) -> None:
    assert put(client, where).status_code == 201
    assert holds(client.get(where, headers={"Accept": "text/turtle"}), ONE)


def test_w3c_get_of_put_initial_state_by_both_names(client: FlaskClient) -> None:
    put(client, MARTA)
    assert holds(client.get("/store", query_string={"graph": f"http://localhost{MARTA}"}), ONE)
    assert holds(client.get("/store", query_string={"graph": MARTA}), ONE)


def test_w3c_put_graph_already_in_store(client: FlaskClient) -> None:
    put(client, MARTA)
    assert put(client, MARTA, OTHER).status_code == 204
    assert holds(client.get(MARTA), OTHER)


def test_w3c_put_default_graph(client: FlaskClient) -> None:
    assert put(client, "/store?default", NEWCOMER).status_code == 201
    assert holds(client.get("/store?default"), NEWCOMER)
    assert put(client, "/store?default", ONE).status_code == 204
    assert holds(client.get("/store?default"), ONE)


def test_w3c_put_mismatched_payload(client: FlaskClient) -> None:
    put(client, MARTA)
    answer = client.put(MARTA, data=OTHER, content_type="application/rdf+xml")
    assert answer.status_code == 400
    assert "RDF/XML" in answer.json["detail"]
    assert holds(client.get(MARTA), ONE)


def test_w3c_delete_existing_graph(client: FlaskClient) -> None:
    put(client, MARTA)
    assert client.delete(MARTA).status_code == 200
    assert client.get(MARTA).status_code == 404


def test_w3c_delete_nonexistent_graph(client: FlaskClient) -> None:
    answer = client.delete(MARTA)
    assert answer.status_code == 404
    assert "marta.ttl" in answer.json["detail"]


def test_w3c_post_existing_graph(client: FlaskClient) -> None:
    put(client, MARTA)
    more = "<http://localhost/marta> <urn:born> 1998 ."
    assert post(client, MARTA, more).status_code == 200
    assert holds(client.get(MARTA), ONE, more)


def test_w3c_post_multipart_formdata(client: FlaskClient) -> None:
    put(client, MARTA)
    parts = {name: f"<http://localhost/marta> <urn:{name}> '{text}' ." for name, text in NAMES}
    body = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}.ttl"; filename="{name}.ttl"\r\n'
        f"Content-Type: {TURTLE}\r\n\r\n{text}\r\n"
        for name, text in parts.items()
    )
    answer = client.post(
        MARTA, data=f"{body}--{BOUNDARY}--\r\n", content_type=f"multipart/form-data; boundary={BOUNDARY}"
    )
    assert answer.status_code == 200
    assert holds(client.get(MARTA), ONE, *parts.values())


def test_w3c_post_create_new_graph(client: FlaskClient) -> None:
    answer = post(client, "/store", NEWCOMER)
    assert answer.status_code == 201
    place = urlsplit(answer.headers["Location"])
    assert place.path.startswith("/store/")
    assert holds(client.get(place.path), NEWCOMER)


def test_w3c_post_after_noop(client: FlaskClient) -> None:
    place = urlsplit(post(client, "/store", NEWCOMER).headers["Location"]).path
    assert post(client, place, "").status_code == 200
    assert holds(client.get(place), NEWCOMER)


def test_w3c_head_on_an_existing_graph(client: FlaskClient) -> None:
    put(client, MARTA)
    head, whole = client.head(MARTA), client.get(MARTA)
    assert head.status_code == 200
    assert head.content_type == whole.content_type == TURTLE
    assert head.content_length == len(whole.data)
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert not head.data


def test_w3c_head_on_a_nonexisting_graph(client: FlaskClient) -> None:
    assert client.head(MARTA).status_code == 404
