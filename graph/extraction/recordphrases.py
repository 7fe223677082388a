"""Records whose holder a noun phrase tells, whatever its clause says: "short of Otiwa's world record of 14:05.20"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.contests import Contest
from graph.extraction.events import Event
from graph.extraction.lexicons import cues
from graph.extraction.nounphrases import Noun
from graph.extraction.records import PERSONAL, record_kind
from graph.extraction.references import possessive

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEATING = cues("record_beating")
_NOT_HELD = cues("record_not_held")
_SETTING = ("set", "hold", "run", "own", "establish", "clock", "jump", "throw", "clear", "vault", "leap")
_OLD = ("old", "previous", "existing")
_BY = ("set", "held", "run", "owned", "established", "shared", "posted", "thrown", "jumped", "broken", "lowered",
       "equalled", "improved", "bettered", "smashed", "beaten", "achieved", "clocked")  # fmt: skip
_UNREAL_KINDS = ("modal", "negation")
_DESCRIBING = ("country", "demonym", "role", "age", "champion", "club", "holder", "ordinal", "official", "coach")
_DESCRIBING_WORDS = ("another", ",", "'s", "fellow", "the", "a", "an", "-", "great", "legend", "compatriot")
_STANDING = ("previous", "old", "long", "-", "stand")
_WHEN = ("place", "year", "date")
_OWNERS = ("owner", "holder", "possessor")
_REACH = 12


def speaks_of_record(chunks: list[Chunk], kinds: set[str]) -> bool:
    """Whether a sentence may say whose a record is: it names one, or means that just told of."""
    named = not kinds.isdisjoint(("record", "bare_record"))
    return named or ("person" in kinds and any(_is_told_before(chunks, i) for i in range(len(chunks))))


def record_phrases(chunks: list[Chunk]) -> Iterator[Event]:
    """The records that the noun phrases of one sentence say somebody has, in order."""
    for index, chunk in enumerate(chunks):
        if chunk.kind == "bare_record" and chunk.lemma in ("mark", "record", "best"):
            yield from _beaten_mark(chunks, index)
        if _is_told_before(chunks, index):
            yield from _set_by(chunks, index, Noun("record", "mark"))
        noun = chunk.value if chunk.kind == "record" and isinstance(chunk.value, Noun) else None
        if noun is None:
            continue
        if noun.owner is not None:
            yield from _owned(chunks, index, noun, noun.owner)
            yield from _set_by(chunks, index, noun)
        else:
            yield from _of_possessor(chunks, index, noun)
            yield from _of_owner(chunks, index, noun)
            yield from _set_by(chunks, index, noun)


def _is_told_before(chunks: list[Chunk], index: int) -> bool:
    """ "The old one", "the previous mark", and "that" at the start, where "had been held by Otiwa" follows."""
    if chunks[index].lemma in ("one", "mark"):
        return lemma_at(chunks, index - 1) in _OLD
    row = [c.text.lower() for c in chunks[index + 1 : index + 5]]
    return index == 0 and chunks[0].lemma in ("that", "it") and not {"belonged", "held"}.isdisjoint(row)


def _owned(chunks: list[Chunk], index: int, noun: Noun, owner: Chunk) -> Iterator[Event]:
    """ "Otiwa's long-standing world record", "outside her best of 7.41" """
    mark = _mark_behind(chunks, index)
    kind, _ = record_kind(noun)
    dated = lemma_at(chunks, index + 1) == "set"  # "outside her best set in the heats"
    if kind in PERSONAL and mark is None and not dated:
        return
    after = at(chunks, index + 1)
    if after is not None and (after.lemma in _NOT_HELD or after.text.lower() in _NOT_HELD):
        return
    if owner.kind == "person":
        yield from _record(noun, owner, "best.owned", mark)
    elif owner.lemma in ("his", "her") and (mark is not None or dated):
        if kind in PERSONAL and not noun.words.isdisjoint(_OLD):
            return
        yield from _record(noun, possessive(owner), "best.owned", mark)


def _mark_behind(chunks: list[Chunk], index: int) -> Chunk | None:
    """The mark in "record of 14:05.20", "old record, 14:05.20, had stood", "world-leading 8.60"."""
    if lemma_at(chunks, index + 1) == "," == lemma_at(chunks, index + 3) and chunks[index + 2].kind == "mark":
        return chunks[index + 2]
    follower = at(chunks, index + (2 if lemma_at(chunks, index + 1) == "of" else 1))
    return follower if follower is not None and follower.kind == "mark" else None


def _of_possessor(chunks: list[Chunk], index: int, noun: Noun) -> Iterator[Event]:
    """ "Otiwa's 14:05.20 national record" """
    mark, owner = at(chunks, index - 1), at(chunks, index - 3)
    if mark is None or mark.kind != "mark" or owner is None or owner.kind != "person":
        return
    if lemma_at(chunks, index - 2) == "'s":
        yield from _record(noun, owner, "best.owned", mark)


def _of_owner(chunks: list[Chunk], index: int, noun: Noun) -> Iterator[Event]:
    """ "Otiwa, owner of the world record", "Otiwa of Kenya, the holder of the world record" """
    of = lemma_at(chunks, index - 1) == "of"
    title = at(chunks, index - 1 - of)
    if title is None or title.lemma not in _OWNERS or getattr(title.value, "status", None):
        return
    if isinstance(title.value, Noun) and not of:  # "the holder of the 5000m | world record"
        told = [*title.value.contests, Contest()][0]
        noun = replace(noun, contests=[c.over(told) for c in noun.contests] or [told])
    place = index - 2 - of
    place -= lemma_at(chunks, place) == "the"
    if lemma_at(chunks, place) != ",":
        return
    place -= 1
    if (origin := at(chunks, place)) is not None and origin.kind in ("country", "club") and place > 1:
        place -= 2  # "Otiwa of Kenya,"
    person = at(chunks, place)
    if person is not None and person.kind == "person":
        yield from _record(noun, person, "best.holder", _mark_behind(chunks, index))


def _set_by(chunks: list[Chunk], index: int, noun: Noun) -> Iterator[Event]:
    """ "the record of 14:05.20 that Otiwa set", "the record (is) held by Otiwa", "the record belongs to Otiwa" """
    row = chunks[index + 1 : index + 1 + _REACH]
    person = next((i for i, c in enumerate(row) if c.kind == "person"), None)
    if person is None or any(c.kind in (*_UNREAL_KINDS, "record") or c.text in ";:" for c in row[:person]):
        return
    between = [c.text.lower() for c in row[:person]]
    marks = [c for c in row[:person] if c.kind == "mark"]
    after = chunks[index + 2 + person : index + 2 + person + 4]
    if after and after[0].lemma in ("'s", "'"):
        return
    verb = next((c.lemma for c in after if c.kind == "verb"), None)
    said = [c for c in row[:person] if c.kind not in _DESCRIBING and c.lemma not in _DESCRIBING_WORDS]
    said = [c for c in said if c.kind not in _WHEN]
    governor = said[-1].lemma if said else ""
    by = governor in ("by", "to") and any(_is_holding(c.text.lower(), governor) for c in said[-5:-1])
    that = bool(marks) and verb in _SETTING and not {"that", "which"}.isdisjoint(between)
    if by or that:
        mark = marks[0] if marks else None
        if mark is None and after and after[0].lemma in ("with", "in", "at"):
            mark = next((c for c in after[1:3] if c.kind == "mark"), None)
        if mark is None and [c.lemma for c in after[:2]] == [",", "who"] and after[-1].kind == "mark":
            mark = after[-1] if verb in _SETTING else None  # "belonged to Otiwa, who ran 14:05.20"
        yield from _record(noun, row[person], "best.set-by", mark)


def _is_holding(verb: str, preposition: str) -> bool:
    return verb in _BY if preposition == "by" else verb in ("belongs", "belonged", "belonging", "belong")


def _beaten_mark(chunks: list[Chunk], index: int) -> Iterator[Event]:
    """ "bettered Otiwa's mark of 14:05.20", "broke the 14:05.20 mark set by Otiwa": of the record just told of."""
    if not any(c.kind == "verb" and c.lemma in _BEATING for c in chunks[max(0, index - 5) : index]):
        return
    noun = Noun("record", "mark")
    step = 1
    while (c := at(chunks, index - step)) is not None and (c.kind == "year" or c.lemma in _STANDING):
        step += 1
    owner = at(chunks, index - step - 1)
    if owner is not None and owner.kind == "person" and lemma_at(chunks, index - step) == "'s":
        mark = _mark_behind(chunks, index)
        if mark is not None or step > 1:  # "bettered Otiwa's 2014 mark"
            yield Event("best", owner, "best.owned", Contest(), mark=mark.value if mark is not None else None)
        return
    before = at(chunks, index - 1)
    mark = before if before is not None and before.kind == "mark" else None
    for event in _set_by(chunks, index, noun):
        yield replace(event, mark=event.mark or (mark.value if mark is not None else None))


def _record(noun: Noun, who: Chunk, rule: str, mark: Chunk | None) -> Iterator[Event]:
    kind, area = record_kind(noun)
    if kind is None and not _is_anaphoric(noun):
        return
    contest = noun.contests[0] if noun.contests else Contest()
    contest = contest._replace(competition=None, year=None)
    yield Event("best", who, rule, contest, record=kind, area=area, mark=mark.value if mark is not None else None)


def _is_anaphoric(noun: Noun) -> bool:
    """ "the previous record", "Otiwa's 1998 mark": one that the article has named before."""
    told = any(c.competition or c.category for c in noun.contests)
    return (
        noun.head in ("record", "bare_record") and noun.data in ("mark", "record") and not told and noun.demonym is None
    )
