"""Writing the index. Names and sentences are sets: what is there already may come again, what is not may go."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from graph.searching.words import beginnings, keys_of, loose, may_be_mistyped, of_text
from ontology.iris import iri

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping

_ARTICLE_BITS: Final = 28
_SENTENCE_BITS: Final = 12


class Name(NamedTuple):
    """A name of a thing, as written."""

    iri: str
    kind: str
    name: str


class Sentence(NamedTuple):
    """Where a quoted sentence stands in its article (code points), and its text."""

    start: int
    end: int
    text: str


def rename(database: sqlite3.Connection, went: Iterable[Name], came: Iterable[Name]) -> None:
    """Takes names out and puts names in, in this order."""
    words: Counter[str] = Counter()
    for name in went:
        row = database.execute(
            "DELETE FROM search_names WHERE iri = ? AND name = ? RETURNING id, key", (name.iri, name.name)
        ).fetchone()
        if row is not None:
            number, key = row
            database.execute(
                "INSERT INTO search_keys (search_keys, rowid, key) VALUES ('delete', ?, ?)",
                (number, _entry(name.kind, key)),
            )
            words.subtract(_mistypable(key))
    for name in came:
        key = loose(name.name)
        row = database.execute(
            "INSERT OR IGNORE INTO search_names (iri, kind, name, key) VALUES (?, ?, ?, ?) RETURNING id", (*name, key)
        ).fetchone()
        if row is not None:
            database.execute("INSERT INTO search_keys (rowid, key) VALUES (?, ?)", (row[0], _entry(name.kind, key)))
            words.update(_mistypable(key))
    for word, change in words.items():
        _count_word(database, word, change)


def names_of(database: sqlite3.Connection, thing: str) -> list[str]:
    """The names of a thing (by IRI) that the index has."""
    return [name for (name,) in database.execute("SELECT name FROM search_names WHERE iri = ?", (thing,))]


def weigh(database: sqlite3.Connection, changes: Mapping[str, int]) -> None:
    """So many articles more, or fewer, speak of a thing (by IRI)."""
    changed = [(thing, change) for thing, change in changes.items() if change]
    database.executemany(
        "INSERT INTO search_weights VALUES (?, ?)"
        " ON CONFLICT (iri) DO UPDATE SET articles = articles + excluded.articles",
        changed,
    )
    gone = [(thing,) for thing, change in changed if change < 0]
    database.executemany("DELETE FROM search_weights WHERE iri = ? AND articles <= 0", gone)


def quote(
    database: sqlite3.Connection, article: str, day: int, sentences: Collection[Sentence], *, fresh: bool = False
) -> None:
    """Makes these the sentences of an article (by id) of that day; `fresh` where it can have none yet."""
    if not fresh:
        rows = database.execute(
            "SELECT id, day, start, end, text FROM search_sentences WHERE article = ?", (article,)
        ).fetchall()
        if {row[1:] for row in rows} == {(day, *sentence) for sentence in sentences}:
            return
        database.executemany(
            "INSERT INTO search_texts (search_texts, rowid, text) VALUES ('delete', ?, ?)",
            [(row[0], _folded(row[4])) for row in rows],
        )
        database.execute("DELETE FROM search_sentences WHERE article = ?", (article,))
    for place, sentence in enumerate(sorted(sentences)):
        number = _free(database, sentence_id(article, day, place))
        database.execute("INSERT INTO search_sentences VALUES (?, ?, ?, ?, ?, ?)", (number, article, day, *sentence))
        database.execute("INSERT INTO search_texts (rowid, text) VALUES (?, ?)", (number, _folded(sentence.text)))


def sentence_id(article: str, day: int, place: int) -> int:
    """The number under which a sentence is kept if that is free: the newest are found first without being sorted.

    Within a day articles stand in an order that does not hang on when they came, and each in the order of its text
    from behind.
    """
    mixed = int.from_bytes(hashlib.blake2b(article.encode(), digest_size=8).digest()) >> (64 - _ARTICLE_BITS)
    behind = (1 << _SENTENCE_BITS) - 1 - place
    return (((day << _ARTICLE_BITS) | mixed) << _SENTENCE_BITS) + behind


def headline(article: str, title: str | None, base: str) -> Name:
    """The name of an article, by its id."""
    return Name(iri("article", article, base), "article", title or article)


def _free(database: sqlite3.Connection, number: int) -> int:
    while database.execute("SELECT 1 FROM search_sentences WHERE id = ?", (number,)).fetchone():
        number -= 1
    return number


def _entry(kind: str, key: str) -> str:
    return f"_{kind} {key}"


def _folded(text: str) -> str:
    return " ".join(of_text(text))


def _mistypable(key: str) -> set[str]:
    return {word for word in key.split() if may_be_mistyped(word)}


def _count_word(database: sqlite3.Connection, word: str, change: int) -> None:
    """So many names more, or fewer, have the word."""
    row = database.execute("SELECT names FROM search_words WHERE word = ?", (word,)).fetchone()
    had = row[0] if row else 0
    has = had + change
    if has > 0:
        database.execute("INSERT OR REPLACE INTO search_words VALUES (?, ?)", (word, has))
    if has > 0 and not had:
        near = [(key, beginning) for beginning in beginnings(word) for key in keys_of(beginning)]
        database.executemany("INSERT OR IGNORE INTO search_near VALUES (?, ?)", near)
    if had and has <= 0:
        database.execute("DELETE FROM search_words WHERE word = ?", (word,))
        _forget_beginnings(database, word)


def _forget_beginnings(database: sqlite3.Connection, word: str) -> None:
    for beginning in beginnings(word):
        others = _words_under(database, beginning)
        if not any(beginning in beginnings(other) for other in others):
            near = [(key, beginning) for key in keys_of(beginning)]
            database.executemany("DELETE FROM search_near WHERE key = ? AND beginning = ?", near)


def _words_under(database: sqlite3.Connection, beginning: str) -> list[str]:
    rows = database.execute("SELECT word FROM search_words WHERE word >= ? AND word < ?", (beginning, beginning + "~"))
    return [word for (word,) in rows]
