"""Which of the values that articles give a curator chose.

A choice outlives the articles that say it, and follows its subject where a name in that leads to another by now.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any, Final, cast

from graph.facts import (
    BestKey,
    CoachingKey,
    Entity,
    MembershipKey,
    PartialRace,
    RaceKey,
    RankingKey,
    ResultKey,
    TallyKey,
    plain,
)
from graph.ledger import naming

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from graph.facts import Key
    from graph.identity.minting import Kind

_KINDS: Final = {"person", "club", "series"}  # of things whose names are settled
_NAMES: Final[dict[type, tuple[tuple[str, str], ...]]] = {  # the fields of a key that hold such names
    RaceKey: (("series", "series"),),
    PartialRace: (("series", "series"), ("who", "person")),
    ResultKey: (("who", "person"),),
    CoachingKey: (("coach", "person"), ("athlete", "person")),
    MembershipKey: (("athlete", "person"), ("club", "club")),
    BestKey: (("athlete", "person"),),
    RankingKey: (("athlete", "person"),),
    TallyKey: (("athlete", "person"), ("series", "series")),
}


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


def on(database: sqlite3.Connection, key: Key) -> tuple[Choice, ...]:
    """The choices that count for a key: those on it, then those made when a name in it was another."""
    if database.execute("SELECT 1 FROM choices LIMIT 1").fetchone() is None:
        return ()
    former = {plain(one) for one in called(database, key)} - {plain(key)}
    return tuple(choice for subject in (plain(key), *sorted(former)) for choice in of(database, subject))


def called(database: sqlite3.Connection, key: Key) -> Iterator[Key]:
    """The key by all names that lead to those in it, itself included."""
    named = (("slug", key.kind),) if isinstance(key, Entity) and key.kind in _KINDS else _NAMES.get(type(key), ())
    parts: dict[str, list[Any]] = {
        field: [slug, *naming.replaced(database, cast("Kind", kind), slug)]
        for field, kind in named
        if (slug := getattr(key, field)) is not None
    }
    if isinstance(key, ResultKey):
        parts["race"] = list(called(database, key.race))
    for values in product(*parts.values()):
        yield replace(key, **dict(zip(parts, values, strict=True)))


def every(database: sqlite3.Connection) -> tuple[Choice, ...]:
    """All choices, by subject and property."""
    return tuple(Choice(*row) for row in database.execute("SELECT * FROM choices ORDER BY subject, predicate"))
