"""Rulings of a curator over HTTP, the same as those of the command line."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph.browsing import conflicts
from graph.browsing.values import plain
from graph.ledger import history
from graph.pipeline import open_store
from graph.store.embedded import Store
from server.app import create_app
from server.settings import Settings
from server.tokens import Tokens

SECRET = "a-secret-of-the-test"  # noqa: S105
ALL = {"Authorization": f"Bearer {SECRET}"}


@pytest.fixture
def store(harbour: Path, tmp_path: Path) -> Iterator[Store]:
    with open_store(shutil.copytree(harbour, tmp_path / "store")) as opened:
        yield opened


@pytest.fixture
def web(store: Store) -> FlaskClient:
    return create_app(store, Settings(store=store.path, token=SECRET)).test_client()


def rule(web: FlaskClient, ruling: str, **asked: object) -> TestResponse:
    return web.post(f"/curate/{ruling}", json=asked, headers=ALL)


def test_curating_a_choice_stands_and_can_be_undone(web: FlaskClient, store: Store) -> None:
    (item,) = conflicts(store).shown
    chosen = item.sides[1]
    done = rule(web, "choose", conflict=item.number, side=str(chosen.number), reason="the official results")
    assert done.status_code == 200
    (now,) = done.get_json()["conflicts"]
    assert [side["value"] for side in now["sides"] if side["stands"]] == [plain(chosen.value)]
    assert now["settlement"]["reason"] == "the official results"
    undone = rule(web, "choose", conflict=item.number, undo=True)
    assert undone.get_json()["conflicts"][0]["settlement"] is None
    assert rule(web, "choose", conflict=item.number, undo=True).status_code == 404
    lines = [json.loads(line) for line in (store.path / "audit.jsonl").read_text().splitlines()]
    assert [(line["action"], line["outcome"]) for line in lines] == [
        ("choose", "done"),
        ("unchoose", "done"),
        ("unchoose", 404),
    ]


def test_curating_merges_and_splits_names(web: FlaskClient) -> None:
    merged = rule(web, "merge", name="Ines Calloway", other="Dora Calloway", reason="one and the same")
    assert merged.status_code == 200
    assert len(merged.get_json()["iris"]) == 1
    split = rule(web, "split", name="Ines Calloway", **{"from": "Dora Calloway"}, reason="two sisters")
    assert len(split.get_json()["iris"]) == 2
    apart = rule(web, "split", name="Mira Tøvald", articles=["quay-news"], reason="the other one")
    assert len(apart.get_json()["iris"]) == 2


@pytest.fixture(scope="module")
def unruled(harbour: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A service in whose store nothing is changed: what is asked of it is refused."""
    with open_store(shutil.copytree(harbour, tmp_path_factory.mktemp("unruled") / "store")) as opened:
        before = opened.version
        yield create_app(opened, Settings(store=opened.path, token=SECRET)).test_client()
        assert opened.version == before


@pytest.mark.parametrize(
    ("ruling", "asked", "status"),
    [
        ("choose", {"conflict": "none such", "side": "1", "reason": "x"}, 404),
        ("choose", {"side": "1", "reason": "x"}, 400),
        ("choose", {"conflict": "x", "undo": "yes"}, 400),
        ("merge", {"name": "Ines Calloway", "other": "Harrow Vale", "reason": "x"}, 422),
        ("merge", {"name": "Ines Calloway", "other": "Nobody Atall", "reason": "x"}, 404),
        ("merge", {"name": "Ines Calloway", "other": "Dora Calloway"}, 400),
        ("merge", {"name": "Ines Calloway", "other": "Dora Calloway", "reason": " "}, 400),
        ("merge", {"name": "a", "other": "b", "reason": "c", "more": 1}, 400),
        ("split", {"name": "Ines Calloway", "reason": "x"}, 400),
        ("split", {"name": "Ines Calloway", "articles": [], "reason": "x"}, 400),
        ("split", {"name": "Ines Calloway", "articles": ["quay-news"], "reason": "x"}, 404),
        ("split", {"name": "\ud800", "articles": ["quay-news"], "reason": "x"}, 400),
    ],
)
def test_curating_refuses_what_means_nothing(
    unruled: FlaskClient, ruling: str, asked: dict[str, object], status: int
) -> None:
    answer = rule(unruled, ruling, **asked)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


def test_curating_takes_json_alone_and_needs_the_scope(web: FlaskClient, store: Store) -> None:
    _, text = Tokens(store.path).create("desk", ["ingest", "update"])
    for path in ("choose", "merge", "split"):
        assert web.post(f"/curate/{path}", data={"name": "x"}, headers=ALL).status_code == 415
        assert web.post(f"/curate/{path}", data=b"{", content_type="application/json", headers=ALL).status_code == 400
        assert rule(web, path).status_code == 400
        assert web.post(f"/curate/{path}", json={}).status_code == 401
        assert web.post(f"/curate/{path}", json={}, headers={"Authorization": f"Bearer {text}"}).status_code == 403


def test_curating_judges_claims_and_takes_back_what_was_decided(web: FlaskClient, store: Store) -> None:
    coached = "ASK { person:ola-brennvik ath:coaches person:mira-tovald }"
    (row,) = store.select("SELECT ?c { ?c a ath:Claim ; rdf:subject/ath:coach ?x ; rdf:predicate ath:status }")
    done = rule(web, "reject", claims=[str(row["c"])], reason="misread")
    assert done.status_code == 200
    assert done.get_json()["lost"] > 0
    assert not store.ask(coached)
    entry = history.newest(store.ledger, 1)[0]
    assert entry.who == "environment"
    assert rule(web, "undo", entry=entry.seq, reason="it says so").status_code == 200
    assert store.ask(coached)
    assert rule(web, "confirm", claims=done.get_json()["claims"], reason="seen").status_code == 200
    for ruling, asked, status in (
        ("reject", {"claims": ["none_0123"], "reason": "x"}, 404),
        ("confirm", {"claims": [], "reason": "x"}, 400),
        ("undo", {"entry": 9999, "reason": "x"}, 404),
        ("undo", {"entry": "1", "reason": "x"}, 400),
        ("undo", {"entry": entry.seq, "reason": "x"}, 422),
    ):
        assert rule(web, ruling, **asked).status_code == status
