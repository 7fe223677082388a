"""Which indexes a source has, and how they are asked.

A store of ours has three: the one in its ledger, which whoever writes the store keeps in step; the tables that Podium
ships, in memory; and the names in graphs of others, in memory, read again once such a graph may have changed. Of every
other source all names are read into memory, again whenever it may have changed.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from graph.errors import StoreError
from graph.searching import tables
from graph.searching.indexing import rename
from graph.searching.reading import all_names, foreign_names, shipped_names
from graph.store.directory import foreign_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from graph.searching.indexing import Name
    from graph.store.base import Source

Rows = list[tuple[Any, ...]]
_File = tuple[int, int]  # device and inode
_CACHE: Final = 4096  # KiB of a connection that reads
_IDLE: Final = 8  # connections that are kept for the next who asks


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
    """The index in a store's ledger, read beside whoever writes it, by several threads at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[tuple[_File, sqlite3.Connection]] = []
        self._lock = Lock()

    @property
    def kept(self) -> bool:
        """Whether there is one, and it is kept in step."""
        try:
            with self._connected() as connection:
                return tables.is_kept(connection)
        except (sqlite3.Error, FileNotFoundError):
            return False

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Rows:
        try:
            with self._connected() as connection:
                return connection.execute(sql, parameters).fetchall()
        except (sqlite3.Error, FileNotFoundError) as error:
            raise StoreError(f"{self._path}: the index of names and sentences cannot be read: {error}") from error

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection to the ledger that is there now: a restored store may have taken the place of another."""
        now = self._path.stat()
        which = (now.st_dev, now.st_ino)
        connection = self._taken(which) or self._opened()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        with self._lock:
            if len(self._idle) < _IDLE:
                self._idle.append((which, connection))
                return
        connection.close()

    def _taken(self, which: _File) -> sqlite3.Connection | None:
        with self._lock:
            while self._idle:
                of, connection = self._idle.pop()
                if of == which:
                    return connection
                connection.close()
        return None

    def _opened(self) -> sqlite3.Connection:
        uri = f"{self._path.absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        return connection


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
