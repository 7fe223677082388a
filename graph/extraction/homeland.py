"""The nation that an article means by "national", and by "the team"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.chunks import Chunk, lemma_at
from graph.extraction.clubs import is_college
from graph.extraction.national import HOME, nation_of, nationals
from graph.extraction.nounphrases import Noun

if TYPE_CHECKING:
    from graph.extraction.reading import Reading

_TEAMS = ("team", "squad")
_BEFORE_TEAM = ("the", "a", "an", "men", "women", "'s", "final", "provisional", "senior", "strong", "-", "relay", "of")


def home(reading: Reading) -> str | None:
    """The nation that "national" means: the only one whose body, or which at all, the article speaks of."""
    codes: set[str] = set()
    bodies: set[str] = set()
    for sentence in reading.sentences:
        bodies.update(n.country for n in nationals(sentence.chunks) if n.kind == "body")
        for chunk in sentence.chunks:
            for inner in (chunk, *chunk.inner):
                code = inner.value.demonym if isinstance(inner.value, Noun) else nation_of(inner)
                codes.update([code] if code else ())
    return next((next(iter(found)) for found in (bodies - {HOME}, codes - {HOME}) if len(found) == 1), None)


def fielding(reading: Reading) -> str | None:
    """The nation of "the team": the only one whose team or body the article names; None in college sport."""
    found = {n.country for s in reading.sentences for n in nationals(s.chunks) if n.kind != "contest"} - {HOME}
    return next(iter(found)) if len(found) == 1 and not is_college(reading.document.text) else None


def names_team(chunks: list[Chunk]) -> bool:
    """Whether a row speaks of the team without saying whose: "has been drafted into the team", "a 12-strong squad"."""
    for index, chunk in enumerate(chunks):
        if chunk.lemma in _TEAMS and chunk.kind in ("word", "verb"):
            before = lemma_at(chunks, index - 1) if index else ""
            return before in _BEFORE_TEAM or (index > 0 and chunks[index - 1].kind in ("word", "discipline", "sex"))
    return False
