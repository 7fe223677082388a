"""What a source holds, for a start page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import queries
from graph.browsing.describing import describe, local
from graph.browsing.values import Entity, Overview

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store.base import Row, Source


def overview(source: Source) -> Overview:
    """Counts by class (local name: Athlete, Race, Article, Claim ...) and the twelve newest articles."""
    counts = {local(str(row["type"])): int(str(row["n"])) for row in source.select(queries.load("counts"))}
    return Overview(counts, _entities(source, source.select(queries.load("newest"))))


def _entities(source: Source, rows: Iterable[Row]) -> tuple[Entity, ...]:
    """The articles of the rows, each once."""
    iris = list(dict.fromkeys(str(row["article"]) for row in rows))
    described = describe(source, iris)
    return tuple(described[iri].entity for iri in iris)
