"""What opens under a line of results: its sentences, each with all that was read from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.browsing.values import EvidenceView, Fact


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
