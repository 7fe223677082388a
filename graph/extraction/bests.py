"""Records and personal marks: which record a phrase names, whose it is, and its mark."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.extraction.chunks import lemma_at
from graph.extraction.complements import complement_of
from graph.extraction.contests import Contest, describe
from graph.extraction.events import Event
from graph.extraction.frames import verbs_of
from graph.extraction.lexicons import cues
from graph.extraction.nounphrases import Noun
from graph.extraction.references import owner_at

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk
    from graph.extraction.clauses import Clause
    from graph.extraction.quantities import Mark
    from graph.model import RecordKind


_CONTINENTS = {
    "european-championships",
    "european-indoor-championships",
    "african-championships",
    "asian-championships",
    "asian-indoor-championships",
}
_LEVEL_KINDS: Final[dict[str, RecordKind]] = {
    "olympic-games": "OR",
    "world-championships": "WR",
    "world-indoor-championships": "WR",
    "commonwealth-games": "CR",
}
_MISSED = cues("record_missed")
_BEATING = cues("record_beating")
_PERSONAL = ("PB", "SB", "WL")
_OLD = {"previous", "old", "existing", "long-standing"}
_OF_OTHERS = ("from", "than", "previous", "old")
_BREAKING = ("break", "beat", "smash", "equal", "erase", "eclipse", "shatter", "better", "improve", "match", "take")
_HOLDING = ("hold", "own", "have", "be", "boast", "follow")


def record_kind(noun: Noun) -> tuple[RecordKind | None, str | None]:
    """(kind, area) of a record phrase; (None, None) where it names none of the kinds."""
    kind = noun.data if noun.head == "record" else None
    if kind == "none":
        return None, None
    if kind is not None and kind not in ("best", "mark", "record"):
        return kind, None
    competition = noun.contests[0].competition if noun.contests else None
    if competition is not None and competition.series:
        if competition.series in _CONTINENTS:
            return "AR", competition.name.split()[0]
        if competition.series in _LEVEL_KINDS and noun.head in ("record", "bare_record", "holder"):
            return _LEVEL_KINDS[competition.series], None
        return ("MR" if competition.kind in ("meeting", "road race", "circuit") else "CR"), competition.name
    if competition is not None:
        return "MR", competition.name
    if noun.demonym:
        return "NR", noun.demonym
    if noun.data == "best" and noun.owner is not None:
        return "PB", None
    return None, None


def best_events(clause: Clause) -> list[Event]:
    """Records that an asserted clause says its subject set or holds."""
    if not clause.asserted or (clause.verb is not None and clause.verb.lemma not in verbs_of("records")):
        return []
    if not clause.subjects:
        owner = next((o for i in range(len(clause.before)) if (o := owner_at(clause.before, i)) is not None), None)
        if owner is None:
            return []
        clause = replace(clause, subjects=[owner])
    events: list[Event] = []
    for side in (clause.before, clause.after):
        for index, chunk in enumerate(side):
            if chunk.kind == "record" and isinstance(chunk.value, Noun):
                events += _best(clause, side, index, chunk.value)
    return events


def _best(clause: Clause, side: list[Chunk], index: int, noun: Noun) -> list[Event]:
    """What the clause says with one record phrase."""
    kind, area = record_kind(noun)
    if kind is None or _is_missed(clause, side, index, kind) or not clause.subjects:
        return []
    contest = _contest(clause, noun)
    base = Event("best", clause.subjects[0], "best.set", contest, record=kind, area=area)
    owner = noun.owner if noun.owner is not None and noun.owner.kind == "person" else None
    if clause.has_verb(*_BEATING) and (noun.words & _OLD or _is_set_by(clause, side, index)):
        base.rule = "best.broken"
        return [replace(base, who=who) for who in clause.subjects]
    if owner is not None and owner not in clause.subjects:
        owned = replace(base, who=owner, rule="best.owned", mark=_value(_of_mark(side, index)))
        if not clause.has_verb(*_BREAKING):
            return [owned]
        broken = replace(base, rule="best.broken", mark=_value(_mark(clause)))
        return [*(replace(broken, who=who) for who in clause.subjects), owned]
    base.mark = _value(_of_mark(side, index) or _mark(clause, several=True))
    base.fresh = clause.verb is not None and clause.verb.lemma not in _HOLDING
    return [replace(base, who=who) for who in clause.subjects]


def _is_missed(clause: Clause, side: list[Chunk], index: int, kind: RecordKind) -> bool:
    """The record was chased, missed, or is what somebody else's feat is measured by."""
    if clause.passive and side is clause.after and kind not in _PERSONAL:
        return True
    before = {c.lemma for c in side[max(0, index - 3) : index]}
    if any(c.lemma == "within" for c in side[max(0, index - 6) : index]):
        return True
    return bool(before & _MISSED) and not (kind in _PERSONAL and before <= {"inside", "under"})


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
    for later in side[index + 1 : index + 5]:
        if later.kind == "mark":
            return later
        if later.kind not in ("word", "punct", "discipline") or later.lemma in ("to", "and", "by", ","):
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
