"""The sentences that hold some words: quoted ones, which some claim rests on."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from rdflib import Literal

from graph import queries
from graph.browsing.describing import as_date, describe
from graph.browsing.values import Marked, Passage, Passages
from graph.searching import sentences
from graph.searching.places import ledger_index
from graph.searching.words import of_text, written
from ontology.iris import iri

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.browsing.values import Entity
    from graph.searching.places import Index
    from graph.store.base import Row, Source

_LONGEST: Final = 200  # code points
_QUOTED: Final = re.compile(r"[\"“”„]([^\"“”„]*)[\"“”„]")


def search_sentences(source: Source, text: str, limit: int = 10, offset: int = 0) -> Passages:
    """The quoted sentences that hold all words of `text`, the newest article first, from the one `offset` on.

    Words between quotation marks stand in this order. Accents are forgiven, and where nothing holds a word, typing
    errors in it. A source that has no index of its own forgives neither.
    """
    text = text[:_LONGEST].encode("utf-8", "replace").decode()  # half a character is no term of RDF
    index = ledger_index(source)
    phrases = _phrases(text)
    if not phrases:
        return Passages(0)
    return _asked(source, text, limit, offset) if index is None else _indexed(source, index, phrases, limit, offset)


def _phrases(text: str) -> list[tuple[str, ...]]:
    """What is to be in a sentence: words, and several words in their order where these were quoted."""
    quoted = [tuple(of_text(match[1])) for match in _QUOTED.finditer(text)]
    single = [(word,) for word in of_text(_QUOTED.sub(" ", text))]
    return [phrase for phrase in quoted + single if phrase][: sentences.MOST_PHRASES]


def _indexed(source: Source, index: Index, phrases: list[tuple[str, ...]], limit: int, offset: int) -> Passages:
    found = sentences.holding(index, phrases, limit, offset)
    articles = {row.article: iri("article", row.article, source.base) for row in found.shown}
    described = describe(source, articles.values())
    return Passages(
        found.total,
        tuple(
            Passage(
                iri("sentence", f"{row.article}_{row.start}-{row.end}", source.base),
                marked(row.text, found.words),
                described[articles[row.article]].entity,
                date.fromordinal(row.day) if row.day else None,
                row.start,
                row.end,
            )
            for row in found.shown
        ),
    )


def marked(text: str, words: Collection[str]) -> tuple[Marked, ...]:
    """The text in pieces, of which those are marked whose folded words are among `words`."""
    pieces: list[Marked] = []
    at = 0
    for start, end, folded in written(text):
        if any(word in words for word in folded):
            pieces += (Marked(text[at:start]), Marked(text[start:end], marked=True))
            at = end
    pieces.append(Marked(text[at:]))
    return tuple(piece for piece in pieces if piece.text)


def _asked(source: Source, text: str, limit: int, offset: int) -> Passages:
    """As `search_sentences`, by a look at all sentences of the source."""
    wanted = [Literal(word) for word in dict.fromkeys(text.casefold().replace('"', " ").split())]
    rows = source.select(queries.with_values(queries.load("sentences-holding"), "word", wanted))
    words = set(of_text(text))
    found = sorted(rows, key=_newest_first)
    shown = found[offset : offset + limit]
    described = describe(source, [str(row["article"]) for row in shown])
    return Passages(len(found), tuple(_passage(row, described[str(row["article"])].entity, words) for row in shown))


def _newest_first(row: Row) -> tuple[int, str, int]:
    day = as_date(str(row["date"])) if "date" in row else None
    return -day.toordinal() if day else 0, str(row["article"]), int(str(row["start"]))


def _passage(row: Row, article: Entity, words: Collection[str]) -> Passage:
    return Passage(
        str(row["sentence"]),
        marked(str(row["quote"]), words),
        article,
        as_date(str(row["date"])) if "date" in row else None,
        int(str(row["start"])),
        int(str(row["end"])),
    )
