"""Places that a noun phrase tells: "a second-place finish", "her third place in Torrevale"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.contests import Contest, describe
from graph.extraction.events import Event
from graph.extraction.lexicons import cues
from graph.extraction.phrases import past_contest
from graph.extraction.references import owner_at

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNREAL = cues("victory_unreal")
_OUTCOMES = {"finish", "finishing", "finisher", "spot", "showing", "position", "result"}
_PLACED = {"place", "placed"}
_LOCATING = ("in", "at", "behind", "over", "to")


def join_placings(chunks: list[Chunk]) -> list[Chunk]:
    """`chunks` with "second-place finish" as one ordinal."""
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        chunk = chunks[index]
        end = _placing_end(chunks, index) if chunk.kind == "ordinal" and chunk.value else None
        if end is None:
            out.append(chunk)
            index += 1
            continue
        out.append(Chunk("ordinal", chunk.text, chunk.start, chunks[end - 1].end, lemma="finish", value=chunk.value))
        index = end
    return out


def _placing_end(chunks: list[Chunk], index: int) -> int | None:
    """Where a placing that begins with the ordinal at `index` ends; None where the ordinal stands alone."""
    probe = index + 1 + (lemma_at(chunks, index + 1) == "-")
    word = at(chunks, probe)
    if word is None or word.text.lower() not in _PLACED:
        return None
    after = probe + 1 + (lemma_at(chunks, probe + 1) == "-")
    noun = at(chunks, after)
    return after + 1 if noun is not None and noun.text.lower() in _OUTCOMES else None


def placing_events(chunks: list[Chunk]) -> Iterator[Event]:
    """The places that the noun phrases of a sentence give people."""
    for index, chunk in enumerate(chunks):
        if chunk.kind == "ordinal" and chunk.value:
            yield from _owned(chunks, index)
            yield from _for_whom(chunks, index)
            yield from _of_whom(chunks, index)


def _of_whom(chunks: list[Chunk], index: int) -> Iterator[Event]:
    """ "the sixth-place finish of Vane" """
    if chunks[index].lemma != "finish" or any(c.kind in ("modal", "negation") for c in chunks):
        return
    of = at(chunks, index + 2) if lemma_at(chunks, index + 1) in ("of", "by", "from") else None
    who = of if of is not None and of.kind == "person" else None
    if who is not None and not {c.lemma for c in chunks[max(0, index - 6) : index]} & _UNREAL:
        yield Event("result", who, "result.placing-noun", Contest(), position=chunks[index].value)


def _owned(chunks: list[Chunk], index: int) -> Iterator[Event]:
    """ "improved on her fourth place at the World Championships", "after his second in the 200m" """
    ordinal = chunks[index]
    owner = next((o for i in (index - 1, index - 2) if i >= 0 and (o := owner_at(chunks, i)) is not None), None)
    if owner is None or {c.lemma for c in chunks[max(0, index - 6) : index]} & _UNREAL:
        return
    after = index + 1
    if ordinal.lemma != "finish" and chunks[after : after + 1] and chunks[after].text.lower() in ("place", "spot"):
        after += 1
    elif ordinal.lemma != "finish" and ordinal.value == 1:
        return  # "her first in Torrevale" counts
    if lemma_at(chunks, after) not in _LOCATING:
        return
    contest = describe(chunks[after : after + 9])
    if contest:
        yield Event("result", owner, "result.owned-place", contest, position=ordinal.value)


def _for_whom(chunks: list[Chunk], index: int) -> Iterator[Event]:
    """ "there was a third place for Otiwa in the 800m", "fifth in the mile for Vane was a fine result" """
    begin = index + 1
    placed = chunks[index].lemma == "finish" or (begin < len(chunks) and chunks[begin].text.lower() in _PLACED)
    begin += placed and chunks[index].lemma != "finish"
    begin = past_contest(chunks, begin)
    before = {c.lemma for c in chunks[max(0, index - 5) : index]}
    if (
        lemma_at(chunks, begin) != "for"
        or before & _UNREAL
        or "the" in before
        or any(c.kind == "modal" for c in chunks)
    ):
        return
    person = at(chunks, begin + 1)
    contest = describe(chunks[index + 1 : begin + 9])
    if person is not None and person.kind == "person" and (placed or begin > index + 1):
        yield Event("result", person, "result.place-for", contest, position=chunks[index].value)
