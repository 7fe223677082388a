"""Asking an index for sentences that hold words, or several words in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz.distance import OSA

from graph.searching.names import near
from graph.searching.words import may_be_mistyped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from graph.searching.places import Index

MOST_PHRASES: Final = 10
_LONG: Final = 9  # letters of a word from which on two errors are forgiven
_MOST_MEANT: Final = 10  # words that one may be meant for
_LAST: Final = "~"  # behind all letters


class FoundSentence(NamedTuple):
    """A sentence, its article (by id) and the day of that (days since 0001-01-01, 0: unknown)."""

    article: str
    day: int
    start: int
    end: int
    text: str


class FoundSentences(NamedTuple):
    """Some of the sentences that hold the words, and how many there are; `words` are those that they may hold."""

    total: int
    shown: Sequence[FoundSentence]
    words: Collection[str]


def holding(index: Index, phrases: Iterable[tuple[str, ...]], limit: int, offset: int = 0) -> FoundSentences:
    """The sentences that hold all the phrases (words that follow each other, folded), the newest first.

    In the place of a word that no sentence holds stand those that it may be meant for.
    """
    meant = [[_meant(index, word) for word in phrase] for phrase in phrases]
    expression = " AND ".join(_expression(phrase) for phrase in meant)
    words = {word for phrase in meant for some in phrase for word in some}
    if not expression:
        return FoundSentences(0, (), words)
    [(total,)] = index.rows("SELECT count(*) FROM search_texts WHERE search_texts MATCH ?", (expression,))
    rows = index.rows(
        "SELECT s.article, s.day, s.start, s.end, s.text FROM search_texts AS t JOIN search_sentences AS s"
        " ON s.id = t.rowid WHERE search_texts MATCH ? ORDER BY t.rowid DESC LIMIT ? OFFSET ?",
        (expression, limit, offset),
    )
    return FoundSentences(total, [FoundSentence._make(row) for row in rows], words)


def _meant(index: Index, word: str) -> list[str]:
    """The word, if sentences hold it; else those that are nearly the same, names before others."""
    if _held(index, [word]) or not may_be_mistyped(word):
        return [word]
    names = _held(index, near(index, word))
    return (names or _alike(index, word))[:_MOST_MEANT] or [word]


def _held(index: Index, words: Sequence[str]) -> list[str]:
    """Those of the words that sentences hold."""
    held = (index.rows("SELECT 1 FROM search_vocabulary WHERE term = ?", (word,)) for word in words)
    return [word for word, rows in zip(words, held, strict=True) if rows]


def _alike(index: Index, word: str) -> list[str]:
    """The words of sentences that begin with the same letter and are nearly the same."""
    errors = 2 if len(word) >= _LONG else 1
    rows = index.rows(
        "SELECT term FROM search_vocabulary WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?",
        (word[0], word[0] + _LAST, len(word) - errors, len(word) + errors),
    )
    close = ((OSA.distance(word, other, score_cutoff=errors), other) for (other,) in rows)
    return [other for distance, other in sorted(close) if distance <= errors]


def _expression(phrase: list[list[str]]) -> str:
    """A phrase as FTS5 has it; where words of it may be several, these need not follow each other."""
    if all(len(meant) == 1 for meant in phrase):
        return '"{}"'.format(" ".join(meant[0] for meant in phrase))
    return " AND ".join("({})".format(" OR ".join(f'"{word}"' for word in meant)) for meant in phrase)
