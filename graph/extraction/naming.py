"""Whom a name means that another than the rules read in a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graph.extraction.assembling import published
from graph.extraction.chunks import Chunk
from graph.extraction.lexicons import lexicon
from graph.extraction.nameruns import name_key
from graph.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.extraction.people import Entity
    from graph.extraction.reading import Reading
    from graph.extraction.sentences import Sentence
    from graph.model import Basis

_NO_NAME: Final = frozenset({"discipline", "series", "competition", "club", "round", "medal", "record", "date", "mark"})
_MOST_WORDS: Final = 6
_LETTERS: Final = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_PLACED: Final = frozenset({"in", "at", "from", "near", "to", "the", "of"})


def named(
    reading: Reading,
    sentence: Sentence,
    chunks: list[Chunk],
    name: str,
    meant: Callable[[Entity], tuple[Span, ...]],
) -> tuple[str, tuple[Span, ...], Basis] | None:
    """The article's name for whom `name` means and where the sentence names or means them."""
    key = name_key(name)
    if not key:
        return None
    entity = reading.people.entity(Chunk("name", name, sentence.span.end, sentence.span.end, value=key))
    if entity is None:
        spans = _unheard(reading, sentence, chunks, name)
        return (name, spans, "Explicit") if spans else None
    if entity.team or not entity.full or (not published(entity) and (entity.official or entity.bystander)):
        return None
    written = [m for m in entity.mentions if sentence.span.start <= m.start < sentence.span.end]
    if written:
        return entity.name, tuple(Span(m.start, m.end) for m in written), "Explicit"
    referred = meant(entity)
    return (entity.name, referred, "Resolved") if referred else None


def _unheard(reading: Reading, sentence: Sentence, chunks: list[Chunk], name: str) -> tuple[Span, ...]:
    """Where a name stands that the rules took for none; nowhere if they have good reason to."""
    text = reading.document.text
    if not _may_be_name(name):
        return ()
    found: list[Span] = []
    start = text.find(name, sentence.span.start, sentence.span.end)
    while start >= 0:
        span = Span(start, start + len(name))
        if _stands_alone(chunks, span):
            found.append(span)
        start = text.find(name, span.end, sentence.span.end)
    return tuple(found)


def _stands_alone(chunks: list[Chunk], span: Span) -> bool:
    """Whether the words are all of a capitalised run that no register knows for something else."""
    inside = [i for i, c in enumerate(chunks) if c.start < span.end and span.start < c.end]
    if not inside or chunks[inside[0]].start != span.start or chunks[inside[-1]].end != span.end:
        return False
    if any(chunks[i].kind in _NO_NAME for i in inside) or chunks[inside[-1]].kind not in ("word", "verb"):
        return False
    before = chunks[inside[0] - 1] if inside[0] else None
    after = chunks[inside[-1] + 1] if inside[-1] + 1 < len(chunks) else None
    if before is not None and (before.lemma in _PLACED or (before.text[0].isupper() and before.end + 1 == span.start)):
        return False
    return after is None or not (after.text[0].isupper() and after.start == span.end + 1)


def _may_be_name(name: str) -> bool:
    """Whether words could be the full name of a person that the rules took for something else."""
    lists = lexicon("names")
    words = name.split()
    inner = [word for word in words if word.lower() not in lists["particles"]]
    return (
        2 <= len(words) <= _MOST_WORDS
        and len(inner) >= 2
        and all(word[0].isupper() and word.lower() not in (*lists["common"], *lists["function"]) for word in inner)
        and not any(word in lists["not_person"] for word in words)
        and all(_LETTERS.fullmatch(word) for word in inner)
    )
