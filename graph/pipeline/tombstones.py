"""Withdrawn articles, as the ledger remembers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Tombstone:
    """When an article was withdrawn (xsd:dateTime), and why."""

    at: str
    reason: str


def put(ledger: sqlite3.Connection, article: str, tombstone: Tombstone) -> None:
    """Remembers that an article was withdrawn."""
    ledger.execute("INSERT OR REPLACE INTO withdrawn VALUES (?, ?, ?)", (article, tombstone.at, tombstone.reason))


def lift(ledger: sqlite3.Connection, article: str) -> None:
    """Forgets that an article was withdrawn."""
    ledger.execute("DELETE FROM withdrawn WHERE id = ?", (article,))


def of(ledger: sqlite3.Connection, article: str) -> Tombstone | None:
    """The tombstone of an article; None where it was not withdrawn."""
    row = ledger.execute("SELECT at, reason FROM withdrawn WHERE id = ?", (article,)).fetchone()
    return None if row is None else Tombstone(*row)


def every(ledger: sqlite3.Connection) -> dict[str, Tombstone]:
    """Those of all withdrawn articles, by id."""
    return {row[0]: Tombstone(row[1], row[2]) for row in ledger.execute("SELECT id, at, reason FROM withdrawn")}


def instant(when: datetime) -> str:
    """A point in time to the second, in UTC, as xsd:dateTime has it."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def archive_name(article: str, at: str) -> str:
    """The file that keeps the graph of an article that was withdrawn at that time (xsd:dateTime)."""
    return f"{article}_{at.replace('-', '').replace(':', '')}.trig"
