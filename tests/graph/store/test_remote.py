from __future__ import annotations

import json
import socket
import time
from typing import TYPE_CHECKING, Any

import pytest
from protocol_server import over, served
from rdflib import Literal

from graph.errors import EndpointError, QueryRefusedError, QuerySyntaxError
from graph.store.embedded import Store
from graph.store.remote import Endpoint

if TYPE_CHECKING:
    from collections.abc import Callable

BASE = "https://w3id.org/podium/id/"
ROWS = "application/sparql-results+json"


def saying(status: int, kind: str, body: bytes) -> Callable[[Any, dict[str, list[str]]], None]:
    return lambda handler, _: handler.send(status, kind, body)


@pytest.mark.parametrize(
    ("status", "kind", "body", "message"),
    [
        (200, "text/html", b"<html>hello</html>", "not a SPARQL endpoint; it answers with text/html"),
        (200, ROWS, b"nonsense", "is not the application/sparql-results.json it says it is"),
        (200, ROWS, b'{"head":{"vars":["x"]},"results":{"bindings":[', "it says it is"),
        (404, "text/html", b"<html>none</html>", "HTTP status 404$"),
        (401, "text/plain", b"who are you", "HTTP status 401: who are you"),
        (500, "application/problem+json", json.dumps({"detail": "it broke"}).encode(), "HTTP status 500: it broke"),
        (503, "text/plain", b"busy\nvery", "HTTP status 503: busy very"),
        (414, "text/plain", b"", "HTTP status 414"),
    ],
)
def test_remote_names_what_the_endpoint_did(status: int, kind: str, body: bytes, message: str) -> None:
    with served(saying(status, kind, body)) as url, pytest.raises(EndpointError, match=message) as caught:
        Endpoint(url, base=BASE).select("SELECT * { ?s ?p ?o }")
    assert str(caught.value).startswith(url)
    assert "\n" not in str(caught.value)


def test_remote_says_when_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/sparql"
        with pytest.raises(EndpointError, match=r"cannot be reached .*refused"):
            Endpoint(url, base=BASE).ask("ASK {}")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.example/", "nonsense", ""])
def test_remote_takes_only_web_addresses(url: str) -> None:
    with pytest.raises(EndpointError, match="http://"):
        Endpoint(url)


def test_remote_gives_up_in_time() -> None:
    def slowly(handler: Any, fields: dict[str, list[str]]) -> None:
        time.sleep(2)
        handler.send(200, ROWS, b"")

    with served(slowly) as url, pytest.raises(EndpointError, match="no answer within 1 seconds"):
        Endpoint(url, base=BASE, timeout=1).select("SELECT * { ?s ?p ?o }")


def test_remote_tells_faults_of_the_query_from_faults_of_the_endpoint() -> None:
    malformed = saying(400, "text/plain", b"MalformedQuery: at line 2, column 7")
    with served(malformed) as url, pytest.raises(QuerySyntaxError) as caught:
        Endpoint(url, base=BASE).select("SELECT nonsense")
    # Before the query goes one line of prefixes.
    assert (caught.value.line, caught.value.column) == (1, 7)
    assert str(caught.value) == "MalformedQuery: at line 1, column 7"
    problem = json.dumps({"title": "Bad Request", "detail": "I do not like it"}).encode()
    bad = saying(400, "application/problem+json", problem)
    with served(bad) as url, pytest.raises(QuerySyntaxError, match=r"^I do not like it$"):
        Endpoint(url, base=BASE).select("SELECT nonsense")
    forbidden = saying(403, "application/problem+json", problem)
    with served(forbidden) as url, pytest.raises(QueryRefusedError, match="I do not like it"):
        Endpoint(url, base=BASE).select("SELECT * { SERVICE <http://a.example/> {} }")


def test_remote_finds_out_the_base(store: Store) -> None:
    with Store.memory("https://a.example/things/") as other:
        with served(over(other)) as url:
            assert Endpoint(url).base == BASE
        other.dataset.update(
            "PREFIX ath: <https://w3id.org/podium/ns#> INSERT DATA { GRAPH <https://a.example/things/graph/registry> "
            "{ <https://a.example/things/country/KEN> a ath:Country } }"
        )
        with served(over(other)) as url:
            assert Endpoint(url).base == "https://a.example/things/"


def test_remote_sends_long_queries_by_post(store: Store) -> None:
    values = " ".join(f'"{number:0100}"' for number in range(1000))
    with served(over(store)) as url:
        rows = Endpoint(url, base=BASE).select(f"SELECT (COUNT(*) AS ?n) {{ VALUES ?v {{ {values} }} }}")
    assert rows.rows[0]["n"] == Literal(1000)


def test_remote_understands_other_formats_than_it_likes_best() -> None:
    xml = (
        b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head>'
        b'<results><result><binding name="x"><literal>one</literal></binding></result></results></sparql>'
    )
    with served(saying(200, "application/sparql-results+xml", xml)) as url:
        assert [row["x"] for row in Endpoint(url, base=BASE).select("SELECT ?x {}")] == [Literal("one")]
    rdf = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.example/">'
        b'<rdf:Description rdf:about="http://e.example/a"><e:p>one</e:p></rdf:Description></rdf:RDF>'
    )
    with served(saying(200, "application/rdf+xml; charset=utf-8", rdf)) as url:
        assert len(Endpoint(url, base=BASE).construct("CONSTRUCT WHERE { ?s ?p ?o }")) == 1
