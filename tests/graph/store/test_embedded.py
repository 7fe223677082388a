from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import RDFS, Literal, URIRef

from graph.errors import StoreBusyError, StoreError, StoreVersionError
from graph.store.embedded import Store

if TYPE_CHECKING:
    from pathlib import Path

THING = ox.NamedNode("http://a.example/thing")
GRAPH = ox.NamedNode("https://w3id.org/podium/id/graph/facts")


def quad(value: str, graph: ox.NamedNode = GRAPH) -> ox.Quad:
    return ox.Quad(THING, THING, ox.Literal(value), graph)


def test_embedded_keeps_what_was_written(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new" / "store", create=True) as store:
        store.write([quad("a")])
        version = store.version
    with Store.open(tmp_path / "new" / "store") as store:
        assert list(store.quads()) == [quad("a")]
        assert store.version == version


def test_embedded_version_changes_with_every_write_and_only_then(store: Store) -> None:
    seen = {store.version}
    assert store.write([quad("a")])
    seen.add(store.version)
    assert store.write(remove=[quad("a")])
    seen.add(store.version)
    assert not store.write()
    assert not store.write(drop=[ox.NamedNode("http://a.example/none")])
    store.select("SELECT * { ?s ?p ?o }")
    seen.add(store.version)
    assert len(seen) == 3


def test_embedded_drops_removes_and_adds_in_that_order(store: Store) -> None:
    other = ox.NamedNode("https://w3id.org/podium/id/graph/article_x")
    store.write([quad("a", other), quad("b"), quad('"quoted"\n\\ and <more> }')])
    store.write([quad("a", other), quad("c")], [quad("b"), quad('"quoted"\n\\ and <more> }')], [other])
    assert set(store.quads(THING)) == {quad("a", other), quad("c")}


def test_embedded_forgets_graphs_that_are_empty(store: Store) -> None:
    other = ox.NamedNode("https://w3id.org/podium/id/graph/article_x")
    store.write([quad("a", other)])
    store.write(remove=[quad("a", other)])
    assert other.value not in store.graphs()


# rdflib's own methods use the names that it deprecates.
@pytest.mark.filterwarnings(r"ignore:Dataset\.default_context:DeprecationWarning")
def test_embedded_is_an_rdflib_dataset(store: Store) -> None:
    ada = URIRef(store.base + "person/ada-aas")
    assert (ada, RDFS.label, None) in store.dataset
    assert "Ada Aas" in {str(label) for label in store.dataset.objects(ada, RDFS.label)}


def test_embedded_base_is_chosen_once(tmp_path: Path) -> None:
    Store.open(tmp_path, create=True, base="https://a.example/id/").close()
    with Store.open(tmp_path) as store:
        assert store.base == "https://a.example/id/"
        assert store.ask("ASK { FILTER(STR(person:x) = 'https://a.example/id/person/x') }")
    with pytest.raises(StoreError, match=r"cannot be changed to https://b\.example/"):
        Store.open(tmp_path, base="https://b.example/")


@pytest.mark.parametrize(
    "base", ["ftp://a.example/", "https://a.example", "https://a.example/x#", "nothing", "https://a b/"]
)
def test_embedded_base_must_be_a_namespace(base: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no data namespace"):
        Store.open(tmp_path, create=True, base=base)


def test_embedded_names_the_way_to_a_missing_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="podium ingest"):
        Store.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_embedded_refuses_directories_of_others(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    for create in (False, True):
        with pytest.raises(StoreError, match="not a Podium store"):
            Store.open(tmp_path, create=create)
    with pytest.raises(StoreError, match="not a directory"):
        Store.open(tmp_path / "thesis.txt", create=True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_embedded_refuses_a_newer_format(tmp_path: Path) -> None:
    Store.open(tmp_path, create=True).close()
    settings = json.loads((tmp_path / "podium.json").read_text())
    (tmp_path / "podium.json").write_text(json.dumps(settings | {"format": 99}))
    with pytest.raises(StoreVersionError, match="update Podium"):
        Store.open(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": "1", "base": 3}', '{"format": 1, "base": "x"}'])
def test_embedded_names_damaged_settings(content: str, tmp_path: Path) -> None:
    Store.open(tmp_path, create=True).close()
    (tmp_path / "podium.json").write_text(content)
    with pytest.raises(StoreError, match=r"podium\.json: damaged"):
        Store.open(tmp_path)


def test_embedded_names_damaged_quads(tmp_path: Path) -> None:
    Store.open(tmp_path, create=True).close()
    (tmp_path / "oxigraph" / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError, match=r"damaged \(.*; put it back from a backup"):
        Store.open(tmp_path)


def test_embedded_is_one_process_at_a_time(tmp_path: Path) -> None:
    code = "import sys; from graph.store.embedded import Store; Store.open(sys.argv[1])"
    with Store.open(tmp_path, create=True) as store:
        store.write([quad("a")])
        with pytest.raises(StoreBusyError, match="--server URL"):
            Store.open(tmp_path)
        other = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
        assert "StoreBusyError" in other.stderr
        assert str(tmp_path) in other.stderr
    with Store.open(tmp_path) as store:
        assert list(store.quads()) == [quad("a")]


_FILL = """
import resource, signal, sys
import pyoxigraph as ox
from graph.errors import StoreFullError
from graph.store.embedded import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
node = ox.NamedNode("http://a.example/thing")
try:
    store.write(ox.Quad(node, node, ox.Literal(f"{i:0500}"), node) for i in range(4000))
except StoreFullError as error:
    print(error)
"""


def test_embedded_survives_a_full_disk(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.write([quad("a")])
    run = subprocess.run([sys.executable, "-c", _FILL, str(tmp_path)], capture_output=True, text=True, check=False)
    assert "no space left on the disk" in run.stdout, run.stderr
    with Store.open(tmp_path) as store:
        assert list(store.quads()) == [quad("a")]


def test_embedded_survives_a_kill_in_the_middle_of_writing(tmp_path: Path) -> None:
    code = (
        "import sys, pyoxigraph as ox; from graph.store.embedded import Store\n"
        "store = Store.open(sys.argv[1]); node = ox.NamedNode('http://a.example/n'); print('ready', flush=True)\n"
        "for n in range(10**9):\n"
        "    graph = ox.NamedNode(f'http://a.example/g{n}')\n"
        "    store.write([ox.Quad(node, node, ox.Literal(str(i)), graph) for i in range(50)])\n"
    )
    Store.open(tmp_path, create=True).close()
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            process.kill()
    with Store.open(tmp_path) as store:
        sizes = {sum(1 for _ in store.quads(graph=ox.NamedNode(name))) for name in store.graphs()}
    assert sizes == {50}


def test_embedded_many_quads_are_loaded_in_bulk(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.write(quad(str(number)) for number in range(6000))
        assert store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0]["n"] == Literal(6000)
