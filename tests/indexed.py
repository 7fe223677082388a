"""What the index of a store holds, to be compared with that of another, or with one made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.pipeline.indexing import fill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store.embedded import Store


def indexed(store: Store) -> dict[str, frozenset[tuple[object, ...]]]:
    """Table -> rows, without the numbers that hang on the order in which names came."""
    ledger = store.ledger
    numbers = {number: (iri, name) for number, iri, name in ledger.execute("SELECT id, iri, name FROM search_names")}
    found = {
        table: _rows(ledger.execute(f"SELECT {columns} FROM {table}"))  # noqa: S608  # named here
        for table, columns in (
            ("search_names", "iri, kind, name, key"),
            ("search_weights", "*"),
            ("search_words", "*"),
            ("search_near", "*"),
            ("search_sentences", "*"),
        )
    }
    for table in ("search_keys", "search_texts"):
        ledger.execute(f"CREATE VIRTUAL TABLE temp.held USING fts5vocab (main, {table}, instance)")
        held = ledger.execute('SELECT term, doc, "offset" FROM temp.held')
        found[table] = _rows((term, numbers.get(doc, doc), place) for term, doc, place in held.fetchall())
        ledger.execute("DROP TABLE temp.held")
    return found


def refilled(store: Store) -> dict[str, frozenset[tuple[object, ...]]]:
    """The same once the index was made anew from the quads."""
    fill(store)
    return indexed(store)


def _rows(rows: Iterable[tuple[object, ...]]) -> frozenset[tuple[object, ...]]:
    return frozenset(map(tuple, rows))
