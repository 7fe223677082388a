"""Where Oxigraph's SERVICE goes: a door on loopback that asks other hosts as the policy allows.

Oxigraph can only be told to connect, not where it may. So the IRI of an allowed endpoint is replaced by the address of
this relay, under a path that nobody else knows, and the relay makes the checked and bounded request.
"""

from __future__ import annotations

import re
import secrets
import threading
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import parse_qs, quote, unquote, urlsplit

from graph.errors import EndpointError, QueryRefusedError

if TYPE_CHECKING:
    from types import TracebackType

    from graph.sparql.remote import Document, RemotePolicy

_ACCEPT: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
_TYPES: Final = {
    "application/sparql-results+json": "application/sparql-results+json",
    "application/json": "application/sparql-results+json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "application/xml": "application/sparql-results+xml",
}
_MAX_QUERY = 1_000_000  # bytes
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/[\w-]{43}(?:\?to=([^\s>]*))?")
_AT_ONCE = 16


class Relay:
    """A running relay; `policy` is the given one with this relay's address in it."""

    def __init__(self, policy: RemotePolicy) -> None:
        self._server = _Server(policy)
        host, port = self._server.server_address[:2]
        self.policy = replace(policy, relay=f"http://{host!s}:{port}/{self._server.secret}")
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True, name="relay")
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stops taking requests."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def through(relay: str, endpoint: str) -> str:
    """The address under which a relay asks an endpoint."""
    return f"{relay}?to={quote(endpoint, safe='')}"


def told_by(message: str) -> str | None:
    """Why a SERVICE failed, out of Oxigraph's message, which names the relay; None where it is about something else."""
    if _ADDRESS.search(message) is None:
        return None
    said = message.partition(" with payload:")[2].strip() or _ADDRESS.sub(
        lambda found: f"<{unquote(found[1])}>", message
    )
    return f"SERVICE failed: {_ADDRESS.sub('', said)}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, policy: RemotePolicy) -> None:
        self.policy = policy
        self.secret = secrets.token_urlsafe(32)
        self.free = threading.BoundedSemaphore(_AT_ONCE)
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that was stopped closes its connection; that is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30.0

    def do_POST(self) -> None:
        """Asks what the address names, and gives back its answer or the reason why there is none."""
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or _MAX_QUERY + 1)
        if not secrets.compare_digest(parts.path.encode(), f"/{self.server.secret}".encode()):
            self._send(HTTPStatus.NOT_FOUND, b"", "text/plain")
        elif not 0 <= length <= _MAX_QUERY:
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"", "text/plain")
        else:
            self._ask(parse_qs(parts.query)["to"][0], self.rfile.read(length))

    def _ask(self, endpoint: str, query: bytes) -> None:
        if not self.server.free.acquire(timeout=self.server.policy.seconds):
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, b"too many queries to other hosts", "text/plain")
            return
        try:
            answer = self.server.policy.fetch(endpoint, accept=_ACCEPT, body=query)
        except (EndpointError, QueryRefusedError) as error:
            self._send(HTTPStatus.BAD_GATEWAY, str(error).encode(), "text/plain; charset=utf-8")
        else:
            self._hand_on(answer)
        finally:
            self.server.free.release()

    def _hand_on(self, answer: Document) -> None:
        media_type = _TYPES.get(answer.media_type)
        if media_type is None:
            message = f"<{answer.iri}> answers as '{answer.media_type}', which is no result of a query"
            self._send(HTTPStatus.BAD_GATEWAY, message.encode(), "text/plain; charset=utf-8")
        else:
            self._send(HTTPStatus.OK, answer.data, media_type)

    def _send(self, status: HTTPStatus, body: bytes, media_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name that http.server calls it by
        """Nothing: the path holds the secret."""
