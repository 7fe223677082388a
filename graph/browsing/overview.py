"""What a source holds, for a start page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graph import queries
from graph.browsing.articlelist import Wanted, article_list
from graph.browsing.describing import local
from graph.browsing.keeping import kept

if TYPE_CHECKING:
    from graph.browsing.articlelist import Head
    from graph.store.base import Source

_NEWEST: Final = 12


@dataclass(frozen=True, slots=True)
class Overview:
    """What a source holds: how many of each kind, and its newest articles."""

    counts: dict[str, int] = field(hash=False)
    newest: tuple[Head, ...] = ()


def overview(source: Source) -> Overview:
    """Counts by class (local name: Athlete, Race, Article ...) and the twelve newest articles."""
    return Overview(_counts(source), article_list(source, Wanted(), limit=_NEWEST).shown)


@kept
def _counts(source: Source) -> dict[str, int]:
    return {local(str(row["type"])): int(str(row["n"])) for row in source.select(queries.load("counts"))}
