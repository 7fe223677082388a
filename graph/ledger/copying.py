"""Copies among the articles of a ledger, found as articles come and go.

What is settled depends on the articles that are there, not on how they came: `graph.identity.copies` says which two are
copies, and an article is looked up by threes of its runs.
"""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Final

from graph.identity.copies import FEWEST, LEVELS, age, level, may_be_alike, overlap, sizes, threes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from networkx.utils import UnionFind

_SHARING: Final = (
    "SELECT n, size, count(*) FROM threes WHERE three IN (SELECT value FROM json_each(?))"
    " AND size BETWEEN ? AND ? GROUP BY n"
)


def put(database: sqlite3.Connection, n: int, runs: array[int] | None) -> None:
    """Makes these the runs of words of article `n` (`graph.identity.copies.runs_of`), or drops it with None.

    Who copies whom is known again after `settle`.
    """
    known = database.execute("SELECT first, runs FROM runs WHERE n = ?", (n,)).fetchone()
    if known:
        _disband(database, known[0] or n)
        database.execute("DELETE FROM runs WHERE n = ?", (n,))
    if runs is not None and len(runs) >= FEWEST:
        database.execute("INSERT INTO runs (n, runs) VALUES (?, ?)", (n, runs.tobytes()))


def settle(database: sqlite3.Connection, touched: Iterable[int]) -> set[int]:
    """Finds the copies of what was put, and writes `articles.original`; gives the articles where that changed.

    `touched` are the articles that were put or dropped, or whose day changed.
    """
    groups = _joined(database)
    changed = set()
    for n in touched:
        known = database.execute("SELECT first FROM runs WHERE n = ?", (n,)).fetchone()
        if known is None:
            changed |= _repeat(database, None, [n])
        elif known[0] is not None:
            groups.union(known[0])
    for group in groups.to_sets():
        changed |= _settled(database, group)
    return changed


def _joined(database: sqlite3.Connection) -> UnionFind[int]:
    """What was put, in groups with its copies; groups settled before are there as their first article."""
    from networkx.utils import UnionFind  # a tenth of a second, which commands that only read are spared

    groups: UnionFind[int] = UnionFind()
    for n, stored in database.execute("SELECT n, runs FROM runs WHERE first IS NULL ORDER BY n").fetchall():
        runs = _runs(stored)
        groups.union(n)
        for other in _similar(database, runs):
            first, theirs = database.execute("SELECT first, runs FROM runs WHERE n = ?", (other,)).fetchone()
            group = first or other
            if groups[n] != groups[group] and overlap(runs, _runs(theirs)):
                groups.union(n, group)
        database.executemany("INSERT INTO threes VALUES (?, ?, ?)", _entries(n, runs))
    return groups


def _similar(database: sqlite3.Connection, runs: array[int]) -> list[int]:
    """The articles that share enough threes with a text to be copies of it, or it of them."""
    size, mine = len(runs), level(len(runs))
    found = []
    for at in range(mine, mine + LEVELS + 1):
        fewest, most = sizes(at)
        looked_up = json.dumps([*threes(runs, at)])
        shared = database.execute(_SHARING, (looked_up, 0 if at == mine else fewest, most))  # others meet elsewhere
        found += [n for n, other, count in shared if may_be_alike(size, other, count)]
    return found


def _entries(n: int, runs: array[int]) -> list[tuple[int, int, int]]:
    """The rows of `threes` of an article."""
    mine = level(len(runs))
    found = {three for at in range(mine, mine + LEVELS + 1) for three in threes(runs, at)}
    return [(three, n, len(runs)) for three in found]


def _settled(database: sqlite3.Connection, group: Iterable[int]) -> set[int]:
    """Has the earliest article stand for the group, and says where that is new."""
    members = []
    for n in group:
        members += database.execute(
            "SELECT n, first, published, id FROM runs JOIN articles USING (n) WHERE n = ?1 OR first = ?1", (n,)
        ).fetchall()
    leader = min(members, key=lambda member: age(member[2], member[3]))[0]
    moved = [(leader, n) for n, first, *_ in members if first != leader]
    database.executemany("UPDATE runs SET first = ? WHERE n = ?", moved)
    return _repeat(database, None, [leader]) | _repeat(database, leader, [n for n, *_ in members if n != leader])


def _repeat(database: sqlite3.Connection, original: int | None, articles: Iterable[int]) -> set[int]:
    """Writes what these articles repeat, and says for which this is new."""
    write = "UPDATE articles SET original = ?1 WHERE n = ?2 AND original IS NOT ?1"
    return {n for n in articles if database.execute(write, (original, n)).rowcount}


def _disband(database: sqlite3.Connection, first: int) -> None:
    """Has the group of an article settled anew."""
    for n, stored in database.execute("SELECT n, runs FROM runs WHERE n = ?1 OR first = ?1", (first,)).fetchall():
        runs = _runs(stored)
        entries = [entry[:2] for entry in _entries(n, runs)]
        database.executemany("DELETE FROM threes WHERE three = ? AND n = ?", entries)
        database.execute("UPDATE runs SET first = NULL WHERE n = ?", (n,))


def _runs(stored: bytes) -> array[int]:
    runs = array("I")
    runs.frombytes(stored)
    return runs
