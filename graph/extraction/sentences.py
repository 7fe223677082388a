"""One sentence while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from graph.extraction.contests import Contest

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk
    from graph.extraction.clauses import Clause
    from graph.extraction.events import Event
    from graph.extraction.relations import Relation
    from graph.extraction.standings import Standing
    from graph.model import Block, Span

ASIDE = frozenset({"who", "which", "whose", "whom", "where", "wherein", "if", "unless"})
"""Connectives of clauses that do not say where the sentence's own race took place."""


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
        for clause in self.clauses:
            if clause.connective in ASIDE:
                continue
            for chunk in clause.chunks:
                before = chunk.kind == "discipline" and chunk.value and chunk.start <= place
                if before and (last is None or chunk.start > last.start):
                    last = chunk
        return replace(self.contest, disciplines=last.value if last is not None else ())

    @property
    def broken(self) -> bool:
        """The sentence begins in the middle: its subject was lost on the way (a name in a link, a caption)."""
        first = self.chunks[0] if self.chunks else None
        return first is not None and (first.text[0].islower() or first.text == ",")

    @property
    def title(self) -> bool:
        return self.block.kind == "title"
