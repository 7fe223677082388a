from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from graph.errors import ConflictError, DataError
from graph.store import graphs
from graph.store.embedded import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = "https://a.example/store/callum"
GRAPH = "https://a.example/graph"
TURTLE = ox.RdfFormat.TURTLE
WRONG = [
    (b"<a:a> <a:b> 1 .\n<a:a> <a:b> .", TURTLE, "not Turtle", 2),
    (b"<a:a> <a:b> '\xff' .", TURTLE, "UTF-8", 1),
    (b"<a:a> <a:b> <a:c> <a:g> .", ox.RdfFormat.N_QUADS, "names graphs", None),
    (b'{"@context": "http://127.0.0.1:9/x", "@id": "a:b"}', ox.RdfFormat.JSON_LD, "nothing is fetched", None),
]


@pytest.fixture
def bare() -> Iterator[Store]:
    with Store.memory() as store:
        yield store


def values(store: Store, graph: str | None = GRAPH) -> set[str]:
    target = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    return {quad.object.value for quad in store.quads(graph=target)}


def follow(copy: ox.Store, change: graphs.Change | None) -> None:
    """Brings a copy of the quads up to date."""
    assert change is not None
    for name in change.drop:
        copy.remove_graph(ox.NamedNode(name) if name else ox.DefaultGraph())
    copy.extend(ox.parse(change.add, format=ox.RdfFormat.N_QUADS))
    copy.update(change.update or "")


@pytest.mark.parametrize("graph", [GRAPH, None])
def test_graphs_put_replaces_and_post_adds(bare: Store, graph: str | None) -> None:
    copy = ox.Store()
    one, two, three = (f"<#r> <#mark> '{mark}', [] .".encode() for mark in ("1:58", "1:59", "2:00"))
    for content, append, created in ((one, False, True), (two, True, False), (three, False, False)):
        was_new, change = graphs.put(bare, graph, [(content, TURTLE)], BASE, append=append)
        assert was_new is created
        follow(copy, change)
        assert set(copy) == set(bare.quads())
    assert {value for value in values(bare, graph) if ":" in value} == {"2:00"}
    assert {quad.subject.value for quad in bare.quads()} == {f"{BASE}#r"}


def test_graphs_put_takes_several_parts_and_files(bare: Store, tmp_path: Path) -> None:
    file = tmp_path / "callum.nt"
    file.write_text('<a:a> <a:b> "Callum" .')
    parts = [(file, ox.RdfFormat.N_TRIPLES), (b"<a:a> <a:b> 'Ferris' .", TURTLE)]
    graphs.put(bare, GRAPH, parts, BASE, append=False)
    assert values(bare) == {"Callum", "Ferris"}


def test_graphs_put_reads_many_triples_twice(bare: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphs, "_MANY", 2)
    lines = b"".join(b"<a:a> <a:b> %d .\n" % number for number in range(5))
    for _ in range(2):
        assert graphs.put(bare, GRAPH, [(lines, TURTLE)], BASE, append=False)[1] is None
        assert values(bare) == {"0", "1", "2", "3", "4"}


def test_graphs_that_are_empty_are_there(bare: Store) -> None:
    copy = ox.Store()
    for content, created in ((b"", True), (b"<a:a> <a:b> 1 .", False), (b"", False)):
        was_new, change = graphs.put(bare, GRAPH, [(content, TURTLE)], BASE, append=False)
        assert was_new is created
        follow(copy, change)
        assert bare.holds(GRAPH)
        assert copy.contains_named_graph(ox.NamedNode(GRAPH))
        assert len(copy) == len(bare) == len(content.split()) // 4


@pytest.mark.parametrize(
    ("data", "form", "said", "line"),
    WRONG,
)
@pytest.mark.parametrize("append", [True, False])
def test_graphs_put_changes_nothing_where_data_is_wrong(
    bare: Store, data: bytes, form: ox.RdfFormat, said: str, line: int | None, append: bool
) -> None:
    graphs.put(bare, GRAPH, [(b"<a:a> <a:b> 1 .", TURTLE)], BASE, append=False)
    version = bare.version
    with pytest.raises(DataError, match=said) as caught:
        graphs.put(bare, GRAPH, [(b"<a:a> <a:b> 2 .", TURTLE), (data, form)], BASE, append=append)
    assert caught.value.line == line
    assert values(bare) == {"1"}
    assert bare.version == version


@pytest.mark.parametrize("graph", [GRAPH, None])
def test_graphs_take_a_large_file(
    bare: Store, graph: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graphs, "_LARGE", 1)
    file = tmp_path / "achieng"
    for content, append, created in (
        (b"<#r> <#m> '1:58', [] .", False, True),
        (b"<#r> <#m> '1:59', [] .", True, False),
    ):
        file.write_bytes(content)
        assert graphs.put(bare, graph, [(file, TURTLE)], BASE, append=append) == (created, None)
    assert {value for value in values(bare, graph) if ":" in value} == {"1:58", "1:59"}
    assert {quad.subject.value for quad in bare.quads()} == {f"{BASE}#r"}
    assert len(values(bare, graph)) == 4


@pytest.mark.parametrize(("data", "form", "said", "line"), WRONG)
def test_graphs_put_changes_nothing_where_a_large_file_is_wrong(
    bare: Store, data: bytes, form: ox.RdfFormat, said: str, line: int | None, tmp_path: Path
) -> None:
    line_of_good = b'<a:a> <a:b> "%s" .\n' % (b"m" * 1000) if form is not ox.RdfFormat.JSON_LD else b" " * 1000
    good = line_of_good * 9000
    file = tmp_path / "achieng"
    file.write_bytes(good + data)
    version = bare.version
    with pytest.raises(DataError, match=said) as caught:
        graphs.put(bare, GRAPH, [(file, form)], BASE, append=False)
    assert caught.value.line == (line and line + good.count(b"\n"))
    assert bare.version == version
    assert not bare.holds(GRAPH)


@pytest.mark.parametrize("graph", [GRAPH, None])
def test_graphs_delete(bare: Store, graph: str | None) -> None:
    graphs.put(bare, graph, [(b"<a:a> <a:b> 1 .", TURTLE)], BASE, append=False)
    version = bare.version
    copy = ox.Store()
    copy.extend(bare.quads())
    found, change = graphs.delete(bare, graph)
    assert found
    follow(copy, change)
    assert list(copy) == list(bare.quads()) == []
    assert bare.version != version
    assert graphs.delete(bare, graph)[0] is (graph is None)


def test_graphs_are_left_alone_where_the_store_has_changed(bare: Store) -> None:
    version = bare.version
    graphs.put(bare, GRAPH, [(b"<a:a> <a:b> 1 .", TURTLE)], BASE, append=False, if_version=version)
    with pytest.raises(ConflictError):
        graphs.put(bare, GRAPH, [(b"<a:a> <a:b> 2 .", TURTLE)], BASE, append=True, if_version=version)
    with pytest.raises(ConflictError):
        graphs.delete(bare, GRAPH, if_version=version)
    assert values(bare) == {"1"}
