"""Opening a store so that what it answers is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.pipeline import indexing, moving, records, shipped
from graph.pipeline.rebuilding import rebuild
from graph.pipeline.settling import Settler
from graph.store.embedded import Store
from ontology.iris import DEFAULT_BASE

if TYPE_CHECKING:
    from pathlib import Path


def open_store(path: Path | str, *, create: bool = False, base: str | None = None) -> Store:
    """Opens a store as `Store.open` does, and makes good what a run that was cut off, or an older Podium, left behind.

    A store that never held an article holds no vocabulary either: that comes with the first.
    """
    store = Store.open(path, create=create, base=base)
    try:
        _make_whole(store)
    except BaseException:
        store.close()
        raise
    return store


def memory_store(base: str = DEFAULT_BASE) -> Store:
    """A store with the vocabulary in it that leaves nothing behind."""
    store = Store.memory(base)
    shipped.ensure(store)
    return store


def _make_whole(store: Store) -> None:
    moving.move_records(store)
    if store.files.stale or not (shipped.current(store) or _bare(store)):
        rebuild(store)
    elif store.files.unfinished:
        Settler(store).recover()
    if not _bare(store):
        indexing.ensure(store)


def _bare(store: Store) -> bool:
    """Whether no article was ever put into the store."""
    return not shipped.any_version(store) and not records.ids(store.ledger)
