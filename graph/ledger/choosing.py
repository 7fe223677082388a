"""Which of the values that articles give a curator chose; a choice outlives the articles that say it."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class Choice:
    """`subject` and `value` as `graph.facts.plain` writes them, `predicate` an IRI, `decided` an ISO time in UTC."""

    subject: str
    predicate: str
    value: str
    reason: str
    decided: str


def put(database: sqlite3.Connection, choice: Choice) -> None:
    """Keeps a choice in the place of an earlier one on the same property."""
    database.execute("INSERT OR REPLACE INTO choices VALUES (?, ?, ?, ?, ?)", astuple(choice))


def drop(database: sqlite3.Connection, subject: str, predicate: str) -> bool:
    """Takes a choice back; False where there was none."""
    cursor = database.execute("DELETE FROM choices WHERE subject = ? AND predicate = ?", (subject, predicate))
    return cursor.rowcount > 0


def of(database: sqlite3.Connection, subject: str) -> tuple[Choice, ...]:
    """The choices on one subject, by property."""
    rows = database.execute("SELECT * FROM choices WHERE subject = ? ORDER BY predicate", (subject,))
    return tuple(Choice(*row) for row in rows)


def every(database: sqlite3.Connection) -> tuple[Choice, ...]:
    """All choices, by subject and property."""
    return tuple(Choice(*row) for row in database.execute("SELECT * FROM choices ORDER BY subject, predicate"))
