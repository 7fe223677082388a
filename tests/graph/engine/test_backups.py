"""Backups are made and restored while the store is read and written."""

import json
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest

from graph.articles import Input, Options
from graph.engine.engine import Engine
from graph.engine.settings import EngineSettings
from graph.errors import StoreError, StoreVersionError
from graph.pipeline import article_text, articles, check, open_store

COUNT = "SELECT (count(*) AS ?n) { GRAPH <urn:g> { ?s ?p ?o } }"


def _report(number: int) -> Input:
    text = f"Achieng Otiwa won the women's 800m at the Oslo Diamond League meeting in 1:58.{number:02} on Thursday.\n"
    return Input(f"{number}.txt", text.encode(), str(number), ".txt", sidecar=Options(id=f"report-{number}"))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine.start(tmp_path_factory.mktemp("backups") / "store", EngineSettings(memory="off")) as found:
        list(found.ingest([_report(1), _report(2)]))
        yield found


def _count(engine: Engine) -> int:
    (row,) = engine.select(COUNT)
    return int(str(row["n"]))


def _articles(engine: Engine) -> set[str]:
    return {entry.id for entry in articles(engine) if not entry.withdrawn}


def test_a_backup_made_under_load_is_the_store_of_one_moment(engine: Engine, tmp_path: Path) -> None:
    done = []

    def write(number: int) -> None:
        engine.update(f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:s{number}> <urn:p> 1 , 2 }} }}")
        done.append(number)

    with ThreadPoolExecutor(3) as pool:
        writes = [pool.submit(write, number) for number in range(40)]
        before = len(done)
        version = engine.backup(tmp_path / "copy")
        for write_ in writes:
            write_.result()
    with open_store(tmp_path / "copy") as store:
        assert store.version == version
        assert check(store).violations == ()
        assert "Otiwa" in article_text(store, "report-1")
        found = sum(1 for _ in store.quads(graph=ox.NamedNode("urn:g")))
    assert 2 * before <= found <= 80
    assert found % 2 == 0


def test_a_backup_is_restored_while_others_read_and_write(engine: Engine, tmp_path: Path) -> None:
    (engine.path / "tokens.db").write_bytes(b"not of the data")
    engine.update("INSERT DATA { GRAPH <urn:kept> { <urn:s> <urn:p> 1 } }")
    before, count = _articles(engine), _count(engine)
    engine.backup(tmp_path / "copy")
    list(engine.ingest([_report(3)]))
    engine.retract("report-1", "a test")
    engine.update("DROP GRAPH <urn:kept>")
    later = engine.version
    with ThreadPoolExecutor(2) as pool:
        restored = pool.submit(engine.restore, tmp_path / "copy")
        while not restored.done():
            assert len(_articles(engine)) == 2
        assert restored.result() == engine.version != later
    assert (_articles(engine), _count(engine)) == (before, count)
    assert engine.ask("ASK { GRAPH <urn:kept> { ?s ?p ?o } }")
    assert (engine.path / "tokens.db").read_bytes() == b"not of the data"
    assert [report.outcome for report in engine.ingest([_report(1), _report(4)])] == ["unchanged", "added"]
    assert not (engine.path / "replaced").exists()
    assert (tmp_path / "copy" / "podium.json").exists()


def test_what_is_no_sound_backup_of_this_store_is_refused_and_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    version = engine.version
    good = tmp_path / "good"
    engine.backup(good)
    with pytest.raises(StoreError, match="something already"):
        engine.backup(good)
    with pytest.raises(StoreError, match="no backup"):
        engine.restore(tmp_path)
    for name, error in (
        ("base", StoreError),
        ("newer", StoreVersionError),
        ("ledger", StoreError),
        ("quads", StoreError),
    ):
        bad = tmp_path / name
        shutil.copytree(good, bad)
        settings = json.loads((bad / "podium.json").read_text())
        if name == "base":
            (bad / "podium.json").write_text(json.dumps(settings | {"base": "https://example.org/other/"}))
        elif name == "newer":
            (bad / "podium.json").write_text(json.dumps(settings | {"format": 99}))
        elif name == "ledger":
            (bad / "ledger.db").write_bytes(os.urandom(8192))
        else:
            for path in (bad / "oxigraph").glob("MANIFEST-*"):
                path.write_bytes(os.urandom(200))
        with pytest.raises(error):
            engine.restore(bad)
        assert engine.version == version
        assert engine.ask("ASK { ?article a ath:Article }")
    assert not (engine.path / "restoring.new").exists()


def test_a_backup_goes_to_another_disk_and_back(engine: Engine) -> None:
    here = engine.path.stat().st_dev
    folders = ("/dev/shm", "/var/tmp", Path.cwd())  # noqa: S108
    disks = [folder for folder in folders if os.access(folder, os.W_OK) and Path(folder).stat().st_dev != here]
    if not disks:
        pytest.skip("needs another disk")
    with TemporaryDirectory(dir=disks[0]) as elsewhere:
        target = Path(elsewhere) / "deep" / "copy"
        engine.backup(target)
        assert target.stat().st_dev != engine.path.stat().st_dev
        assert sorted(path.name for path in target.parent.iterdir()) == ["copy"]
        engine.update("DROP ALL")
        assert not engine.ask("ASK { ?s ?p ?o }")
        engine.restore(target)
    assert engine.ask("ASK { ?article a ath:Article }")


def test_an_exchange_that_is_cut_off_is_ended_by_who_opens_the_store(tmp_path: Path) -> None:
    with Engine.start(tmp_path / "store", EngineSettings(memory="off")) as engine:
        list(engine.ingest([_report(1)]))
        engine.backup(tmp_path / "copy")
        list(engine.ingest([_report(2)]))
    store = tmp_path / "store"
    for moved in range(4):
        new = tmp_path / f"cut-{moved}"
        shutil.copytree(store, new)
        shutil.copytree(tmp_path / "copy", new / "restoring")
        names = sorted(path.name for path in (new / "restoring").iterdir())
        (new / "restoring" / ".names").write_text("\n".join(names))
        (new / "replaced").mkdir()
        (new / "pending").write_text("what was under way")
        for name in names[:moved]:
            (new / "pending").unlink(missing_ok=True)
            (new / name).rename(new / "replaced" / name)
            (new / "restoring" / name).rename(new / name)
        with open_store(new) as found:
            assert [entry.id for entry in articles(found)] == ["report-1"]
            assert check(found).violations == ()
        assert not (new / "restoring").exists()
