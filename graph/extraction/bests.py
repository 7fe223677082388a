"""Records and personal marks: whose the record is that a clause names, and its mark."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction.careers import is_bygone
from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.complements import complement_of
from graph.extraction.contests import Contest, describe
from graph.extraction.events import Event
from graph.extraction.frames import verbs_of
from graph.extraction.lexicons import cues
from graph.extraction.nounphrases import Noun
from graph.extraction.records import PERSONAL, is_of_few, record_kinds
from graph.extraction.references import Reference, owner_at
from graph.extraction.teams import brought_team

if TYPE_CHECKING:
    from graph.extraction.clauses import Clause
    from graph.extraction.quantities import Mark
    from graph.model import RecordKind


_MISSED = cues("record_missed")
_BEATING = cues("record_beating")
_NOT_HAD = cues("record_not_had")
_MARK_NOUNS = cues("mark_nouns")
_PERFORMING = cues("record_performing")
_OLD = {"previous", "old", "existing", "long-standing"}
_OF_OTHERS = ("from", "than", "previous", "old")
_CUTTING = (
    "take",
    "slice",
    "shave",
    "cut",
    "trim",
    "chip",
    "lop",
    "knock",
    "chop",
    "carve",
    "clip",
    "hack",
    "wipe",
    "strip",
)
_MARGINS = {"second", "seconds", "minute", "minutes", "tenth", "tenths", "hundredth", "hundredths", "centimetre",
            "centimetres", "cm", "points", "chunk", "slice"}  # fmt: skip
_BREAKING = ("break", "beat", "smash", "equal", "erase", "eclipse", "shatter", "better", "improve", "match", "take")
_HOLDING = ("hold", "own", "have", "be", "boast", "follow")
_BESIDE = (",", "a", "an", "the", "new", "and", "also", "for", "(", "-")


def best_events(clause: Clause) -> list[Event]:
    """Records that an asserted clause says its subject set or holds."""
    if not clause.asserted or (clause.verb is not None and clause.verb.lemma in _NOT_HAD):
        return []
    nouns = [
        (side, index, chunk.value)
        for side in (clause.before, clause.after)
        for index, chunk in enumerate(side)
        if chunk.kind == "record" and isinstance(chunk.value, Noun)
    ]
    if not nouns or any(c.lemma == "sights" for c in clause.after):
        return []
    if not clause.subjects:
        holder = _placed_before(clause) or _holder(clause)
        if holder is None:
            return []
        clause = replace(clause, subjects=[holder])
    if (team := brought_team(clause)) is not None:
        clause = replace(clause, subjects=[team])
    events: list[Event] = []
    for side, index, noun in nouns:
        events += _best(clause, side, index, noun)
    return events


def without_others(clause: Clause, bests: list[Event], owned: list[Event]) -> list[Event]:
    """`bests` without what others are said to have set: "took a second off the record of 14:05.20 that Otiwa set"."""
    if clause.has_verb("equal", "match", "tie"):
        return bests
    held = [(e.record, e.mark.value, e.who) for e in owned if e.rule == "best.set-by" and e.mark is not None]
    kept = []
    for best in bests:
        if best.mark is None or not any(
            (best.record, best.mark.value) == (kind, mark) and best.who is not who for kind, mark, who in held
        ):
            kept.append(best)
        elif clause.has_verb(*_BEATING):
            kept.append(replace(best, rule="best.broken", mark=None))
    return kept


def _holder(clause: Clause) -> Chunk | None:
    """Whose the record is where the subject is nobody: of whoever owns it, or of whoever performed last."""
    owner = _owner(clause.before)
    if owner is None and not clause.before and clause.previous is not None and clause.connective in ("and", "but"):
        owner = _owner(clause.previous.before)  # "his 3:27.80 earned bronze and was a personal best"
    if owner is not None or clause.verb is None or not clause.has_verb(*_PERFORMING):
        return owner
    said = [c for c in clause.before if not (c.kind == "word" and c.lemma.endswith("ly"))]
    thing = clause.connective in ("which", "that") and not said
    if thing or (said and all(_is_performance(c) for c in said)):
        return Chunk("performance", "", clause.verb.start, clause.verb.start)
    return None


def _owner(chunks: list[Chunk]) -> Chunk | None:
    return next((o for i in range(len(chunks)) if (o := owner_at(chunks, i)) is not None), None)


def _placed_before(clause: Clause) -> Chunk | None:
    """ "Vane came fourth, and 1:41.67 was a national record": whose mark it is, told just before without one."""
    last = clause.previous
    if last is None or not last.asserted or [c.kind for c in clause.before] != ["mark"] or len(last.subjects) != 1:
        return None
    placed = any(c.kind in ("ordinal", "medal", "victory", "crown") for c in last.after)
    return last.subjects[0] if placed and not any(c.kind == "mark" for c in last.after) else None


def _subject_mark(clause: Clause) -> Chunk | None:
    """The mark that the subject is: "his 3:27.80 was a personal best"."""
    shared = clause.previous is not None and clause.connective in ("and", "but") and not clause.before
    told = clause.previous.before if shared and clause.previous is not None else clause.before
    said = [c for c in told if c.kind not in ("punct", "discipline", "sex") and c.lemma not in ("the", "in")]
    return said[-1] if said and said[-1].kind == "mark" else None


def _is_performance(chunk: Chunk) -> bool:
    """ "It", "that time", "the 7.19 mark": words that stand for what was just achieved."""
    return chunk.lemma in ("it", "that", "this", "the", "both") or chunk.lemma in _MARK_NOUNS or chunk.kind == "mark"


def _best(clause: Clause, side: list[Chunk], index: int, noun: Noun) -> list[Event]:
    """What the clause says with one record phrase."""
    events: list[Event] = []
    for kind, area in [] if is_of_few(side, index) else [*_national(side, index), *record_kinds(noun)]:
        if not _is_missed(clause, side, index, kind) and _is_said(clause, side, noun, kind):
            events += _of_kind(clause, side, index, noun, (kind, area))
    return events


def _national(side: list[Chunk], index: int) -> list[tuple[RecordKind, str | None]]:
    """The national record of "the British and European records", whose noun stands with the other."""
    nation = at(side, index - 2) if lemma_at(side, index - 1) == "and" else None
    if nation is not None and nation.kind == "demonym" and lemma_at(side, index - 3) in ("a", "the", "both"):
        return [("NR", nation.value)]
    called = nation.value if nation is not None and isinstance(nation.value, Reference) else None
    first = index == 2  # "breaking the Norwegian and European records"
    return [("NR", called.country)] if called is not None and called.how == "country" and first else []


def _of_kind(
    clause: Clause, side: list[Chunk], index: int, noun: Noun, told: tuple[RecordKind, str | None]
) -> list[Event]:
    """The events of a record of one kind."""
    kind, area = told
    contest = _contest(clause, noun)
    base = Event("best", clause.subjects[0], "best.set", contest, record=kind, area=area)
    owner = noun.owner if noun.owner is not None and noun.owner.kind == "person" else None
    if _is_cut(clause, side, index):
        cut = replace(base, rule="best.broken", mark=_value(_subject_mark(clause) or _mark_beside(side, index)))
        return [replace(cut, who=who) for who in clause.subjects]
    if clause.has_verb(*_BEATING) and (noun.words & _OLD or _is_set_by(clause, side, index)):
        base.rule = "best.broken"
        return [replace(base, who=who) for who in clause.subjects]
    if owner is not None and owner not in clause.subjects:
        theirs = None if lemma_at(side, index + 1) in ("with", "in") else _of_mark(side, index)
        owned = replace(base, who=owner, rule="best.owned", mark=_value(theirs))
        if not clause.has_verb(*_BREAKING):
            return [owned]
        broken = replace(base, rule="best.broken", mark=_value(_mark(clause)))
        return [*(replace(broken, who=who) for who in clause.subjects), owned]
    own = _of_mark(side, index) or _mark_before(side, index)
    apart = _subject_mark(clause) if side is clause.after else None
    base.mark = _value(own or _mark(clause, several=True) or apart)
    if clause.verb is None:  # "Brandt third in a national record of 3:51.20"
        holding = not any(c.kind in ("ordinal", "medal") for c in side[:index])
    else:
        holding = clause.verb.lemma in _HOLDING and (own is not None or apart is None)
    base.fresh = not holding and not is_bygone(clause)
    last = own is not None and len(clause.subjects) > 1 and clause.connective == "who"
    return [replace(base, who=who) for who in clause.subjects[-1 if last else 0 :]]


def _is_said(clause: Clause, side: list[Chunk], noun: Noun, kind: RecordKind) -> bool:
    """Whether the verb tells that its subject has the record; other verbs do if it is a new one."""
    if clause.verb is None or clause.verb.lemma in verbs_of("records"):
        return True
    return side is clause.after and (kind in PERSONAL or noun.definite != "the") and noun.owner is None


def _is_missed(clause: Clause, side: list[Chunk], index: int, kind: RecordKind) -> bool:
    """The record was chased, missed, or is what somebody else's feat is measured by."""
    if clause.passive and side is clause.after and kind not in PERSONAL and not clause.has_verb("reward"):
        return True
    if _is_cut(clause, side, index):
        return False
    before = {c.lemma for c in side[max(0, index - 3) : index]}
    if any(c.lemma == "within" for c in side[max(0, index - 6) : index]):
        return True
    if "for" in before and _is_reached(clause, side[:index]):
        before.discard("for")
    return bool(before & _MISSED) and not (kind in PERSONAL and before <= {"inside", "under"})


def _is_cut(clause: Clause, side: list[Chunk], index: int) -> bool:
    """ "took two seconds off the record of 14:05.20": it is broken, and the mark is the old one."""
    off = "off" in (lemma_at(side, index - 1), lemma_at(side, index - 2))
    margin = any(c.kind == "margin" or c.lemma in _MARGINS for c in side[:index])
    return off and margin and side is clause.after and clause.has_verb(*_CUTTING)


def _mark_beside(side: list[Chunk], index: int) -> Chunk | None:
    """The new mark in "took two seconds off the record of 14:05.20 with 14:03.20"."""
    told = (c for i, c in enumerate(side) if i > index and c.kind == "mark" and lemma_at(side, i - 1) in ("with", "in"))
    return next(told, None)


def _is_reached(clause: Clause, before: list[Chunk]) -> bool:
    """ "ran 7.96 for a national record", "settled for a season's best": the "for" points at no aim."""
    return clause.has_verb("settle") or any(c.kind in ("mark", "ordinal", "medal", "victory") for c in before)


def _is_set_by(clause: Clause, side: list[Chunk], index: int) -> bool:
    """ "broke the record of 14:39.29 set by another": the mark is the old one."""
    return side is clause.after and any(c.lemma in ("set", "held", "hold") for c in side[index + 1 :])


def _contest(clause: Clause, noun: Noun) -> Contest:
    inner = noun.contests[0] if noun.contests else Contest()
    own = describe(clause.chunks)
    return Contest(
        disciplines=inner.disciplines, indoor=inner.indoor, sex=inner.sex, length=inner.length, surface=inner.surface
    ).over(own)


def _of_mark(side: list[Chunk], index: int) -> Chunk | None:
    """The mark in "a record of 14:05.20", "a record 4.89m"."""
    row = side[index + 1 : index + 6]
    if row and row[0].lemma == "from":  # "improved her best from 45.80 to 44.97"
        row = [c for n, c in enumerate(row) if n > 1 and c.lemma != "to"]
    for later in row[:4]:
        if later.kind == "mark":
            return later
        if later.kind not in ("word", "punct", "discipline") or later.lemma in ("to", "and", "by", ","):
            return None
    return None


def _mark_before(side: list[Chunk], index: int) -> Chunk | None:
    """The mark in "7.96, a national record", "a 7.96 national record", "7.96 (PB)"."""
    for earlier in reversed(side[max(0, index - 5) : index]):
        if earlier.kind == "mark":
            return earlier
        if earlier.lemma not in _BESIDE and earlier.kind != "record":
            return None
    return None


def _mark(clause: Clause, *, several: bool = False) -> Chunk | None:
    """The only mark behind the verb; with `several` the first."""
    after = clause.after
    marks = [c for i, c in enumerate(after) if c.kind == "mark" and lemma_at(after, i - 1) not in _OF_OTHERS]
    if not marks:
        return complement_of(clause, "mark")
    return marks[0] if several or len(marks) == 1 else None


def _value(chunk: Chunk | None) -> Mark | None:
    return chunk.value if chunk is not None else None
