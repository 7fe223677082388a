"""Which articles are copies of one report: a wire story in ten papers is one witness, not ten.

Texts are compared by their runs of four words. Two reports of one race by different writers share up to a fifth of the
shorter one's runs (quotations, the names of results), copies that an editor cut and retouched three quarters and more.

Texts are looked up by a sample of these runs: those of the smallest hashes, half as many whenever a text is twice as
long, so that what a text's part has of the sample is the sample's part. Whether two texts are copies depends on the
two alone; `graph.ledger.copying` finds the pairs without a look at all.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

from networkx.utils import UnionFind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

FEWEST: Final = 30  # runs; a note of two sentences may be written twice
LEVELS: Final = 2  # between a text and the longest of which it may be a copy
FOUND: Final = 3  # runs of the sample that copies share beside those that are spared

_WORD = re.compile(r"\w+")
_RUN: Final = 4  # words
_SHARED: Final = 0.6  # of the shorter text's runs, from which on it is a copy
_LONGER: Final = 2**LEVELS  # times as long as its copy may a text be; what quotes another in passing is no copy of it
_LONGEST: Final = 6000  # words looked at
_SAMPLE: Final = 24  # runs at least, on average, and not twice as many
_SAMPLE_SHARED: Final = 2  # of which copies share one in two


class Text(NamedTuple):
    """What is known of an article's text: `runs` are the sorted hashes of its runs of words."""

    article: str
    published: date | None
    runs: array[int]


def runs_of(text: str) -> array[int]:
    """The hashes of the runs of words of a text: sorted, distinct, the same in every process."""
    words = [found.group().casefold() for found in _WORD.finditer(text)][:_LONGEST]
    starts = range(len(words) - _RUN + 1)
    return array("I", sorted({crc32(" ".join(words[at : at + _RUN]).encode("utf-8", "replace")) for at in starts}))


def level(size: int) -> int:
    """How often the sample of a text of that many runs is halved; one twice as long is one level up."""
    return (size // _SAMPLE).bit_length() - 1


def sample(runs: array[int], at: int) -> array[int]:
    """Those of the runs that are in the sample of a text of level `at`."""
    return runs[: bisect_left(runs, 1 << (32 - at))]


def spare(size: int) -> int:
    """How many runs of a sample of that size a copy need not be looked up by: it shares `FOUND` of the others."""
    return _needed(size) - FOUND


def alike(one: array[int], other: array[int]) -> bool:
    """Whether texts of these runs are copies of one text."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) * _LONGER < len(longer):
        return False
    few, many = sample(shorter, level(len(longer))), sample(longer, level(len(longer)))
    least = _needed(len(few) if len(shorter) < len(longer) else min(len(few), len(many)))
    if len(set(few).intersection(many)) < least:
        return False
    return len(set(shorter).intersection(longer)) >= _SHARED * len(shorter)


def copies(texts: Iterable[Text]) -> dict[str, str]:
    """Article -> the article whose report it repeats, which is the earliest of them (by id, of the same day).

    Articles that stand for themselves are left out. Copies of copies are copies.
    """
    known = {text.article: text for text in texts if len(text.runs) >= FEWEST}
    groups = UnionFind(known)
    for one, other in _candidates(known):
        if groups[one] != groups[other] and alike(known[one].runs, known[other].runs):
            groups.union(one, other)
    found: dict[str, str] = {}
    for group in groups.to_sets():
        first, *rest = sorted(group, key=lambda article: age(known[article].published, article))
        found |= dict.fromkeys(rest, first)
    return found


def age(published: date | str | None, article: str) -> tuple[bool, str, str]:
    """What sorts articles by age: of one day by id, those without a date last."""
    return published is None, str(published or ""), article


def _candidates(known: Mapping[str, Text]) -> Iterator[tuple[str, str]]:
    """Pairs that share runs of their samples."""
    by_run: defaultdict[int, list[str]] = defaultdict(list)
    for article in sorted(known):
        runs = known[article].runs
        shared: Counter[str] = Counter()
        for run in sample(runs, level(len(runs))):
            shared.update(by_run[run])
            by_run[run].append(article)
        yield from ((article, other) for other, count in shared.items() if count >= FOUND)


def _needed(size: int) -> int:
    """How many runs of the shorter text's sample its copy shares."""
    return max(FOUND, -(-size // _SAMPLE_SHARED))
