"""What a curator said of names: two are one, two are never one, the bearer in an article is another.

Rulings are no part of what is worked out: they survive withdrawals, re-ingestion and rebuilding, and one on names that
no article bears does no harm.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.errors import RulingError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

    from graph.identity.clustering import Pair
    from graph.identity.minting import Kind


@dataclass(slots=True)
class Rulings:
    """All rulings; pairs are of slugs of one kind, a single slug stands for the bearers of one name."""

    merged: defaultdict[Kind, dict[Pair, str]] = field(default_factory=lambda: defaultdict(dict))
    split: defaultdict[Kind, dict[Pair, str]] = field(default_factory=lambda: defaultdict(dict))
    marks: dict[tuple[Kind, str, str], str] = field(default_factory=dict)  # kind, slug, article -> bearer

    def mark(self, kind: Kind, slug: str, article: str) -> str:
        """Which bearer of the name a curator sees in the article; empty where none was asked."""
        return self.marks.get((kind, slug, article), "") if self.marks else ""


def load(database: sqlite3.Connection) -> Rulings:
    """All rulings of the ledger."""
    found = Rulings()
    for kind, one, other, article, verdict, reason in database.execute(
        "SELECT kind, one, other, article, verdict, reason FROM rulings"
    ):
        if article:
            found.marks[kind, one, article] = verdict
        else:
            sides = found.merged if verdict == "merge" else found.split
            sides[kind][frozenset((one, other))] = reason
    return found


def merge(database: sqlite3.Connection, kind: Kind, one: str, other: str, reason: str, at: str) -> set[int]:
    """Rules that two slugs are one; returns the articles touched, for `settle`.

    Where they differ only behind `--`, all bearers of the name are one. Raises RulingError where a slug has `--` and
    the names differ: which articles are meant is then to be said by `separate`.
    """
    left, right = _bare(one), _bare(other)
    if left == right:
        if one == other:
            raise RulingError(f"'{one}' is one {kind} already; name two")
        touched = _articles(database, kind, [left])
        database.execute("DELETE FROM rulings WHERE kind = ? AND one = ? AND other = ?", (kind, left, left))
        _put(database, kind, (left, left), "", "merge", reason, at)
        return touched
    _refuse_qualified(one, other)
    _put(database, kind, (left, right), "", "merge", reason, at)
    return _articles(database, kind, [left, right])


def split(database: sqlite3.Connection, kind: Kind, one: str, other: str, reason: str, at: str) -> set[int]:
    """Rules that two slugs are never one; returns the articles touched, for `settle`.

    Raises RulingError for a single slug: whose articles are another's is to be said by `separate`.
    """
    _refuse_qualified(one, other)
    if one == other:
        raise RulingError(f"'{one}' is a single name; name another, or the articles that mean somebody else")
    _put(database, kind, (one, other), "", "split", reason, at)
    return _articles(database, kind, [one, other])


def separate(
    database: sqlite3.Connection, kind: Kind, slug: str, articles: Collection[str], reason: str, at: str
) -> set[int]:
    """Rules that the articles (ids) speak of another bearer of the name; returns the articles touched, for `settle`."""
    bare = _bare(slug)
    rows = database.execute(
        "SELECT article, verdict FROM rulings WHERE kind = ? AND one = ? AND other = ? AND article <> ''",
        (kind, bare, bare),
    )
    taken = {int(verdict) for article, verdict in rows if article not in articles}
    number = next(number for number in range(1, len(taken) + 2) if number not in taken)
    database.execute(
        "DELETE FROM rulings WHERE kind = ? AND one = ? AND other = ? AND article = ''", (kind, bare, bare)
    )
    for article in sorted(articles):
        _put(database, kind, (bare, bare), article, str(number), reason, at)
    return _articles(database, kind, [bare])


def changed(database: sqlite3.Connection, kind: Kind, one: str, other: str) -> set[int]:
    """Has a ruling on two names looked at again, as it is not what it was; returns the articles touched."""
    database.executemany("INSERT OR IGNORE INTO reruled VALUES (?, ?)", [(kind, slug) for slug in (one, other)])
    return _articles(database, kind, [one, other])


def _bare(slug: str) -> str:
    return slug.partition("--")[0]


def _refuse_qualified(*slugs: str) -> None:
    for slug in slugs:
        if "--" in slug:
            raise RulingError(
                f"'{slug}' is one of several who bear a name; say by the articles who is meant: podium split"
            )


def _put(
    database: sqlite3.Connection, kind: Kind, pair: tuple[str, str], article: str, verdict: str, reason: str, at: str
) -> None:
    database.execute(
        "INSERT OR REPLACE INTO rulings VALUES (?, ?, ?, ?, ?, ?, ?)",
        (kind, *sorted(pair), article, verdict, reason, at),
    )
    database.executemany("INSERT OR IGNORE INTO reruled VALUES (?, ?)", [(kind, slug) for slug in pair])


def _articles(database: sqlite3.Connection, kind: Kind, slugs: Iterable[str]) -> set[int]:
    found: set[int] = set()
    for slug in slugs:
        rows = database.execute("SELECT n FROM bearers WHERE kind = ? AND slug = ?", (kind, slug))
        found.update(n for (n,) in rows)
    return found
