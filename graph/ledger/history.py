"""What happened to a store, entry by entry: articles that came and went, what that changed, and what curators did.

Feeds are made of it, and a curator's deeds can be undone by it. Nothing else follows from it: of the same articles and
rulings there may be many histories.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias
from uuid import uuid4

from graph.errors import StoreError
from graph.ledger.database import connect, read_only

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

Kind: TypeAlias = Literal[
    "added", "replaced", "revised", "opened", "closed", "joined", "parted",  # by articles
    "withdrawn", "chosen", "merged", "split", "separated", "rejected", "confirmed", "undone",  # by people
]  # fmt: skip
Words: TypeAlias = "list[list[str | None]]"  # pieces: text, and the IRI it leads to or None

KEPT: Final = 100_000  # entries kept where nobody asks for another number
_MOST_THINGS: Final = 200  # that one entry is found by
_COLUMNS: Final = "h.seq, h.mark, h.at, h.kind, h.about, h.detail, h.who, h.reason, h.undo IS NOT NULL, h.undone"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `about` is a kind and slug, `at` ISO in UTC.

    `detail` has `text`, which says what in words, and `facts`: lists of words under `altered`, `lost` and `gained`, and
    how many `more` there were. `things` (kinds and slugs) are what it tells of. `reason` is there for what people did,
    with `who` where that is known; `undo` is what takes it back.
    """

    kind: Kind
    about: str
    at: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    things: frozenset[str] = frozenset()
    who: str | None = None
    reason: str | None = None
    undo: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it is kept. `mark` is a UUID; `undoable`: can it be taken back? `undone`: the entry that did."""

    seq: int
    mark: str
    at: str
    kind: Kind
    about: str
    detail: Mapping[str, Any]
    who: str | None
    reason: str | None
    undoable: bool
    undone: int | None


def arrived(database: sqlite3.Connection, articles: Iterable[str], at: str) -> None:
    """Keeps that articles (ids) came that were not there before."""
    rows = [(uuid4().hex, at, f"article/{article}") for article in articles]
    database.executemany("INSERT INTO history (mark, at, kind, about) VALUES (?, ?, 'added', ?)", rows)


def add(database: sqlite3.Connection, event: Event) -> int:
    """Keeps an event; returns its number."""
    detail = json.dumps(event.detail, ensure_ascii=False, separators=(",", ":")) if event.detail else None
    undo = json.dumps(event.undo, ensure_ascii=False, separators=(",", ":")) if event.undo is not None else None
    cursor = database.execute(
        "INSERT INTO history (mark, at, kind, about, detail, who, reason, undo) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (uuid4().hex, event.at, event.kind, event.about, detail, event.who, event.reason, undo),
    )
    seq = int(cursor.lastrowid or 0)
    things = sorted({event.about, *event.things})[:_MOST_THINGS]
    database.executemany("INSERT OR IGNORE INTO history_about VALUES (?, ?)", [(thing, seq) for thing in things])
    return seq


def mark_undone(database: sqlite3.Connection, seq: int, by: int) -> None:
    """Remembers which entry took another back."""
    database.execute("UPDATE history SET undone = ? WHERE seq = ?", (by, seq))


def prune(database: sqlite3.Connection, kept: int) -> None:
    """Forgets all but the last `kept` entries; what people decided stays."""
    (last,) = database.execute("SELECT max(seq) FROM history").fetchone()
    old = (last or 0) - kept
    (first,) = database.execute("SELECT min(seq) FROM history WHERE reason IS NULL").fetchone()
    if first is None or first > old:
        return
    database.execute(
        "DELETE FROM history_about"
        " WHERE seq <= ?1 AND seq IN (SELECT seq FROM history WHERE seq <= ?1 AND reason IS NULL)",
        (old,),
    )
    database.execute("DELETE FROM history WHERE seq <= ? AND reason IS NULL", (old,))


def find(database: sqlite3.Connection, seq: int) -> tuple[Entry, Mapping[str, Any] | None] | None:
    """The entry with that number and what takes it back."""
    row = database.execute(f"SELECT {_COLUMNS}, h.undo FROM history AS h WHERE seq = ?", (seq,)).fetchone()  # noqa: S608
    return None if row is None else (_entry(row[:-1]), json.loads(row[-1]) if row[-1] else None)


def newest(
    database: sqlite3.Connection,
    limit: int,
    *,
    before: int | None = None,
    since: str | None = None,
    deeds: bool = False,
) -> list[Entry]:
    """The last entries, the newest first: those with a number below `before` and no older than `since` (ISO, UTC).

    With `deeds` only what people decided.
    """
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM history AS h WHERE h.seq < ? AND h.at >= ?"  # noqa: S608
        f"{' AND h.reason IS NOT NULL' if deeds else ''} ORDER BY h.seq DESC LIMIT ?",
        (_before(before), since or "", limit),
    )
    return [_entry(row) for row in rows]


def newest_about(
    database: sqlite3.Connection,
    thing: str,
    articles: Iterable[str],
    limit: int,
    *,
    before: int | None = None,
    since: str | None = None,
) -> list[Entry]:
    """As `newest`, of what tells of a thing (its kind and slug), and of the coming of these articles (ids)."""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM history AS h JOIN history_about AS a USING (seq)"  # noqa: S608
        " WHERE a.thing = ? AND h.seq < ? AND h.at >= ? AND h.kind <> 'added' ORDER BY h.seq DESC LIMIT ?",
        (thing, _before(before), since or "", limit),
    )
    found = {row[0]: _entry(row) for row in rows}
    ids = json.dumps([f"article/{article}" for article in articles])
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM json_each(?) AS j JOIN history AS h ON h.about = j.value"  # noqa: S608
        " WHERE h.kind = 'added' AND h.seq < ? AND h.at >= ? ORDER BY h.seq DESC LIMIT ?",
        (ids, _before(before), since or "", limit),
    )
    found.update((row[0], _entry(row)) for row in rows)
    return [found[seq] for seq in sorted(found, reverse=True)[:limit]]


def count_deeds(database: sqlite3.Connection) -> dict[str, int]:
    """How often people decided what, by kind; what was taken back is not counted."""
    rows = database.execute(
        "SELECT kind, count(*) FROM history WHERE reason IS NOT NULL AND undone IS NULL GROUP BY kind ORDER BY kind"
    )
    return dict(rows.fetchall())


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The ledger of the store at `path`, to be read beside its writer; empty where there is none yet.

    Raises StoreError.
    """
    file = path / "ledger.db"
    if not file.exists():
        with closing(connect(":memory:")) as database:
            yield database
        return
    try:
        with closing(read_only(file)) as database:
            yield database
    except sqlite3.Error as error:
        raise StoreError(f"{path}: the ledger cannot be read: {error}") from error


def _before(seq: int | None) -> int:
    return seq if seq is not None else 1 << 62


def _entry(row: tuple[Any, ...]) -> Entry:
    seq, mark, at, kind, about, detail, who, reason, undoable, undone = row
    told = json.loads(detail) if detail else {}
    return Entry(seq, mark, at, kind, about, told, who, reason, bool(undoable) and undone is None, undone)
