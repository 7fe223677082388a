"""Infinitives that one "to" governs: "kicked to pass Vane and win the mile"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.chunks import Chunk, at, lemma_at

if TYPE_CHECKING:
    from graph.extraction.clauses import Clause
    from graph.extraction.segments import Segment

_JOINING = ("and", ",", "but", "then", "&")
_BEHIND = ("person", "reference", "medal", "crown", "victory", "record", "ordinal", "mark", "discipline", "series",
           "competition", "level", "sex", "word")  # fmt: skip


def joined_infinitive(segment: Segment, last: Clause | None) -> int | None:
    """Where the "to" is understood in a segment that goes on with the infinitive of the clause before."""
    if segment.connective not in _JOINING or last is None or last.verb is None:
        return None
    if "to" not in [c.lemma for c in last.before[-2:]]:
        return None
    chunks = segment.chunks
    index = next((i for i, c in enumerate(chunks[:3]) if not _is_adverb(c)), len(chunks))
    verb, after = at(chunks, index), at(chunks, index + 1)
    if verb is None or verb.kind != "verb" or verb.value != "base" or after is None:
        return None
    return index if after.kind in _BEHIND and lemma_at(chunks, index + 1) not in ("of", "and") else None


def understood_to(verb: Chunk) -> Chunk:
    """The "to" that is not said."""
    return Chunk("word", "to", verb.start, verb.start)


def _is_adverb(chunk: Chunk) -> bool:
    return chunk.kind == "word" and (
        chunk.lemma.endswith("ly") or chunk.lemma in ("then", "so", "thus", "even", "also")
    )
