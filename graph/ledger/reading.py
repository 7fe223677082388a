"""Texts of articles out of the ledger, for whoever does not have the store open."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from graph.errors import StoreError
from graph.ledger.database import read_only

if TYPE_CHECKING:
    from pathlib import Path


def stored_text(store: Path, article: str) -> str | None:
    """The text of an article of the store in that folder exactly as stored; None where it has no such article.

    Reads beside the writer, as of its last transaction. Raises StoreError where there is no store that can be read.
    """
    try:
        with closing(read_only(store / "ledger.db")) as ledger:
            row = ledger.execute(
                "SELECT text FROM articles JOIN texts ON name = json_extract(record, '$.article.text') WHERE id = ?",
                (article,),
            ).fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{store}: the ledger cannot be read: {error}") from error
    return None if row is None else str(row[0])
