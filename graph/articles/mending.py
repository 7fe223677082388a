"""Mending of broken encodings for reading, with the way back to the stored text.

The text that is stored stays as it was written; rules read a mended copy. Every code point of the copy knows the code
point of the stored text that it came from, so that evidence is always quoted as stored. Mends that keep the length
(quotes, spaces) need no map; the others (mojibake, HTML entities, combining accents, soft hyphens) are edits.
"""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import ftfy
from ftfy.badness import is_bad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Offsets = tuple[int, ...] | range

_PLAIN = re.compile(r"[^\t\n\x20-\x25\x27-\x7e]")  # "&" may begin an entity, "\r" ends lines; the rest of ASCII is fine
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_WORD = re.compile(r"[^ \t\n\r\f\v]+")  # not \S: the second half of a broken character may be a no-break space
# Å, Ö, Ø and the like come out as Ã and punctuation ("Ã…se", "Ã˜yvind"), which ftfy takes for sound.
_BROKEN_CAPITAL = re.compile(r"Ã[^\w\s\x00-\x7f]")
_ASCII_RUNS = re.compile(r"([\x00-\x7f]+)")
_LIGATURES = "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06"
# Line ends, ligatures, and marks that are invisible: soft hyphen, zero-width space, direction marks, byte-order mark.
_RESIZED = re.compile(r"\r\n?|[\ufb00-\ufb06\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]")


class _Edit(NamedTuple):
    """Put `text` for [start, end); its code point `i` stands `steps[i]` after `start` in the old text."""

    start: int
    end: int
    text: str
    steps: tuple[int, ...]


def mend(text: str) -> tuple[str, Offsets]:
    """The mended text and, for each of its code points and its end, the place in the text given.

    Mojibake is decoded, entities are unescaped, accents composed, line ends become newlines, odd spaces and control
    characters spaces, typographic quotes and apostrophes `"` and `'`, typographic hyphens `-`; dashes are kept.
    """
    offsets: Offsets = range(len(text) + 1)
    if not _PLAIN.search(text):
        return text, offsets
    for stage in _STAGES:
        edits = list(stage(text))
        if edits:
            text, offsets = _rewrite(text, offsets, edits)
    return _LOOKALIKE.sub(lambda found: _LOOKALIKES[found[0]], text), offsets


def _entities(text: str) -> Iterator[_Edit]:
    if "&" in text:
        for found in _ENTITY.finditer(text):
            plain = html.unescape(found[0])
            if plain != found[0]:
                yield _Edit(found.start(), found.end(), plain, (0,) * len(plain))


def _encodings(text: str) -> Iterator[_Edit]:
    if text.isascii() or not (is_bad(text) or _BROKEN_CAPITAL.search(text)):
        return
    # Word by word: ftfy on a whole text leaves it alone where one sound word speaks against a broken one.
    for found in _WORD.finditer(text):
        word = found[0]
        if not word.isascii():
            mended = ftfy.fix_encoding(word)
            if mended == word:
                mended = _decoded(word)
            if mended != word:
                yield _Edit(found.start(), found.end(), mended, _aligned(word, mended))


def _decoded(word: str) -> str:
    """The word as UTF-8 that was read as Windows-1252, if it can be: in a broken text ftfy's doubts are too many."""
    try:
        return word.encode("sloppy-windows-1252").decode("utf-8")
    except UnicodeError:
        return word


def _aligned(broken: str, mended: str) -> tuple[int, ...]:
    """For each code point of a mended word its place in the broken one; ASCII characters are the fixed points."""
    old, new = _ASCII_RUNS.split(broken), _ASCII_RUNS.split(mended)
    if old[1::2] != new[1::2]:
        old, new = [broken], [mended]
    steps: list[int] = []
    at = 0
    for number, (before, after) in enumerate(zip(old, new, strict=True)):
        if number % 2:
            steps.extend(range(at, at + len(before)))
        else:
            steps.extend(at + step for step in _spread(before, after))
        at += len(before)
    return tuple(steps)


def _spread(before: str, after: str) -> list[int]:
    # UTF-8 read as a one-byte encoding has one character per byte. Surrogates have no UTF-8 and count three bytes.
    widths = [len(character.encode("utf-8", "surrogatepass")) for character in after]
    if sum(widths) == len(before):
        return [0, *accumulate(widths[:-1])] if widths else []
    return [index * len(before) // len(after) for index in range(len(after))]


def _compositions(text: str) -> Iterator[_Edit]:
    if unicodedata.is_normalized("NFC", text):
        return
    for found in _WORD.finditer(text):
        word = found[0]
        if not unicodedata.is_normalized("NFC", word):
            yield from _composed(word, found.start())


def _composed(word: str, at: int) -> Iterator[_Edit]:
    """One edit for each base character with the marks that follow it."""
    start = 0
    for end in range(1, len(word) + 1):
        if end == len(word) or not unicodedata.combining(word[end]):
            cluster = word[start:end]
            whole = unicodedata.normalize("NFC", cluster)
            if whole != cluster:
                yield _Edit(at + start, at + end, whole, (0,) * len(whole))
            start = end


def _resized(text: str) -> Iterator[_Edit]:
    for found in _RESIZED.finditer(text):
        if found[0][0] == "\r":
            yield _Edit(found.start(), found.end(), "\n", (0,))
        else:
            plain = unicodedata.normalize("NFKC", found[0]) if found[0] in _LIGATURES else ""
            yield _Edit(found.start(), found.end(), plain, (0,) * len(plain))


_STAGES: tuple[Callable[[str], Iterator[_Edit]], ...] = (_entities, _encodings, _compositions, _resized)


def _rewrite(text: str, offsets: Offsets, edits: list[_Edit]) -> tuple[str, Offsets]:
    """Apply edits, which are in order and do not overlap."""
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for start, end, new, steps in edits:
        parts += (text[at:start], new)
        places.extend(offsets[at:start])
        places.extend(offsets[start + step] for step in steps)
        at = end
    parts.append(text[at:])
    places.extend(offsets[at:])
    return "".join(parts), tuple(places)


def _lookalikes() -> dict[str, str]:
    """Characters that only look different, each with the one ASCII character that rules expect."""
    table = dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u02bb\u00b4`\u2039\u203a", "'")
    table |= dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    table |= dict.fromkeys("\u2010\u2011\u2212", "-")  # hyphens and the minus sign; dashes are punctuation and stay
    table |= dict.fromkeys("\v\f\x85\u2028\u2029", "\n")
    controls = (*range(9), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))
    spaces = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
    table |= {chr(code): " " for code in (*controls, *spaces)}
    table |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width ASCII
    table |= {chr(code): "\ufffd" for code in range(0xD800, 0xE000)}  # lone surrogates cannot be written anywhere
    return table


_LOOKALIKES = _lookalikes()
_LOOKALIKE = re.compile(f"[{re.escape(''.join(_LOOKALIKES))}]")
