"""A store saved, put back and made anew: while nobody serves it, while somebody does, and from afar."""

import json
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from podium_command import Podium
from running_service import Running, serving

from graph.store.embedded import Store
from server.cli import run
from server.tokens import Tokens

ONE = "Marta Lindqvist won the women's 800m at the Harbour Games in 1:57.10 on Saturday.\n"
TWO = "Achieng Otiwa won the women's 1500m at the Harbour Games in 4:01.22 on Sunday.\n"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles and a store of the first; to be copied."""
    place = tmp_path_factory.mktemp("told")
    (place / "one.txt").write_text(ONE)
    (place / "two.txt").write_text(TWO)
    assert run(["ingest", str(place / "one.txt"), "--store", str(place / "store")]) == 0
    return place


@pytest.fixture
def store(told: Path, tmp_path: Path) -> Path:
    """A store with one article."""
    shutil.copytree(told, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store"


@pytest.fixture
def running(store: Path) -> Iterator[Running]:
    with serving(store) as service:
        yield service


def articles(url: str) -> set[str]:
    query = "SELECT ?a WHERE { ?a a <https://w3id.org/podium/ns#Article> }"
    found = httpx.get(f"{url}sparql", params={"query": query, "format": "json"}).json()
    return {row["a"]["value"].rpartition("/")[2] for row in found["results"]["bindings"]}


def quads(path: Path) -> set[str]:
    with Store.open(path) as store:
        return {str(quad) for quad in store.quads()}


def test_cli_backup_and_restore_of_a_store_that_nobody_serves(podium: Podium, store: Path, tmp_path: Path) -> None:
    before = quads(store)
    done = podium("backup", "saved", "--store", "store")
    assert (done.code, done.err) == (0, "")
    podium("ingest", "two.txt", "--store", "store")
    assert quads(store) != before
    assert podium("restore", "saved", "--store", "store").code == 0
    assert quads(store) == quads(tmp_path / "saved") == before
    assert "saved" in podium("backup", "saved", "--store", "store").complaint
    assert "no store here" in podium("backup", "other", "--store", "nowhere").complaint
    assert podium("restore", "one.txt", "--store", "store").code == 1


def test_cli_backup_and_restore_of_a_store_that_is_served(podium: Podium, store: Path, running: Running) -> None:
    token, text = Tokens(store).create("desk", ["ingest"])
    assert podium("backup", "saved", "--store", "store").code == 0
    assert podium("ingest", "two.txt", "--server", running.url, "--token", text).code == 0
    assert articles(running.url) == {"one", "two"}
    podium("token", "revoke", token.id, "--store", "store")
    done = podium("restore", "saved", "--store", "store")
    assert (done.code, done.err) == (0, "")
    assert articles(running.url) == {"one"}
    assert "401" in podium("ingest", "two.txt", "--server", running.url, "--token", text).complaint
    lines = [json.loads(line) for line in (store / "audit.jsonl").read_text().splitlines()]
    assert [(line["token"], line["action"], line["outcome"]) for line in lines] == [
        ("owner", "backup", "done"),
        (token.id, "ingest", "done"),
        ("owner", "restore", "done"),
    ]


def test_cli_rebuild_undoes_what_updates_did(podium: Podium, store: Path, running: Running) -> None:
    _, text = Tokens(store).create("editor", ["update"])
    before = articles(running.url)
    update = httpx.post(
        f"{running.url}sparql", data={"update": "DROP ALL"}, headers={"Authorization": f"Bearer {text}"}
    )
    assert update.is_success
    assert articles(running.url) == set()
    assert podium("rebuild", "--store", "store").code == 0
    assert articles(running.url) == before


def test_cli_backup_over_http_stays_in_the_folder_for_it(podium: Podium, store: Path, tmp_path: Path) -> None:
    _, text = Tokens(store).create("editor", ["update"])
    with serving(store) as running:
        refused = podium("backup", "day", "--server", running.url, "--token", text)
        assert "--backups" in refused.complaint
    with serving(store, backups=tmp_path / "kept") as running:
        given = ("--server", running.url, "--token", text)
        assert podium("backup", "day", *given).code == 0
        assert (tmp_path / "kept" / "day" / "podium.json").exists()
        _, every = Tokens(store).create("keeper", ["ingest", "curate", "update"])
        allowed = ("--server", running.url, "--token", every)
        assert podium("restore", "day", *allowed).code == 0
        assert podium("rebuild", *allowed).code == 0
        for place in ("../day", "/day", "a/b", ".hidden", ""):
            assert "400" in podium("backup", place, *given).complaint
        _, weak = Tokens(store).create("desk", ["ingest", "curate"])
        for refused_one in (text, weak):
            refused_with = ("--server", running.url, "--token", refused_one)
            for command in (("restore", "day"), ("rebuild",)):
                complaint = podium(*command, *refused_with).complaint
                assert "'ingest' and 'update' and 'curate'" in complaint, complaint
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["day"]


def test_cli_note_of_a_service_is_its_owners_and_goes_with_it(podium: Podium, store: Path, tmp_path: Path) -> None:
    note = store / ".service.json"
    with serving(store) as running:
        assert stat.S_IMODE(note.stat().st_mode) == 0o600
        secret = json.loads(note.read_text())["secret"]
        kept = note.read_text()
        assert running.stop()[0] == 0
        assert secret
    assert not note.exists()
    note.write_text(kept)  # as one that was killed leaves it
    assert podium("backup", "saved", "--store", "store").code == 0
    shutil.rmtree(tmp_path / "saved")
