"""The unit that every stage of the reading works on: a typed piece of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

PLAIN: Final = frozenset({"word", "verb", "punct"})
"""Kinds of chunk that belong to nothing known."""
PERSONS: Final = frozenset({"person", "reference"})
"""Kinds of chunk that stand for somebody."""


@dataclass(slots=True, init=False, eq=False)
class Chunk:
    """A piece of a document's text: `kind`, the lower-case `lemma`, its span, and a value that depends on the kind.

    Words and punctuation that belong to nothing else are of kind "word" and "punct". `inner` holds the chunks attached
    to a person: titles, roles, country, age, and "aside" for what stood in parentheses.
    """

    kind: str
    text: str
    start: int
    end: int
    lemma: str
    value: Any
    inner: tuple[Chunk, ...]

    def __init__(  # by hand: half of all values of a reading are chunks, and a second call for the lemma costs
        self,
        kind: str,
        text: str,
        start: int,
        end: int,
        lemma: str = "",
        value: Any = None,
        inner: tuple[Chunk, ...] = (),
    ) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.lemma = lemma or text.lower()
        self.value = value
        self.inner = inner

    def __repr__(self) -> str:
        return f"<{self.kind} {self.text!r}>"


def at(chunks: list[Chunk], index: int) -> Chunk | None:
    """The chunk at a place; None outside the row, before its begin too."""
    return chunks[index] if 0 <= index < len(chunks) else None


def lemma_at(chunks: list[Chunk], index: int) -> str:
    """The lemma at a place; empty outside the row."""
    return chunks[index].lemma if 0 <= index < len(chunks) else ""
