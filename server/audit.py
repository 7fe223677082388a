"""Who changed what over HTTP: one line of JSON for each write, in `STORE/audit.jsonl`.

A line has `time` (UTC), `token` (its id) and `name`, `client` (the address), `action`, `target`, `outcome` ("done", or
the status it was refused with), and `version`, that of the store afterwards. Lines are on disk before the write is
answered. A file that has 10 MB becomes `audit.jsonl.1`, the one before it `.2`; nine old ones are kept.
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import request
from werkzeug.exceptions import HTTPException

from graph.errors import PodiumError
from server import errors, service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from server.tokens import Token

_FILE = "audit.jsonl"
_LONGEST = 10_000_000  # bytes
_KEPT = 9  # old files
_LONGEST_TARGET = 500  # code points

_log = logging.getLogger(__name__)
_turn = Lock()


@contextmanager
def recorded(token: Token, action: str, target: str) -> Iterator[dict[str, Any]]:
    """Records the write that is done within, also where it fails; what is put into the mapping is in the line, too."""
    more: dict[str, Any] = {}
    try:
        yield more
    except BaseException as error:
        _record(token, action, target, _outcome(error), more)
        raise
    _record(token, action, target, "done", more)


def _outcome(error: BaseException) -> int:
    if isinstance(error, PodiumError):
        return int(errors.status_of(error))
    return (error.code or 500) if isinstance(error, HTTPException) else 500


def _record(token: Token, action: str, target: str, outcome: str | int, more: dict[str, Any]) -> None:
    line = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "token": token.id,
        "name": token.name,
        "client": request.environ.get("podium.client") or request.remote_addr,
        "action": action,
        "target": target[:_LONGEST_TARGET],
        "outcome": outcome,
        "version": service.source().version,
        **more,
    }
    written = json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n"
    path = service.settings().store / _FILE
    try:
        with _turn:
            _append(path, written.encode())
    except OSError as error:  # the write is done, so its answer must not say otherwise
        _log.error("%s cannot be written (%s); lost: %s", path, error.strerror, written.strip())


def _append(path: Path, line: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line)
        os.fsync(descriptor)
        full = os.fstat(descriptor).st_size >= _LONGEST
    finally:
        os.close(descriptor)
    if full:
        for number in range(_KEPT, 0, -1):
            older = path if number == 1 else path.with_name(f"{_FILE}.{number - 1}")
            if older.exists():
                older.replace(path.with_name(f"{_FILE}.{number}"))
