"""The quads as they were after a commit, as hard links: `STORE/snapshots/VERSION/`, which readers open read-only.

Who reads one has its directory locked (`hold`): the lock goes with the process, however that ends, and the writer
removes what nobody holds.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store.embedded import Store

_FOLDER: Final = "snapshots"


def hold(snapshot: Path) -> int:
    """Keeps a snapshot in place as long as the descriptor is open, here or in a process forked from this one.

    Raises FileNotFoundError where it is gone already: a newer one is there then.
    """
    descriptor = os.open(snapshot, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        os.stat(snapshot)  # noqa: PTH116  # whether it was removed in between
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


class Snapshots:
    """The snapshots of a store, for the process that writes it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder = store.path / _FOLDER

    def newest(self) -> tuple[Path, str]:
        """The snapshot of the store as it is, made if there is none yet, and its version. Older ones may go."""
        version = self._store.version
        path = self._folder / version
        if not path.exists():
            self._folder.mkdir(exist_ok=True)
            new = path.with_name(f"{version}.new")
            shutil.rmtree(new, ignore_errors=True)
            self._store.checkpoint(new)
            new.rename(path)
            self._clean(path)
        return path, version

    def exists(self) -> bool:
        """Whether there is a snapshot of the store as it is."""
        return (self._folder / self._store.version).exists()

    def _clean(self, newest: Path) -> None:
        for path in self._folder.iterdir():
            if path != newest:
                _remove(path)


def clear(store: Path) -> None:
    """Removes all snapshots of a store that nobody holds."""
    with suppress(FileNotFoundError):
        for path in (store / _FOLDER).iterdir():
            _remove(path)
    with suppress(OSError):  # a reader that is ending may hold one yet
        (store / _FOLDER).rmdir()


def _remove(snapshot: Path) -> None:
    """Removes a snapshot unless somebody holds it."""
    try:
        descriptor = os.open(snapshot, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        shutil.rmtree(snapshot, ignore_errors=True)
    finally:
        os.close(descriptor)
