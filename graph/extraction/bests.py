"""Records and personal marks: which record a phrase names, whose it is, and its mark."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

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
_PERSONAL = ("PB", "SB", "WL")


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
    events: list[Event] = []
    if not clause.subjects:
        owner = next((o for i in range(len(clause.before)) if (o := owner_at(clause.before, i)) is not None), None)
        if owner is None:
            return []
        clause = replace(clause, subjects=[owner])
    for side in (clause.before, clause.after):
        for index, chunk in enumerate(side):
            if chunk.kind == "record" and isinstance(chunk.value, Noun):
                events += _best(clause, side, index, chunk)
    return events


def _best(clause: Clause, side: list[Chunk], index: int, chunk: Chunk) -> list[Event]:
    noun: Noun = chunk.value
    kind, area = record_kind(noun)
    before = {c.lemma for c in side[max(0, index - 3) : index]}
    if kind is None or (before & _MISSED and not (kind in _PERSONAL and before <= {"inside", "under"})):
        return []
    if clause.passive and side is clause.after and kind not in _PERSONAL:
        return []
    who = clause.subjects
    if (
        clause.verb is not None
        and clause.verb.lemma in _BEATING
        and (noun.words & {"previous", "old", "existing", "long-standing"} or _set_by(clause, side, index))
    ):
        return [Event("best", w, "best.broken", _contest(clause, noun), record=kind, area=area) for w in who]
    if noun.owner is not None and noun.owner.kind == "person" and noun.owner not in who:
        if clause.verb is not None and clause.verb.lemma in (
            "break",
            "beat",
            "smash",
            "equal",
            "erase",
            "eclipse",
            "shatter",
            "better",
            "improve",
            "match",
            "take",
        ):
            mine = _mark(clause, side, index, owned=True)
            return [
                *(
                    Event(
                        "best",
                        w,
                        "best.broken",
                        _contest(clause, noun),
                        record=kind,
                        area=area,
                        mark=mine.value if mine else None,
                    )
                    for w in clause.subjects
                ),
                *_owned(clause, side, index, noun, kind, area),
            ]
        return _owned(clause, side, index, noun, kind, area)
    if side is clause.before and not clause.subjects:
        return []
    found = _mark(clause, side, index)
    fresh = clause.verb is not None and clause.verb.lemma not in ("hold", "own", "have", "be", "boast", "follow")
    return [
        Event(
            "best",
            w,
            "best.set",
            _contest(clause, noun),
            record=kind,
            area=area,
            mark=found.value if found else None,
            fresh=fresh,
        )
        for w in who
    ]


_BEATING = cues("record_beating")


def _set_by(clause: Clause, side: list[Chunk], index: int) -> bool:
    """ "broke the record of 14:39.29 set by another": the mark is the old one."""
    return side is clause.after and any(c.lemma in ("set", "held", "hold") for c in side[index + 1 :])


def _owned(
    clause: Clause, side: list[Chunk], index: int, noun: Noun, kind: RecordKind, area: str | None
) -> list[Event]:
    assert noun.owner is not None
    found = _of_mark(side, index)
    return [
        Event(
            "best",
            noun.owner,
            "best.owned",
            _contest(clause, noun),
            record=kind,
            area=area,
            mark=found.value if found else None,
        )
    ]


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


def _mark(clause: Clause, side: list[Chunk], index: int, *, owned: bool = False) -> Chunk | None:
    if not owned and (found := _of_mark(side, index)):
        return found
    marks = [
        c
        for i, c in enumerate(clause.after)
        if c.kind == "mark" and not (i and clause.after[i - 1].lemma in ("from", "than", "previous", "old"))
    ]
    if len(marks) == 1 or (not owned and marks):
        return marks[0]
    return complement_of(clause, "mark") if not marks else None
