"""The unit that every stage of the reading works on: a typed piece of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Kinds of chunk. Words and punctuation that belong to nothing else are "word" and "punct".
#   person country demonym place series level discipline mark number ordinal medal date year round sex age
#   champion holder medallist record crown role kin verb modal neg ...


@dataclass(slots=True)
class Chunk:
    """A piece of a document's text: `kind`, the lower-case `lemma`, its span, and a value that depends on the kind."""

    kind: str
    text: str
    start: int
    end: int
    lemma: str = ""
    value: Any = None
    inner: tuple[Chunk, ...] = ()
    """Chunks attached to a person: titles, roles, country, age."""

    def __post_init__(self) -> None:
        if not self.lemma:
            self.lemma = self.text.lower()

    def __repr__(self) -> str:
        return f"<{self.kind} {self.text!r}>"
