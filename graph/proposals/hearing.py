"""What the guards must know of a text; the pipeline brings the rules' understanding of it.

Places are those of the mended text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.model import Basis, Objection, Span


class HeardSentence(Protocol):
    """One sentence of running text."""

    start: int
    end: int

    def told(self, slot: str, value: str | int, discipline: str | None = None) -> tuple[Span, ...]:
        """The words that say a value, outside quotations."""

    def mark(self, text: str, discipline: str | None) -> str | None:
        """A mark in canonical form; None where it is none, or none that can be achieved in the discipline."""

    def who(self, name: str) -> tuple[str, tuple[Span, ...], Basis] | None:
        """Whom a name means, under the article's name for them, and where the sentence names or means them."""

    def nearest(self, word: Span) -> str | None:
        """Who is named or meant nearest to a word."""

    def objection(self, words: Sequence[Span], who: str | None = None, *, subject: bool = False) -> Objection | None:
        """Why the words do not assert anything, with `who` of that person, with `subject` of them as the subject."""


class Hearing(Protocol):
    """A document as it was understood."""

    def sentence(self, start: int, end: int) -> HeardSentence | None:
        """The sentence of running text that holds the whole of a span."""

    def around(self, start: int, slot: str, value: str | int, *, near: bool = False) -> bool:
        """Whether a sentence says the value outside quotations; with `near` one of the paragraph there or the title."""
