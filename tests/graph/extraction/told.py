"""What all tests of the extraction share: a text told to the extractor, and what came of it in few words."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from graph.articles import prepare
from graph.extraction import extract
from graph.extraction.chunker import Chunker
from graph.extraction.chunks import Chunk
from graph.extraction.clubs import is_college, join_clubs
from graph.extraction.competitions import join_competitions
from graph.extraction.nameruns import name_runs
from graph.model import Article, Document, Extraction

PUBLISHED = date(2024, 6, 10)  # a Monday


def document(text: str, published: date | None = PUBLISHED, title: str | None = None) -> Document:
    return prepare(Article(id="a", text=text, sha256="0" * 64, origin="a.txt", title=title, published=published))


def tell(text: str, published: date | None = PUBLISHED, title: str | None = None) -> Extraction:
    return extract(document(text, published, title))


def chunks_of(text: str) -> list[Chunk]:
    """The chunks of one sentence with competitions, clubs and names joined."""
    chunks = Chunker(text, PUBLISHED).chunks(0, len(text))
    return name_runs(join_clubs(join_competitions(chunks), is_college(text)))


def results(extraction: Extraction) -> set[tuple[Any, ...]]:
    """(athlete, discipline, position, mark) of each result."""
    discipline = {race.id: race.discipline for race in extraction.races}
    return {(r.athlete, discipline[r.race], r.position, r.mark) for r in extraction.results}


def positions(extraction: Extraction) -> set[tuple[Any, ...]]:
    """(athlete, discipline, position) of each result that has a position."""
    return {row[:3] for row in results(extraction) if row[2] is not None}


def facts(extraction: Extraction) -> Iterator[Any]:
    """Everything that bears evidence."""
    for field in fields(extraction):
        value = getattr(extraction, field.name)
        if isinstance(value, tuple):
            yield from value


def asserted(extraction: Extraction) -> list[Any]:
    """What is said beyond people, clubs and races being named."""
    named = {*extraction.people, *extraction.clubs, *extraction.races}
    return [fact for fact in facts(extraction) if fact not in named]


def gap(reason: str, *values: Any) -> Any:
    """A case that the extraction does not yet read right; when it does, this mark must go."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=reason))
