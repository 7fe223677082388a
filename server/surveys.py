"""What was found when the whole store was looked at last: `STORE/survey.json`, made by a process beside the service.

The next look waits until the store has been left alone for a while, and for ten times as long as the last one took.
"""

from __future__ import annotations

import json
import logging
import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Final, cast

from flask import current_app

from graph.engine.child import Child, ChildEndedError
from graph.engine.snapshots import hold
from graph.errors import PodiumError
from graph.pipeline.surveying import Survey, survey
from graph.store.directory import replace_file
from graph.store.embedded import Store
from server import service

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engine.engine import Engine
    from graph.store.base import Source

FILE: Final = "survey.json"
_QUIET: Final = 20.0  # seconds in which nothing is written
_GLANCE: Final = 2.0  # seconds between two looks at the version
_SHARE: Final = 10  # a look takes at most one in so many seconds
_NICENESS: Final = 19

_log = logging.getLogger(__name__)


class Surveyor:
    """Has the store of an engine looked at, not more often than every `pause` seconds, while it runs; never with 0.

    `quiet` are the seconds in which nothing must have been written.
    """

    def __init__(self, engine: Engine, path: Path, pause: int, *, quiet: float = _QUIET) -> None:
        self._engine = engine
        self._path = path
        self._pause = pause
        self._quiet = quiet
        self._stop = Event()
        self._thread = Thread(target=self._run, name="survey", daemon=True)

    def __enter__(self) -> None:
        if self._pause:
            self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._pause:
            self._thread.join()

    def _run(self) -> None:
        kept = read(self._path)
        done, seen, since, due = kept.version if kept else None, "", 0.0, 0.0
        while not self._stop.wait(_GLANCE):
            now, version = time.monotonic(), self._engine.version
            if version != seen:
                seen, since = version, now
            if version == done or now < due or now - since < self._quiet:
                continue
            try:
                done = self._look() or done
            except (PodiumError, OSError, ChildEndedError) as error:
                _log.warning("the store could not be surveyed: %s", error)
            due = time.monotonic() + max(self._pause, _SHARE * (time.monotonic() - now))

    def _look(self) -> str | None:
        """The version that was surveyed, if it was."""
        snapshot, version = self._engine.snapshot()
        held = hold(snapshot)
        child = Child("graph.engine.surveyor", niceness=_NICENESS)
        try:
            child.tell((snapshot, self._path, self._engine.base, version))
            found = child.answer(self._go_on)
        except _Stopped:
            return None
        finally:
            child.end()
            os.close(held)
        if found is None:
            return None
        replace_file(self._path / FILE, found)
        return version

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise _Stopped


class _Stopped(Exception):  # noqa: N818 - no error
    """The service ends."""


@dataclass(slots=True)
class Kept:
    """The survey read last, and of which file (its time and size) or version it is."""

    lock: Lock = field(default_factory=Lock)
    of: tuple[Any, ...] | None = None
    survey: Survey | None = None

    def get(self, source: Source, path: Path) -> Survey | None:
        """The survey of a source: what a service keeps, or, of a store in this process, one that is made now."""
        with self.lock:
            of = _state(source, path)
            if of != self.of:
                self.survey = survey(source) if isinstance(source, Store) else read(path)
                self.of = of
            return self.survey


def current() -> Survey | None:
    """What was found when the store that is served was looked at last; None where that was never."""
    source = service.source()
    path: Path | None = getattr(source, "path", None)
    if path is None:
        return None
    return cast("Kept", current_app.extensions["podium.survey"]).get(source, path)


def _state(source: Source, path: Path) -> tuple[Any, ...]:
    if isinstance(source, Store):
        return (source.version,)
    with suppress(OSError):
        found = (path / FILE).stat()
        return found.st_mtime_ns, found.st_size
    return ()


def read(path: Path) -> Survey | None:
    """The survey that is kept in a store's folder; None where there is none that can be read."""
    try:
        return Survey(**json.loads((path / FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
