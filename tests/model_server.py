"""A real server on the loopback network that plays an OpenAI-compatible endpoint, well or badly."""

from __future__ import annotations

import json
import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass
class Played:
    """One answer: what is sent, and what is done before (`wait` seconds) or in the middle of it (`trickle`)."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    before: Callable[[], object] = lambda: None
    trickle: Callable[[], object] | None = None


def completion(content: str) -> Played:
    """A chat completion with that text."""
    message = {"role": "assistant", "content": content}
    body = {"id": "1", "object": "chat.completion", "choices": [{"index": 0, "message": message}]}
    return Played(json.dumps(body).encode())


def claims(*rows: object) -> Played:
    """A completion as it should be."""
    return completion(json.dumps({"claims": list(rows)}))


@dataclass
class ModelServer:
    """The address, the answers to come (the last one is given again and again) and the requests that came."""

    url: str = ""
    answers: deque[Played] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def play(self, *answers: Played) -> ModelServer:
        self.answers = deque(answers)
        return self

    def next(self) -> Played:
        return self.answers.popleft() if len(self.answers) > 1 else self.answers[0]


class _Handler(BaseHTTPRequestHandler):
    server_of: ModelServer

    def do_POST(self) -> None:
        played = self.server_of
        body = self.rfile.read(int(self.headers["Content-Length"]))
        played.requests.append({"path": self.path, **json.loads(body)})
        played.headers.append(dict(self.headers))
        answer = played.next()
        answer.before()
        try:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if answer.trickle is None:
                self.wfile.write(answer.body)
                return
            for byte in answer.body:
                self.wfile.write(bytes([byte]))
                answer.trickle()
        except OSError:
            return  # the client has gone, as it should

    def log_message(self, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def running() -> Iterator[ModelServer]:
    """The server, with no answers yet."""
    played = ModelServer()
    handler = type("Handler", (_Handler,), {"server_of": played})
    with _Server(("127.0.0.1", 0), handler) as server:
        played.url = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield played
        finally:
            played.closing.set()
            server.shutdown()
            thread.join()
