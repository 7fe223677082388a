"""Which articles are copies of one report: a wire story in ten papers is one witness, not ten.

Texts are compared by their runs of four words. Two reports of one race by different writers share up to a fifth of the
shorter one's runs (quotations, the names of results), copies that an editor cut and retouched three quarters and more.

Texts are looked up by threes of runs: those that follow each other in a sample, by their hashes. Reports that are
written alike share many a run, but seldom three with none between them; of texts of which one repeats 60 % of the
other's words, 98 in 100 share enough threes. The sample are the runs of the smallest hashes, half as many whenever a
text is twice as long, so that what a text's part has of the sample is the sample's part. Whether two texts are copies
depends on the two alone; `graph.ledger.copying` finds the pairs without a look at all.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

FEWEST: Final = 30  # runs; a note of two sentences may be written twice
LEVELS: Final = 2  # between a text and the longest of which it may be a copy

_WORD: Final = re.compile(r"\w+")
_RUN: Final = 4  # words
_SHARED: Final = 0.6  # of the shorter text's runs, from which on it is a copy
_LONGER: Final = 2**LEVELS  # times as long as its copy may a text be; what quotes another in passing is no copy of it
_LONGEST: Final = 6000  # words looked at
_SAMPLE: Final = 64  # runs at least, where the text has them, and not twice as many
_SHOWN: Final = 0.3  # of the shorter text's sample, below which a copy, with its .6, is as good as never
_UNCUT: Final = 0.7  # of the longer text's length, from which on the shorter shares three threes with it, else one


def runs_of(text: str) -> array[int]:
    """The hashes of the runs of words of a text: sorted, distinct, the same in every process."""
    words = [found.group().casefold() for found in _WORD.finditer(text)][:_LONGEST]
    starts = range(len(words) - _RUN + 1)
    return array("I", sorted({crc32(" ".join(words[at : at + _RUN]).encode("utf-8", "replace")) for at in starts}))


def level(size: int) -> int:
    """How often the sample of a text of that many runs is halved; one twice as long is one level up."""
    return max(0, (size // _SAMPLE).bit_length() - 1)


def sizes(at: int) -> tuple[int, int]:
    """The fewest and the most runs of texts of that level."""
    return _SAMPLE << at if at else 0, (_SAMPLE << at + 1) - 1


def threes(runs: array[int], at: int) -> Iterator[int]:
    """What a text is looked up by among those of level `at`: numbers of 63 bits."""
    sample = _sample(runs, at)
    for one, two, three in zip(sample, sample[1:], sample[2:], strict=False):
        yield (one << 31 ^ two << 15 ^ three ^ at << 59) & 0x7FFF_FFFF_FFFF_FFFF


def may_be_alike(size: int, other: int, shared: int) -> bool:
    """Whether texts of so many runs that share so many threes may be copies."""
    shorter, longer = sorted((size, other))
    return shorter * _LONGER >= longer and shared >= (3 if shorter >= _UNCUT * longer else 1)


def alike(one: array[int], other: array[int]) -> bool:
    """Whether texts of these runs are copies of one text."""
    at = level(max(len(one), len(other)))
    if not may_be_alike(len(one), len(other), len(set(threes(one, at)).intersection(threes(other, at)))):
        return False
    return overlap(one, other)


def overlap(one: array[int], other: array[int]) -> bool:
    """Whether texts that may be alike are: most are not, and their samples show it."""
    shorter, longer = sorted((one, other), key=len)
    at = level(len(longer))
    few = _sample(shorter, at)
    if len(set(few).intersection(_sample(longer, at))) < _SHOWN * len(few):
        return False
    return len(set(shorter).intersection(longer)) >= _SHARED * len(shorter)


def _sample(runs: array[int], at: int) -> array[int]:
    return runs[: bisect_left(runs, 1 << (32 - at))]


def age(published: date | str | None, article: str) -> tuple[bool, str, str]:
    """What sorts articles by age: of one day by id, those without a date last."""
    return published is None, str(published or ""), article
