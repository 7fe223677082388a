import sqlite3
from datetime import date

import pytest

from graph.errors import StoreError
from graph.ledger.database import read_only
from graph.ledger.reading import stored_text
from graph.model import Article
from graph.pipeline import ingest, open_store, retract

_TEXT = (
    "Marta Lindqvist won the 1500m in Oslo on Friday in 3:57.10.\u00a0Zoë Ferris was second.\n\nThe crowd cheered.\n"
)


def test_reading_gives_the_text_as_stored_beside_the_writer(tmp_path):
    path = tmp_path / "store"
    with open_store(path, create=True) as store:
        for slug, text in (("one", _TEXT), ("two", _TEXT.replace("Oslo", "Bergen"))):
            article = Article(slug, text, "0" * 64, slug, title="A race", published=date(2031, 6, 15))
            assert [report.outcome for report in ingest(store, [article])] == ["added"]
        assert stored_text(path, "one") == _TEXT
        store.ledger.execute("BEGIN IMMEDIATE")
        assert "Bergen" in (stored_text(path, "two") or "")
        store.ledger.execute("ROLLBACK")
        assert stored_text(path, "three") is None
        retract(store, "one", "It was wrong.")
        assert stored_text(path, "one") is None
    assert "Bergen" in (stored_text(path, "two") or "")


def test_reading_never_writes(tmp_path):
    path = tmp_path / "store"
    with open_store(path, create=True):
        pass

    ledger = read_only(path / "ledger.db")
    with pytest.raises(sqlite3.OperationalError):
        ledger.execute("DELETE FROM articles")
    ledger.close()


def test_reading_says_where_there_is_no_store(tmp_path):
    with pytest.raises(StoreError, match="missing"):
        stored_text(tmp_path, "one")
