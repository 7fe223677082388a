"""The log of requests: one JSON object a line, written by a thread of its own so that no request waits for a disk.

    {"time": "2026-02-03T04:05:06.789Z", "client": "192.0.2.1", "method": "GET", "path": "/sparql", "status": 200,
     "bytes": 312, "seconds": 0.0041, "outcome": "ok", "query_hash": "...", "rows": 2}

Queries are in it by their hash alone, unless their texts are asked for; headers, and with them tokens, never are.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_OUTPUT = 1  # the descriptor of standard output
_EVERY = 0.2  # seconds between two writes
_MOST_WAITING = 200_000  # lines; where the disk is slower than that, the oldest are lost and their number is told
_FROM_APP = ("query_hash", "rows", "warnings")

# Time, client, method, target, status, bytes, seconds, outcome, what the app said.
Line = tuple[float, str, str, bytes, int, int, float, str, "Mapping[str, object]"]


class RequestLog:
    """Lines to a file, or to standard output where `target` is `-`. `texts`: with what was asked in words."""

    def __init__(self, target: Path, *, texts: bool = False) -> None:
        self._path = None if str(target) == "-" else target
        self._texts = texts
        self._lines: deque[Line] = deque()
        self._lost = 0
        self._ending = threading.Event()
        self._write([])  # a file that cannot be written is an error now, not in a thread later
        self._thread = threading.Thread(target=self._work, name="request-log", daemon=True)
        self._thread.start()

    def add(self, line: Line) -> None:
        """A line to be written soon."""
        if len(self._lines) >= _MOST_WAITING:
            self._lines.popleft()
            self._lost += 1
        self._lines.append(line)

    def close(self) -> None:
        """Writes what is left."""
        self._ending.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._ending.wait(_EVERY):
            self._drain()
        self._drain()

    def _drain(self) -> None:
        lines = [self._json(self._lines.popleft()) for _ in range(len(self._lines))]
        if self._lost:
            lines.append(json.dumps({"time": _time(datetime.now(UTC).timestamp()), "lost": self._lost}) + "\n")
            self._lost = 0
        if lines:
            try:
                self._write(lines)
            except OSError:  # a full disk: the service goes on, and the log says later what is missing
                self._lost += len(lines)

    def _write(self, lines: list[str]) -> None:
        # Opened anew each time: a file may have been moved away by logrotate.
        with self._path.open("ab") if self._path is not None else open(_OUTPUT, "wb", closefd=False) as file:
            file.write("".join(lines).encode())

    def _json(self, line: Line) -> str:
        at, client, method, target, status, size, seconds, outcome, said = line
        path, _, query = target.decode("latin-1").partition("?")
        found: dict[str, object] = {
            "time": _time(at),
            "client": client,
            "method": method,
            "path": path,
            "status": status,
            "bytes": size,
            "seconds": round(seconds, 6),
            "outcome": outcome,
        }
        found.update((name, said[name]) for name in _FROM_APP if name in said)
        if self._texts:
            found["query"] = said.get("query", query)
        return json.dumps(found, default=str) + "\n"


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
