"""Tokens: kept as hashes, good until revoked or expired, and what a request with one may do."""

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import LookupFailedError, StoreError
from graph.pipeline import memory_store
from server import auth
from server.app import create_app
from server.settings import Settings
from server.tokens import SCOPES, Tokens

NOON = datetime(2031, 6, 14, 12, 30, tzinfo=UTC)
GIVEN = "a-secret-of-the-environment"


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path / "store")


def test_tokens_are_found_by_their_text_alone(tokens: Tokens) -> None:
    desk, text = tokens.create("desk", ["ingest"])
    editor, other = tokens.create("editor", ["update", "curate"])
    assert text != other
    for token, written in ((desk, text), (editor, other)):
        holder = tokens.holder(written)
        assert holder is not None
        assert (holder.id, holder.scopes) == (token.id, token.scopes)
    swapped = f"podium_{desk.id}_{other.rpartition(editor.id + '_')[2]}"
    assert [tokens.holder(wrong) for wrong in (text[:-1], text + "A", "", "podium_", swapped, desk.id)] == [None] * 6


def test_tokens_text_is_kept_nowhere(tokens: Tokens, tmp_path: Path) -> None:
    _, text = tokens.create("desk", ["ingest"])
    tokens.holder(text)
    secret = text.split("_", 2)[2].encode()
    files = [path for path in (tmp_path / "store").rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if secret in path.read_bytes()]
    assert stat.S_IMODE((tmp_path / "store" / "tokens.db").stat().st_mode) == 0o600


def test_tokens_end_when_revoked_for_whoever_has_them_open(tokens: Tokens, tmp_path: Path) -> None:
    token, text = tokens.create("desk", ["ingest"])
    service = Tokens(tmp_path / "store")
    assert service.holder(text)
    assert tokens.revoke(token.id).revoked is None
    assert service.holder(text) is None
    assert tokens.revoke(token.id).revoked is not None
    with pytest.raises(LookupFailedError, match="0badc0de"):
        tokens.revoke("0badc0de")


def test_tokens_expire(tmp_path: Path) -> None:
    now = [NOON]
    tokens = Tokens(tmp_path / "store", now=lambda: now[0])
    _, text = tokens.create("desk", ["ingest"], days=2)
    now[0] = NOON + timedelta(days=2, seconds=-1)
    assert tokens.holder(text)
    now[0] = NOON + timedelta(days=2)
    assert tokens.holder(text) is None


def test_tokens_remember_the_hour_of_their_last_use(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path / "store", now=lambda: NOON)
    _, text = tokens.create("desk", ["ingest"])
    assert [token.used for token in tokens.every()] == [None]
    tokens.holder(text)
    assert [token.used for token in tokens.every()] == ["2031-06-14T12:00:00Z"]


def test_tokens_of_the_environment_have_every_scope_without_any_store(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path / "none", GIVEN)
    holder = tokens.holder(GIVEN)
    assert holder is not None
    assert holder.scopes == SCOPES
    assert tokens.holder(GIVEN + "x") is None
    assert not (tmp_path / "none").exists()
    with pytest.raises(StoreError, match="no store here"):
        tokens.every()


def test_tokens_name_a_file_that_is_damaged(tokens: Tokens, tmp_path: Path) -> None:
    _, text = tokens.create("desk", ["ingest"])
    (tmp_path / "store" / "tokens.db").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match=r"tokens\.db"):
        tokens.holder(text)


@given(st.text())
def test_tokens_of_any_text_are_refused(text: str) -> None:
    assert Tokens(Path("nowhere"), GIVEN).holder(text) is None


# Requests


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[FlaskClient]:
    """The app with a route that needs the scope `update`."""
    with memory_store() as store:
        app = create_app(store, Settings(store=tmp_path / "store", token=GIVEN))
        app.add_url_rule("/guarded", "guarded", lambda: auth.require("update").name, methods=["POST"])
        yield app.test_client()


def test_auth_lets_in_who_has_the_scope(guarded: FlaskClient, tokens: Tokens) -> None:
    _, text = tokens.create("editor", ["update"])
    assert guarded.post("/guarded", headers={"Authorization": f"Bearer {text}"}).text == "editor"
    assert guarded.post("/guarded", headers={"Authorization": f"bearer  {GIVEN}"}).text == "environment"


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic bWU6aGlkZGVu", GIVEN])
def test_auth_asks_for_a_token_where_there_is_none(guarded: FlaskClient, header: str | None) -> None:
    answer = guarded.post("/guarded", headers={} if header is None else {"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="podium"'
    assert answer.content_type == "application/problem+json"
    assert "update" in answer.get_json()["detail"]


def test_auth_refuses_tokens_that_are_not_good_without_repeating_them(guarded: FlaskClient, tokens: Tokens) -> None:
    token, text = tokens.create("editor", ["update"])
    tokens.revoke(token.id)
    for wrong in (text, "hidden", "hidd\xe9n"):
        answer = guarded.post("/guarded", headers={"Authorization": f"Bearer {wrong}"})
        assert answer.status_code == 401
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
        assert wrong not in answer.text + str(answer.headers)


def test_auth_forbids_what_is_not_in_the_scopes(guarded: FlaskClient, tokens: Tokens) -> None:
    _, text = tokens.create("desk", ["ingest", "curate"])
    answer = guarded.post("/guarded", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 403
    assert 'error="insufficient_scope", scope="update"' in answer.headers["WWW-Authenticate"]
    assert "ingest, curate" in answer.get_json()["detail"]
