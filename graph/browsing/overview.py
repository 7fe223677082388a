"""What a source holds, for a start page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import queries
from graph.browsing.describing import describe, local
from graph.browsing.values import Entity, Overview

if TYPE_CHECKING:
    from graph.store.base import Source


def overview(source: Source) -> Overview:
    """Counts by class (local name: Athlete, Race, Article, Claim ...) and the twelve newest articles."""
    counts = {local(str(row["type"])): int(str(row["n"])) for row in source.select(queries.load("counts"))}
    return Overview(counts, _listed(source, "newest"))


def all_articles(source: Source) -> tuple[Entity, ...]:
    """Every article, the newest first."""
    return _listed(source, "articles")


def _listed(source: Source, query: str) -> tuple[Entity, ...]:
    iris = list(dict.fromkeys(str(row["article"]) for row in source.select(queries.load(query))))
    described = describe(source, iris)
    return tuple(described[iri].entity for iri in iris)
