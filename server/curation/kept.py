"""What pages for curators read beside the source: the ledger of the store, and the list of its weak facts."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final, cast

from flask import current_app
from werkzeug.exceptions import NotImplemented as NotOffered

from graph.ledger import history
from graph.pipeline.reviewing import Review, weak_facts
from server import service, surveys

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

_STALE: Final = 60.0  # seconds for which the list may be of an older version


@dataclass(slots=True)
class Kept:
    """The weak facts of one version of the dataset, and when they were looked for by the clock `monotonic`."""

    lock: Lock = field(default_factory=Lock)
    version: str | None = None
    at: float = 0.0
    review: Review = field(default_factory=lambda: Review(()))


@contextmanager
def ledger() -> Iterator[sqlite3.Connection]:
    """The ledger of the store that is served, to be read; 501 where the source has none."""
    path: Path | None = getattr(service.source(), "path", None)
    if path is None:
        raise NotOffered("This service shows the graph of another one, which has its own curators.")
    with history.reading(path) as database:
        yield database


def review(database: sqlite3.Connection) -> Review:
    """The weak facts of the store, which may be those of a minute ago: looking for them takes a while."""
    kept = cast("Kept", current_app.extensions["podium.review"])
    source, now = service.source(), time.monotonic()
    with kept.lock:
        if kept.version != source.version and (kept.version is None or now - kept.at > _STALE):
            kept.version, kept.at = source.version, now
            survey = surveys.current()
            kept.review = weak_facts(database, source, survey.odd if survey else None)
        return kept.review
