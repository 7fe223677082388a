"""A store's content exchanged for another that lies ready in it: wholly, whatever ends the process meanwhile.

STORE/restoring.new/     what is to take the place, while it is made
STORE/restoring/         the same, complete: from now on the store is the new one, and whoever opens it moves it in
STORE/replaced/          what was there before, until the new one was opened
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from graph.errors import StoreBusyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What belongs to the service and not to the data, by the beginnings of names: a restored store brings no revoked token
# back to life, and readers go on with the snapshots they have.
KEPT: Final = ("tokens.db", "audit", "snapshots", "restoring", "replaced", ".", "lost+found")
_NAMES: Final = ".names"  # of what is to be moved in


def staging(store: Path) -> Path:
    """Where what is to take the place of a store's content is made."""
    return store / "restoring.new"


def exchange(store: Path) -> None:
    """Puts what was staged in the place of the content; nobody may have the store open.

    Raises StoreBusyError where somebody has.
    """
    with _closed(store):
        new = staging(store)
        (new / _NAMES).write_text("\n".join(path.name for path in new.iterdir()), encoding="utf-8")
        os.sync()
        new.rename(store / "restoring")
        finish(store)


def finish(store: Path) -> None:
    """Ends an exchange that was begun, if one was; each step may have been taken already."""
    if not (store / "restoring").is_dir():
        return
    with _alone(store):
        if (store / "restoring" / _NAMES).exists():
            _move_in(store)
        with suppress(FileNotFoundError):
            (store / "restoring").rmdir()


def _move_in(store: Path) -> None:
    new, old = store / "restoring", store / "replaced"
    names = (new / _NAMES).read_text(encoding="utf-8").split("\n")
    old.mkdir(exist_ok=True)
    for path in list(store.iterdir()):
        if path.name not in names and not path.name.startswith(KEPT):
            _move(path, old / path.name)
    for name in names:
        if (new / name).exists():
            if (store / name).exists():
                _move(store / name, old / name)
            (new / name).rename(store / name)
    (new / _NAMES).unlink()


def forget(store: Path) -> None:
    """Removes what an exchange replaced."""
    shutil.rmtree(store / "replaced", ignore_errors=True)


def _move(path: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    path.rename(target)


@contextmanager
def _alone(store: Path) -> Iterator[None]:
    """Keeps other processes from ending the same exchange."""
    descriptor = os.open(store, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _closed(store: Path) -> Iterator[None]:
    """Keeps others from opening the quads, with the lock that RocksDB itself takes."""
    with (store / "oxigraph" / "LOCK").open("a") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreBusyError(f"{store}: in use by another process; nothing was restored, so try again") from error
        yield
