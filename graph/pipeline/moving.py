"""A store of format 1, which kept articles in files, to one with a ledger."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph.errors import PodiumError, StoreError
from graph.guide import from_json
from graph.ledger.database import transaction
from graph.model import Article
from graph.pipeline import records, tombstones
from graph.pipeline.tombstones import Tombstone
from graph.rdf.terms import graph_name
from ontology.iris import kind_and_slug

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store.embedded import Store


def move_records(store: Store) -> None:
    """Takes over articles, texts and tombstones where the store has files of them; its quads are made anew then."""
    folder = store.path / "records"
    if not folder.is_dir():
        return
    store.files.stale = True
    with transaction(store.ledger):
        for path in sorted(folder.glob("*.json")):
            _move(store, path)
        _move_tombstones(store)
    store.files.upgrade()
    for old in (folder, store.path / "texts"):
        shutil.rmtree(old, ignore_errors=True)
    (store.path / "names.json").unlink(missing_ok=True)


def _move(store: Store, path: Path) -> None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        fields = data["article"]
        text = (store.path / "texts" / f"{fields.pop('text')}.txt").read_bytes().decode()
        published = fields.pop("published")
        article = Article(**fields, text=text, published=date.fromisoformat(published) if published else None)
        extraction = from_json(data["extraction"])
    except (OSError, ValueError, KeyError, TypeError, PodiumError) as error:
        raise StoreError(f"{path}: damaged ({error}); remove it and ingest the article again") from error
    read = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    content = records.dumps(article, extraction)
    records.keep(store.ledger, article, content, tombstones.instant(read), extraction.extractor, extraction.proposers)


def _move_tombstones(store: Store) -> None:
    rows = store.select(
        "SELECT ?article ?at ?reason { GRAPH ?meta { ?article prov:invalidatedAtTime ?at ; ath:reason ?reason } }",
        {"meta": URIRef(graph_name("meta", store.base).value)},
    )
    for row in rows:
        known = kind_and_slug(str(row["article"]), store.base)
        if known:
            tombstones.put(store.ledger, known[1], Tombstone(str(row["at"]), str(row["reason"])))
