"""How the names of each article lead to slugs: worked out from all articles at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from graph.guide import from_json
from graph.identity.minting import Names, mint, witness

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from graph.identity.minting import Witness


def put(database: sqlite3.Connection, n: int, said: Witness | None) -> None:
    """Replaces what article `n` says of names; None drops it."""
    database.execute("DELETE FROM minted WHERE n = ?", (n,))
    if said is not None:
        bearers = [(n, bearer.slug, bearer.slug) for bearer in said.bearers]
        database.executemany("INSERT INTO minted VALUES (?, ?, ?)", bearers)


def settle(database: sqlite3.Connection, touched: Iterable[int]) -> set[int]:
    """Brings all names in line; the articles under whose names something now leads elsewhere, and the touched ones."""
    rows = database.execute("SELECT n, id, original, record FROM articles").fetchall()
    ids = {n: article for n, article, _, _ in rows}
    said = [witness(from_json(json.loads(record)["extraction"])) for _, _, _, record in rows]
    names = mint(said, {article: ids[original] for _, article, original, _ in rows if original is not None})
    changed = set(touched)
    for n, bare, target in database.execute("SELECT n, slug, target FROM minted").fetchall():
        found = names.resolve(ids[n], bare)
        if found != target:
            changed.add(n)
            database.execute("UPDATE minted SET target = ? WHERE n = ? AND slug = ?", (found, n, bare))
    return changed


def names_of(database: sqlite3.Connection, n: int) -> Names:
    """How the names of article `n` lead to slugs."""
    rows = database.execute("SELECT slug, target FROM minted WHERE n = ? AND slug <> target", (n,))
    return Names(dict(rows.fetchall()))
