"""Sentences of sports prose. Nothing but white space lies between them, so that they rebuild the text exactly."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from graph.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# A stop, the quotes and brackets that close on it, then white space; or a stop glued to the next sentence
# ("the crowd.Kerr was"), as texts have it whose line breaks were lost.
_STOP = re.compile(r"(?:(?<![.!?…])[.!?…]++[\"')\]]*+(?=\s))|(?<=[a-z]{3})\.(?=[A-Z][a-z]+\s)")
_WORD_BEFORE = re.compile(r"[^\s\"'(\[]+\Z")
_NEXT = re.compile(r"\s*([\"'(\[]*)(\S+)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]\.\Z")
_ENUMERATOR = re.compile(r"\d{1,3}\.\Z")
_ENTRY_BREAKS = frozenset({":", ";"})  # before the next entry of a results list: "; 2. Vane"
_LONGEST = 3000  # code points; the longest sentences of prose have 600, lists of results 2,000
_REACH = 40  # code points looked at before a stop; longer words are no abbreviations


class _Words(NamedTuple):
    """`never` do not end a sentence; `numbered` do not before a digit; `maybe` do before a `starter` only."""

    never: frozenset[str]
    numbered: frozenset[str]
    maybe: frozenset[str]
    starter: frozenset[str]
    speech: frozenset[str]


def split(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The sentences of `text[start:end]`, trimmed; empty if there is nothing but white space."""
    found: list[Span] = []
    start = _skip(text, start, end)
    for stop in _STOP.finditer(text, start, end):
        if _ends(text, start, stop.start(), stop.end(), end):
            found += _pieces(text, start, stop.end())
            start = _skip(text, stop.end(), end)
    if start < end:
        found += _pieces(text, start, start + len(text[start:end].rstrip()))
    return tuple(found)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentence, in pieces where it has lost its stops: every fact quotes the whole of its sentence."""
    while end - start > _LONGEST:
        reach = start + _LONGEST
        half, reach = start + _LONGEST // 2, start + _LONGEST
        cut = next((found + 1 for mark in ";, " if (found := text.rfind(mark, half, reach)) > 0), reach)
        yield Span(start, start + len(text[start:cut].rstrip()))
        start = _skip(text, cut, end)
    yield Span(start, end)


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _ends(text: str, start: int, stop: int, close: int, end: int) -> bool:
    """Whether the stop at `stop`, closed at `close`, ends the sentence that began at `start`."""
    following = _NEXT.match(text, close, end)
    if following is None or following[2][0].islower():
        return False
    opening, word = following.groups()
    starts = bool(opening) or word.rstrip(".,:;!?'\"").removesuffix("'s") in _words().starter
    if text[stop] == "…" or text.startswith("..", stop):
        return starts
    if text[stop] != ".":
        return not _attributed(text, close, end)
    before = _WORD_BEFORE.search(text, max(start, stop - _REACH), stop)
    if before is None:
        return True
    opening = before.start() == start or text[before.start() - 2 : before.start()].rstrip() in _ENTRY_BREAKS
    return _word_ends(before[0] + ".", word, first=opening, starts=starts)


def _word_ends(token: str, following: str, *, first: bool, starts: bool) -> bool:
    words = _words()
    if token in words.never or (first and _ENUMERATOR.match(token)):
        return False
    if token in words.numbered:
        return not following[0].isdigit()
    if token in words.maybe or _INITIALS.match(token):
        return starts and following[1:2] != "."  # "J. A. Smith": that A is no article
    return True


def _attributed(text: str, close: int, end: int) -> bool:
    """Whether "?" or "!" only closes a quotation whose speaker follows: '"What a race!" Kerr said.'"""
    following = text[close : min(end, close + _REACH)].split()[:4] if text[close - 1] in "\"'" else ()
    return any(word.strip(".,:;") in _words().speech for word in following)


@cache
def _words() -> _Words:
    """The word lists of `sentences.txt`: a `[name]` line, then words."""
    lists: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in files(__package__).joinpath("sentences.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = lists[line.strip("[]")] = set()
        elif not line.startswith("#"):
            current.update(line.split())
    return _Words(**{name: frozenset(words) for name, words in lists.items()})
