"""What a source holds, for a start page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import queries
from graph.browsing.describing import describe, local
from graph.browsing.values import Overview

if TYPE_CHECKING:
    from graph.store.base import Source


def overview(source: Source) -> Overview:
    """Counts by class (local name: Athlete, Race, Article, Claim ...) and the twelve newest articles."""
    counts = {local(str(row["type"])): int(str(row["n"])) for row in source.select(queries.load("counts"))}
    newest = list(dict.fromkeys(str(row["article"]) for row in source.select(queries.load("newest"))))
    described = describe(source, newest)
    return Overview(counts, tuple(described[iri].entity for iri in newest))
