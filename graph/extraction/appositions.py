"""Whom a stretch between commas is about: an apposition, the next of a list, or somebody described before the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.chunks import PERSONS, Chunk
from graph.extraction.lexicons import cues

if TYPE_CHECKING:
    from graph.extraction.clauses import Clause
    from graph.extraction.segments import Segment

_BEATING = cues("beating")
_SUBORDINATE = cues("subordinate")


def goes_on_with_objects(segment: Segment, last: Clause | None) -> bool:
    """ "won from Otiwa and Vane in 3:51.10": the second of the beaten, and the winner's mark."""
    if last is None or segment.connective not in ("and", "&") or not last.after or last.after[-1].kind not in PERSONS:
        return False
    return [c.kind in PERSONS for c in segment.chunks[:1]] == [True] and not any(
        c.kind in ("ordinal", "medal") for c in segment.chunks
    )


def is_place_aside(chunks: list[Chunk]) -> bool:
    """ "Otiwa, in fifth, and Vane, in sixth, ran well" """
    row = [c for c in chunks if c.kind != "punct" and c.lemma not in ("place", "a", "distant")]
    return len(row) == 2 and row[0].lemma == "in" and row[1].kind == "ordinal"


def lacks_name(clause: Clause, end: Chunk) -> bool:
    """The object describes somebody whose name comes next: "beat the long-time leader, Otiwa"."""
    plain = end.kind == "word" and end.text.islower() and clause.connective not in _SUBORDINATE
    objects = [c.lemma for c in clause.after[:1]] == ["the"] and not any(c.kind in PERSONS for c in clause.after)
    return plain and objects and clause.has_verb(*_BEATING)


def described_last(chunks: list[Chunk]) -> list[Chunk]:
    """Who ends a clause but for an apposition: "the day belonged to Otiwa, the late starter who"."""
    comma = next((i for i in range(len(chunks) - 1, 0, -1) if chunks[i].text == ","), None)
    if comma is None or chunks[comma - 1].kind not in PERSONS or len(chunks) - comma > 7:
        return []
    apposed = chunks[comma + 1 :]
    article = bool(apposed) and apposed[0].lemma in ("the", "a", "an", "another")
    return [chunks[comma - 1]] if article and all(c.kind in ("word", "punct", "verb") for c in apposed) else []


def is_event_aside(chunks: list[Chunk]) -> bool:
    """ "Otiwa, in the long jump, and Vane, in the 400m, won gold" """
    row = [c for c in chunks if c.kind != "punct" and c.lemma not in ("the", "'s")]
    said = len(row) > 1 and row[0].lemma == "in" and all(c.kind in ("sex", "discipline", "setting") for c in row[1:])
    return said and row[-1].kind == "discipline"


def resumes(segment: Segment, last: Clause | None, pending: list[Chunk]) -> bool:
    """Whether what follows a relative or an apposition between commas goes on with the main clause.

    "beat Otiwa, who led, and won", "left her coach, Per Haugland, and joined"
    """
    if last is None or not segment.apart or segment.connective != "and":
        return False
    return last.connective in ("who", "which") or any(c in last.after for c in pending[-1:])


def understands(segment: Segment, last: Clause, pending: list[Chunk]) -> bool:
    """Whether who waits has the verb before: "Vane trains under Lund in Torrevale, and Brandt | with Falk's group"."""
    apart = bool(pending and last.after) and pending[-1].start > last.after[-1].start
    return apart and segment.connective == "with" and last.has_verb("train", "work") and len(pending) == 1


def bearers(pending: list[Chunk], chunks: list[Chunk]) -> list[Chunk]:
    """Whom an apposition goes with: the last named, or more in "Vane and Brandt, both of Norbridge Harriers"."""
    several = {"both": 2, "all": len(pending)}.get(chunks[0].lemma, 1)
    return pending[-several:]


def as_reference(chunk: Chunk) -> Chunk:
    """A description as the words for somebody that it is."""
    if chunk.kind == "reference":
        return chunk
    return Chunk("reference", chunk.text, chunk.start, chunk.end, chunk.lemma, chunk.value)


def hang(person: Chunk, chunks: list[Chunk]) -> None:
    """Gives a person what is said beside the name."""
    person.inner = (*person.inner, *chunks)
