"""Where names lead: kept in line with what the articles say, at a cost that does not grow with their number.

Everything here is a function of the set of articles and of the rulings; `settle` works out anew what a batch may have
changed, and no more. Names that are alike are compared two by two (`links`); those linked directly or through others
are sorted into people together (`graph.identity.clustering`); names that are less than full, such as `j-ferris`, come
last, each strand of articles going to the one full name that it agrees with best.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from graph.identity.minting import Kind, Names, Witness
from graph.ledger import rulings, sums
from graph.ledger.identifying import Settling
from graph.ledger.known import Known

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator


def put(database: sqlite3.Connection, n: int, witness: Witness | None) -> None:
    """Replaces what article n says of names, or drops it (None); nothing leads elsewhere before `settle`."""
    said = None if witness is None else sums.dumps(witness)
    database.execute("INSERT OR REPLACE INTO unsettled VALUES (?, ?)", (n, said))


def settle(database: sqlite3.Connection, touched: Iterable[int]) -> set[int]:
    """Brings the names in line with what was put, ruled, and with dates and copies of the touched articles.

    Returns the articles under whose names something now leads elsewhere than before, besides the touched ones.
    """
    ruled = rulings.load(database)
    dirt = sums.apply(database, list(_changes(database, touched, ruled)))
    found: set[int] = set()
    dirt.names.update(database.execute("SELECT kind, slug FROM reruled").fetchall())
    database.execute("DELETE FROM reruled")
    for kind in sums.RULES:
        for slug, strand in Settling(Known(database, kind, ruled)).run(dirt):
            rows = database.execute(
                "SELECT n FROM bearers WHERE kind = ? AND slug = ? AND strand = ?", (kind, slug, strand)
            )
            found.update(n for (n,) in rows)
    return found


def _changes(
    database: sqlite3.Connection, touched: Iterable[int], ruled: rulings.Rulings
) -> Iterator[tuple[int, sums.Said | None, sums.Said | None]]:
    """(n, what is added up of it, what is to be) for all articles that were put or touched."""
    put_ones = dict(database.execute("SELECT n, said FROM unsettled"))
    for n in {*put_ones, *touched}:
        row = database.execute("SELECT id, published, original FROM articles WHERE n = ?", (n,)).fetchone()
        old = _old(database, n)
        said = put_ones[n] if n in put_ones else old and old[0]
        new = None
        if row is None or said is None:
            database.execute("DELETE FROM witnesses WHERE n = ?", (n,))
        else:
            article, published, original = row
            since, counted = f"{published or sums.UNDATED} {article}", int(original is None)
            new = sums.load(said, since, counted, article, ruled)
            database.execute("INSERT OR REPLACE INTO witnesses VALUES (?, ?, ?, ?)", (n, said, since, counted))
        yield n, old and old[1], new
    database.execute("DELETE FROM unsettled")


def _old(database: sqlite3.Connection, n: int) -> tuple[str, sums.Said] | None:
    row = database.execute("SELECT said, since, counted FROM witnesses WHERE n = ?", (n,)).fetchone()
    if row is None:
        return None
    said, since, counted = row
    strands = {
        (kind, slug): strand
        for kind, slug, strand in database.execute("SELECT kind, slug, strand FROM bearers WHERE n = ?", (n,))
    }
    return said, sums.reload(said, since, counted, strands)


def names_of(database: sqlite3.Connection, n: int) -> Names:
    """How the names of article n lead to slugs."""
    rows = database.execute(
        "SELECT b.kind, b.slug, l.target FROM bearers AS b CROSS JOIN leads AS l"
        " ON l.kind = b.kind AND l.slug = b.slug AND l.strand = b.strand WHERE b.n = ?",
        (n,),
    ).fetchall()
    if not rows:
        return Names()
    elsewhere: defaultdict[Kind, dict[str, str]] = defaultdict(dict)
    for kind, slug, target in rows:
        elsewhere[kind][slug] = target
    return Names(elsewhere)


def led(database: sqlite3.Connection, n: int) -> str:
    """Where the names of article n lead, as text: the same while they lead to the same."""
    elsewhere = names_of(database, n).elsewhere
    return json.dumps(elsewhere, sort_keys=True, separators=(",", ":")) if elsewhere else ""


def names_when_claimed(database: sqlite3.Connection, n: int) -> Names:
    """How the names of article n led to slugs when its claims were written."""
    (led,) = database.execute("SELECT names FROM articles WHERE n = ?", (n,)).fetchone()
    return Names(json.loads(led)) if led else Names()


def renamed(database: sqlite3.Connection) -> list[tuple[Kind, str]]:
    """The names of which `successor` may be another since this was asked last."""
    rows: list[tuple[Kind, str]] = database.execute("SELECT kind, slug FROM renamed").fetchall()
    database.execute("DELETE FROM renamed")
    return rows


def successor(database: sqlite3.Connection, kind: Kind, slug: str) -> str | None:
    """The one slug that a name leads to in all articles in the place of its own, or None."""
    rows = database.execute(
        "SELECT DISTINCT target FROM strands LEFT JOIN leads USING (kind, slug, strand) WHERE kind = ? AND slug = ?",
        (kind, slug),
    ).fetchall()
    return rows[0][0] if len(rows) == 1 else None


def replaced(database: sqlite3.Connection, kind: Kind, slug: str) -> set[str]:
    """The slugs of names that lead to this one in all articles, so that nothing has them for its own."""
    rows = database.execute(
        "SELECT l.slug FROM leads AS l WHERE l.kind = ? AND l.target = ? GROUP BY l.slug HAVING count(*) ="
        " (SELECT count(*) FROM strands AS s WHERE s.kind = l.kind AND s.slug = l.slug)",
        (kind, slug),
    )
    return {name for (name,) in rows if name != slug}
