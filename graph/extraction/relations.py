"""Who coaches whom, who belongs to which club, who is whose kin: frames over clauses, and patterns in noun phrases."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.extraction.chunks import at, lemma_at
from graph.extraction.descriptions import past_description
from graph.extraction.frames import Frame, candidates
from graph.extraction.groups import alike, group_leader, including, is_long, long_with, shared
from graph.extraction.lexicons import cues
from graph.extraction.nounphrases import Noun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.extraction.chunks import Chunk
    from graph.extraction.clauses import Clause

_PERSONS = ("person", "reference")
_FORMER = {"former", "previously", "once", "formerly", "used", "longer", "ex"}
_BEFORE_PEOPLE = cues("before_people")
_GUIDANCE = cues("guidance")
_ALIKE = cues("fellows")
_BEHIND_CLUB = ("and", "but", "for", "until", "under", "with", "as", "where", "despite", "in", "to", "after")
_SHARED = ("train", "coach", "guide", "work", "run", "compete")
_PAST = {"trained", "ran", "raced", "competed", "represented"}


@dataclass(eq=False, slots=True)
class Relation:
    """`first` coaches, belongs to or is kin of `second`; `value` is the status or the kin.

    `known`: only where the text calls `first` a coach elsewhere.
    """

    kind: str
    first: Chunk
    second: Chunk
    value: str
    rule: str
    known: bool = False


def relation_events(clause: Clause) -> Iterator[Relation]:
    """The relations that a clause asserts through its verb, and through that verb where it is understood."""
    for told in shared(clause) if clause.has_verb(*_SHARED) else (clause,):
        for frame in candidates("relations", told):
            build: Callable[[Frame, Clause], Iterator[Relation]] = _coaching if "coach" in frame.emits else _membership
            yield from build(frame, told)
        if (leader := group_leader(told)) is not None:
            for athlete in told.subjects:
                yield Relation("coaching", leader, athlete, "current", "coaching.group")
        if (leader := including(told)) is not None:
            for athlete in _people_in(told.after):
                yield Relation("coaching", leader, athlete, "current", "coaching.group")


def companion_events(clause: Clause) -> Iterator[Relation]:
    """ "X arrived with former coach Y": the coach is X's."""
    if not clause.subjects or not clause.asserted or clause.verb is None:
        return
    for row, words in ((clause.after, ("with", "by", "from", "under")), (clause.before, ("under",))):
        for before, chunk in itertools.pairwise(row):
            coach = _called_coach(chunk)
            if coach is not None and before.lemma in words:
                status = "former" if coach.status == "former" or clause.verb.lemma in ("split", "part") else "current"
                for athlete in clause.subjects:
                    yield Relation("coaching", chunk, athlete, status, "coaching.companion")


def _called_coach(chunk: Chunk) -> Noun | None:
    """The "coach" beside a name, where the text does not say whose."""
    nouns = (c.value for c in chunk.inner if c.kind == "coach" and isinstance(c.value, Noun))
    noun = next(nouns, None) if chunk.kind == "person" else None
    return noun if noun is not None and noun.owner is None else None


def _status(frame: Frame, clause: Clause) -> str:
    if frame.emits.get("status"):
        return str(frame.emits["status"])
    used = clause.governor is not None and clause.governor.text.lower() == "used"
    used = used or (clause.connective == "to" and clause.previous is not None and clause.previous.has_verb("use"))
    over = "had" in clause.auxiliaries
    until = any(c.lemma == "until" for c in clause.after)
    raised = clause.verb is not None and clause.verb.value == "ing" and _has_begun(clause.previous)
    return (
        "former"
        if used or over or until or raised or any(c.lemma in _FORMER for c in clause.before[-4:])
        else "current"
    )


def _has_begun(clause: Clause | None) -> bool:
    """ "grew up running for", "started out training with" """
    return (
        clause is not None and clause.has_verb("grow", "start", "begin") and lemma_at(clause.after, 0) in ("up", "out")
    )


def _role(name: str, clause: Clause, frame: Frame) -> list[Chunk]:
    if name == "subject":
        return clause.subjects
    if name == "by":
        return _people_after(clause, "by")
    if name == "object":
        return _people_in(clause.after)
    if name == "coach":
        return _coach_left(clause)
    return _people_after(clause, frame.particle or "with")


def _coach_left(clause: Clause) -> list[Chunk]:
    """ "left coach Per Haugland", "has split from her coach, Per Haugland", "sacked Per Haugland, her coach" """
    for index, chunk in enumerate(clause.after):
        if chunk.kind == "person":
            around = (*clause.after[:index], *chunk.inner, *clause.after[index + 1 : index + 4])
            told = any(c.kind == "coach" for c in around) or _at_last(clause.after[index + 1 : index + 5])
            return [chunk] if told else []
        if chunk.kind != "coach" and chunk.lemma not in ("from", "his", "her", ","):
            break
    return []


def _at_last(row: list[Chunk]) -> bool:
    """ "(left Per Haugland) after nine years", not "(left Ines Sorel) trailing after years of defeats" """
    return lemma_at(row, 0) in ("after", "following") and is_long(row) and lemma_at(row, 3) != "of"


def _coaching(frame: Frame, clause: Clause) -> Iterator[Relation]:
    known = "known" in frame.emits
    if known and clause.verb is not None and clause.verb.value == "past" and not clause.auxiliaries:
        return  # "worked with": once, or for years
    coaches = [c for c in _role(frame.emits["coach"], clause, frame)[:2] if _may_coach(c)]
    athletes = _role(frame.emits["athlete"], clause, frame)
    if frame.emits["athlete"] == "subject":
        athletes = [*athletes, *(c for c in alike(clause) if c not in athletes)]
    for coach, athlete in itertools.product(coaches, athletes):
        if coach is not athlete:
            yield Relation("coaching", coach, athlete, _status(frame, clause), frame.id, known)
    yield from _taken_in(clause, athletes if coaches else [])
    if clause.passive and coaches and (before := long_with(clause.after)) is not None:
        for athlete in clause.subjects:
            yield Relation("coaching", before, athlete, "former", frame.id)


def _taken_in(clause: Clause, athletes: list[Chunk]) -> Iterator[Relation]:
    """ "coach both women as part of the Torrevale Track Club" """
    for index, chunk in enumerate(clause.after):
        if chunk.kind == "club" and [c.lemma for c in clause.after[:index] if c.lemma != "the"][-2:] == ["part", "of"]:
            for athlete in athletes:
                yield Relation("membership", athlete, chunk, "current", "membership.part")


def _may_coach(chunk: Chunk) -> bool:
    """Nobody whom the text calls something else: "parted with training partner Greta Lund" """
    fellow = any(c.kind == "role" and c.lemma in _ALIKE for c in chunk.inner)
    return not fellow or any(c.kind == "coach" for c in chunk.inner)


def _membership(frame: Frame, clause: Clause) -> Iterator[Relation]:
    club = next((c for c in clause.after if c.kind == "club"), None)
    if (
        club is None
        or clause.after.index(club) > 8
        or (
            clause.verb is not None
            and clause.verb.lemma in ("be", "run", "race", "compete", "train", "stay", "remain")
            and not _at(clause, club)
        )
        or (clause.has_verb("stay", "remain") and _names_thing(clause, club))
    ) or ("link" in frame.emits and not _linked(clause, club, frame.emits["link"])):
        return
    past = (
        clause.verb is not None
        and clause.verb.lemma in ("train", "run", "race", "compete", "represent", "be")
        and clause.verb.text.lower() in _PAST
        and not clause.auxiliaries
    )
    for athlete in clause.subjects:
        yield Relation("membership", athlete, club, "former" if past else _status(frame, clause), frame.id)
        if frame.emits.get("status") == "former":
            yield from _gone_to(frame, clause, athlete, club)


def _gone_to(frame: Frame, clause: Clause, athlete: Chunk, left: Chunk) -> Iterator[Relation]:
    """The new club of "left Norbridge AC for Torrevale Harriers", "moved from Norbridge AC to Torrevale Harriers"."""
    index = clause.after.index(left)
    for link, club in zip(clause.after[index + 1 :], clause.after[index + 2 :], strict=False):
        if link.lemma in ("for", "to") and club.kind == "club":
            yield Relation("membership", athlete, club, "current", frame.id)


def _at(clause: Clause, club: Chunk) -> bool:
    index = clause.after.index(club)
    return any(c.lemma in ("for", "with", "at", "of") for c in clause.after[max(0, index - 3) : index])


def _names_thing(clause: Clause, club: Chunk) -> bool:
    """The club only says whose a thing is: "stayed at the Norbridge Harriers clubhouse"."""
    after = at(clause.after, clause.after.index(club) + 1)
    return after is not None and after.kind == "word" and after.lemma not in _BEHIND_CLUB


def _linked(clause: Clause, club: Chunk, link: str) -> bool:
    """Whether the word stands directly before the club: "won for the Norbridge Harriers"."""
    before = [c.lemma for c in clause.after[: clause.after.index(club)] if c.lemma != "the"]
    return before[-1:] == [link] if link else not before


def _people_after(clause: Clause, word: str) -> list[Chunk]:
    for index, chunk in enumerate(clause.after[:8]):
        if chunk.lemma == word:
            rest = clause.after[index + 1 :]
            led = next((i for i, c in enumerate(rest[:5]) if c.lemma == "of"), None) if word == "under" else None
            if led is not None and any(c.lemma in _GUIDANCE for c in rest[:led]):
                rest = rest[led + 1 :]  # "under the guidance of"
            return _people_in(rest)
    return []


def _people_in(chunks: list[Chunk]) -> list[Chunk]:
    """The persons at the head of a run; a possessor's kin counts as the kin ("under Jakob's father Gjert")."""
    found: list[Chunk] = []
    start = past_description(chunks)
    for index, chunk in enumerate(chunks[start:], start):
        if chunk.kind in _PERSONS:
            if index + 1 < len(chunks) and chunks[index + 1].lemma in ("'s", "'"):
                continue
            found.append(chunk)
        elif (
            (found and chunk.lemma not in ("and", ",", "&"))
            or chunk.kind == "verb"
            or (not found and chunk.kind == "word" and chunk.text.islower() and chunk.lemma not in _BEFORE_PEOPLE)
        ):
            if chunk.kind in ("kin", "coach", "official", "role", "country", "demonym", "age", "status"):
                continue
            break
    return found
