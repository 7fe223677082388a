"""The articles of a store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph import queries
from graph.errors import LookupFailedError
from graph.pipeline import records
from ontology.iris import kind_and_slug

if TYPE_CHECKING:
    from graph.store.base import Row, Source
    from graph.store.embedded import Store


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article in a list. One that was withdrawn has only `withdrawn` (a point in time, ISO) and `reason`.

    `copy_of` is the id of the article that this one repeats nearly word for word.
    """

    id: str
    iri: str
    headline: str | None = None
    date: date | None = None
    source: str | None = None
    url: str | None = None
    copy_of: str | None = None
    withdrawn: str | None = None
    reason: str | None = None


def articles(source: Source) -> tuple[ArticleEntry, ...]:
    """All articles, the withdrawn ones included, the newest first."""
    return tuple(_entry(row, source.base) for row in source.select(queries.load("articles")))


def article_text(store: Store, article: str) -> str:
    """The text of an article exactly as stored; raises LookupFailedError where there is no such article."""
    record = records.find(store.ledger, article)
    if record is None:
        raise LookupFailedError(article, f"no article '{article}' in {store.path}")
    return records.with_text(record, store.ledger).text


def _entry(row: Row, base: str) -> ArticleEntry:
    address = str(row["article"])
    texts = {name: str(term) for name, term in row.items() if name not in ("article", "date", "original")}
    day = date.fromisoformat(str(row["date"])[:10]) if "date" in row else None
    original = _id(str(row["original"]), base) if "original" in row else None
    return ArticleEntry(id=_id(address, base), iri=address, date=day, copy_of=original, **texts)


def _id(address: str, base: str) -> str:
    found = kind_and_slug(address, base)
    return found[1] if found else address
