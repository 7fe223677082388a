"""A front over any WSGI app, in a thread of this process, and raw sockets to talk to it."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from server.front.gateway import Gateway
from server.front.running import Server, listening
from server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from wsgiref.types import WSGIApplication

    from server.front.requestlog import RequestLog

HOST = b"Host: here\r\n"


@dataclass
class Front:
    port: int
    gateway: Gateway
    server: Server
    version: list[str]

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def raw(self, data: bytes, *, half_close: bool = False) -> bytes:
        """Everything that comes back on one connection until the front ends it."""
        with self.connect() as client:
            client.sendall(data)
            if half_close:
                client.shutdown(socket.SHUT_WR)
            return everything(client)

    def ask(
        self, target: str = "/", *fields: str, method: str = "GET", body: bytes = b""
    ) -> tuple[int, dict[str, str], bytes]:
        """One request on a connection of its own: status, headers, body of the answer."""
        lines = [f"{method} {target} HTTP/1.1", "Host: here", "Connection: close", *fields]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        return parsed(self.raw("\r\n".join([*lines, "", ""]).encode("latin-1") + body))


@contextmanager
def fronting(app: WSGIApplication, *, log: RequestLog | None = None, **changed: object) -> Iterator[Front]:
    settings = Settings(**changed)  # type: ignore[arg-type]
    version = ["1"]
    gateway = Gateway(app, settings, version=lambda: version[0], log=log)
    started = threading.Event()
    server = Server(gateway, started.set)
    with listening("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            assert started.wait(20)
            yield Front(port, gateway, server, version)
        finally:
            server.should_exit = True
            thread.join(30)
            gateway.close(5)
    assert not thread.is_alive()


def everything(client: socket.socket) -> bytes:
    parts = []
    while part := client.recv(1 << 16):
        parts.append(part)
    return b"".join(parts)


def parsed(answer: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers by lower-case name, and body of the first answer."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    if fields.get("transfer-encoding") == "chunked" and body:
        body = unchunked(body)
    return int(first.split()[1]), fields, body


def unchunked(body: bytes) -> bytes:
    """The body without its chunks; fails where the last is missing."""
    found, at = [], 0
    while True:
        end = body.index(b"\r\n", at)
        size = int(body[at:end], 16)
        if not size:
            assert body[end:] == b"\r\n\r\n"
            return b"".join(found)
        found.append(body[end + 2 : end + 2 + size])
        at = end + 4 + size


def plain(
    chunks: Callable[[dict[str, object]], object], status: str = "200 OK", headers: tuple[tuple[str, str], ...] = ()
) -> WSGIApplication:
    """An app that answers with what `chunks` makes of the environment."""

    def app(environ, start_response):  # type: ignore[no-untyped-def]
        found = chunks(environ)
        typed = () if any(name == "Content-Type" for name, _ in headers) else (("Content-Type", "text/plain"),)
        start_response(status, [*typed, *headers])
        return found

    return app
