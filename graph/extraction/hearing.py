"""What was understood of a text, for judging by the same guards what others than the rules say that it asserts.

Places are those of the mended text.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from graph.extraction.chunker import Chunker
from graph.extraction.clubs import is_college, join_clubs
from graph.extraction.competitions import join_competitions
from graph.extraction.naming import named
from graph.extraction.quotations import without_quotations
from graph.extraction.support import canonical_mark, hoped_for, told
from graph.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.extraction.chunks import Chunk
    from graph.extraction.clauses import Clause
    from graph.extraction.coreference import Salience
    from graph.extraction.people import Entity
    from graph.extraction.reading import Reading
    from graph.extraction.sentences import Sentence
    from graph.model import Basis, Objection


class Hearing:
    """A document as the rules understood it."""

    def __init__(self, reading: Reading, salience: Salience) -> None:
        self._reading = reading
        self._salience = salience
        self._chunker = Chunker(reading.document.text, reading.document.article.published)
        self._college = is_college(reading.document.text)
        self._blocks: dict[int, tuple[list[list[Chunk]], list[list[Chunk]]]] = {}
        self._heard: dict[int, HeardSentence] = {}

    def sentence(self, start: int, end: int) -> HeardSentence | None:
        """The sentence of running text that holds the whole of a span; None where none does."""
        for sentence in self._reading.sentences:
            if sentence.span.start <= start and end <= sentence.span.end:
                return self._listen(sentence)
        return None

    def around(self, start: int, slot: str, value: str | int, *, near: bool = False) -> bool:
        """Whether a sentence says the value outside quotations; with `near` one of the paragraph there or the title."""
        return any(
            self._listen(sentence).told(slot, value)
            for sentence in self._reading.sentences
            if not near or sentence.title or sentence.block.start <= start < sentence.block.end
        )

    def _listen(self, sentence: Sentence) -> HeardSentence:
        if sentence.number not in self._heard:
            outside, inside = self._chunks(sentence)
            self._heard[sentence.number] = HeardSentence(self._reading, self._salience, sentence, outside, inside)
        return self._heard[sentence.number]

    def _chunks(self, sentence: Sentence) -> tuple[list[Chunk], list[Chunk]]:
        """The chunks of a sentence as they were before phrases were closed, and those within quotation marks."""
        block = sentence.block
        if block.start not in self._blocks:
            rows = [self._chunker.chunks(span.start, span.end) for span in block.sentences]
            self._blocks[block.start] = without_quotations(rows)
        outside, inside = self._blocks[block.start]
        index = block.sentences.index(sentence.span)
        return join_clubs(join_competitions(outside[index]), self._college), inside[index]


class HeardSentence:
    """One sentence as the rules understood it."""

    def __init__(
        self, reading: Reading, salience: Salience, sentence: Sentence, chunks: list[Chunk], quoted: list[Chunk]
    ) -> None:
        self._reading = reading
        self._salience = salience
        self._sentence = sentence
        self._chunks = chunks
        self._quoted = quoted
        self.start, self.end = sentence.span.start, sentence.span.end

    def told(self, slot: str, value: str | int, discipline: str | None = None) -> tuple[Span, ...]:
        """The words that say the value, outside quotations."""
        return told(self._chunks, slot, value, discipline)

    def mark(self, text: str, discipline: str | None) -> str | None:
        """A mark in canonical form; None where it is none, or none that can be achieved in the discipline."""
        return canonical_mark(text, discipline)

    def who(self, name: str) -> tuple[str, tuple[Span, ...], Basis] | None:
        """Whom a name means, under the name the article has for them, and where this sentence names or means them.

        None where it does neither, or where the name is that of nobody who could be an athlete or coach.
        """
        return named(self._reading, self._sentence, self._chunks, name, self._meant)

    def nearest(self, word: Span) -> str | None:
        """Who is named or meant nearest to a word; None where nobody is, or two are equally near."""
        near: dict[str, int] = {}
        for entity, span in self._bearers:
            distance = max(span.start - word.end, word.start - span.end, 0)
            near[entity.name] = min(distance, near.get(entity.name, distance))
        first = sorted(near.values())[:2]
        if not first or (len(first) == 2 and first[0] == first[1]):
            return None
        return min(near, key=lambda name: near[name])

    def objection(self, words: Sequence[Span], who: str | None = None, *, subject: bool = False) -> Objection | None:
        """Why the words do not assert anything, with `who` of that person, with `subject` of them as the subject."""
        if any(_overlap(word, chunk) for word in words for chunk in self._quoted):
            return "quotation"
        text = self._reading.document.text[self.start : self.end].rstrip("\"'”’) ")
        if text.endswith("?"):
            return "question"
        hoped = next((found for word in words if (found := hoped_for(self._chunks, word))), None)
        if hoped is not None:
            return hoped
        clauses = self._sentence.clauses
        if who is None:
            return _unasserted([c for c in clauses if _touches(c, _hull(words))])
        for word in words:
            objection = self._said_of(who, word, [c for c in clauses if _touches(c, word)], subject=subject)
            if objection is not None:
                return objection
        return None

    def _said_of(self, who: str, word: Span, clauses: list[Clause], *, subject: bool) -> Objection | None:
        """Why a word that the clauses have is not asserted of somebody."""
        asserted = [clause for clause in clauses if clause.asserted]
        if clauses and not asserted:
            return _unasserted(clauses)
        if not clauses:
            return _unasserted(self._sentence.clauses) or (None if self.nearest(word) == who else "whose")
        for clause in asserted:
            subjects = {entity.name for c in clause.subjects for entity in self._entities(c)}
            inside = {entity.name for entity, span in self._bearers if _touches(clause, span)} | subjects
            alone = who in subjects or inside == {who}
            if who in inside and (alone or (not subject and (clause.passive or self.nearest(word) == who))):
                return None
        return "whose"

    @cached_property
    def _bearers(self) -> tuple[tuple[Entity, Span], ...]:
        """Everybody whom the sentence names or means, with the places."""
        found = [
            (entity, Span(chunk.start, chunk.end))
            for entity in self._reading.people.entities
            for chunk in entity.mentions
            if self.start <= chunk.start < self.end
        ]
        return (*found, *((entity, span) for span, entity in self._references()))

    def _references(self) -> Iterator[tuple[Span, Entity]]:
        for start, entities in self._salience.meant.items():
            if self.start <= start < self.end and len(entities) == 1:
                yield Span(start, start + 1), next(iter(entities))

    def _meant(self, entity: Entity) -> tuple[Span, ...]:
        return tuple(span for span, meant in self._references() if meant is entity)

    def _entities(self, chunk: Chunk) -> set[Entity]:
        if chunk.kind == "person":
            return {chunk.value}
        meant = self._salience.meant.get(chunk.start, set())
        return meant if len(meant) == 1 else set()


def _unasserted(clauses: Iterable[Clause]) -> Objection | None:
    """Why one of the clauses is not asserted."""
    for clause in clauses:
        if clause.unreal:
            return "unreal"
        if clause.negated:
            return "negated"
    return None


def _hull(words: Sequence[Span]) -> Span:
    return Span(min(word.start for word in words), max(word.end for word in words))


def _overlap(one: Span | Chunk, other: Span | Chunk) -> bool:
    return one.start < other.end and other.start < one.end


def _touches(clause: Clause, span: Span) -> bool:
    """Whether a clause has words there; phrases attached to a person stand where they stand."""
    return any(_overlap(chunk, span) for top in clause.chunks for chunk in _opened(top))


def _opened(chunk: Chunk) -> Iterator[Chunk]:
    """A chunk and those attached to it."""
    yield chunk
    for inner in chunk.inner:
        yield from inner.value if inner.kind == "aside" else _opened(inner)
