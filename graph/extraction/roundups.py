"""Club notes: a paragraph that opens with a club's name in capitals tells of its members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.clubs import ClubName
from graph.extraction.drafts import Proof
from graph.extraction.people import Entity

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk
    from graph.extraction.drafts import Drafts
    from graph.extraction.sentences import Sentence
    from graph.model import Block

_APART = ("country", "demonym", "code", "club", "place", "origin")


def home_clubs(sentences: list[Sentence], drafts: Drafts, text: str) -> None:
    """Whose results a club's paragraph tells belongs to it, unless another club, a country or a town goes with him."""
    block: Block | None = None
    home: ClubName | None = None
    for sentence in sentences:
        if sentence.block is not block:
            block, home = sentence.block, _opening(sentence, text)
        if home is None:
            continue
        for clause in sentence.clauses:
            for event in clause.events:
                entity = event.who.value if event.who.kind == "person" else None
                if event.kind == "result" and isinstance(entity, Entity) and _is_ours(event.who, entity, drafts):
                    proof = Proof(sentence.number, "membership.round-up", 0.8, "Contextual")
                    drafts.membership(entity, home, "current", proof)


def _opening(sentence: Sentence, text: str) -> ClubName | None:
    """The club whose name in capitals begins the sentence: "NORBRIDGE HARRIERS had", "NORBRIDGE AC's Callum Vane"."""
    first = sentence.chunks[0] if sentence.chunks else None
    row = [first, *first.inner] if first is not None else []
    for chunk in row:
        shouted = text[chunk.start : chunk.end].isupper()
        if (
            chunk.kind == "club"
            and chunk.start == sentence.span.start
            and shouted
            and isinstance(chunk.value, ClubName)
        ):
            return chunk.value
    return None


def _is_ours(person: Chunk, entity: Entity, drafts: Drafts) -> bool:
    apart = any(inner.kind in _APART for inner in person.inner) or entity.country is not None or entity.team
    return not apart and not any(r.kind == "membership" and r.first is entity for r in drafts.relations)
