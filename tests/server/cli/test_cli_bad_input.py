"""Every kind of bad input: one line that names the thing and the way out, the rest done, nothing lost."""

import json
import resource
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from podium_command import PODIUM, Podium

from graph.store.embedded import Store

GOOD = (
    "Mara Lindqvist won the women's 800m at the Harbour Games in 1:57.10 on Saturday. She is coached by Tor Akesson.\n"
)


def bad_files(folder: Path) -> dict[str, str]:
    """File -> a word that its complaint must hold."""
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n\t\n")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (folder / "noise.txt").write_bytes(b"\x81\x8d\x8f\x90\x9d\xfe\xff\xfe" * 64)
    (folder / "huge.txt").write_bytes(b"A long story about running without an end. " * 120_000)
    (folder / "menu.html").write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>")
    (folder / "broken.xml").write_text("<?xml version='1.0'?><catalog><item/></catalog>")
    (folder / "sidecar.txt").write_text(GOOD)
    (folder / "sidecar.meta.json").write_text('{"published": ')
    (folder / "date.txt").write_text(GOOD)
    (folder / "date.meta.json").write_text('{"published": "the day before yesterday"}')
    return {
        "empty.txt": "empty", "blank.txt": "white space", "picture.txt": "PNG", "noise.txt": "UTF-8",
        "huge.txt": "characters", "menu.html": "article", "broken.xml": "feed", "sidecar.meta.json": "JSON",
        "date.meta.json": "published",
    }  # fmt: skip


def test_cli_ingest_names_each_bad_input_and_stores_the_others(podium: Podium, tmp_path: Path) -> None:
    expected = bad_files(tmp_path / "in")
    (tmp_path / "in" / "good.txt").write_text(GOOD)
    done = podium("ingest", "in", "http://127.0.0.1:1/report", "nowhere.txt", "in/good.txt/deeper", "--store", "store")
    assert done.code == 1
    complaints = done.err.splitlines()
    assert len(complaints) == len(expected) + 3
    assert all(line.startswith("podium: ") for line in complaints)
    for name, word in expected.items():
        (line,) = [line for line in complaints if f"in/{name}" in line]
        assert word in line
    for place in ("http://127.0.0.1:1/report", "nowhere.txt", "in/good.txt/deeper"):
        assert sum(f"{place}:" in line for line in complaints) == 1
    assert done.out.splitlines()[0].startswith("added      good:")
    assert done.out.splitlines()[-1] == f"store: 1 added, 0 replaced, 0 unchanged, 0 skipped, {len(complaints)} refused"
    assert [item["id"] for item in json.loads(podium("articles", "--json", "--store", "store").out)] == ["good"]


def test_cli_extract_names_each_bad_input_and_writes_the_others(podium: Podium, tmp_path: Path) -> None:
    expected = bad_files(tmp_path / "in")
    (tmp_path / "in" / "good.txt").write_text(GOOD)
    done = podium("extract", "in", "--out", "found")
    assert done.code == 1
    *complaints, summary = done.err.splitlines()
    assert len(complaints) == len(expected)
    assert summary == f"1 written to found, 0 skipped, {len(expected)} not readable"
    assert [path.name for path in (tmp_path / "found").iterdir()] == ["good.json"]


def test_cli_ingest_of_nothing_readable_fails(podium: Podium, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    done = podium("ingest", "none", "--store", "store")
    assert done.code == 1
    assert "none" in done.complaint


def test_cli_refuses_a_store_in_use(process: Podium, small_store: Path, tmp_path: Path) -> None:
    shutil.copytree(small_store, tmp_path / "store")
    (tmp_path / "good.txt").write_text(GOOD)
    commands = (["show", "Otto Grau"], ["ingest", "good.txt"], ["check"], ["serve", "--port", "0"])
    with Store.open(tmp_path / "store"), ThreadPoolExecutor(len(commands)) as pool:  # they wait for it for a while
        for done in pool.map(lambda command: process(*command, "--store", "store"), commands):
            assert (done.code, done.out) == (1, "")
            assert "in use by another process" in done.complaint
            assert "--server" in done.complaint
    assert process("show", "Otto Grau", "--store", "store").code == 0


def test_cli_refuses_a_store_of_a_newer_podium(podium: Podium, small_store: Path, tmp_path: Path) -> None:
    shutil.copytree(small_store, tmp_path / "store")
    settings = json.loads((tmp_path / "store" / "podium.json").read_text())
    (tmp_path / "store" / "podium.json").write_text(json.dumps(settings | {"format": 99}))
    done = podium("show", "Otto Grau", "--store", "store")
    assert done.code == 1
    assert "written by a newer Podium" in done.complaint


@pytest.mark.parametrize("make", ["nothing", "file", "folder"])
def test_cli_refuses_what_is_no_store(podium: Podium, tmp_path: Path, make: str) -> None:
    if make == "file":
        (tmp_path / "store").write_text("hello")
    if make == "folder":
        (tmp_path / "store").mkdir()
        (tmp_path / "store" / "letter.txt").write_text("hello")
    done = podium("show", "Otto Grau", "--store", "store")
    assert done.code in {1, 2}
    assert "store" in done.complaint
    assert (tmp_path / "store").exists() is (make != "nothing")


def test_cli_loses_nothing_when_the_disk_is_full(process: Podium, small_store: Path, tmp_path: Path) -> None:
    shutil.copytree(small_store, tmp_path / "store")
    before = process("export", "--graph", "all", "--format", "nquads", "--store", "store").out
    (tmp_path / "good.txt").write_text(GOOD * 2000)
    # No file may grow beyond 4 KiB: what a full disk does to a write, without filling one. Bytecode would be cut, too.
    limited = f"import resource, os; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, {resource.RLIM_INFINITY})); "
    limited += "os.execv(os.environ['PODIUM'], [os.environ['PODIUM'], 'ingest', 'good.txt', '--store', 'store'])"
    environment = {"PODIUM": str(PODIUM), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", limited]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("podium: store: no space left")
    assert process("export", "--graph", "all", "--format", "nquads", "--store", "store").out == before


def test_cli_names_what_it_cannot_write(process: Podium, small_store: Path, tmp_path: Path) -> None:
    done = process("export", "--out", "/dev/full", "--store", small_store)
    assert done.code == 1
    assert done.complaint.startswith("/dev/full: cannot be written (No space left on device)")
    done = process("export", "--out", "missing/facts.ttl", "--store", small_store)
    assert done.code == 1
    assert "missing/facts.ttl" in done.complaint
    with Path("/dev/full").open("wb") as full:
        command = [PODIUM, "export", "--store", small_store]
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 1
    assert run.stderr == b"podium: standard output: No space left on device\n"


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("SELECT ?x WHERE { ?x a ath:Athlete", "line 1"),
        ("SELECT ?x\nWHERE { ?x ath:coaches ?y ?z }", "line 2"),
        ("", "line 1"),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE"),
        ("DELETE WHERE { ?s ?p ?o }", "update"),
        ("SELECT ?x WHERE { ?x nope:this ?y }", "is not declared"),
    ],
)
def test_cli_query_says_where_it_is_wrong(podium: Podium, small_store: Path, query: str, hint: str) -> None:
    done = podium("query", query, "--store", small_store)
    assert (done.code, done.out) == (1, "")
    assert hint in done.complaint


def test_cli_query_names_a_file_it_cannot_read(podium: Podium, small_store: Path, tmp_path: Path) -> None:
    assert "missing.rq: No such file" in podium("query", "@missing.rq", "--store", small_store).complaint
    (tmp_path / "latin.rq").write_bytes(b"SELECT \xe9")
    assert "latin.rq: is not UTF-8" in podium("query", "@latin.rq", "--store", small_store).complaint


def test_cli_unknown_and_ambiguous_names_show_what_there_is(podium: Podium, small_store: Path) -> None:
    done = podium("show", "Otmar Graun", "--store", small_store)
    assert done.code == 1
    assert "nearest names are Otto Grau" in done.complaint
    done = podium("path", "Lindqvist", "Otto Grau", "--store", small_store)
    assert done.code == 1
    assert "Mara Lindqvist (athlete, Sweden, Harbour Harriers" in done.complaint
    done = podium("export", "--graph", "no-such-article", "--store", small_store)
    assert "`podium articles` lists them" in done.complaint
    done = podium("retract", "no-such-article", "--reason", "a test", "--store", small_store)
    assert done.code == 1
    assert "no-such-article" in done.complaint


def test_cli_names_a_server_that_does_not_answer(podium: Podium) -> None:
    done = podium("show", "Otto Grau", "--server", "http://127.0.0.1:1/")
    assert done.code == 1
    assert "http://127.0.0.1:1/sparql" in done.complaint


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["frobnicate"], "No such command"),
        (["show"], "Missing argument 'NAME'"),
        (["show", "x", "--store", "a", "--server", "http://127.0.0.1:1/"], "not both"),
        (["show", "x", "--server", "ftp://127.0.0.1/"], "http or https"),
        (["query", "ASK {}", "--format", "excel"], "'excel'"),
        (["ingest", "a", "b", "--id", "c"], "single input"),
        (["ingest", "a", "--id", "Not A Slug"], "--id"),
        (["ingest", "a", "--url", "example.org"], "--url"),
        (["ingest", "a", "--published", "yesterday"], "yesterday"),
        (["retract", "a"], "--reason"),
        (["retract", "a", "--reason", " "], "--reason"),
        (["serve", "--port", "70000"], "70000"),
    ],
)
def test_cli_wrong_usage_exits_with_two(podium: Podium, arguments: list[str], hint: str) -> None:
    done = podium(*arguments)
    assert (done.code, done.out) == (2, "")
    assert hint in done.complaint
