"""Distances that are a stretch of a race, not a race: "the final 200m", "with 500m to go", "a 200m track"."""

from __future__ import annotations

from graph.extraction.chunks import Chunk, at, lemma_at

_PARTS = {"final", "last", "closing", "opening", "next", "remaining", "another", "first"}
_ABOUT = {"some", "about", "nearly", "almost", "around", "roughly", "barely", "fully"}
_WON = ("crown", "victory", "setting", "medal")
_THROUGH = ("with", "at", "past", "through")
_MARKED = ("to", "mark", "in")
_OF_TRACK = {"track", "circuit", "oval", "mark", "split", "bend", "tracks"}
_POINTS = ("at", "after", "past", "by", "around", "before", "until", "beyond")
_OVER_DISTANCE = {"best", "record", "title", "champion", "debut", "win", "gold", "silver", "bronze", "time", "victory",
                  "second", "third", "mark", "performance", "race", "crown"}  # fmt: skip
_ACHIEVED = ("mark", "record", "champion", "crown", "victory", "medal", "ordinal")
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
        if lemma_at(chunks, index + 1) == "to" and lemma_at(chunks, index + 2) == "go" and _measures(chunks, index):
            chunk.kind, chunk.value = "stretch", None
            continue
        measured = chunk.kind == "discipline" and (chunk.text[0].isdigit() or chunk.lemma == "mile")
        if measured and (_is_stretch(chunks, index) or _is_waypoint(chunks, index)):
            chunk.kind, chunk.value = "stretch", None
    return chunks


def _measures(chunks: list[Chunk], index: int) -> bool:
    """A distance of any spelling: "80 metres", "two laps"."""
    unit = chunks[index].lemma in ("metres", "meters", "laps", "lap", "miles", "kilometres", "hurdles")
    return chunks[index].kind in ("mark", "margin", "distance") or unit


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


def _is_waypoint(chunks: list[Chunk], index: int) -> bool:
    """A point on the way of a road race: "dropped out at 20 miles", "led after 10km", "in the third mile"."""
    text, before = chunks[index].lemma, at(chunks, index - 1)
    if before is None:
        return False
    if text == "mile":
        return before.kind == "ordinal" and lemma_at(chunks, index + 1) not in ("title", "win", "victory")
    long = text.endswith(("miles", "mile", "km", "k", "kilometres", "kilometers"))
    told = at(chunks, index - 2)
    over = told is not None and (told.lemma in _OVER_DISTANCE or told.kind in _ACHIEVED)
    return long and before.lemma in _POINTS and not over
