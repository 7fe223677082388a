"""Kin, coaches and pupils told by nouns: "X's father, Gjert", "Brandt, coach to Vane", "another Holt protege"."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.descriptions import past_description
from graph.extraction.lexicons import cues
from graph.extraction.nounphrases import Noun
from graph.extraction.relations import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.clauses import Clause

_BESIDE = ("country", "demonym", "age", "coach", "club", "place", "champion", "role", "official")
_SEVERAL = {"twins", "sisters", "brothers", "siblings"}
_PLURAL = {"sons", "daughters", "parents", "brothers", "sisters"}
_KIN = ("father", "mother", "dad", "mum", "mom", "husband", "wife", "brother", "sister")
_OF = ("of", "to")
_LINKING = (",", "who", "be", "a", "the", "as", "team", "duo", "pair", "of", "-", "both")
_NEAR = 12  # characters between two names and "husband and wife"
_PUPILS = cues("pupils")
_PUPILS_PLURAL = {"proteges", "pupils", "charges"}
_NO_ADJECTIVE = cues("not_describing")


def phrase_relations(chunks: list[Chunk]) -> Iterator[Relation]:
    """The relations that noun phrases of a sentence tell."""
    for index, chunk in enumerate(chunks):
        if chunk.kind == "kin" and chunk.value:
            yield from _kin(chunks, index)
        elif chunk.kind == "coach" and isinstance(chunk.value, Noun):
            yield from _coach(chunks, index)
        elif chunk.lemma == "twins":
            yield from _siblings(chunks, index)
        elif chunk.lemma == "couple" and lemma_at(chunks, index - 1) == "marry":
            yield from _couple(chunks, index - 1, index + 1)
        elif chunk.lemma in _PUPILS:
            yield from _pupil(chunks, index)


def _next_person(chunks: list[Chunk], index: int, skip: tuple[str, ...]) -> Chunk | None:
    for later in chunks[index + 1 : index + 5]:
        if later.kind == "person":
            return later
        if later.lemma not in skip and later.kind not in _BESIDE:
            return None
    return None


def _possessor(chunks: list[Chunk], index: int) -> Chunk | None:
    """Whose kin or coach stands at `index`: "Vane's (older) brother", "her big sister"."""
    place = index - 1
    while place > 0 and index - place < 4 and _is_adjective(chunks[place]):
        place -= 1
    before = at(chunks, place)
    if before is not None and before.lemma in ("his", "her"):
        return before
    if before is not None and before.lemma == "whose" and lemma_at(chunks, place - 1) == ",":
        return chunks[place - 2] if place > 1 and chunks[place - 2].kind == "person" else None
    owner = at(chunks, place - 1)
    owned = (
        before is not None and before.lemma in ("'s", "'") and owner is not None and owner.kind in ("name", "person")
    )
    return owner if owned else None


def _shared_owner(chunks: list[Chunk], index: int, kind: str) -> Chunk | None:
    """Whose "coach and father", "father and coach" somebody is: the owner of the first of the two."""
    first = at(chunks, index - 2) if index > 1 and lemma_at(chunks, index - 1) == "and" else None
    if first is None or first.kind != kind:
        return None
    return first.value.owner if isinstance(first.value, Noun) else _possessor(chunks, index - 2)


def _is_adjective(chunk: Chunk) -> bool:
    plain = chunk.kind in ("word", "age", "status") and chunk.text.islower()
    return chunk.lemma == "-" or (
        plain and chunk.lemma not in _NO_ADJECTIVE and chunk.lemma not in ("his", "her", "whose", "'s")
    )


def _kin(chunks: list[Chunk], index: int) -> Iterator[Relation]:
    kin = chunks[index]
    after = _next_person(chunks, index, (",", "and", "coach")) or _described(chunks, index)
    owner = _possessor(chunks, index) or _shared_owner(chunks, index, "coach")
    if kin.lemma in _SEVERAL and owner is None:
        yield from _siblings(chunks, index)
    elif (end := _past_couple(chunks, index)) is not None:
        yield from _couple(chunks, index, end)
    elif owner is not None and after is not None:
        rule = "family.possessor" if owner.kind == "person" else "family.pronoun"
        people = list(_listed(chunks, after)) if kin.lemma in _PLURAL else [after]
        for person in people:
            yield Relation("family", person, owner, kin.value, rule)
        if kin.value in ("child", "sibling"):
            yield from _among(people)
    elif owner is not None:
        yield from _apposed(chunks, index, owner)
    elif lemma_at(chunks, index + 1) == "of":
        parent = _next_person(chunks, index + 1, ("the", "former"))
        bearer = next((c for c in reversed(chunks[max(0, index - 4) : index]) if c.kind == "person"), None)
        if parent is not None and bearer is not None and parent is not bearer:
            yield Relation("family", bearer, parent, kin.value, "family.of")


def _described(chunks: list[Chunk], index: int) -> Chunk | None:
    """The name of "her husband, the retired teacher Per" """
    start = index + 2 if lemma_at(chunks, index + 1) == "," else len(chunks)
    named = past_description(chunks[start:])
    return chunks[start + named] if named and chunks[start + named].kind == "person" else None


def _apposed(chunks: list[Chunk], index: int, owner: Chunk) -> Iterator[Relation]:
    """ "for Greta Lindqvist, Marta's sister.", "Per Lindqvist, her father and coach, said" """
    place = next((i for i, c in enumerate(chunks) if c is owner), index - 2)
    bearer = at(chunks, place - 2) if place > 1 and chunks[place - 1].lemma == "," else None
    end = index + 3 if [c.kind for c in chunks[index + 1 : index + 3]] == ["word", "coach"] else index + 1
    ended = at(chunks, end) is None or chunks[end].text in (",", ".", ";")
    ended = ended and lemma_at(chunks, end + 1) not in ("and", "her", "his")
    if bearer is not None and bearer.kind == "person" and ended:
        yield Relation("family", bearer, owner, chunks[index].value, "family.apposed")
        if end > index + 1:
            yield Relation("coaching", bearer, owner, "current", "coaching.noun")


def _past_couple(chunks: list[Chunk], index: int) -> int | None:
    """Where "husband and wife" and "husband-and-wife" end."""
    said = [(i, c) for i, c in enumerate(chunks[index : index + 5], index + 1) if c.lemma != "-"][:3]
    return said[2][0] if [c.lemma for _, c in said] == ["husband", "and", "wife"] else None


def _couple(chunks: list[Chunk], start: int, end: int) -> Iterator[Relation]:
    """ "Per and Greta, who are husband and wife", "the husband-and-wife team of Per and Greta" """
    before = [c for c in chunks[:start] if c.lemma not in _LINKING]
    after = [c for c in chunks[end : end + 6] if c.lemma not in _LINKING and c.kind not in ("coach", "role")]
    gap = chunks[start - 1].start - before[-1].end if before and start else 0
    for row in (before[-3:] if gap < _NEAR else [], after[:3]):
        if [c.kind == "person" for c in row] == [True, False, True] and row[1].lemma in ("and", "&"):
            yield Relation("family", row[0], row[2], "spouse", "family.couple")
            return


def _among(people: list[Chunk]) -> Iterator[Relation]:
    """Each two of several siblings."""
    for first, second in itertools.combinations(people, 2):
        yield Relation("family", first, second, "sibling", "family.several")


def _listed(chunks: list[Chunk], first: Chunk) -> Iterator[Chunk]:
    """The people of a list: "Greta, Helena and Per"."""
    for chunk in chunks[chunks.index(first) :]:
        if chunk.kind == "person":
            yield chunk
        elif chunk.lemma not in (",", "and", "&"):
            return


def kin_events(clause: Clause) -> Iterator[Relation]:
    """ "Per Haugland, who is also Vane's father": what a clause says that its subjects are."""
    if not clause.asserted:
        return
    if clause.has_verb("marry") and len(clause.subjects) == 1:
        yield from _married(clause)
    if clause.has_verb("be") and len(clause.subjects) == 1:
        yield from _predicate(clause, clause.subjects[0])
    elif clause.has_verb("be") and any(c.lemma in _SEVERAL for c in clause.after[:2]):
        yield from _among([c for c in clause.subjects if c.kind == "person"])


def _predicate(clause: Clause, subject: Chunk) -> Iterator[Relation]:
    for index, chunk in enumerate(clause.after[:6]):
        after = at(clause.after, index + 1)
        ended = after is None or after.kind == "punct" or after.lemma == "and"
        owner = _possessor(clause.after, index) if chunk.kind == "kin" and chunk.value else None
        if owner is not None and ended:
            yield Relation("family", subject, owner, chunk.value, "family.predicate")
        if chunk.kind == "coach" and isinstance(chunk.value, Noun):
            pupil = (
                _next_person(clause.after, index + 1, ("the", "both")) if lemma_at([after or chunk], 0) in _OF else None
            )
            owner = chunk.value.owner if ended else pupil
            if owner is not None and not any(c.kind == "person" for c in clause.after[:index] if c is not owner):
                status = "former" if chunk.value.status == "former" or _was(clause) else "current"
                yield Relation("coaching", subject, owner, status, "coaching.predicate")


def _was(clause: Clause) -> bool:
    return clause.verb is not None and clause.verb.text.lower() in ("was", "were")


def _married(clause: Clause) -> Iterator[Relation]:
    """ "is married to Per Haugland", "married the hurdler Per Haugland" """
    start = 1 if lemma_at(clause.after, 0) == "to" else 0
    row = clause.after[start:]
    other = at(row, past_description(row))
    if bool(start) == clause.passive and other is not None and other.kind == "person":
        yield Relation("family", clause.subjects[0], other, "spouse", "family.married")


def _siblings(chunks: list[Chunk], index: int) -> Iterator[Relation]:
    """ "sisters Greta and Helena Lund", "the Lund twins, Greta and Helena" """
    first = _next_person(chunks, index, (",",))
    if first is not None and lemma_at(chunks, chunks.index(first) + 1) in ("and", "&", ","):
        people = list(_listed(chunks, first))
        joined = any(c.lemma in ("and", "&") for c in chunks[chunks.index(first) : chunks.index(people[-1])])
        yield from _among(people) if joined else ()


def _coach(chunks: list[Chunk], index: int) -> Iterator[Relation]:
    noun: Noun = chunks[index].value
    status = "former" if noun.status == "former" else "current"
    owner = noun.owner or _possessor(chunks, index) or _shared_owner(chunks, index, "kin")
    after = _next_person(chunks, index, (",", "at", "be", "and", *_KIN))
    if after is not None and owner is not None and owner is not after:
        yield Relation("coaching", after, owner, status, "coaching.noun")
    pupil = _next_person(chunks, index + 1, ("the", "both")) if lemma_at(chunks, index + 1) in ("to", "of") else None
    bearer = at(chunks, index - 2) if lemma_at(chunks, index - 1) == "," else None
    if pupil is not None and bearer is not None and bearer.kind == "person" and owner is None:
        yield Relation("coaching", bearer, pupil, status, "coaching.of")


def _pupil(chunks: list[Chunk], index: int) -> Iterator[Relation]:
    """ "Vane, another Haugland protege", "Haugland's pupil Vane" """
    noun = chunks[index].value
    owner = noun.owner if isinstance(noun, Noun) and noun.owner is not None else _possessor(chunks, index)
    former = isinstance(noun, Noun) and noun.status == "former"
    before = at(chunks, index - 1)
    start = index
    if owner is None and before is not None and before.kind == "person":
        owner, start = before, index - 1
    if owner is None:
        yield from _pupil_of(chunks, index)
        return
    pupil = _next_person(chunks, index, (",",))
    if pupil is not None and pupil is not owner and chunks[index].text.lower() in _PUPILS_PLURAL:
        for each in _listed(chunks, pupil):
            yield Relation("coaching", owner, each, "former" if former else "current", "coaching.pupil")
        return
    while pupil is None and start > 0 and (chunks[start - 1].lemma in ("another", "a", "the", ",", "'s")):
        start -= 1
        pupil = chunks[start - 1] if start and chunks[start - 1].kind == "person" else None
    if pupil is not None and pupil is not owner:
        yield Relation("coaching", owner, pupil, "former" if former else "current", "coaching.pupil")


def _pupil_of(chunks: list[Chunk], index: int) -> Iterator[Relation]:
    """ "Vane, a pupil of Per Haugland" """
    coach = _next_person(chunks, index + 1, ("the",)) if lemma_at(chunks, index + 1) == "of" else None
    bearer = next((c for c in reversed(chunks[max(0, index - 4) : index]) if c.kind == "person"), None)
    if coach is not None and bearer is not None and chunks[index].text.lower() not in ("charge", *_PUPILS_PLURAL):
        status = "former" if any(c.lemma == "former" for c in chunks[max(0, index - 2) : index]) else "current"
        yield Relation("coaching", coach, bearer, status, "coaching.pupil")
