"""What a write says that it did, done to a copy, gives the same quads."""

from pathlib import Path

import pyoxigraph as ox

from graph.store.base import Change
from graph.store.embedded import Store

SMALL = Path(__file__).parents[1] / "small.trig"


def _apply(copy: ox.Store, change: Change) -> None:
    for name in change.drop:
        copy.remove_graph(ox.NamedNode(name))
    for quad in ox.parse(change.remove, ox.RdfFormat.N_QUADS):
        copy.remove(quad)
    copy.extend(ox.parse(change.add, ox.RdfFormat.N_QUADS))


def test_changes_replay_what_is_written() -> None:
    quads = list(ox.parse(path=SMALL))
    told: list[Change | None] = []
    with Store.memory() as store:
        store.watcher = told.append
        store.write(quads[:-3])
        store.write(quads[-3:], quads[:2])
        store.write(graphs=[ox.serialize(quads[:1], format=ox.RdfFormat.N_QUADS) or b""])
        store.write(drop=[ox.NamedNode(store.graphs()[0])])
        assert store.write() is False
        copy = ox.Store()
        for change in told:
            assert change is not None
            _apply(copy, change)
        assert len(told) == 4
        assert set(copy) == set(store.quads())


def test_blank_nodes_get_names_of_their_own_so_that_the_write_cannot_be_replayed() -> None:
    told: list[Change | None] = []
    graph = ox.NamedNode("https://example.org/graph")
    with Store.memory() as store:
        store.watcher = told.append
        store.write([ox.Quad(graph, graph, ox.BlankNode("here"), graph)])
        store.write([ox.Quad(ox.BlankNode("here"), graph, graph, graph)])
        store.write([ox.Quad(graph, graph, ox.Literal("_:here"), graph)])
    assert told[:2] == [None, None]
    assert told[2] is not None
