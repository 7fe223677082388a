"""Snapshots stay as long as somebody holds them, and are those of the store as it was."""

import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.engine.snapshots import Snapshots, clear, hold
from graph.store.embedded import Store

GRAPH = ox.NamedNode("https://example.org/graph")


def _quad(name: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode(f"https://example.org/{name}"), GRAPH, ox.Literal(name), GRAPH)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store", create=True)


def test_a_snapshot_is_made_once_a_version_and_holds_what_the_store_held(store: Store) -> None:
    with store:
        snapshots = Snapshots(store)
        store.write([_quad("lindqvist")])
        path, version = snapshots.newest()
        assert (path, version) == snapshots.newest() == (store.path / "snapshots" / store.version, store.version)
        with_one = ox.Store.read_only(str(path))
        held = hold(path)
        store.write([_quad("ferris")])
        assert not snapshots.exists()
        newer, _ = snapshots.newest()
        assert len(with_one) == 1
        assert len(ox.Store.read_only(str(newer))) == 2
        assert path.exists()
        os.close(held)


def test_a_snapshot_that_nobody_holds_goes_when_there_is_a_newer_one(store: Store) -> None:
    with store:
        snapshots = Snapshots(store)
        old, _ = snapshots.newest()
        store.write([_quad("otiwa")])
        newest, _ = snapshots.newest()
        assert not old.exists()
        with pytest.raises(FileNotFoundError):
            hold(old)
        clear(store.path)
        assert not newest.exists()
