"""A text cut into paragraphs and pieces, each piece with the sentences it is part of and the name it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BLANK = 2  # code points between sentences that are no text left out: the break between paragraphs
_BREAK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that something was read from, by its number: `text` stands at `start` to `end` (code points)."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text and whom it means."""

    start: int
    end: int
    iri: str


@dataclass(frozen=True, slots=True)
class Bit:
    """A piece of a paragraph: part of the sentences of these numbers, a name (`iri`), begin or end of a sentence."""

    text: str
    quotes: tuple[int, ...] = ()
    iri: str | None = None
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`gap` says that the text before it is not shown."""

    bits: tuple[Bit, ...]
    gap: bool = False


def paragraphs(text: str | None, quotes: Sequence[Quote], names: Sequence[Name]) -> tuple[Paragraph, ...]:
    """The whole text, or without one the sentences alone, in order and each stretch once however they overlap.

    A text in which a sentence does not stand where it should is another's, so that the sentences alone are shown.
    """
    if text is not None and all(text[quote.start : quote.end] == quote.text for quote in quotes):
        return _with_ends(tuple(_cut(text, 0, quotes, names, gap=False)))
    found: list[Paragraph] = []
    end = 0
    for start, stretch in _stretches(quotes):
        found += _cut(stretch, start, quotes, names, gap=start > end + _BLANK)
        end = start + len(stretch)
    return _with_ends(found)


def _stretches(quotes: Iterable[Quote]) -> list[tuple[int, str]]:
    """What the sentences cover, as (start, text); those that overlap or that one space parts are one."""
    found: list[tuple[int, str]] = []
    for quote in sorted(quotes, key=lambda one: (one.start, -one.end)):
        start, stretch = found[-1] if found else (0, "")
        if found and quote.start == start + len(stretch) + 1:
            stretch += " "
        if found and quote.start <= start + len(stretch):
            found[-1] = start, stretch + quote.text[start + len(stretch) - quote.start :]
        else:
            found.append((quote.start, quote.text))
    return found


def _cut(text: str, offset: int, quotes: Sequence[Quote], names: Sequence[Name], *, gap: bool) -> Iterator[Paragraph]:
    """The paragraphs of a stretch of text that begins at `offset`."""
    begin = 0
    for end, after in [*(match.span() for match in _BREAK.finditer(text)), (len(text), len(text))]:
        if end > begin:
            yield Paragraph(tuple(_bits(text, offset, begin, end, quotes, names)), gap)
            gap = False
        begin = after


def _bits(
    text: str, offset: int, begin: int, end: int, quotes: Sequence[Quote], names: Sequence[Name]
) -> Iterator[Bit]:
    near = [quote for quote in quotes if quote.start < offset + end and quote.end > offset + begin]
    within = [name for name in names if offset + begin <= name.start < name.end <= offset + end]
    spans = [*((quote.start, quote.end) for quote in near), *((name.start, name.end) for name in within)]
    cuts = sorted({begin, end, *(at - offset for span in spans for at in span if begin < at - offset < end)})
    for start, stop in pairwise(cuts):
        over = [quote for quote in near if quote.start < offset + stop and quote.end > offset + start]
        named = next((n.iri for n in within if n.start <= offset + start and offset + stop <= n.end), None)
        yield Bit(text[start:stop], tuple(quote.number for quote in over), named)


def _with_ends(found: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with the first and last piece of each sentence marked."""
    places = [(number, at) for at, bit in enumerate(_all_bits(found)) for number in bit.quotes]
    first, last = dict(reversed(places)), dict(places)
    at = 0
    marked = []
    for paragraph in found:
        bits = []
        for bit in paragraph.bits:
            begins = tuple(number for number in bit.quotes if first[number] == at)
            ends = tuple(number for number in bit.quotes if last[number] == at)
            bits.append(replace(bit, begins=begins, ends=ends))
            at += 1
        marked.append(replace(paragraph, bits=tuple(bits)))
    return tuple(marked)


def _all_bits(found: Iterable[Paragraph]) -> Iterator[Bit]:
    for paragraph in found:
        yield from paragraph.bits
