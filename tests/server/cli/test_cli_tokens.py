"""`podium token`: made, listed and revoked beside whoever has the store open."""

import json
from pathlib import Path

import pytest
from podium_command import Podium

from graph.pipeline import open_store
from server.tokens import Tokens


def test_cli_token_life(podium: Podium, tmp_path: Path) -> None:
    made = podium("token", "create", "news desk", "--scope", "ingest,curate", "--expires", "30", "--store", "store")
    assert made.code == 0
    text = made.out.strip()
    holder = Tokens(tmp_path / "store").holder(text)
    assert holder is not None
    assert holder.scopes == ("ingest", "curate")
    assert text not in made.err
    listed = podium("token", "list", "--store", "store")
    assert "news desk" in listed.out
    assert text not in listed.out
    assert podium("token", "revoke", holder.id, "--store", "store").out == f"token {holder.id} (news desk) is revoked\n"
    assert Tokens(tmp_path / "store").holder(text) is None
    (row,) = json.loads(podium("token", "list", "--json", "--store", "store").out)["tokens"]
    assert row["revoked"]


def test_cli_token_needs_no_lock_of_the_store(podium: Podium, tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True):
        done = podium("token", "create", "desk", "--scope", "ingest", "--scope", "update", "--json", "--store", "store")
        assert json.loads(done.out)["scopes"] == ["ingest", "update"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("create", "desk", "--scope", "everything"), "no scope"),
        (("create", "desk"), "--scope"),
        (("create", " ", "--scope", "ingest"), "NAME"),
        (("create", "desk", "--scope", "ingest", "--expires", "0"), "--expires"),
    ],
)
def test_cli_token_refuses_what_makes_none(podium: Podium, arguments: tuple[str, ...], told: str) -> None:
    done = podium("token", *arguments, "--store", "store")
    assert done.code == 2
    assert told in done.err


def test_cli_token_names_a_store_or_id_that_is_not_there(podium: Podium) -> None:
    assert "no store here" in podium("token", "list", "--store", "none").complaint
    podium("token", "create", "desk", "--scope", "ingest", "--store", "store")
    assert "podium token list" in podium("token", "revoke", "0badc0de", "--store", "store").complaint
