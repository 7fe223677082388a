"""A store of format 1, which kept articles in files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from handmade import final, rich

from graph.errors import StoreError
from graph.pipeline import articles, check, ingest_extractions, memory_store, open_store, records
from graph.store.directory import text_name

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import Article, Extraction

BASE = "https://a.example/id/"


def old_store(place: Path, *pairs: tuple[Article, Extraction]) -> None:
    for folder in ("records", "texts"):
        (place / folder).mkdir(parents=True)
    (place / "podium.json").write_text(json.dumps({"format": 1, "base": BASE}))
    for article, extraction in pairs:
        (place / "records" / f"{article.id}.json").write_text(records.dumps(article, extraction))
        (place / "texts" / f"{text_name(article.text)}.txt").write_text(article.text, newline="")
    gone = ox.NamedNode(f"{BASE}article/gone")
    meta = ox.NamedNode(f"{BASE}graph/meta")
    said = {
        "http://www.w3.org/ns/prov#invalidatedAtTime": ox.Literal("2026-01-02T12:00:00Z"),
        "https://w3id.org/podium/ns#reason": ox.Literal("a hoax"),
    }
    quads = ox.Store(place / "oxigraph")
    quads.extend(ox.Quad(gone, ox.NamedNode(predicate), value, meta) for predicate, value in said.items())
    quads.flush()


def test_moving_takes_everything_over(tmp_path: Path) -> None:
    pairs = [rich().done(), final("two").done()]
    old_store(tmp_path, *pairs)
    with open_store(tmp_path) as store, memory_store(BASE) as fresh:
        list(ingest_extractions(fresh, pairs))
        listed = {entry.id: entry.reason for entry in articles(store)}
        assert listed == {"rich": None, "two": None, "gone": "a hoax"}
        for name in ("facts", "inferred", "registry", "article_rich"):
            graph = ox.NamedNode(f"{BASE}graph/{name}")
            found, expected = ({str(q) for q in each.quads(graph=graph)} for each in (store, fresh))
            assert {quad for quad in found if "_:" not in quad} == {quad for quad in expected if "_:" not in quad}
        assert check(store).violations == ()
    assert not (tmp_path / "records").exists()
    assert json.loads((tmp_path / "podium.json").read_text())["format"] == 2
    with open_store(tmp_path) as store:
        assert len(articles(store)) == 3


def test_moving_loses_nothing_by_a_damaged_record(tmp_path: Path) -> None:
    old_store(tmp_path, rich().done(), final("two").done())
    (tmp_path / "records" / "two.json").write_text("{")
    for _ in range(2):
        with pytest.raises(StoreError, match=r"two\.json: damaged"):
            open_store(tmp_path)
    (tmp_path / "records" / "two.json").unlink()
    with open_store(tmp_path) as store:
        assert "rich" in {entry.id for entry in articles(store)}
