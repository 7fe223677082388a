"""The process that alone has the store open: `python -m graph.engine.writer COMMANDS LIFELINE` (two descriptors).

It does one command at a time. Snapshots are asked for over the lifeline, so that none waits for a command: one that may
take long has a snapshot made beforehand.
"""

from __future__ import annotations

import logging
import sys
import time
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Final

from graph.engine.child import follow, lifelines
from graph.engine.commands import Commands
from graph.engine.messages import PING, Command, Opening, Reply
from graph.engine.snapshots import Snapshots, clear
from graph.errors import PodiumError, StoreBusyError, StoreError
from graph.pipeline.opening import open_store

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from graph.store.embedded import Store

_LOG = logging.getLogger(__name__)
_PATIENCE: Final = 5.0  # seconds for another process that has the store open, and may be about to end
_PAUSE: Final = 0.05  # seconds between two attempts


class _Writer:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._commands = Commands(store)
        self._snapshots = Snapshots(store)
        self._quiet = Lock()  # held while a command may change the quads, or they are linked
        self._snapshot: tuple[Path, str] | None = None  # of what was last answered for

    def snapshot(self) -> tuple[Path, str] | PodiumError:
        """A snapshot of the store as it was when the last command was done."""
        made = self._snapshot
        if made is not None:
            return made
        try:
            with self._quiet:
                return self._linked()
        except PodiumError as error:
            return error

    def do(self, command: Command) -> Reply:
        """Does a command wholly or not at all; what goes wrong is in the answer."""
        with self._quiet:
            before = self._store.version
            value, error = None, None
            try:
                if command.snapshot:
                    self._linked()
                value = self._commands.run(command)
            except PodiumError as raised:
                error = raised
            except Exception as raised:  # noqa: BLE001  # who asked must be told
                _LOG.exception("the writer failed at %s", command.name)
                error = StoreError(f"{self._store.path}: {command.name} failed ({raised!r}); please report this")
            version = self._store.version
            if version != before:
                self._snapshot = None
            whole = error is None and self._commands.changes
            changes = tuple(self._commands.changes) if whole else ((version, None),)
            return Reply(version, value, error, changes if version != before else ())

    def _linked(self) -> tuple[Path, str]:
        if self._snapshot is None:
            self._snapshot = self._snapshots.newest()
        return self._snapshot


def _opened(opening: Opening) -> Store:
    """The store, as soon as a process that is ending has let go of it."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return open_store(opening.path, create=True, base=opening.base)
        except StoreBusyError:
            if time.monotonic() >= until:
                raise
            time.sleep(_PAUSE)


def _serve(commands: Connection, line: Connection) -> None:
    writers: list[_Writer] = []
    follow(line, lambda asked: asked if asked == PING else writers[0].snapshot())
    opening: Opening = commands.recv()
    try:
        store = _opened(opening)
    except PodiumError as error:
        commands.send(error)
        return
    store.history = opening.history
    with store:
        clear(store.path)
        writer = _Writer(store)
        writers.append(writer)
        commands.send((store.version, store.base))
        while (command := commands.recv()) is not None:
            commands.send(writer.do(command))
        clear(store.path)


if __name__ == "__main__":
    with suppress(EOFError):  # the front has ended
        _serve(*lifelines(sys.argv[1:]))
