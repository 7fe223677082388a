"""The writer as a process: in turns, wholly or not at all, and back after whatever ended it."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psutil
import pyoxigraph as ox
import pytest

from graph.articles import Input, Options
from graph.engine.settings import EngineSettings
from graph.engine.writing import Writes
from graph.errors import ConflictError, DataError, QuerySyntaxError, QueryTimeoutError, StoreError, TooBusyError
from graph.pipeline import ingest, open_store
from graph.store.base import Change, Limits

COUNTER = "INSERT DATA { <urn:counter> <urn:value> 0 }"
INCREMENT = (
    "DELETE { <urn:counter> <urn:value> ?n } INSERT { <urn:counter> <urn:value> ?next } "
    "WHERE { <urn:counter> <urn:value> ?n BIND(?n + 1 AS ?next) }"
)
_PATTERNS = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9))
ENDLESS = f"INSERT {{ <urn:x> <urn:y> 1 }} WHERE {{ GRAPH <urn:g> {{ {_PATTERNS} }} }}"
TURTLE = ox.RdfFormat.TURTLE


@pytest.fixture
def writes(tmp_path: Path) -> Iterator[Writes]:
    with closing(Writes(tmp_path / "store", EngineSettings())) as found:
        yield found


def _value(writes: Writes) -> int:
    return int(next(iter(_quads(writes).quads_for_pattern(ox.NamedNode("urn:counter"), None, None))).object.value)


def _quads(writes: Writes) -> ox.Store:
    path, _ = writes.snapshot()
    return ox.Store.read_only(str(path))


def test_a_new_store_is_empty_and_counts_each_of_many_increments(writes: Writes) -> None:
    assert len(_quads(writes)) == 0
    writes.update(COUNTER)

    def increment(_: int) -> None:
        for _ in range(20):
            writes.update(INCREMENT)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(increment, range(8)))
    assert _value(writes) == 160


def test_of_writes_based_on_one_version_the_first_is_done(writes: Writes) -> None:
    before = writes.version
    after = writes.update(COUNTER, if_version=before)
    assert after == writes.version != before
    for attempt in (
        lambda: writes.update(INCREMENT, if_version=before),
        lambda: writes.put_graph(
            "urn:g", [(b"<urn:a> <urn:b> 1 .", TURTLE)], "urn:base:", append=False, if_version=before
        ),
        lambda: writes.delete_graph("urn:g", if_version=before),
    ):
        with pytest.raises(ConflictError):
            attempt()
    assert (writes.version, _value(writes)) == (after, 0)
    writes.update(INCREMENT, if_version=after)
    assert _value(writes) == 1


def test_an_update_that_fails_changes_nothing(writes: Writes) -> None:
    version = writes.update(COUNTER)
    with pytest.raises(QuerySyntaxError) as raised:
        writes.update("INSERT DATA { <urn:a> }")
    assert raised.value.line == 1
    with pytest.raises(DataError):
        writes.put_graph("urn:g", [(b"<urn:a> <urn:b> 1 ; .. ", TURTLE)], "urn:base:", append=True)
    assert writes.version == version
    assert len(_quads(writes)) == 1


def test_an_endless_update_is_stopped_at_its_deadline_and_the_writer_is_back(writes: Writes) -> None:
    writes.put_graph(
        "urn:g", [(b"".join(b"<urn:s%d> <urn:p> %d ." % (i, i) for i in range(200)), TURTLE)], "urn:", append=False
    )
    writes.update(COUNTER)
    version = writes.version
    start = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        endless = pool.submit(writes.update, ENDLESS, limits=Limits(seconds=1.0))
        time.sleep(0.3)
        with pytest.raises(TooBusyError):
            writes.update(INCREMENT, limits=Limits(seconds=0.2))
        with pytest.raises(QueryTimeoutError, match="nothing was changed"):
            endless.result()
    assert time.monotonic() - start < 10
    assert writes.version == version
    assert len(_quads(writes)) == 201
    writes.update(INCREMENT)
    assert _value(writes) == 1


def test_a_snapshot_can_be_had_while_articles_are_put_in(writes: Writes) -> None:
    writes.update(COUNTER)
    with ThreadPoolExecutor(1) as pool:
        reports = pool.submit(lambda: list(writes.ingest([_report("lindqvist", "Marta Lindqvist")])))
        while not reports.done():
            assert len(_quads(writes)) >= 1
        assert [report.outcome for report in reports.result()] == ["added"]
    assert len(_quads(writes)) > 1


def test_graphs_are_put_and_deleted_and_each_change_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, Change | None]] = []
    with closing(
        Writes(tmp_path / "store", EngineSettings(), committed=lambda version, change: told.append((version, change)))
    ) as writes:
        part = (b"<urn:a> <urn:b> 1 .", TURTLE)
        assert writes.put_graph("urn:g", [part], "urn:base:", append=False) is True
        assert writes.put_graph("urn:g", [part], "urn:base:", append=False) is False
        assert writes.delete_graph("urn:g") is True
        assert writes.delete_graph("urn:g") is False
        assert [version for version, _ in told][-1] == writes.version
        assert told[0][1] == Change(add=b'<urn:a> <urn:b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g> .\n')
        assert told[2][1] == Change(drop=("urn:g",))


def _report(name: str, who: str) -> Input:
    text = f"{who} won the women's 800m at the Oslo Diamond League meeting in 1:58.20 on Thursday.\n"
    return Input(f"{name}.txt", text.encode(), name, ".txt", sidecar=Options(id=name, title=f"{who} wins"))


def test_ingest_gives_what_it_gives_directly(tmp_path: Path, root: Path) -> None:
    from graph.articles import read
    from graph.articles.inputs import read_inputs

    names = ("club-round-up", "correction", "kerr-world-title", "port-saltby-results")  # two of them disagree
    samples = [str(root / "seeds" / f"{name}.txt") for name in names]
    with closing(Writes(tmp_path / "service", EngineSettings())) as writes:
        reports = list(writes.ingest(read_inputs([*samples, str(tmp_path / "missing.txt")])))
        assert {report.outcome for report in reports} == {"added", "refused"}
        again = list(writes.ingest(read_inputs(samples)))
        assert {report.outcome for report in again} == {"unchanged"}
        article = str(next(report.article for report in reports))
        assert writes.retract(article, "a test").article == article
        writes.rebuild()
    with open_store(tmp_path / "direct", create=True) as store:
        first = list(ingest(store, read([*samples, str(tmp_path / "missing.txt")])))
        from graph.pipeline import retract

        retract(store, article, "a test")
        direct = _told(store.quads())
    assert [_plain(report) for report in reports] == [_plain(report) for report in first]
    with open_store(tmp_path / "service") as store:
        assert _told(store.quads()) == direct


def _plain(report: object) -> tuple[object, ...]:
    fields = ("origin", "outcome", "article", "statements", "gained", "lost", "warnings")
    return (*(getattr(report, field) for field in fields), str(getattr(report, "error", "")))


def _told(quads: Iterator[ox.Quad]) -> set[ox.Quad]:
    """All but blank nodes, whose names differ, and graph:meta, which has times."""
    return {
        quad
        for quad in quads
        if not str(quad.graph_name).endswith("/meta>")
        and not any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object))
    }


def _process() -> psutil.Process:
    writers = (process for process in psutil.Process().children() if "graph.engine.writer" in process.cmdline())
    return max(writers, key=psutil.Process.create_time)  # others may belong to other tests


def test_a_writer_responds_unless_it_is_down_or_stands_still(writes: Writes) -> None:
    assert writes.responds(5.0)
    process = _process()
    process.suspend()
    while process.status() != psutil.STATUS_STOPPED:
        time.sleep(0.01)
    assert not writes.responds(0.1)
    assert not writes.responds(0.1)
    process.resume()
    assert writes.responds(5.0)
    writes.update(COUNTER)
    process.kill()
    process.wait()
    assert not writes.responds(0.1)  # and is started again
    until = time.monotonic() + 20
    while not writes.responds(0.1):
        assert time.monotonic() < until
    writes.update(INCREMENT)
    assert _value(writes) == 1


def test_a_writer_responds_while_it_is_at_work(writes: Writes) -> None:
    writes.update("INSERT DATA { " + " ".join(f"GRAPH <urn:g> {{ <urn:{n}> <urn:p> {n} }}" for n in range(60)) + " }")
    with ThreadPoolExecutor(1) as pool:
        update = pool.submit(writes.update, ENDLESS, limits=Limits(seconds=1.5))
        time.sleep(0.3)
        assert writes.responds(0.1)
        with pytest.raises(QueryTimeoutError):
            update.result()


def test_a_writer_that_is_killed_is_started_again(writes: Writes) -> None:
    writes.update(COUNTER)
    _process().kill()
    with pytest.raises(StoreError, match="writer"):
        writes.update(INCREMENT)
    writes.update(INCREMENT)
    assert _value(writes) == 1


def test_a_store_that_another_has_open_is_said_to_be_in_use(tmp_path: Path, writes: Writes) -> None:
    with pytest.raises(StoreError, match="--server URL"):
        open_store(tmp_path / "store")
