"""Results as the tables of a page: which columns make sense where, and what is missing between two places."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.browsing.values import Dispute, Entity, EvidenceView, Fact, Piece, ResultRow, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MEDALS = frozenset({"gold", "silver", "bronze"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact and how one sentence was read to say it."""

    fact: Fact
    view: EvidenceView


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article and the facts that were read from it."""

    view: EvidenceView
    readings: tuple[Reading, ...]


def by_sentence(facts: Iterable[Fact]) -> tuple[Sentence, ...]:
    """Facts turned round: every sentence once, with all that it says, in the order in which they first come up."""
    found: dict[tuple[str, int, int], list[Reading]] = {}
    for fact in facts:
        for view in fact.evidence:
            found.setdefault((view.article, view.start, view.end), []).append(Reading(fact, view))
    return tuple(Sentence(readings[0].view, tuple(readings)) for readings in found.values())


@dataclass(frozen=True, slots=True)
class Line:
    """A result, or with `gap` a note on places that no article gives. `medal` is a colour where there is just one."""

    cells: tuple[Words, ...] = ()
    result: str = ""
    title: str = ""
    medal: str = ""
    facts: tuple[Fact, ...] = ()
    gap: str = ""

    @property
    def dispute(self) -> Dispute | None:
        """One that no curator settled goes first."""
        found = [fact.dispute for fact in self.facts if fact.dispute]
        return min(found, key=lambda dispute: dispute.settled, default=None)

    @property
    def evidence(self) -> tuple[EvidenceView, ...]:
        return tuple(view for fact in self.facts for view in fact.evidence)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return by_sentence(self.facts)


@dataclass(frozen=True, slots=True)
class ResultTable:
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def result_table(rows: Sequence[ResultRow], about: Entity) -> ResultTable:
    """The rows as they stand on the page about an entity, which is not itself repeated in every row."""
    if about.kind == "race":
        columns = ("Place", "Athlete", "Mark", "Medal")
        lines = [
            _line(row, ((Piece(row.position),), (row.athlete,), (Piece(row.mark),), (Piece(row.medal),)))
            for row in rows
        ]
        return ResultTable(columns, tuple(_with_gaps(lines)))
    alone = about.kind == "person"
    columns = ("Date", "Competition", "Discipline", "Round", *(() if alone else ("Athlete",)), "Place", "Mark", "Medal")
    return ResultTable(columns, tuple(_line(row, _career_cells(row, alone=alone)) for row in rows))


def _career_cells(row: ResultRow, *, alone: bool) -> tuple[Words, ...]:
    when = f"{row.date.day} {row.date:%b %Y}" if row.date else str(row.year or "")
    who: tuple[Words, ...] = () if alone else ((row.athlete,),)
    return (
        (Piece(when),),
        (Piece(row.competition or row.race.text, row.race.iri),),
        (Piece(row.discipline),),
        (Piece(row.round),),
        *who,
        (Piece(row.position),),
        (Piece(row.mark),),
        (Piece(row.medal),),
    )


def _line(row: ResultRow, cells: tuple[Words, ...]) -> Line:
    colour = row.medal.lower()
    title = f"{row.athlete.text}, {row.race.text}"
    return Line(cells, row.result, title, colour if colour in _MEDALS else "", row.facts)


def _with_gaps(lines: list[Line]) -> Iterable[Line]:
    """The lines, which come in the order of places, with a note where places are missing; shared places are no gap."""
    places = [_place(line) for line in lines]
    shared = Counter(places)
    free = 1
    for line, place in zip(lines, places, strict=True):
        if place is not None and place > free:
            missing = str(free) if place == free + 1 else f"{free} to {place - 1}"
            yield Line(gap=f"Place {missing}: not in the articles")
        if place is not None:
            free = max(free, place + shared[place])
        yield line


def _place(line: Line) -> int | None:
    first = line.cells[0][0].text.partition(" ")[0]
    return int(first) if first.isdigit() else None
