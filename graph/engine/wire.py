"""Messages between the front process, nurseries and readers.

With a reader: a stream of frames, each a letter, the length of its content (4 bytes, big-endian) and its content. With
a nursery: packets of JSON, with open files beside them.
"""

from __future__ import annotations

import json
import socket
import struct
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store.base import GraphChoice

HELLO: Final = b"H"  # a reader is ready; its process id in decimal digits
QUESTION: Final = b"Q"  # `question`
RESULTS: Final = b"R"  # a part of a serialised answer to SELECT or ASK
GRAPHS: Final = b"G"  # a part of a serialised answer to CONSTRUCT or DESCRIBE
END: Final = b"E"  # the answer is complete: RESULTS or GRAPHS, and the number of its rows in decimal digits
FAILURE: Final = b"X"  # `failure`

PART: Final = 1 << 16  # bytes of an answer that a reader gathers before it sends them
HEAD: Final = struct.Struct("!cI")
_PACKET: Final = 1 << 16  # bytes; larger things go beside a packet as a file
_FILES: Final = 4

SYNTAX: Final = "syntax"
NO_GRAPH: Final = "graph"
NO_MEMORY: Final = "memory"
FAILED: Final = "failed"


def frame(kind: bytes, content: bytes = b"") -> bytes:
    """A message of one kind."""
    return HEAD.pack(kind, len(content)) + content


def question(
    query: str, results: str, graphs: str, choice: GraphChoice | None, *, union: bool, memory: int | None
) -> bytes:
    """A query for a reader: `results` and `graphs` are media types, `memory` is in bytes (None: as ever)."""
    if choice is None or not (choice.default or choice.named):
        wishes = _plain(results, graphs, union, memory)
    else:
        wishes = _wishes(results, graphs, union, memory, choice)
    return frame(QUESTION, wishes + query.encode("utf-8", "surrogatepass"))


def asked(content: bytes) -> tuple[str, dict[str, Any]]:
    """The query of a question, and what else it says."""
    wishes, _, query = content.partition(b"\n")
    return query.decode("utf-8", "surrogatepass"), _understood(wishes)


@lru_cache(maxsize=256)
def _plain(results: str, graphs: str, union: bool, memory: int | None) -> bytes:
    return _wishes(results, graphs, union, memory, None)


def _wishes(results: str, graphs: str, union: bool, memory: int | None, choice: GraphChoice | None) -> bytes:
    fields = {
        "results": results,
        "graphs": graphs,
        "default": choice.default if choice else None,
        "named": choice.named if choice else None,
        "strict": choice is None or choice.strict,
        "union": union,
        "memory": memory,
    }
    return json.dumps(fields).encode() + b"\n"


@lru_cache(maxsize=256)
def _understood(wishes: bytes) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(wishes)
    return fields


def end(kind: bytes, rows: int | None) -> bytes:
    """The end of an answer; `rows` is None where it has none, as that of ASK."""
    return frame(END, kind if rows is None else b"%c%d" % (kind, rows))


def failure(kind: str, message: str) -> bytes:
    """What went wrong (`SYNTAX`, `NO_GRAPH`, `NO_MEMORY`, `FAILED`) as a frame."""
    return frame(FAILURE, json.dumps([kind, message]).encode())


class Frames:
    """Takes a stream apart, however it was cut."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """The frames that `data` completes, each its kind and content."""
        if self._rest:
            data = self._rest + data
        at = 0
        while len(data) - at >= HEAD.size:
            kind, length = HEAD.unpack_from(data, at)
            end = at + HEAD.size + length
            if end > len(data):
                break
            yield kind, data[at + HEAD.size : end]
            at = end
        self._rest = data[at:]


def send_packet(control: socket.socket, message: dict[str, Any], files: list[int] | None = None) -> None:
    """Sends a packet whole; raises BlockingIOError where the other side has not read for long."""
    socket.send_fds(control, [json.dumps(message).encode()], files or [])


def receive_packet(control: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """The next packet and the files beside it; None where the other side has gone."""
    data, files, _, _ = socket.recv_fds(control, _PACKET, _FILES)
    if not data:
        return None
    message: dict[str, Any] = json.loads(data)
    return message, files
