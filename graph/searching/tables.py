"""The index's tables: made, emptied, and whether they hold what they should."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

_SCHEMA: Final = Path(__file__).with_name("schema.sql")
_VERSION: Final = 1  # of what is indexed and how it is folded; raised, all are filled anew
PREFIX: Final = "search_"  # of the names of all tables
_CONTENTLESS: Final = ("search_keys", "search_texts")
_TABLES: Final = ("search_names", "search_weights", "search_words", "search_near", "search_sentences")


def create(database: sqlite3.Connection) -> None:
    """Makes the tables that are not there yet."""
    database.executescript(_SCHEMA.read_text(encoding="utf-8"))


def clear(database: sqlite3.Connection) -> None:
    """Empties the index."""
    for table in _TABLES:
        database.execute(f"DELETE FROM {table}")  # noqa: S608  # one of the above
    for table in _CONTENTLESS:
        database.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")  # noqa: S608


def is_kept(database: sqlite3.Connection) -> bool:
    """Whether the index is kept in step by whoever writes the store, in the way of this version."""
    found: tuple[int] = database.execute("PRAGMA user_version").fetchone()
    return found[0] == _VERSION


def mark_kept(database: sqlite3.Connection) -> None:
    """From now on the index holds what it should; part of the transaction that filled it."""
    database.execute(f"PRAGMA user_version = {_VERSION}")
