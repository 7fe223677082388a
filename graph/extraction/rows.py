"""Results lists: headings that name a contest, and rows "1. Rory Haldane (Tynemoor Harriers) 1:47.62; 2. ..."."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.extraction.chunks import Chunk
from graph.extraction.contests import Contest, describe
from graph.extraction.events import Event
from graph.extraction.lexicons import cues

if TYPE_CHECKING:
    from graph.model import Outcome

_OUTCOMES: Final[dict[str, Outcome]] = {"dnf": "DNF", "dns": "DNS", "dq": "DQ", "dsq": "DQ", "disq": "DQ"}
_HEADING_KINDS = {"discipline", "sex", "round", "setting", "category", "punct", "number", "distance", "wind"}
_HEADING_WORDS = cues("heading_words")


def heading(chunks: list[Chunk], current: Contest) -> Contest | None:
    """The contest that a heading such as "MEN", "Women's 1500m" or "Long jump" opens; None for any other line."""
    if not chunks or len(chunks) > 7 or not any(c.kind in ("discipline", "sex") for c in chunks):
        return None
    if not all(c.kind in _HEADING_KINDS or c.lemma in _HEADING_WORDS or c.lemma == "'s" for c in chunks):
        return None
    found = describe(chunks)
    return replace(found, sex=found.sex or current.sex)


def row_events(chunks: list[Chunk], contest: Contest) -> list[Event]:
    """One result for each entry of a line."""
    events = []
    for entry in _entries(chunks):
        event = _entry(entry, contest)
        if event is not None:
            events.append(event)
    return events


def _entries(chunks: list[Chunk]) -> list[list[Chunk]]:
    entries: list[list[Chunk]] = [[]]
    for chunk in chunks:
        if chunk.text == ";":
            entries.append([])
        else:
            entries[-1].append(chunk)
    return [e for e in entries if e]


def _entry(chunks: list[Chunk], contest: Contest) -> Event | None:
    person = next((c for c in chunks if c.kind == "person"), None)
    if person is None:
        return None
    before = chunks[: chunks.index(person)]
    after = chunks[chunks.index(person) + 1 :]
    position: int | Outcome | None = None
    for chunk in before + after[-1:]:
        if chunk.kind == "number" and chunk.text.isdigit() and chunk in before:
            position = int(chunk.text)
        elif chunk.kind == "ordinal" and chunk in before:
            position = chunk.value
        elif chunk.text.lower() in _OUTCOMES:
            position = _OUTCOMES[chunk.text.lower()]
    mark = next((c.value for c in after if c.kind == "mark"), None)
    if position is None and mark is None:
        return None
    depth, inside = 0, []
    for chunk in after:
        depth += (chunk.text == "(") - (chunk.text == ")")
        if depth and chunk.text not in "()":
            inside.append(chunk)
    if inside:
        person.inner = (*person.inner, Chunk("aside", "", inside[0].start, inside[-1].end, value=inside))
    return Event("result", person, "row.entry", contest, position=position, mark=mark, place=person.start)
