"""Club notes: a paragraph that opens with a club's name in capitals tells of its members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.clubs import ClubName
from graph.extraction.drafts import Proof
from graph.extraction.people import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.chunks import Chunk
    from graph.extraction.drafts import Drafts
    from graph.extraction.sentences import Sentence
    from graph.model import Block

_CHEERING = {"cheered", "celebrated", "hailed", "toasted", "applauded", "congratulated", "had", "saw"}
_APART = ("country", "demonym", "code", "club", "place", "origin")


def home_clubs(sentences: list[Sentence], drafts: Drafts, text: str) -> None:
    """Whose results a club's paragraph tells belongs to it, unless another club, a country or a town goes with him."""
    openings = {sentence.number: club for sentence in sentences if (club := _opening(sentence, text)) is not None}
    block: Block | None = None
    home: ClubName | None = None
    for sentence in sentences:
        if sentence.block is not block:
            goes_on = len(openings) > 1 and " their " in text[sentence.span.start : sentence.span.end]
            block, home = sentence.block, openings.get(sentence.number, home if goes_on else None)
        if home is None:
            continue
        for person in _told_of(sentence):
            entity = person.value if person.kind == "person" else None
            if isinstance(entity, Entity) and _is_ours(person, entity, drafts):
                proof = Proof(sentence.number, "membership.round-up", 0.8, "Contextual")
                drafts.membership(entity, home, "current", proof)


def owned(sentences: list[Sentence], drafts: Drafts) -> None:
    """ "The club's Ines Sorel won": of the one club that was named last."""
    last: ClubName | None = None
    for sentence in sentences:
        chunks = sentence.chunks
        for index, chunk in enumerate(chunks):
            belongs = [c.lemma for c in chunks[max(0, index - 3) : index]] == ["the", "club", "'s"]
            if belongs and last is not None and chunk.kind == "person" and isinstance(chunk.value, Entity):
                proof = Proof(sentence.number, "membership.owned", 0.85, "Resolved")
                drafts.membership(chunk.value, last, "current", proof)
        named = {c.value for chunk in chunks for c in (chunk, *chunk.inner) if isinstance(c.value, ClubName)}
        if named:
            last = named.pop() if len(named) == 1 else None


def _told_of(sentence: Sentence) -> Iterator[Chunk]:
    """Whose results the sentence tells, and whom the club that opens it "cheered to second place"."""
    for clause in sentence.clauses:
        yield from (event.who for event in clause.events if event.kind == "result")
        if clause.verb is not None and clause.verb.text.lower() in _CHEERING and _is_club(clause.before):
            yield from (c for c in clause.after[:1] if c.kind == "person")


def _is_club(chunks: list[Chunk]) -> bool:
    return [c.kind for c in chunks] == ["club"]


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
