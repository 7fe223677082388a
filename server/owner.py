"""How commands find the service that has a store open: `STORE/.service.json`, for the store's owner alone to read.

It has the address and a secret that is made with every start. Who can read it could as well stop the service and change
the store, so the secret may do everything, and name places on this machine.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

from graph.store.directory import writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FILE = ".service.json"


@dataclass(frozen=True, slots=True)
class Served:
    """Where a store is served, and the secret of its owner."""

    url: str
    secret: str


def new_secret() -> str:
    """A secret for one run of a service."""
    return secrets.token_urlsafe(32)


@contextmanager
def announced(store: Path, served: Served) -> Iterator[None]:
    """Leaves the note in the store while the service runs."""
    path = store / _FILE
    new = path.with_suffix(".new")
    with writing(store):
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"url": served.url, "secret": served.secret, "process": _process()}, file)
        new.replace(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def served(store: Path) -> Served | None:
    """Where a store is served; None where it is not, be it that the service was killed and could not say so."""
    try:
        content = json.loads((store / _FILE).read_text("utf-8"))
        pid, began = content["process"]
        return Served(str(content["url"]), str(content["secret"])) if _process(int(pid)) == [pid, began] else None
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return None


def _process(pid: int | None = None) -> list[float]:
    """What tells a process (None: this one) from others before and after it: its id and when it began."""
    process = psutil.Process(pid)
    return [process.pid, process.create_time()]
