"""Words between an article and the name that they describe: "the ever-smiling Per", "a retired teacher, Per"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.chunks import PERSONS, lemma_at
from graph.extraction.lexicons import cues

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk

_NOT_DESCRIBING = cues("not_describing")
_ARTICLES = ("the", "a", "an", "his", "her")
_BEFORE_LINK = ("-", "team", "duo", "partnership")
_LONGEST = 9
_DESCRIBING = {"word", "verb", "negation", "kin", "coach", "official", "role", "demonym", "country", "age", "status",
               "champion", "discipline", "level", "sex"}  # fmt: skip


def past_description(chunks: list[Chunk]) -> int:
    """Where the name stands that the words at the head of a row describe; 0 where they describe none."""
    named = next((i for i, c in enumerate(chunks[:_LONGEST]) if c.kind in PERSONS), None)
    if named is None or not any(c.lemma in _ARTICLES for c in chunks[:2]):
        return 0
    described = chunks[: named - 1] if chunks[named - 1].lemma == "," else chunks[:named]
    return named if all(_describes(described, index) for index in range(len(described))) else 0


def _describes(chunks: list[Chunk], index: int) -> bool:
    chunk = chunks[index]
    if chunk.lemma in _ARTICLES or chunk.lemma in ("-", ","):
        return True
    if chunk.lemma in ("and", "of"):  # "the husband-and-wife team of Per and Greta"
        return lemma_at(chunks, index - 1) in _BEFORE_LINK
    return chunk.kind in _DESCRIBING and chunk.lemma not in _NOT_DESCRIBING and chunk.lemma not in ("'s", "'")
