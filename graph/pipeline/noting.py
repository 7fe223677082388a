"""What a ruling changed in the ledger's own tables, row by row, so that it can be taken back."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from graph.errors import RulingError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from graph.ledger.history import Kind
    from graph.pipeline.chronicle import Deed

Table: TypeAlias = Literal["choices", "rulings", "verdicts"]
Row: TypeAlias = tuple[Any, ...]
_TABLES: Final[tuple[Table, ...]] = ("choices", "rulings", "verdicts")
_KEYS: Final[dict[Table, int]] = {
    "choices": 2,
    "rulings": 4,
    "verdicts": 4,
}  # columns that a row is known by: the first


@contextmanager
def noted(ledger: sqlite3.Connection, deed: Deed, table: Table) -> Iterator[None]:
    """Notes in the deed what is changed within: rows that came, and rows that went."""
    before = _rows(ledger, table)
    yield
    after = _rows(ledger, table)
    came, went = sorted(after - before), sorted(before - after)
    deed.undo = {"table": table, "came": came, "went": went} if came or went else None


def put_back(ledger: sqlite3.Connection, table: Table, came: Sequence[Row], went: Sequence[Row]) -> None:
    """Has the rows that came go again and those that went come; raises RulingError where others are there by now."""
    if table not in _TABLES:
        raise ValueError(table)
    now = _rows(ledger, table)
    width = _KEYS[table]
    taken = {row[:width] for row in now} - {row[:width] for row in came}
    if not now.issuperset(came) or any(row[:width] in taken for row in went):
        raise RulingError("something else was decided on this since; undo that first")
    columns = [row[1] for row in ledger.execute(f"PRAGMA table_info({table})")]
    known = " AND ".join(f"{name} = ?" for name in columns[:width])
    ledger.executemany(f"DELETE FROM {table} WHERE {known}", [row[:width] for row in came])  # noqa: S608  # of `_TABLES`
    places = ", ".join("?" * len(columns))
    ledger.executemany(f"INSERT INTO {table} VALUES ({places})", went)  # noqa: S608


def last_of(ledger: sqlite3.Connection, kind: Kind, about: str) -> int | None:
    """The last entry of a kind about something that was not taken back."""
    row = ledger.execute(
        "SELECT max(seq) FROM history WHERE kind = ? AND about = ? AND undone IS NULL", (kind, about)
    ).fetchone()
    return None if row is None else row[0]


def _rows(ledger: sqlite3.Connection, table: Table) -> set[Row]:
    return set(ledger.execute(f"SELECT * FROM {table}").fetchall())  # noqa: S608
