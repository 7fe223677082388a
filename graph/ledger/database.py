"""The connection to a store's ledger."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCHEMA = Path(__file__).with_name("schema.sql")


def connect(path: Path | str) -> sqlite3.Connection:
    """Opens the ledger in a file, or makes one; transactions are begun and ended by `transaction` alone."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")  # a batch costs one wait for the disk; losing it would tear the store
    database.executescript(_SCHEMA.read_text(encoding="utf-8"))
    return database


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """What is written inside is written wholly or, where an exception leaves, not at all."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")
