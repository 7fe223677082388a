"""The articles that mention somebody, in pages, with the spellings that each uses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing.describing import describe
from graph.browsing.paging import Page, paged

if TYPE_CHECKING:
    from graph.browsing.values import Entity
    from graph.store.base import Source


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An article, and how it writes the name."""

    article: Entity
    spellings: tuple[str, ...]


def mentions(source: Source, iri: str, page: int, size: int) -> Page[Mentioned]:
    """The articles that mention a person or club, the newest first."""
    days: dict[str, str] = {}
    for row in source.select(queries.load("mention-days"), {"x": URIRef(iri)}):
        days[str(row["article"])] = max(days.get(str(row["article"]), ""), str(row.get("date", "")))
    ordered = sorted(days)
    ordered.sort(key=lambda article: days[article], reverse=True)
    cut = paged(ordered, page, size)
    if not cut.items:
        return Page()
    written: dict[str, set[str]] = defaultdict(set)
    query = queries.with_values(queries.load("spellings"), "article", [URIRef(article) for article in cut.items])
    for row in source.select(query, {"x": URIRef(iri)}):
        written[str(row["article"])].add(str(row["written"]))
    described = describe(source, cut.items)
    found = tuple(Mentioned(described[article].entity, tuple(sorted(written[article]))) for article in cut.items)
    return Page(found, cut.number, cut.pages, cut.total)
