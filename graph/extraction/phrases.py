"""Results and bests that noun phrases assert without a verb of their own: "Kerr's time was 3:29.38", "Samba's winning 47.27"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction.bests import record_kind
from graph.extraction.chunks import Chunk
from graph.extraction.contests import Contest, describe
from graph.extraction.events import Event
from graph.extraction.lexicons import cues
from graph.extraction.nounphrases import Noun
from graph.extraction.references import Reference, owner_at

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_FOR = cues("medal_unreal")

_MARK_NOUNS = cues("mark_nouns")
_LINKS = {"of", "was", "is", ",", "be", "came", "come"}
_UNREAL = cues("victory_unreal")


def phrase_events(chunks: list[Chunk]) -> Iterator[Event]:
    """The events of one sentence's noun phrases, in order."""
    for index, chunk in enumerate(chunks):
        owner = owner_at(chunks, index)
        if owner is not None:
            yield from _owned_mark(chunks, index, owner)
        noun = chunk.value if isinstance(chunk.value, Noun) else None
        if noun is None:
            continue
        if chunk.kind == "victory" and noun.owner is not None:
            yield from _victory(chunks, index, noun)
        elif chunk.kind in ("crown", "victory", "medal"):
            yield from _on_the_way(chunks, index, noun)
            yield from _for_whom(chunks, index, noun)
        elif chunk.kind == "record" and noun.owner is not None and noun.owner.kind == "person":
            yield from _owned_record(chunks, index, noun)
        elif chunk.kind == "record":
            yield from _set_record(chunks, index, noun)


def _owned_mark(chunks: list[Chunk], index: int, owner: Chunk) -> Iterator[Event]:
    """ "Kerr's (winning) time was/of MARK", "Samba's winning MARK" """
    probe, winning, noun = index + 1, False, False
    while probe < len(chunks) and probe < index + 5:
        chunk = chunks[probe]
        if chunk.kind == "mark":
            if noun or winning or (probe == index + 1 and chunks[index].lemma == "'s"):
                contest = describe(chunks[probe : probe + 8])
                yield Event(
                    "result", owner, "result.owned-mark", contest, position=1 if winning else None, mark=chunk.value
                )
            return
        winning = winning or (
            chunk.lemma in ("winning", "win", "victorious") and chunk.text.lower() in ("winning", "victorious")
        )
        noun = noun or chunk.text.lower() in _MARK_NOUNS
        if not (
            winning
            or noun
            or chunk.text.lower() in _LINKS
            or chunk.lemma in _LINKS
            or chunk.lemma in ("final", "best", "own", "brilliant", "fine", "last")
        ):
            return
        probe += 1


def _victory(chunks: list[Chunk], index: int, noun: Noun) -> Iterator[Event]:
    """ "Paula's victory in the New York Marathon" """
    assert noun.owner is not None
    before = {c.lemma for c in chunks[max(0, index - 5) : index]}
    contest = (
        describe(chunks[index + 1 : index + 9])
        if index + 1 < len(chunks) and chunks[index + 1].lemma in ("in", "at", "over")
        else Contest()
    )
    inner = noun.contests[0] if noun.contests else Contest()
    if (
        before & _UNREAL
        or not (contest.disciplines or contest.competition or inner)
        or noun.data not in ("victory", "win", "triumph", "success")
    ):
        return
    yield Event("result", noun.owner, "result.victory-of", inner.over(contest), position=1)


def _on_the_way(chunks: list[Chunk], index: int, noun: Noun) -> Iterator[Event]:
    """ "on her way to two titles": who is told by the owner of the way."""
    before = [c.lemma for c in chunks[max(0, index - 4) : index]]
    if before[-3:-1] != ["way", "to"] and before[-2:] != ["way", "to"]:
        return
    owner = next((c for c in chunks[max(0, index - 5) : index] if c.lemma in ("his", "her")), None)
    if owner is None:
        return
    who = Chunk(
        "reference",
        owner.text,
        owner.start,
        owner.end,
        value=Reference("pronoun", sex="M" if owner.lemma == "his" else "F"),
    )
    for contest in noun.contests or [Contest()]:
        yield Event(
            "result",
            who,
            "result.on-the-way",
            contest,
            position=None if noun.head == "medal" else 1,
            medal=noun.data if noun.head == "medal" else None,
        )


def _owned_record(chunks: list[Chunk], index: int, noun: Noun) -> Iterator[Event]:
    """ "Otiwa's world record of 14:05.20" """
    kind, area = record_kind(noun)
    if kind is None:
        return
    mark = (
        next((c for c in chunks[index + 1 : index + 4] if c.kind == "mark"), None)
        if index + 1 < len(chunks) and chunks[index + 1].lemma == "of"
        else None
    )
    if mark is None:
        return
    inner = noun.contests[0] if noun.contests else Contest()
    assert noun.owner is not None
    yield Event(
        "best",
        noun.owner,
        "best.owned",
        replace(inner, competition=None, year=None),
        record=kind,
        area=area,
        mark=mark.value,
    )


def _set_record(chunks: list[Chunk], index: int, noun: Noun) -> Iterator[Event]:
    """ "the world record of 14:05.20 that Otiwa set in Rome", "the record of 14:05.20, held by Otiwa" """
    kind, area = record_kind(noun)
    mark = next((c for c in chunks[index + 1 : index + 4] if c.kind == "mark"), None)
    if kind is None or mark is None:
        return
    start = chunks.index(mark) + 1
    row = chunks[start : start + 8]
    person = next((c for c in row if c.kind == "person"), None)
    if person is None:
        return
    between = [c.text.lower() for c in row[: row.index(person)]]
    following = next((c for c in row[row.index(person) + 1 :] if c.kind == "verb"), None)
    by = "by" in between and bool({"set", "held", "run"} & set(between))
    that = (
        bool({"that", "which"} & set(between))
        and following is not None
        and following.lemma in ("set", "hold", "run", "own", "establish", "clock", "jump", "throw")
    )
    if by or that:
        inner = noun.contests[0] if noun.contests else Contest()
        yield Event(
            "best",
            person,
            "best.set-by",
            replace(inner, competition=None, year=None),
            record=kind,
            area=area,
            mark=mark.value,
        )


def _for_whom(chunks: list[Chunk], index: int, noun: Noun) -> Iterator[Event]:
    """ "gold for Otiwa in the triple jump", "a first victory for Vane" """
    row = chunks[index + 1 : index + 7]
    before = {c.text.lower() for c in chunks[max(0, index - 6) : index]} | set(noun.words)
    if not row or row[0].lemma not in ("for", "to") or noun.head == "crown" or before & (_UNREAL | _NOT_FOR):
        return
    if row[0].lemma == "to" and noun.head != "medal":
        return
    person = next((c for c in row[1:] if c.kind == "person"), None)
    if person is None or any(
        c.kind not in ("country", "demonym", "role", "age", "champion", "club", "place", "punct")
        for c in row[1 : row.index(person)]
    ):
        return
    contest = describe(chunks[index + 1 : index + 12])
    inner = noun.contests[0] if noun.contests else Contest()
    medal = noun.data if noun.head == "medal" else None
    yield Event("result", person, "result.for-whom", inner.over(contest), position=None if medal else 1, medal=medal)
