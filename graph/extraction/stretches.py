"""Distances that are a stretch of a race, not a race: "the final 200m", "with 500m to go", "a 200m track"."""

from __future__ import annotations

from graph.extraction.chunks import Chunk, at, lemma_at

_PARTS = {"final", "last", "closing", "opening", "next", "remaining", "another", "first"}
_ABOUT = {"some", "about", "nearly", "almost", "around", "roughly", "barely", "fully"}
_WON = ("crown", "victory", "setting", "medal")
_THROUGH = ("with", "at", "past", "through")
_MARKED = ("to", "mark", "in")
_OF_TRACK = {"track", "circuit", "oval", "mark", "split", "bend", "tracks"}
_REMAINING = {
    ("to", "go"),
    ("to", "run"),
    ("in", ","),
    ("from", "the"),
    ("from", "home"),
    ("from", "victory"),
    ("out", ","),
}


def without_stretches(chunks: list[Chunk]) -> list[Chunk]:
    """`chunks`, with those of kind "discipline" that are only a part of a race made "stretch"."""
    for index, chunk in enumerate(chunks):
        if chunk.kind == "discipline" and chunk.text[0].isdigit() and _is_stretch(chunks, index):
            chunk.kind, chunk.value = "stretch", None
    return chunks


def _is_stretch(chunks: list[Chunk], index: int) -> bool:
    before, following = at(chunks, index - 1), at(chunks, index + 1)
    after = (lemma_at(chunks, index + 1), lemma_at(chunks, index + 2))
    if after in _REMAINING or after[0] in _OF_TRACK:
        return True
    if before is None:
        return False
    if before.lemma in _ABOUT:
        return True
    if before.lemma in _PARTS:
        won = following is not None and following.kind in _WON
        return not (won and (before.kind == "round" or before.lemma in ("first", "last", "next")))
    return before.lemma in _THROUGH and after[0] in _MARKED
