"""Which articles are copies of one report: a wire story in ten papers is one witness, not ten.

Texts are compared by their runs of four words. Two reports of one race by different writers share up to a fifth of the
shorter one's runs (quotations, the names of results), copies that an editor cut and retouched three quarters and more.
Which article stands for a report depends on the articles alone, not on the order in which they came.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

from networkx.utils import UnionFind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

_WORD = re.compile(r"\w+")
_RUN: Final = 4  # words
_SHARED: Final = 0.6  # of the shorter text's runs, from which on it is a copy
_FEWEST: Final = 30  # runs; a note of two sentences may be written twice
_SMALLEST: Final = 0.25  # of the longer text's runs; a text that quotes another in passing is no copy of it
_LONGEST: Final = 6000  # words looked at
_KEYS: Final = 48  # runs that a text is looked up by
_KEYS_SHARED: Final = 10  # of these that texts of one length share before they are compared; copies share 20 or more
_CROWD: Final = 100  # texts with the same key that another is compared with; copies of copies are found all the same


class Text(NamedTuple):
    """What is known of an article's text: `runs` are the sorted hashes of its runs of words."""

    article: str
    published: date | None
    runs: Sequence[int]


def runs_of(text: str) -> array[int]:
    """The hashes of the runs of words of a text: sorted, distinct, the same in every process."""
    words = [found.group().casefold() for found in _WORD.finditer(text)][:_LONGEST]
    starts = range(len(words) - _RUN + 1)
    return array("I", sorted({crc32(" ".join(words[at : at + _RUN]).encode("utf-8", "replace")) for at in starts}))


def copies(texts: Iterable[Text]) -> dict[str, str]:
    """Article -> the article whose report it repeats, which is the earliest of them (by id, of the same day).

    Articles that stand for themselves are left out. Copies of copies are copies.
    """
    known = {text.article: text for text in texts if len(text.runs) >= _FEWEST}
    groups = UnionFind(known)
    for one, other in _candidates(known):
        if groups[one] != groups[other] and _alike(known[one].runs, known[other].runs):
            groups.union(one, other)
    found: dict[str, str] = {}
    for group in groups.to_sets():
        first, *rest = sorted(group, key=lambda article: _age(known[article]))
        found |= dict.fromkeys(rest, first)
    return found


def _age(text: Text) -> tuple[bool, str, str]:
    return text.published is None, text.published.isoformat() if text.published else "", text.article


def _candidates(known: Mapping[str, Text]) -> Iterator[tuple[str, str]]:
    """Pairs that share many of the runs with the smallest hashes, those of a part of a text being among the whole's."""
    by_key: defaultdict[int, list[str]] = defaultdict(list)
    for article in sorted(known):
        runs = known[article].runs
        shared: Counter[str] = Counter()
        for key in runs[:_KEYS]:
            shared.update(by_key[key][-_CROWD:])
            by_key[key].append(article)
        for other, count in shared.items():
            sizes = sorted((len(runs), len(known[other].runs)))
            if count * sizes[1] >= _KEYS_SHARED * sizes[0] and sizes[0] >= _SMALLEST * sizes[1]:
                yield article, other


def _alike(one: Sequence[int], other: Sequence[int]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(set(shorter).intersection(longer)) >= _SHARED * len(shorter)
