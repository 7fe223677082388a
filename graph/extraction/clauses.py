"""A clause: who, a verb, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk
    from graph.extraction.events import Event
    from graph.extraction.relations import Relation


@dataclass(slots=True)
class Clause:
    """A clause. `before` and `after` are the chunks on either side of the verb, without parentheses.

    `unreal`: hoped, planned, possible; `governor`: the last auxiliary, or the verb an infinitive hangs on;
    `other_subject`: the subject is nobody that is named; `previous`: the clause before it in the sentence.
    """

    subjects: list[Chunk]
    verb: Chunk | None
    before: list[Chunk] = field(default_factory=list)
    after: list[Chunk] = field(default_factory=list)
    connective: str = ""
    negated: bool = False
    unreal: bool = False
    passive: bool = False
    governor: Chunk | None = None
    other_subject: bool = False
    auxiliaries: tuple[str, ...] = ()
    previous: Clause | None = None
    events: list[Event] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    _chunks: list[Chunk] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def chunks(self) -> list[Chunk]:
        """All of them in order; kept from the first look on, which is only when the clause is whole."""
        if self._chunks is None:
            self._chunks = [*self.before, *([self.verb] if self.verb else []), *self.after]
        return self._chunks

    @property
    def asserted(self) -> bool:
        return not (self.negated or self.unreal)

    def has_verb(self, *lemmas: str) -> bool:
        """Whether the verb is one of those."""
        return self.verb is not None and self.verb.lemma in lemmas
