"""Asking an index for names: the same, holding words, or holding words that are nearly the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz.distance import OSA

from graph.searching.words import keys_of, may_be_mistyped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from graph.searching.places import Index

MOST_WORDS: Final = 10  # of a text that are looked for; the rest hardly tells anything more apart
_LONG: Final = 9  # letters of a word from which on two errors are forgiven
_MOST_NEAR: Final = 40  # words that one may be meant for
_SHORTEST_PART: Final = 4  # letters typed from which on an error may be among them


class Found(NamedTuple):
    """A name of something; `key` is its folded form, `articles` how many speak of the thing."""

    iri: str
    kind: str
    name: str
    key: str
    articles: int


class Wanted(NamedTuple):
    """A word that is looked for: any of these, and what begins with one of `begun`."""

    words: Collection[str]
    begun: Collection[str] = ()


_COLUMNS: Final = "n.iri, n.kind, n.name, n.key, coalesce(w.articles, 0)"
_WEIGHED: Final = "LEFT JOIN search_weights AS w ON w.iri = n.iri"


def same(index: Index, key: str, most: int) -> list[Found]:
    """The names whose key is this."""
    rows = index.rows(
        f"SELECT {_COLUMNS} FROM search_names AS n {_WEIGHED} WHERE n.key = ?"  # noqa: S608  # columns from above
        " ORDER BY 5 DESC, n.iri LIMIT ?",
        (key, most),
    )
    return [Found._make(row) for row in rows]


def holding(
    index: Index, wanted: Sequence[Wanted], kinds: Collection[str], most: int, *, any_of: bool = False
) -> list[Found]:
    """The names of things of these kinds that hold all the words (or any), in whatever order.

    Those of which most articles speak, at most so many.
    """
    if not wanted or not kinds:
        return []
    words = (" OR " if any_of else " AND ").join(map(_expression, wanted))
    among = " OR ".join(f'"_{kind}"' for kind in sorted(kinds))
    rows = index.rows(
        f"SELECT {_COLUMNS} FROM search_keys AS k JOIN search_names AS n ON n.id = k.rowid {_WEIGHED}"  # noqa: S608
        " WHERE search_keys MATCH ? ORDER BY 5 DESC, length(n.key), n.key, n.iri LIMIT ?",
        (f"({among}) AND ({words})", most),
    )
    return [Found._make(row) for row in rows]


def weights(index: Index, things: Collection[str]) -> dict[str, int]:
    """How many articles speak of each of the things (by IRI), where any do."""
    marks = ", ".join("?" * len(things))
    rows = index.rows(f"SELECT iri, articles FROM search_weights WHERE iri IN ({marks})", tuple(things))  # noqa: S608
    return dict(rows)


def near(index: Index, word: str, *, begun: bool = False) -> list[str]:
    """The words of names that a mistyped word may be meant for, the likeliest first.

    One error is forgiven, in a long word two; with `begun` also one in a word of which only a part is typed so far.
    """
    if not may_be_mistyped(word):
        return []
    errors = 2 if len(word) >= _LONG else 1
    found = []
    for other in _candidates(index, word):
        distance = OSA.distance(word, other, score_cutoff=errors)
        if distance <= errors:
            found.append((distance, other))
        elif begun and len(word) >= _SHORTEST_PART and is_begun(word, other):
            found.append((errors + 1, other))
    return [other for _, other in sorted(found)[:_MOST_NEAR]]


def is_begun(word: str, other: str) -> bool:
    """Whether the other begins like the word, but for one error."""
    return any(OSA.distance(word, other[: len(word) + more], score_cutoff=1) <= 1 for more in (-1, 0, 1))


def known(index: Index, words: Iterable[str]) -> set[str]:
    """Those of the words that names hold."""
    wanted = tuple(words)
    marks = ", ".join("?" * len(wanted))
    return {word for (word,) in index.rows(f"SELECT word FROM search_words WHERE word IN ({marks})", wanted)}  # noqa: S608


def _candidates(index: Index, word: str) -> Iterator[str]:
    keys = tuple(keys_of(word))
    marks = ", ".join("?" * len(keys))
    meant = f"SELECT beginning FROM search_near WHERE key IN ({marks})"  # noqa: S608  # as many marks as there are keys
    rows = index.rows(
        f"SELECT DISTINCT w.word FROM ({meant}) CROSS JOIN search_words AS w"  # noqa: S608
        " ON w.word >= beginning AND w.word < beginning || '~'",
        keys,
    )
    return (other for (other,) in rows)


def _expression(wanted: Wanted) -> str:
    """The word as FTS5 has it; all its letters and digits are ASCII."""
    parts = [f'"{word}"' for word in sorted(wanted.words)] + [f'"{word}" *' for word in sorted(wanted.begun)]
    return f"({' OR '.join(parts)})"
