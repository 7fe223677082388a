"""FROM, SERVICE and LOAD of an engine, with a host on the allow-list."""

from __future__ import annotations

from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from loopback import listening

from graph.engine.engine import Engine
from graph.engine.settings import EngineSettings
from graph.errors import (
    AnswerTooLongError,
    EndpointError,
    QueryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from graph.sparql.remote import RemotePolicy
from graph.store.base import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SHORT = Limits(seconds=1.0)
ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:ferris"}}]}}'


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/none":
            self.send_error(404)
            return
        self._send(b"<urn:ferris> <urn:name> 'Callum Ferris' ; <urn:knows> [] .", "text/turtle")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/none":
            self.send_error(404)
            return
        self._send(ROWS, "application/sparql-results+json")

    def _send(self, body: bytes, media_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with listening(_Site) as url:
        yield url


@pytest.fixture(scope="module")
def engine(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    remote = RemotePolicy(frozenset({site.removeprefix("http://")}), seconds=5.0)
    settings = replace(EngineSettings(), remote=remote)
    with Engine.start(tmp_path_factory.mktemp("mixing") / "store", settings) as engine:
        engine.update("INSERT DATA { GRAPH <urn:own> { <urn:otiwa> <urn:name> 'Achieng Otiwa' } }")
        yield engine


@pytest.fixture(scope="module")
def ask(engine: Engine, site: str) -> Callable[..., str]:
    """Answers a query, in which SITE stands for the address of the site, as CSV or N-Triples."""

    def ask(query: str, limits: Limits | None = None) -> str:
        text = query.replace("SITE", site)
        answer = engine.answer(text, results=ox.QueryResultsFormat.CSV, graphs=ox.RdfFormat.N_TRIPLES, limits=limits)
        return b"".join(answer.chunks).decode().replace("\r\n", "\n")

    return ask


def test_mixing_puts_fetched_and_own_graphs_together(ask: Callable[..., str], site: str) -> None:
    both = ask("SELECT ?n FROM <SITE/a> FROM <urn:own> { ?s <urn:name> ?n } ORDER BY ?n")
    assert both == "n\nAchieng Otiwa\nCallum Ferris\n"
    query = "SELECT ?g ?n FROM NAMED <SITE/a> FROM NAMED <urn:own> { GRAPH ?g { ?s <urn:name> ?n } } ORDER BY ?g"
    assert ask(query) == f"g,n\n{site}/a,Callum Ferris\nurn:own,Achieng Otiwa\n"
    assert ask("SELECT ?s FROM NAMED <SITE/a> { ?s ?p ?o }") == "s\n"


def test_mixing_counts_what_two_graphs_hold_once(ask: Callable[..., str]) -> None:
    assert ask("SELECT (COUNT(*) AS ?n) FROM <SITE/a> FROM <SITE/b> { ?s <urn:name> ?o }") == "n\n1\n"


def test_mixing_answers_graphs_too(ask: Callable[..., str]) -> None:
    found = ask("CONSTRUCT { ?s <urn:is> ?n } FROM <SITE/a> { ?s <urn:name> ?n }")
    assert found == '<urn:ferris> <urn:is> "Callum Ferris" .\n'


def test_mixing_has_the_limits_of_other_queries(ask: Callable[..., str]) -> None:
    product = " . ".join(f"?s{number} ?p{number} ?o{number}" for number in range(20))
    with pytest.raises(QueryTimeoutError):
        ask("SELECT (COUNT(*) AS ?n) FROM <SITE/a> FROM <urn:own> { PRODUCT }".replace("PRODUCT", product), _SHORT)
    with pytest.raises(AnswerTooLongError):
        ask("SELECT * FROM <SITE/a> { ?s ?p ?o }", Limits(output=10))


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("SELECT * FROM <SITE/none> { ?s ?p ?o }", EndpointError),
        ("SELECT * FROM <SITE/a> FROM <http://127.0.0.1:9/b> { ?s ?p ?o }", QueryRefusedError),
        ("SELECT * FROM <SITE/a> FROM <urn:absent> { ?s ?p ?o }", QueryRefusedError),
        ("SELECT * FROM <SITE/a> { ?s ?p }", QuerySyntaxError),
    ],
)
def test_mixing_says_what_is_wrong(query: str, error: type[Exception], ask: Callable[..., str]) -> None:
    with pytest.raises(error):
        ask(query)


def test_mixing_service_and_load_of_an_engine(ask: Callable[..., str], engine: Engine, site: str) -> None:
    assert ask("SELECT ?s { SERVICE <SITE/rows> { ?s ?p ?o } }") == "s\nurn:ferris\n"
    with pytest.raises(QueryError, match=r"SERVICE failed: .*404") as caught:
        ask("SELECT ?s { SERVICE <SITE/none> { ?s ?p ?o } }")
    assert "?to=" not in str(caught.value)
    before = engine.version
    with pytest.raises(QueryError, match="SERVICE failed"):
        engine.update("INSERT { ?s ?p ?o } WHERE { SERVICE <SITE/none> { ?s ?p ?o } }".replace("SITE", site))
    assert engine.version == before
    engine.update(f"LOAD <{site}/a> INTO GRAPH <urn:loaded>")
    assert ask("SELECT (COUNT(*) AS ?n) { GRAPH <urn:loaded> { ?s ?p ?o } }") == "n\n2\n"
