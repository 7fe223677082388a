"""Names that a page lost, with the link they stood in: a paragraph that begins with its verb, and names somebody later.

Old web text reads so: "took the 1500m title in 4:19.11. (...) Sorel had already opted out." Who is named there by
surname only, and nowhere before, is who the paragraph began with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.chunks import Chunk, at
from graph.extraction.lexicons import cues

if TYPE_CHECKING:
    from graph.extraction.people import Entity
    from graph.extraction.sentences import Sentence

_SPEECH = cues("speech")
_OPENING = ("verb", "modal")


def restore_names(sentences: list[Sentence]) -> None:
    """Put the lost name, where it can only be one, in front of each paragraph that begins with its verb."""
    previous = None
    for index, sentence in enumerate(sentences):
        opening = sentence.block is not previous
        previous = sentence.block
        if not (opening and sentence.chunks and _lacks_name(sentence)):
            continue
        block = [s for s in sentences[index : index + 8] if s.block is sentence.block]
        lost = _named_later(block, sentence.span.start)
        if lost is not None:
            lost.licences.add("lost")
            place = sentence.chunks[0].start
            sentence.chunks.insert(0, Chunk("person", lost.name, place, place, value=lost))


def _lacks_name(sentence: Sentence) -> bool:
    """The paragraph begins with its verb, a comma or the possessive of a name."""
    return sentence.chunks[0].lemma == "'s" or (sentence.broken and _begins_with_verb(sentence.chunks))


def _begins_with_verb(chunks: list[Chunk]) -> bool:
    first, second = chunks[0], at(chunks, 1)
    if first.text == ",":
        return True
    adverb = first.lemma.endswith("ly") or first.lemma in ("also", "then", "duly", "finally")
    return first.kind in _OPENING or (adverb and second is not None and second.kind in _OPENING)


def _named_later(block: list[Sentence], start: int) -> Entity | None:
    """Of the people of a paragraph the only one without a full name, not named before; else the only one who speaks."""
    named: dict[int, Entity] = {}
    spoken: dict[int, Entity] = {}
    for sentence in block:
        for index, chunk in enumerate(sentence.chunks):
            if chunk.kind != "person":
                continue
            entity: Entity = chunk.value
            if not entity.full and entity.first_seen >= start:
                named[id(entity)] = entity
            before, after = at(sentence.chunks, index - 1), at(sentence.chunks, index + 1)
            if any(c is not None and c.kind == "verb" and c.lemma in _SPEECH for c in (before, after)):
                spoken[id(entity)] = entity
    found = list((named or spoken).values())
    return found[0] if len(found) == 1 else None
