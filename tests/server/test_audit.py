"""The record of writes stays bounded and loses no line that is kept."""

import json
from pathlib import Path

import pytest
from flask import Flask

from graph.pipeline import memory_store
from server import audit
from server.app import create_app
from server.settings import Settings
from server.tokens import Token

DESK = Token("00000001", "desk", ("update",), "2031-06-14T12:00:00Z")


def write(app: Flask, number: int) -> None:
    with app.test_request_context("/"), audit.recorded(DESK, "update", f"{number} {'x' * 600}"):
        pass


def test_audit_files_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_LONGEST", 2000)
    with memory_store() as store:
        app = create_app(store, Settings(store=tmp_path))
        for number in range(100):
            write(app, number)
    files = sorted(tmp_path.glob("audit.jsonl*"))
    assert len(files) <= 10
    lines = [json.loads(line) for file in files for line in file.read_text().splitlines()]
    kept = sorted(int(line["target"].split()[0]) for line in lines)
    assert kept == list(range(100 - len(kept), 100))
    assert len(kept) > 20
    assert max(len(line["target"]) for line in lines) == 500


def test_audit_records_failures_and_lets_them_pass(tmp_path: Path) -> None:
    with memory_store() as store:
        app = create_app(store, Settings(store=tmp_path))
        with app.test_request_context("/"), pytest.raises(ZeroDivisionError), audit.recorded(DESK, "update", "x"):
            raise ZeroDivisionError
    assert json.loads((tmp_path / "audit.jsonl").read_text())["outcome"] == 500


def test_audit_that_cannot_be_written_fails_no_write(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "audit.jsonl").mkdir()
    with memory_store() as store:
        write(create_app(store, Settings(store=tmp_path)), 7)
    assert '"target":"7 x' in caplog.text
