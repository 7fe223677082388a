"""A small real SPARQL endpoint on the loopback network, over a store or over whatever a test makes of it."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qs, urlsplit

from loopback import listening
from pyoxigraph import QueryResultsFormat, RdfFormat

from graph.errors import QueryError
from graph.store.base import GraphChoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.store.embedded import Store


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
    with listening(handler) as url:
        yield f"{url}/sparql"


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
