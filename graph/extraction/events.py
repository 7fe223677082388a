"""What one clause or noun phrase asserts, before names and contests are resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from graph.extraction.contests import Contest, describe

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk
    from graph.extraction.quantities import Mark
    from graph.model import MedalColour, Outcome, RecordKind


@dataclass(eq=False, slots=True)
class Event:
    """A result or best of `who`.

    `ahead` and `behind` are who was beaten by and who beat `who`, `beaten_into` and `beaten_in` the places and marks
    of the former, in their order; `follows` is how many places behind `behind` it was. `record` and `area` say which
    record a best is, `fresh` that it was set in the race being told; `place` is where in the document it is told, 0
    where `who` stands; `together` that three or more did it, as only a relay is run; `career` that it happened more
    than once: "has won it three times".
    """

    kind: Literal["result", "best"]
    who: Chunk
    rule: str
    contest: Contest
    position: int | Outcome | None = None
    mark: Mark | None = None
    medal: MedalColour | None = None
    ahead: list[Chunk] = field(default_factory=list)
    behind: list[Chunk] = field(default_factory=list)
    record: RecordKind | None = None
    area: str | None = None
    fresh: bool = False
    follows: int = 0
    beaten_into: tuple[int, ...] = ()
    beaten_in: tuple[Mark, ...] = ()
    place: int = 0
    together: bool = False
    career: bool = False


def beside(person: Chunk) -> Mark | None:
    """The mark in parentheses behind a name: "Otiwa (3:46.04)"."""
    marks: list[Mark] = [c.value for i in person.inner if i.kind == "aside" for c in i.value if c.kind == "mark"]
    return marks[0] if len(marks) == 1 else None


def contest_beside(person: Chunk) -> Contest | None:
    """The event that stands beside a name: "Otiwa (400m) and Vane (long jump) won", "Otiwa, in the 400m, and ..."."""
    for inner in person.inner:
        if inner.kind == "event":
            told: Contest = inner.value
            return told
        if inner.kind == "aside" and all(c.kind in ("discipline", "sex", "setting", "punct") for c in inner.value):
            return describe(inner.value)
    return None
