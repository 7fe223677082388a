"""An evaluated article for reading: its text in passages, each with what was read from it, right or wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from graph.evaluation.judgements import JudgedRow, by_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.evaluation.judgements import Judgement
    from graph.evaluation.report import ArticleReport


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that facts were read from, and these: their slots that this sentence is behind.

    Numbers count from 1 in the order of the text. `placed` tells whether the text has the sentence where it should.
    """

    number: int
    start: int
    end: int
    quote: str
    rows: tuple[JudgedRow, ...]
    placed: bool

    @property
    def how(self) -> Literal["right", "wrong"]:
        """Wrong where one of its slots is."""
        return "wrong" if any(slot.how == "wrong" for row in self.rows for slot in row.slots) else "right"

    def sources_of(self, row: JudgedRow) -> tuple[str, ...]:
        """What read the slots of a row here: rules, each with the sieve that told who is meant."""
        here = [item for slot in row.slots for item in slot.evidence if (item.start, item.end) == self._place]
        return tuple(dict.fromkeys(f"{item.rule} ({item.sieve})" if item.sieve else item.rule for item in here))

    @property
    def _place(self) -> tuple[int, int]:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the text, with the notes on the sentences that it is part of, mostly one or none."""

    text: str
    notes: tuple[Note, ...] = ()
    ends: tuple[Note, ...] = ()
    """Those of the notes whose sentence ends here."""


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article with its figures, its text in passages, and what was missed in it."""

    report: ArticleReport
    passages: tuple[Passage, ...]
    notes: tuple[Note, ...]
    missed: tuple[JudgedRow, ...]

    @property
    def title(self) -> str:
        """The headline, or the name of the article."""
        text = self.report.text
        return (text.title if text else None) or self.report.article


def annotate(report: ArticleReport) -> AnnotatedArticle:
    """The article of a report as it may be read; without its text there are notes, but no passages."""
    text = report.text.text if report.text else ""
    notes = _notes(report.judgements, text)
    missed = by_row(judgement for judgement in report.judgements if judgement.how == "missed")
    return AnnotatedArticle(report, tuple(_passages(text, notes)), notes, missed)


def _notes(judgements: Iterable[Judgement], text: str) -> tuple[Note, ...]:
    sentences: dict[tuple[int, int, str], list[JudgedRow]] = {}
    for row in by_row(judgement for judgement in judgements if judgement.how != "missed"):
        for place in dict.fromkeys((item.start, item.end, item.quote) for item in row.evidence):
            slots = (slot for slot in row.slots if any((i.start, i.end, i.quote) == place for i in slot.evidence))
            sentences.setdefault(place, []).append(replace(row, slots=tuple(slots)))
    return tuple(
        Note(number, start, end, quote, tuple(sentences[start, end, quote]), text[start:end] == quote != "")
        for number, (start, end, quote) in enumerate(sorted(sentences), 1)
    )


def _passages(text: str, notes: Sequence[Note]) -> Iterable[Passage]:
    """The whole text, cut wherever a sentence with a note begins or ends."""
    placed = [note for note in notes if note.placed]
    cuts = sorted({0, len(text), *(note.start for note in placed), *(note.end for note in placed)})
    for start, end in pairwise(cuts):
        over = tuple(note for note in placed if note.start <= start and end <= note.end)
        yield Passage(text[start:end], over, tuple(note for note in over if note.end == end))
