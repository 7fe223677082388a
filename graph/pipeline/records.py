"""What each article was found to say, as the ledger keeps it: all quads of the graph can be made from these again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.errors import PodiumError, StoreError
from graph.guide import from_json, to_json
from graph.model import Article
from graph.store.directory import text_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from graph.model import Extraction


@dataclass(frozen=True, slots=True)
class Record:
    """An article without its text (`text` is the name under which the ledger has it) and what was read from it.

    `n` is its number in the ledger, `ended` when it was read: a point in time, ISO.
    """

    n: int
    article: Article
    extraction: Extraction
    ended: str


def dumps(article: Article, extraction: Extraction) -> str:
    """The record as text, the same for the same article read alike."""
    fields: dict[str, Any] = asdict(article)
    fields["text"] = text_name(article.text)
    fields["published"] = article.published.isoformat() if article.published else None
    data = {"article": fields, "extraction": to_json(extraction)}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def keep(
    ledger: sqlite3.Connection,
    article: Article,
    content: str,
    ended: str,
    extractor: str,
    proposers: Sequence[str] = (),
) -> int:
    """Stores text and record (`dumps`) of an article, in the place of those it had; returns its number."""
    ledger.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (text_name(article.text), article.text))
    published = article.published.isoformat() if article.published else None
    row: tuple[int] = ledger.execute(
        "INSERT INTO articles (id, published, record, ended) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (id) DO UPDATE SET published = ?2, record = ?3, ended = ?4 RETURNING n",
        (article.id, published, content, ended),
    ).fetchone()
    n = row[0]
    ledger.execute("DELETE FROM readings WHERE n = ?", (n,))
    readers = [(extractor, n, 0), *((proposer, n, 1) for proposer in proposers)]
    ledger.executemany("INSERT INTO readings VALUES (?, ?, ?)", readers)
    return n


def drop(ledger: sqlite3.Connection, n: int) -> None:
    """Forgets the record of an article; its text stays, should it come again."""
    ledger.execute("DELETE FROM articles WHERE n = ?", (n,))
    ledger.execute("DELETE FROM readings WHERE n = ?", (n,))


def same(record: Record, article: Article, extraction: Extraction) -> bool:
    """Whether ingesting the article would change nothing; from where it was read does not matter."""
    stored = replace(article, text=text_name(article.text), origin=record.article.origin)
    return record.article == stored and record.extraction == extraction


def find(ledger: sqlite3.Connection, article: str) -> Record | None:
    """The record of the article with that id, or None."""
    row = ledger.execute("SELECT n, id, record, ended FROM articles WHERE id = ?", (article,)).fetchone()
    return None if row is None else _loads(*row)


def unsettled(article: Article, extraction: Extraction, ended: str) -> Record:
    """What the record of an article will be that is not in the ledger yet; it has no number."""
    return Record(0, replace(article, text=text_name(article.text)), extraction, ended)


def at(ledger: sqlite3.Connection, n: int) -> Record | None:
    """The record of the article with that number, or None."""
    row = ledger.execute("SELECT n, id, record, ended FROM articles WHERE n = ?", (n,)).fetchone()
    return None if row is None else _loads(*row)


def ids(ledger: sqlite3.Connection) -> list[str]:
    """The ids of all articles, sorted."""
    return [row[0] for row in ledger.execute("SELECT id FROM articles ORDER BY id")]


def every(ledger: sqlite3.Connection) -> Iterator[Record]:
    """All records, by article id."""
    for article in ids(ledger):
        record = find(ledger, article)
        if record is not None:
            yield record


def with_text(record: Record, ledger: sqlite3.Connection) -> Article:
    """The article with its text; raises StoreError where the text is gone."""
    row = ledger.execute("SELECT text FROM texts WHERE name = ?", (record.article.text,)).fetchone()
    if row is None:
        raise StoreError(f"the text of article {record.article.id} is missing from the ledger; ingest it again")
    return replace(record.article, text=row[0])


def loads(article: str, content: str, ended: str) -> Record:
    """The record that `dumps` wrote of an article that is not in the ledger; it has no number. Raises StoreError."""
    return _loads(0, article, content, ended)


def content(ledger: sqlite3.Connection, article: str) -> tuple[str, str] | None:
    """The record of the article with that id as `dumps` wrote it, and when it was read; None where it is not there."""
    row = ledger.execute("SELECT record, ended FROM articles WHERE id = ?", (article,)).fetchone()
    return None if row is None else (row[0], row[1])


def _loads(n: int, article: str, content: str, ended: str) -> Record:
    try:
        data = json.loads(content)
        fields = data["article"]
        published = fields.pop("published")
        stored = Article(**fields, published=date.fromisoformat(published) if published else None)
        return Record(n, stored, from_json(data["extraction"]), ended)
    except (ValueError, KeyError, TypeError, PodiumError) as error:
        raise StoreError(f"the ledger's record of article {article} is damaged ({error}); ingest it again") from error
