"""An answer as bytes: its head without what is only known when it leaves (date, budget, end of the connection)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from server.headers import shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PROBLEM = "application/problem+json"
_BODILESS = frozenset({204, 304})
_LINES = {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() for status in HTTPStatus}
_CONTROLS = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Keepable:
    """What the cache needs of an answer that may be given again: the entity tag and what the log says of it."""

    etag: str
    route: str
    log: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; `keep` is set where it may be given again while the dataset has the same version."""

    status: int
    head: bytes
    body: bytes = b""
    keep: Keepable | None = None


def head_of(status: int, headers: Iterable[tuple[str, str]]) -> bytes:
    """The status line and the headers. What no header may hold (line ends, letters beyond Latin-1) is replaced."""
    first = _LINES.get(status) or b"HTTP/1.1 %d \r\n" % status
    return first + b"".join(_line(name, value) for name, value in headers)


def _line(name: str, value: str) -> bytes:
    told = _CONTROLS.sub(b" ", value.encode("latin-1", "replace"))
    return b"%s: %s\r\n" % (name.encode("latin-1", "replace"), told)


def bodiless(status: int) -> bool:
    """Whether answers of a status have no body, nor a length."""
    return status in _BODILESS or status < 200


def shared_by_all(origin: str | None) -> bytes:
    """The lines that every answer has (`server.headers`)."""
    return b"".join(_line(name, value) for name, value in shared(origin).items())


def problem(status: int, detail: str, fields: Mapping[str, str], more: bytes) -> Answer:
    """An error as problem+json (RFC 9457); `more` are lines of headers, as `shared_by_all` gives them."""
    title = HTTPStatus(status).phrase
    body = json.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail}).encode()
    headers = {"Content-Type": PROBLEM, "Content-Length": str(len(body)), **fields}
    return Answer(status, head_of(status, headers.items()) + more, body)
