"""Texts that no editor would print: pieces of articles cut, doubled, swapped, mangled and sown with odd characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

_LONGEST = 4000  # code points: a case costs what its text is long
_ODD = (
    "\u00ad\u200b\u200d\u200e\u202e\u2028\u2029\ufeff\ufffd\u0301\u0308\u20dd\ufe0f\u00a0\u3000\t\v\f\r\x00\x1b\x85"
    "“”‘’«»—–−…·•½²³₂ⅣⅫ٣३３Ａａßſİıǅﬁﬃ𝟙𝐀😀🏃\U000e0001\ud800Ωжעالआ漢字가ʻʼ´`&;<>|\\/*_^~#%+=[]{}()\"'"
)
PIECES = (
    " 3:29.38", " 9.58", " 8.95m", " 6,952 points", " 99999999999999999999m", " 4x100m", " 1500m", " 31 June 2021",
    " in 0:00.00", " aged 1", " 00-year-old", " 12th", " 0th", " 2:99:99", " 1.", " (NOR)", " (", ")", ' "', '"', " '",
    " and ", ", ", "; ", " who ", " which ", " but ", " by ", " of ", " the ", " 's ", "'s", " - ", " – ", ": ", "...",
    " won ", " beat ", " second behind ", " ahead of ", " coached by ", " her coach ", " world record ", " champion ",
    " gold ", " Olympic ", " &amp; ", "&#0;", "&#x110000;", " Mr ", " St. ", " U.S. ", " No. 1 ", " O'", " Mc",
    " van der ",
)  # fmt: skip


def mutated(random: Random, texts: Sequence[str]) -> str:
    """One text, made from the given ones by one to six mutations."""
    text = random.choice(texts)
    if len(text) > _LONGEST:
        start = random.randrange(len(text) - _LONGEST)
        text = text[start : start + _LONGEST]
    for _ in range(random.randint(1, 6)):
        text = random.choice(_MUTATIONS)(random, text, texts)
    return text[: 2 * _LONGEST]


def _span(random: Random, text: str, longest: int = 400) -> tuple[int, int]:
    start = random.randrange(len(text) + 1)
    return start, min(len(text), start + random.randint(0, longest))


def _cut(random: Random, text: str, _: Sequence[str]) -> str:
    start, end = _span(random, text)
    return text[:start] + text[end:]


def _double(random: Random, text: str, _: Sequence[str]) -> str:
    start, end = _span(random, text)
    return text[:end] + text[start:end] * random.randint(1, 4) + text[end:]


def _borrow(random: Random, text: str, texts: Sequence[str]) -> str:
    other = random.choice(texts)
    start, end = _span(random, other)
    place = random.randrange(len(text) + 1)
    return text[:place] + other[start:end] + text[place:]


def _shuffle_words(random: Random, text: str, _: Sequence[str]) -> str:
    start, end = _span(random, text)
    words = text[start:end].split(" ")
    random.shuffle(words)
    return text[:start] + " ".join(words) + text[end:]


def _shuffle_sentences(random: Random, text: str, _: Sequence[str]) -> str:
    parts = re.split(r"(?<=[.!?])\s+", text)
    random.shuffle(parts)
    return random.choice(("", " ", "\n", "\n\n")).join(parts)


def _drop_words(random: Random, text: str, _: Sequence[str]) -> str:
    return " ".join(word for word in text.split(" ") if random.random() > 0.1)


def _sow(random: Random, text: str, signs: Sequence[str]) -> str:
    for _ in range(random.randint(1, 12)):
        place = random.randrange(len(text) + 1)
        text = text[:place] + random.choice(signs) + text[place:]
    return text


def _odd(random: Random, text: str, _: Sequence[str]) -> str:
    return _sow(random, text, _ODD)


def _pieces(random: Random, text: str, _: Sequence[str]) -> str:
    return _sow(random, text, PIECES)


def _case(random: Random, text: str, _: Sequence[str]) -> str:
    start, end = _span(random, text)
    change = random.choice((str.upper, str.lower, str.title, str.swapcase, str.casefold))
    return text[:start] + change(text[start:end]) + text[end:]


def _encode(random: Random, text: str, _: Sequence[str]) -> str:
    wrote, read = random.choice((("utf-8", "cp1252"), ("utf-8", "latin-1"), ("cp1252", "utf-8"), ("utf-16", "latin-1")))
    start, end = _span(random, text)
    broken = text[start:end].encode(wrote, "replace").decode(read, "replace")
    return text[:start] + broken + text[end:]


def _quotes(random: Random, text: str, _: Sequence[str]) -> str:
    signs = "\"'()[]“”"
    return "".join(c for c in text if c not in signs or random.random() > 0.3)


def _numbers(random: Random, text: str, _: Sequence[str]) -> str:
    return re.sub(
        r"\d+", lambda m: str(random.randrange(10 ** random.randint(1, 12))) if random.random() < 0.3 else m[0], text
    )


def _lines(random: Random, text: str, _: Sequence[str]) -> str:
    return "".join(random.choice("\n\n\t|; ") if c == " " and random.random() < 0.05 else c for c in text)


def _rows(random: Random, text: str, _: Sequence[str]) -> str:
    start, end = _span(random, text)
    words = text[start:end].split()
    rows = [f"{place}. {word} (NOR) {place}:{random.randrange(60):02d}.{random.randrange(100):02d}"
            for place, word in enumerate(words, 1)]  # fmt: skip
    return text[:start] + "\n" + random.choice(("; ", "\n", " | ", ", ", "\t")).join(rows) + "\n" + text[end:]


def _blanks(random: Random, text: str, _: Sequence[str]) -> str:
    return text.replace(" ", random.choice(("  ", "\u00a0", "\t", "\n", "")), random.randint(1, 40))


def _noise(random: Random, text: str, _: Sequence[str]) -> str:
    noise = "".join(chr(random.choice((random.randrange(0x80), random.randrange(0x300), random.randrange(0x11000))))
                    for _ in range(random.randint(1, 120)))  # fmt: skip
    place = random.randrange(len(text) + 1)
    return text[:place] + noise + text[place:]


_MUTATIONS: tuple[Callable[[Random, str, Sequence[str]], str], ...] = (
    _cut, _double, _borrow, _shuffle_words, _shuffle_sentences, _drop_words, _odd, _pieces, _pieces, _case, _encode,
    _quotes, _numbers, _lines, _rows, _blanks, _noise,
)  # fmt: skip
