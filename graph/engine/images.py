"""The nursery that holds an image: filled in the background, kept up with writes, made anew where it cannot be."""

from __future__ import annotations

import contextlib
import logging
import time
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import psutil

from graph.engine.processes import NurseryProcess

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graph.engine.settings import EngineSettings
    from graph.engine.versions import Kept, Versions
    from graph.store.base import Change

_LOG = logging.getLogger(__name__)
_QUIET: Final = 1.0  # seconds without a write that ends an image, before another is begun
_PAUSES: Final = 2  # an image is begun again after so many times as long as making it took
_TOO_LARGE: Final = 60.0  # seconds until a store that had too many quads is looked at again


class Image:
    """At most one nursery with an image; `seq` is the write it has seen, None while it cannot be used."""

    def __init__(
        self, settings: EngineSettings, prefixes: Mapping[str, str], versions: Versions, snapshots: Kept
    ) -> None:
        self._most = settings.most_in_memory()
        self._prefixes = prefixes
        self._versions = versions
        self._snapshots = snapshots
        self._log: list[tuple[str, Change]] = []  # writes that the image has yet to be told of
        self._wanted = False  # whether one is being made, or there
        self._spoiled = False  # a write came that cannot be followed
        self._filled_from: tuple[Path, str] | None = None
        self._full = False
        self._began = 0.0
        self._not_before = 0.0
        self._lock = Lock()
        self.nursery: NurseryProcess | None = None
        self.seq: int | None = None
        self.quads = 0
        self.made = 0

    @property
    def due(self) -> float | None:
        """When (`time.monotonic`) `begin` is to be called; None where there is an image or is to be none."""
        return self._not_before if self._most and not self._wanted else None

    @property
    def spoiled(self) -> bool:
        """Whether `drop` is to be called."""
        return self._spoiled

    @property
    def state(self) -> str:
        """`off`, `none`, `filling` or `ready`."""
        if not self._most:
            return "off"
        if self.seq is not None:
            return "ready"
        return "filling" if self._wanted else "none"

    @property
    def bytes(self) -> int:
        """What the process with the image holds in memory, what it shares with readers included."""
        with contextlib.suppress(psutil.Error):
            return int(psutil.Process(self.nursery.pid).memory_info().rss) if self.nursery is not None else 0
        return 0

    def begin(self) -> None:
        """Starts filling an image from the newest snapshot."""
        with self._lock:  # from here on writes are kept, as the snapshot may lack them
            self._wanted = True
            self._spoiled = self._full = False
            self._log.clear()
            self._began = time.monotonic()
        try:
            path, version, _ = self._snapshots.take()
        except BaseException:
            self._wanted = False
            self._not_before = time.monotonic() + _QUIET
            raise
        self._filled_from = (path, version)
        self.nursery = NurseryProcess(self._prefixes, path, self._most)

    def committed(self, version: str, change: Change | None) -> None:
        """A write was announced; `Versions` knows it already."""
        with self._lock:
            if change is None:
                self._spoil()
                self._not_before = max(self._not_before, time.monotonic() + _QUIET)
            elif self._wanted and not self._spoiled:
                self._log.append((version, change))
                if self._full:
                    self._follow()

    def report(self, told: dict[str, Any]) -> None:
        """What the nursery says."""
        with self._lock:
            if "too_many" in told:
                _LOG.info("%d quads are too many to be held in memory", told["too_many"])
                self._spoil()
                self._not_before = time.monotonic() + _TOO_LARGE
            elif "ready" in told:
                self.quads = told["ready"]
                self.made += 1
                self._full = True
                self._not_before = time.monotonic() + _PAUSES * (time.monotonic() - self._began)
                self._follow()

    def drop(self) -> None:
        """Ends the nursery; readers that it has forked go on."""
        with self._lock:
            self._spoil()
            self._wanted = False
            nursery, self.nursery = self.nursery, None
            filled_from, self._filled_from = self._filled_from, None
            self._not_before = max(self._not_before, time.monotonic() + _QUIET)
        if nursery is not None:
            nursery.close()
        if filled_from is not None:
            self._snapshots.release(filled_from[0])

    def close(self) -> None:
        self._most = 0
        self.drop()

    def _spoil(self) -> None:
        self._spoiled = self._wanted
        self.seq = None
        self._log.clear()

    def _follow(self) -> None:
        """Tells the image of the writes after the snapshot that it was filled from."""
        if self._spoiled or self.nursery is None or self._filled_from is None:
            return
        seen = self.seq if self.seq is not None else self._versions.number(self._filled_from[1])
        if seen is None:
            return  # the snapshot is of a write that is yet to be announced
        try:
            for version, change in self._log:
                number = self._versions.number(version)
                if number is not None and number > seen:
                    self.nursery.follow(number, change)
                    seen = number
        except OSError:
            self._spoil()
            return
        self._log.clear()
        self.seq = seen
