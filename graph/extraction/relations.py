"""Who coaches whom, who belongs to which club, who is whose kin: frames over clauses, and patterns in noun phrases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.extraction.frames import Frame, candidates
from graph.extraction.lexicons import cues
from graph.extraction.nounphrases import Noun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.extraction.chunks import Chunk
    from graph.extraction.clauses import Clause

_PERSONS = ("person", "reference")
_FORMER = {"former", "previously", "once", "formerly", "used", "longer", "ex"}
_BEFORE_PEOPLE = cues("before_people")
_PAST = {"trained", "ran", "raced", "competed", "represented"}


@dataclass(eq=False, slots=True)
class Relation:
    """`first` coaches, belongs to or is kin of `second`; `value` is the status or the kin."""

    kind: str
    first: Chunk
    second: Chunk
    value: str
    rule: str


def relation_events(clause: Clause) -> Iterator[Relation]:
    """The relations that a clause asserts through its verb."""
    for frame in candidates("relations", clause):
        build: Callable[[Frame, Clause], Iterator[Relation]] = _coaching if "coach" in frame.emits else _membership
        yield from build(frame, clause)


def companion_events(clause: Clause) -> Iterator[Relation]:
    """ "X arrived with former coach Y": the coach is X's."""
    if not clause.subjects or not clause.asserted or clause.verb is None:
        return
    for index, chunk in enumerate(clause.after):
        coach = (
            next((i.value for i in chunk.inner if i.kind == "coach" and isinstance(i.value, Noun)), None)
            if chunk.kind == "person"
            else None
        )
        if (
            coach is not None
            and coach.owner is None
            and index
            and clause.after[index - 1].lemma in ("with", "by", "from")
        ):
            status = "former" if coach.status == "former" or clause.verb.lemma in ("split", "part") else "current"
            for athlete in clause.subjects:
                yield Relation("coaching", chunk, athlete, status, "coaching.companion")


def _status(frame: Frame, clause: Clause) -> str:
    if frame.emits.get("status"):
        return str(frame.emits["status"])
    used = clause.governor is not None and clause.governor.text.lower() == "used"
    over = "had" in clause.auxiliaries and "been" in clause.auxiliaries
    until = any(c.lemma == "until" for c in clause.after)
    return "former" if used or over or until or any(c.lemma in _FORMER for c in clause.before[-4:]) else "current"


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
            return [chunk] if any(c.kind == "coach" for c in around) else []
        if chunk.kind != "coach" and chunk.lemma not in ("from", "his", "her", ","):
            break
    return []


def _coaching(frame: Frame, clause: Clause) -> Iterator[Relation]:
    coaches = _role(frame.emits["coach"], clause, frame)[:2]
    for coach in coaches:
        for athlete in _role(frame.emits["athlete"], clause, frame):
            if coach is not athlete:
                yield Relation("coaching", coach, athlete, _status(frame, clause), frame.id)


def _membership(frame: Frame, clause: Clause) -> Iterator[Relation]:
    club = next((c for c in clause.after if c.kind == "club"), None)
    if (
        club is None
        or clause.after.index(club) > 8
        or (
            clause.verb is not None
            and clause.verb.lemma in ("be", "run", "race", "compete", "train")
            and not _at(clause, club)
        )
    ):
        return
    past = (
        clause.verb is not None
        and clause.verb.lemma in ("train", "run", "race", "compete", "represent", "be")
        and clause.verb.text.lower() in _PAST
        and not clause.auxiliaries
    )
    for athlete in clause.subjects:
        yield Relation("membership", athlete, club, "former" if past else _status(frame, clause), frame.id)


def _at(clause: Clause, club: Chunk) -> bool:
    index = clause.after.index(club)
    return any(c.lemma in ("for", "with", "at", "of") for c in clause.after[max(0, index - 3) : index])


def _people_after(clause: Clause, word: str) -> list[Chunk]:
    for index, chunk in enumerate(clause.after[:8]):
        if chunk.lemma == word:
            return _people_in(clause.after[index + 1 :])
    return []


def _people_in(chunks: list[Chunk]) -> list[Chunk]:
    """The persons at the head of a run; a possessor's kin counts as the kin ("under Jakob's father Gjert")."""
    found: list[Chunk] = []
    for index, chunk in enumerate(chunks):
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


def phrase_relations(chunks: list[Chunk]) -> Iterator[Relation]:
    """Kin and coaches named in a noun phrase: "X's father, Gjert", "Brandt, the daughter of Sven Brandt"."""
    for index, chunk in enumerate(chunks):
        if chunk.kind == "kin" and chunk.value:
            yield from _kin(chunks, index)
        elif chunk.kind == "coach" and isinstance(chunk.value, Noun):
            yield from _coach(chunks, index)


def _next_person(chunks: list[Chunk], index: int, skip: tuple[str, ...]) -> Chunk | None:
    for later in chunks[index + 1 : index + 5]:
        if later.kind == "person":
            return later
        if later.lemma not in skip and later.kind not in ("country", "demonym", "age", "coach", "club", "place"):
            return None
    return None


def _kin(chunks: list[Chunk], index: int) -> Iterator[Relation]:
    kin = chunks[index]
    after = _next_person(chunks, index, (",", "and", "coach"))
    before = chunks[index - 1] if index else None
    if (
        before is not None
        and before.lemma in ("'s", "'")
        and index >= 2
        and chunks[index - 2].kind == "person"
        and after is not None
    ):
        yield Relation("family", after, chunks[index - 2], kin.value, "family.possessor")
    elif before is not None and before.lemma in ("his", "her") and after is not None:
        yield Relation("family", after, before, kin.value, "family.pronoun")
    elif index + 1 < len(chunks) and chunks[index + 1].lemma == "of":
        parent = _next_person(chunks, index + 1, ("the", "former"))
        bearer = next((c for c in reversed(chunks[max(0, index - 4) : index]) if c.kind == "person"), None)
        if parent is not None and bearer is not None and parent is not bearer:
            yield Relation("family", bearer, parent, kin.value, "family.of")


def _coach(chunks: list[Chunk], index: int) -> Iterator[Relation]:
    noun: Noun = chunks[index].value
    after = _next_person(chunks, index, (",", "at"))
    if after is not None and noun.owner is not None and noun.owner is not after:
        yield Relation(
            "coaching", after, noun.owner, "former" if noun.status == "former" else "current", "coaching.noun"
        )
