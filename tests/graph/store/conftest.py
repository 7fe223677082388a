"""Both backends over the same small data, and a real SPARQL endpoint to talk to."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat

from graph.errors import QueryError
from graph.store.base import GraphChoice
from graph.store.embedded import Store
from graph.store.remote import Endpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
POSITION = ox.NamedNode("https://w3id.org/podium/ns#position")


def small_data(base: str) -> list[ox.Quad]:
    """Two people in one graph, a result in another."""
    facts, registry = (ox.NamedNode(f"{base}graph/{name}") for name in ("facts", "registry"))
    ada, bo = (ox.NamedNode(f"{base}person/{name}") for name in ("ada-aas", "bo-berg"))
    result = ox.NamedNode(f"{base}result/x_ada-aas")
    return [
        ox.Quad(ada, LABEL, ox.Literal("Ada Aas"), registry),
        ox.Quad(bo, LABEL, ox.Literal('Bo "Bib" Berg\n'), registry),
        ox.Quad(bo, LABEL, ox.Literal("Bo Berg", language="nb"), registry),
        ox.Quad(result, POSITION, ox.Literal(1), facts),
        ox.Quad(result, ox.NamedNode(f"{base}athlete"), ada, facts),
        ox.Quad(result, ox.NamedNode(f"{base}seconds"), ox.Literal("206.5", datatype=DECIMAL), facts),
    ]


class _Handler(BaseHTTPRequestHandler):
    """The SPARQL 1.1 protocol over a store, as plainly as it can be had."""

    answer: ClassVar[Callable[..., None]]

    def do_GET(self) -> None:
        self.answer(parse_qs(urlsplit(self.path).query))

    def do_POST(self) -> None:
        self.answer(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))

    def send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def served(answer: Callable[[_Handler, dict[str, list[str]]], None]) -> Iterator[str]:
    """A server on the loopback network that answers every request with `answer`; its address."""
    handler = type("Handler", (_Handler,), {"answer": answer})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/sparql"
        finally:
            server.shutdown()
            thread.join()


def over(store: Store) -> Callable[[_Handler, dict[str, list[str]]], None]:
    def answer(handler: _Handler, fields: dict[str, list[str]]) -> None:
        choice = GraphChoice(tuple(fields.get("default-graph-uri", ())), tuple(fields.get("named-graph-uri", ())))
        try:
            found = store.answer(
                fields["query"][0], results=QueryResultsFormat.JSON, graphs=RdfFormat.TURTLE, choice=choice
            )
            handler.send(200, found.format.media_type, b"".join(found.chunks))
        except QueryError as error:
            handler.send(400, "text/plain", str(error).encode())

    return answer


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.memory() as store:
        store.write(small_data(store.base))
        yield store


@pytest.fixture(params=["embedded", "remote"])
def source(request: pytest.FixtureRequest, store: Store) -> Iterator[Store | Endpoint]:
    """Each backend over the small data."""
    if request.param == "embedded":
        yield store
        return
    with served(over(store)) as url:
        yield Endpoint(url, base=store.base)
