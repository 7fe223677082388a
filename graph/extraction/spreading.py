"""One result told of several athletes, contests or years: an event for each."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction.contests import Contest
from graph.extraction.nounphrases import Noun

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk
    from graph.extraction.clauses import Clause
    from graph.extraction.events import Event
    from graph.extraction.quantities import Mark
    from ontology.entries import Discipline

_WON = ("crown", "victory", "medal")


def nouns(chunks: list[Chunk]) -> list[Noun]:
    """What can be won, among the chunks."""
    return [c.value for c in chunks if isinstance(c.value, Noun) and c.value.head in _WON]


def varied(clause: Clause, who: list[Chunk], base: Event) -> list[Event]:
    """One event for each athlete and each contest that the object names ("the 100m and 200m", "in 2002 and 2003")."""
    if any("team" in noun.words for noun in nouns(clause.after) if noun.head != "victory"):
        return []
    contests = [base.contest]
    won = [n for n in nouns(clause.after) if any(c.disciplines or c.competition for c in n.contests)]
    if len(won) == 2 and clause.has_verb("add") and not base.medal:  # "added the mile title to the 800m crown"
        return [_of_noun(base, noun, person) for person in who for noun in won]
    several = next((noun.contests for noun in nouns(clause.after) if len(noun.contests) > 1), None)
    if several is not None:
        contests = [inner.over(base.contest) for inner in several]
    elif base.position is not None or base.medal:
        disciplines = [c for c in clause.after if c.kind == "discipline"]
        years = [c for c in clause.after if c.kind in ("year", "date") and c.value.year and not c.value.future]
        if (apart := _marked_apart(clause.after, disciplines)) is not None:
            return [
                replace(base, who=w, mark=m, contest=replace(base.contest, disciplines=d))
                for w in who
                for d, m in apart
            ]
        if _are_listed(clause.after, disciplines):
            contests = [replace(base.contest, disciplines=c.value) for c in disciplines]
        elif _are_listed(clause.after, years):
            contests = [replace(base.contest, year=c.value.year, day=None) for c in years]
    # "Vane and Brandt won the 100m and 200m": each a race of his own
    if len(who) == len(contests) > 1 and len({c.disciplines for c in contests}) == len(who):
        return [replace(base, who=person, contest=c) for person, c in zip(who, contests, strict=True)]
    together = len(who) > 2 and bool(base.mark or base.medal or base.position == 1)
    return [replace(base, who=person, contest=c, together=together) for person in who for c in contests]


def _of_noun(base: Event, noun: Noun, who: Chunk) -> Event:
    """The event of a title or medal of its own."""
    inner = noun.contests[0] if noun.contests else Contest()
    medal = noun.data if noun.head == "medal" else None
    return replace(base, who=who, contest=inner, position=None if medal else 1, medal=medal, mark=None)


def _marked_apart(chunks: list[Chunk], found: list[Chunk]) -> list[tuple[tuple[Discipline, ...], Mark]] | None:
    """Each discipline with its own mark: "won the 60m in 6.74 and the 200m in 21.08"."""
    if len(found) < 2:
        return None
    told = []
    for number, chunk in enumerate(found):
        end = chunks.index(found[number + 1]) if number + 1 < len(found) else len(chunks)
        marks = [c.value for c in chunks[chunks.index(chunk) : end] if c.kind == "mark"]
        if len(marks) != 1 or not chunk.value:
            return None
        told.append((chunk.value, marks[0]))
    return told


def _are_listed(chunks: list[Chunk], found: list[Chunk]) -> bool:
    """Two or more, each close to the one before."""
    if len(found) < 2:
        return False
    places = [chunks.index(c) for c in found]
    return all(b - a <= 3 for a, b in itertools.pairwise(places))
