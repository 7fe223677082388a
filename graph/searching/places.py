"""Which indexes a source has, and how they are asked.

A store of ours has three: the one in its ledger, which whoever writes the store keeps in step; the tables that Podium
ships, in memory; and the names in graphs of others, in memory, read again once such a graph may have changed. Of every
other source all names are read into memory, again whenever it may have changed.
"""

from __future__ import annotations

import sqlite3
from threading import Lock, local
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from graph.errors import StoreError
from graph.searching import tables
from graph.searching.indexing import rename
from graph.searching.reading import all_names, foreign_names, shipped_names
from graph.store.directory import foreign_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from graph.searching.indexing import Name
    from graph.store.base import Source

Rows = list[tuple[Any, ...]]
_CACHE: Final = 4096  # KiB of a connection that reads


@runtime_checkable
class _Local(Protocol):
    """A source whose store is a directory of this machine."""

    @property
    def path(self) -> Path: ...

    @property
    def version(self) -> str: ...


class Index(Protocol):
    """An index that is asked in SQL."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Rows:
        """Raises StoreError where the index cannot be read."""


class MemoryIndex:
    """An index of names in memory."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._lock = Lock()
        tables.create(self._database)
        self._database.execute("BEGIN")
        rename(self._database, (), names)
        self._database.execute("COMMIT")

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Rows:
        with self._lock:
            return self._database.execute(sql, parameters).fetchall()


class LedgerIndex:
    """The index in a store's ledger, read beside whoever writes it: each thread has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mine = local()

    @property
    def kept(self) -> bool:
        """Whether there is one, and it is kept in step."""
        if not self._path.exists():
            return False
        try:
            return tables.is_kept(self._connection())
        except sqlite3.Error:
            return False

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Rows:
        try:
            return self._connection().execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: the index of names and sentences cannot be read: {error}") from error

    def _connection(self) -> sqlite3.Connection:
        """That of this thread; another where a restored store has taken the place of the one it was opened in."""
        now = self._path.stat()
        which = (now.st_dev, now.st_ino)
        if getattr(self._mine, "which", None) != which:
            uri = f"{self._path.absolute().as_uri()}?mode=ro"
            self._mine.connection = sqlite3.connect(uri, uri=True, isolation_level=None)
            self._mine.connection.execute(f"PRAGMA cache_size = -{_CACHE}")
            self._mine.which = which
        found: sqlite3.Connection = self._mine.connection
        return found


class _Indexes:
    """Those of one source."""

    def __init__(self, ledger: LedgerIndex | None) -> None:
        self.ledger = ledger
        self._lock = Lock()
        self._read: tuple[tuple[bool, str], MemoryIndex] | None = None  # of what, and of which version of it

    def of(self, source: Source) -> tuple[Index, ...]:
        version = source.version
        kept = self.ledger is not None and self.ledger.kept
        if version is None:
            return (MemoryIndex(all_names(source)),)
        which = (kept, foreign_part(version) if kept else version)
        with self._lock:
            if self._read is None or self._read[0] != which:
                self._read = (which, MemoryIndex(foreign_names(source) if kept else all_names(source)))
            read = self._read[1]
        return (self.ledger, _shipped(source.base), read) if kept and self.ledger else (read,)


_KNOWN: Final[WeakKeyDictionary[Source, _Indexes]] = WeakKeyDictionary()
_SHIPPED: Final[dict[str, MemoryIndex]] = {}
_LOCK: Final = Lock()


def indexes(source: Source) -> tuple[Index, ...]:
    """All indexes of the names in a source; what no index has is not there."""
    return _of(source).of(source)


def ledger_index(source: Source) -> LedgerIndex | None:
    """The index that whoever writes the source keeps in step, which alone has sentences and weights; if it has one."""
    ledger = _of(source).ledger
    return ledger if ledger is not None and ledger.kept else None


def _of(source: Source) -> _Indexes:
    with _LOCK:
        found = _KNOWN.get(source)
        if found is None:
            ledger = LedgerIndex(source.path / "ledger.db") if isinstance(source, _Local) else None
            found = _KNOWN[source] = _Indexes(ledger)
        return found


def _shipped(base: str) -> MemoryIndex:
    with _LOCK:
        if base not in _SHIPPED:
            _SHIPPED[base] = MemoryIndex(shipped_names(base))
        return _SHIPPED[base]
