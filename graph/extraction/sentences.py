"""One sentence while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.extraction.contests import Contest, describe
from graph.extraction.nounphrases import Noun

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk
    from graph.extraction.clauses import Clause
    from graph.extraction.events import Event
    from graph.extraction.relations import Relation
    from graph.extraction.standings import Standing
    from graph.model import Block, Span
    from ontology.entries import Discipline

ASIDE = frozenset({"who", "which", "whose", "whom", "where", "wherein", "if", "unless"})
"""Connectives of clauses that do not say where the sentence's own race took place."""


_OF_A_RACE = ("medal", "crown", "victory", "record")
_APART = frozenset({"since", "after", "before", "until", "because", "when"})


@dataclass(slots=True)
class Sentence:
    """A sentence: its place, its chunks with phrases closed and names attached, its clauses and events.

    `events` and `relations` are those of noun phrases; clauses have their own. A `listed` one is a line of results.
    """

    number: int
    block: Block
    span: Span
    chunks: list[Chunk]
    clauses: list[Clause] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)
    contest: Contest = field(default_factory=Contest)
    listed: bool = False

    def around(self, place: int) -> Contest:
        """The sentence's contest as it stands at a place: the discipline named last before it."""
        last: Chunk | None = None
        disciplines: tuple[Discipline, ...] = ()
        for clause in self.clauses:
            if clause.connective in ASIDE:
                continue
            for chunk in clause.chunks:
                named = _named(chunk) if chunk.start <= place else ()
                if named and (last is None or chunk.start > last.start):
                    last, disciplines = chunk, named
        return self._told_by(place)._replace(disciplines=disciplines)

    def _told_by(self, place: int) -> Contest:
        """The sentence's contest without what clauses behind the one at a place say of it, or those under "since"."""
        clauses = [c for c in self.clauses if c.connective not in ASIDE and c.chunks]
        here = next((i for i, c in enumerate(clauses) if any(k.start == place for k in c.chunks)), None)
        if here is None or (here == 0 and _verb_form(clauses[0]) in ("ing", "pp")):
            return self.contest
        near = [c for i, c in enumerate(clauses[: here + 1]) if i == here or not _is_apart(c)]
        for later in clauses[here + 1 :]:  # "beat Otiwa to win the race at Torrevale"
            if _verb_form(later) not in ("base", "ing") or later.connective not in ("to", "", ","):
                break
            near.append(later)
        told = describe([k for c in near for k in c.chunks])
        if any(k.kind == "crown" for k in clauses[here].after):  # a title is won in the final, whatever round was told
            told = told._replace(round=None)
        where = self.contest._replace(place=told.place, country=told.country, competition=told.competition)
        first = near.index(clauses[here])
        onward = describe([k for c in near[first:] for k in c.chunks]).onward
        if onward:  # "ran 1:59.20 to reach the final" was before it, "reached the final and was fifth" there
            told = told._replace(round=describe([k for c in near[:first] for k in c.chunks]).round)
        return where._replace(year=told.year, day=told.day, round=told.round, onward=onward)

    @property
    def broken(self) -> bool:
        """The sentence begins in the middle: its subject was lost on the way (a name in a link, a caption)."""
        first = self.chunks[0] if self.chunks else None
        if first is None or first.end - first.start > len(first.text):  # a phrase bears its head's word as text
            return False
        owner = first.value.owner if isinstance(first.value, Noun) else None
        if owner is not None and owner.end < first.start:  # "Her coach": the phrase has taken the word before in
            first = owner
        return first.text[0].islower() or first.text == ","

    @property
    def title(self) -> bool:
        return self.block.kind == "title"


def _verb_form(clause: Clause) -> str | None:
    return clause.verb.value if clause.verb is not None else None


def _is_apart(clause: Clause) -> bool:
    """A clause of another time: "since winning in 2004", "in addition to winning in 2004"."""
    return clause.connective in _APART or (
        _verb_form(clause) == "ing" and bool(clause.before) and not clause.connective
    )


def _named(chunk: Chunk) -> tuple[Discipline, ...]:
    """The discipline that a chunk names, or of the medal, title, victory or record that it is."""
    if chunk.kind == "discipline":
        return chunk.value or ()
    won: list[Contest] = chunk.value.contests if chunk.kind in _OF_A_RACE and chunk.value else []
    return won[0].disciplines if len(won) == 1 else ()
