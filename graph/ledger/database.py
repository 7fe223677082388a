"""The connection to a store's ledger."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph.errors import StoreError, StoreFullError
from graph.searching import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCHEMA: Final = Path(__file__).with_name("schema.sql")
_CACHE: Final = 65_536  # KiB; with SQLite's 2 MiB, large ledgers are read from the disk and spilt to it again and again
_KEPT: Final = {  # all else follows from these
    "articles", "readings", "texts", "withdrawn", "rulings", "choices", "verdicts", "history", "history_about",
}  # fmt: skip


def connect(path: Path | str, *, durable: bool = True) -> sqlite3.Connection:
    """Opens the ledger in a file, or makes one; transactions are begun and ended by `transaction` alone.

    A transaction that ended is on disk if `durable`, whatever befalls the machine. Raises StoreError.
    """
    try:
        database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
        database.execute(f"PRAGMA cache_size = -{_CACHE}")
        database.executescript(_SCHEMA.read_text(encoding="utf-8"))
        tables.create(database)
    except sqlite3.Error as error:
        raise _store_error(error, path) from error
    return database


def read_only(path: Path) -> sqlite3.Connection:
    """Opens the ledger in a file beside whoever writes it; raises StoreError where there is none."""
    if not path.exists():
        raise StoreError(f"{path}: missing, so no whole store")
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
    )


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """What is written inside is written wholly or, where an exception leaves, not at all. Raises StoreError."""
    try:
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:  # a full disk may have ended it already
                database.execute("ROLLBACK")
            raise
    except sqlite3.Error as error:
        (place,) = (row[2] for row in database.execute("PRAGMA database_list"))
        raise _store_error(error, place) from error


def forget_derived(database: sqlite3.Connection) -> None:
    """Empties all tables whose content can be worked out again."""
    found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for (table,) in found.fetchall():
        if table not in _KEPT and not table.startswith(tables.PREFIX):
            database.execute(f"DELETE FROM {table}")  # noqa: S608  # a name from the schema
    tables.clear(database)
    tables.mark_kept(database)  # whoever fills the other tables again fills the index too
    database.execute("UPDATE articles SET original = NULL")


def _store_error(error: sqlite3.Error, path: Path | str) -> StoreError:
    if "full" in str(error):
        return StoreFullError(f"{path}: no space left on the disk; nothing was changed, so free some and try again")
    return StoreError(f"{path}: the store cannot be read or written: {error}")
