"""Copies among the articles of a ledger, found as articles come and go.

What is settled depends on the articles that are there, not on how they came: `graph.identity.copies` says which two
are copies, and an article is looked up by its sample of runs. Runs that many articles have, as those of a template or
of a paragraph that closes each report of a paper, are spared where the others suffice.
"""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING, Final

from networkx.utils import UnionFind

from graph.identity.copies import FEWEST, FOUND, LEVELS, age, alike, level, sample, spare

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

_MANY: Final = 24  # articles that share a run, from which on it is spared if it can be
_VERY_MANY: Final = 200  # up to which they are counted

_NEAR: Final = "SELECT n FROM samples WHERE run = ? AND level BETWEEN ? AND ? LIMIT ?"
_WITH: Final = "SELECT n FROM samples WHERE run = ? AND level = ?"
_UNSPARED: Final = [  # by how many levels the other text is above
    f"{_WITH} AND spared IN ({', '.join(str(bits) for bits in range(2 ** (LEVELS + 1)) if not bits & 1 << above)})"
    for above in range(LEVELS + 1)
]


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
    groups: UnionFind[int] = UnionFind()
    for n, stored in database.execute("SELECT n, runs FROM runs WHERE first IS NULL ORDER BY n").fetchall():
        runs = _runs(stored)
        groups.union(n)
        for other in _similar(database, n, runs):
            first, theirs = database.execute("SELECT first, runs FROM runs WHERE n = ?", (other,)).fetchone()
            group = first or other
            if groups[n] != groups[group] and alike(runs, _runs(theirs)):
                groups.union(n, group)
    return groups


def _similar(database: sqlite3.Connection, n: int, runs: array[int]) -> list[int]:
    """Enters article `n` by its sample of runs; gives the articles that share some of it."""
    mine = level(len(runs))
    shared: Counter[int] = Counter()
    common = []
    for run in sample(runs, mine):
        found = database.execute(_NEAR, (run, mine - LEVELS, mine + LEVELS, _MANY)).fetchall()
        if len(found) < _MANY:
            shared.update(n for (n,) in found)
        else:
            common.append(run)
    spared = _spared(database, runs, common)
    for run in common:
        shared.update(_with(database, run, mine, spared[run]))
    database.executemany(
        "INSERT INTO samples VALUES (?, ?, ?, ?)", [(run, mine, spared.get(run, 0), n) for run in sample(runs, mine)]
    )
    return [article for article, count in shared.items() if count >= FOUND]


def _spared(database: sqlite3.Connection, runs: array[int], common: list[int]) -> dict[int, int]:
    """The `samples.spared` of the runs that many articles have."""
    spared = dict.fromkeys(common, 0)
    count = "SELECT count(*) FROM (SELECT 1 FROM samples WHERE run = ? AND level = ? LIMIT ?)"
    for above in range(LEVELS + 1):
        at = level(len(runs)) + above
        among = sample(runs, at)
        crowds = {
            run: database.execute(count, (run, at, _VERY_MANY)).fetchone()[0] for run in set(common).intersection(among)
        }
        for run in sorted(crowds, key=lambda run: -crowds[run])[: spare(len(among))]:
            if crowds[run] >= _MANY:
                spared[run] |= 1 << above
    return spared


def _with(database: sqlite3.Connection, run: int, at: int, spared: int) -> Iterator[int]:
    """Articles that have a common run; left out are those that share enough others, if they are copies."""
    for above in range(-LEVELS, LEVELS + 1):
        is_spared = above >= 0 and spared & 1 << above
        if is_spared and above:
            continue
        query = _UNSPARED[max(0, -above)] if is_spared or above < 0 else _WITH
        yield from (n for (n,) in database.execute(query, (run, at + above)))


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
        at = level(len(runs))
        entries = [(run, at, spared, n) for run in sample(runs, at) for spared in range(2 ** (LEVELS + 1))]
        database.executemany("DELETE FROM samples WHERE run = ? AND level = ? AND spared = ? AND n = ?", entries)
        database.execute("UPDATE runs SET first = NULL WHERE n = ?", (n,))


def _runs(stored: bytes) -> array[int]:
    runs = array("I")
    runs.frombytes(stored)
    return runs
