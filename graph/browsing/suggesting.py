"""The best things for a text as typed so far: words begun, typing errors, accents and aliases forgiven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from graph.browsing.describing import describe
from graph.browsing.values import Hit, Hits
from graph.searching.names import MOST_WORDS, Wanted, holding, is_begun, known, near, same, weights
from graph.searching.naming import OTHER
from graph.searching.places import indexes, ledger_index
from graph.searching.words import loose, may_be_mistyped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from graph.searching.names import Found
    from graph.searching.places import Index
    from graph.store.base import Source

# What a bare name most likely means, the likeliest first: "Monaco" asks for no headline that holds the word.
TIERS: Final = (
    frozenset({"person", "club"}),
    frozenset({"country", "place", "series", "edition", "discipline", OTHER}),
    frozenset({"race", "article"}),
)
_LONGEST: Final = 200  # code points; longer input is no name
_MOST: Final = 200  # things that a text may mean; who looks further types more
_NAMES_PER_THING: Final = 2  # about
_SAME: Final = 100.0
_WHOLE: Final = 96.0  # all words stand in the name as they are
_BEGUN: Final = 94.0
_STEP_DOWN: Final = 5.0  # a headline that begins with the word comes after a person who bears it
_MISTYPED: Final = 80.0  # of a name that is nearly the same; less where there are more errors
_CUTOFF: Final = 60.0  # of 100: below it a likeness of names is chance
_LOOKED_AT: Final = 300  # names that hold one of the words


@dataclass(frozen=True, slots=True)
class Scored:
    """A name and how well it fits, in (0, 100]."""

    score: float
    found: Found


def search(source: Source, text: str, limit: int = 10, kinds: Collection[str] | None = None) -> tuple[Hit, ...]:
    """The best `limit` things for a text as typed so far, best first; empty if nothing is like it."""
    return _described(source, text, _ranked(source, text, kinds, limit))


def search_page(
    source: Source, text: str, limit: int, *, offset: int = 0, kinds: Collection[str] | None = None
) -> Hits:
    """As `search`, from the hit `offset` on, with the number of all hits; more than 200 are not looked for."""
    ranked = _ranked(source, text, kinds, _MOST)
    return Hits(len(ranked), _described(source, text, ranked[offset : offset + limit]))


def tier_of(kind: str) -> int:
    """How far behind things of this kind come, where names fit equally well."""
    return next((number for number, tier in enumerate(TIERS) if kind in tier), len(TIERS))


def kinds_of_tier(number: int, kinds: Collection[str] | None = None) -> frozenset[str]:
    """The kinds of a tier, those among `kinds` where these are given."""
    return TIERS[number] if kinds is None else TIERS[number] & frozenset(kinds)


def spelt_otherwise(
    index: Index, words: Sequence[str], kinds: Collection[str], most: int, *, begun: bool = False
) -> Iterator[Found]:
    """The names that hold the words but for typing errors in them, or but for a space more or less.

    With `begun` the last word may be the beginning of one.
    """
    if len(words) == 0:
        return
    last = len(words) - 1
    forgiving = [
        Wanted({word, *near(index, word, begun=begun and place == last)}, {word} if begun and place == last else ())
        for place, word in enumerate(words)
    ]
    yield from holding(index, forgiving, kinds, most)
    for spaced in _spaced_otherwise(index, words):
        yield from holding(index, [Wanted((word,)) for word in spaced], kinds, most)


def alike(asked: Iterable[Index], wanted: str, kinds: Collection[str]) -> Iterator[Scored]:
    """Names that have at least one word nearly in common with `wanted` and are like it as wholes."""
    words = wanted.split()[:MOST_WORDS]
    for index in asked:
        loosely = [Wanted({word, *near(index, word)}) for word in words if may_be_mistyped(word)]
        for found in holding(index, loosely, kinds, _LOOKED_AT, any_of=True):
            likeness = max(
                fuzz.token_sort_ratio(wanted, found.key), fuzz.ratio(wanted, found.key.rpartition(" ")[2]) - 15
            )
            if likeness >= _CUTOFF:
                yield Scored(likeness * _MISTYPED / 100, found)


def _described(source: Source, text: str, ranked: Sequence[Scored]) -> tuple[Hit, ...]:
    words = _words(text)
    described = describe(source, [one.found.iri for one in ranked])
    hits = []
    for one in ranked:
        if described[one.found.iri].slots:  # else somebody has taken it out of the graph
            entity = described[one.found.iri].entity
            shown = one.score < _SAME and _begins_all(words, entity.label)
            hits.append(Hit(entity, round(one.score, 1), entity.label if shown else one.found.name))
    return tuple(hits)


def _begins_all(words: Sequence[str], label: str) -> bool:
    """Whether all words stand in the label or begin a word of it, so that no other name need be shown."""
    of = loose(label).split()
    return all(any(other.startswith(word) for other in of) for word in words)


def _words(text: str) -> list[str]:
    return loose(text[:_LONGEST]).split()[:MOST_WORDS]


def _ranked(source: Source, text: str, kinds: Collection[str] | None, most: int) -> list[Scored]:
    """Each thing once, with the name that fits best; the best first, and of those that fit alike the most told of."""
    words = _words(text)
    if not words:
        return []
    wanted = loose(text[:_LONGEST])
    best = _Best(kinds)
    asked = indexes(source)
    for index in asked:
        best.take(same(index, wanted, most), lambda _: _SAME)
    tiers = [kinds_of_tier(number, kinds) for number in range(len(TIERS))]
    strict = [_as_typed(word, last=place == len(words) - 1) for place, word in enumerate(words)]
    for tier in tiers:
        if len(best) < most:
            for index in asked:
                best.take(holding(index, strict, tier, most * _NAMES_PER_THING), lambda found: _strictly(found, words))
    for tier in tiers:
        if len(best) < most:
            for index in asked:
                near_ones = spelt_otherwise(index, words, tier, most * _NAMES_PER_THING, begun=True)
                best.take(near_ones, lambda found: _nearly(found, words))
    if not len(best):
        for one in alike(asked, wanted, frozenset().union(*tiers)):
            best.add(one)
    return best.ranked(source)[:most]


class _Best:
    """The best name of each thing so far."""

    def __init__(self, kinds: Collection[str] | None) -> None:
        self._kinds = kinds
        self._best: dict[str, Scored] = {}

    def __len__(self) -> int:
        return len(self._best)

    def take(self, rows: Iterable[Found], score: Callable[[Found], float]) -> None:
        """Looks at further names."""
        for row in rows:
            if self._kinds is None or row.kind in self._kinds:
                self.add(Scored(score(row), row))

    def add(self, one: Scored) -> None:
        """Takes it where it is better than what there is of the same thing."""
        before = self._best.get(one.found.iri)
        if before is None or _goodness(one) > _goodness(before):
            self._best[one.found.iri] = one

    def ranked(self, source: Source) -> list[Scored]:
        """All of them in order."""
        unweighed = [iri for iri, one in self._best.items() if not one.found.articles]
        ledger = ledger_index(source) if unweighed else None
        told = weights(ledger, unweighed) if ledger else {}

        def order(one: Scored) -> tuple[float, int, int, int, str, str]:
            row = one.found
            return (
                -one.score,
                tier_of(row.kind),
                -(row.articles or told.get(row.iri, 0)),
                len(row.key),
                row.key,
                row.iri,
            )

        return sorted(self._best.values(), key=order)


def _goodness(one: Scored) -> tuple[float, int, str]:
    return one.score, -len(one.found.key), one.found.name


def _as_typed(word: str, *, last: bool) -> Wanted:
    """The last word may be begun only, and a letter stands for all words that it begins."""
    return Wanted((), (word,)) if last or len(word) == 1 else Wanted((word,))


def _strictly(found: Found, words: Sequence[str]) -> float:
    whole = len(words[-1]) > 1 and set(words) <= set(found.key.split())
    return (_WHOLE if whole else _BEGUN) - _STEP_DOWN * tier_of(found.kind)


def _nearly(found: Found, words: Sequence[str]) -> float:
    """By how much of each word is right."""
    of = found.key.split()
    likeness = sum(max(_likeness(word, other) for other in of) for word in words) / len(words)
    return _MISTYPED * likeness - _STEP_DOWN * tier_of(found.kind)


def _likeness(word: str, other: str) -> float:
    if len(other) > len(word) and is_begun(word, other):
        return 1 - 1 / len(word)
    return OSA.normalized_similarity(word, other)


def _spaced_otherwise(index: Index, words: Sequence[str]) -> Iterator[list[str]]:
    """The words with two of them joined, or one of them in two, where names hold these."""
    for place in range(len(words) - 1):
        joined = words[place] + words[place + 1]
        if known(index, (joined,)):
            yield [*words[:place], joined, *words[place + 2 :]]
    for place, word in enumerate(words):
        halves = {(word[:cut], word[cut:]) for cut in range(1, len(word))}
        there = known(index, {half for pair in halves for half in pair}) if halves else set()
        for one, other in sorted(halves):
            if one in there and other in there:
                yield [*words[:place], one, other, *words[place + 1 :]]
