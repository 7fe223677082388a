"""Copies of a whole store: its quads, ledger, archive and notes, as they were at one moment."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final, Self

from graph.errors import StoreError
from graph.ledger.database import read_only
from graph.store.directory import Directory, replace_file, writing
from graph.store.swapping import KEPT, staging

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_NOTES: Final = ("podium.json", "version", "shipped")
_PAGES: Final = 4096  # of the ledger, copied at once
_NEVER_CHANGED: Final = (".sst", ".trig")  # files that are written once, so that a link does as well as a copy


class Frozen:
    """A store as it is when this is made, whatever is written to it until it is closed.

    `quads` is a snapshot of the quads, which stays. Make it while nobody writes.
    """

    def __init__(self, store: Path, quads: Path) -> None:
        self._store = store
        self._quads = quads
        self._notes = {name: (store / name).read_bytes() for name in _NOTES if (store / name).exists()}
        self._ledger = read_only(store / "ledger.db")
        self._ledger.execute("BEGIN")
        self._ledger.execute("SELECT count(*) FROM articles").fetchone()  # from here on it sees no later write

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ledger.close()

    def copy(self, target: Path) -> None:
        """Copies it into a directory that is there whole or not at all, on whatever disk.

        Raises StoreError where there is something already, or it cannot be written.
        """
        new = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
        with writing(target):
            _check_free(target)
            try:
                new.mkdir(parents=True)
                for name, content in self._notes.items():
                    (new / name).write_bytes(content)
                _copy_tree(self._quads, new / "oxigraph")
                _copy_tree(self._store / "archive", new / "archive")
                _copy_ledger(self._ledger, new / "ledger.db")
                os.sync()
                new.rename(target)
            except BaseException:
                shutil.rmtree(new, ignore_errors=True)
                raise


def stage(backup: Path, store: Path, base: str) -> Path:
    """Copies a backup to where it can take the place of a store's content (`swapping.exchange`); returns where.

    Raises StoreError where it is no store of the namespace `base`, and StoreVersionError where a newer Podium wrote it.
    """
    if not (backup / "podium.json").exists():
        raise StoreError(f"{backup}: no backup of a Podium store; nothing was restored")
    found = Directory.open(backup, create=False, base=None).base
    if found != base:
        raise StoreError(f"{backup}: its data namespace is {found}, not {base}; nothing was restored")
    new = staging(store)
    with writing(store):
        shutil.rmtree(new, ignore_errors=True)
        try:
            new.mkdir()
            for path in backup.iterdir():
                if path.is_dir() and not path.name.startswith(KEPT):
                    _copy_tree(path, new / path.name)
                elif not path.name.startswith((*KEPT, "ledger.db")):
                    shutil.copyfile(path, new / path.name)
            with closing(read_only(backup / "ledger.db")) as ledger:
                _copy_ledger(ledger, new / "ledger.db")
        except BaseException:
            unstage(store)
            raise
    return new


def unstage(store: Path) -> None:
    """Removes what was staged."""
    shutil.rmtree(staging(store), ignore_errors=True)


def renew(staged: Path) -> None:
    """Gives what was staged a version that no store had before: what it had may be remembered for other quads."""
    replace_file(staged / "version", secrets.token_hex(8))


def _check_free(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StoreError(f"{target}: there is something already; name a new place for the backup")


def _copy_tree(source: Path, target: Path) -> None:
    """Copies a directory, if it is there; links what is never changed, where source and target are on one disk."""
    if not source.is_dir():
        return
    target.mkdir()
    for path in source.iterdir():
        if path.is_dir():
            _copy_tree(path, target / path.name)
        elif not (path.suffix in _NEVER_CHANGED and _linked(path, target / path.name)):
            shutil.copyfile(path, target / path.name)


def _linked(path: Path, target: Path) -> bool:
    with suppress(OSError):  # another disk, or one without links
        target.hardlink_to(path)
        return True
    return False


def _copy_ledger(ledger: sqlite3.Connection, target: Path) -> None:
    """Copies the ledger page by page; raises StoreError where it is damaged."""
    try:
        with closing(sqlite3.connect(target)) as copy:
            ledger.backup(copy, pages=_PAGES)
            copy.execute("PRAGMA journal_mode = DELETE")  # so that it can be read where nothing can be written
            (sound,) = copy.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{target}: the ledger cannot be copied: {error}") from error
    if sound != "ok":
        raise StoreError(f"{target}: the ledger is damaged ({sound}); nothing was restored")
