"""Which optional extractors there are, as plain values that can go to another process, and how one is made of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from graph.proposals.proposing import Proposer


@dataclass(frozen=True, slots=True)
class SpacyChoice:
    """A spaCy pipeline: an installed package or a folder."""

    model: str


@dataclass(frozen=True, slots=True)
class EndpointChoice:
    """An OpenAI-compatible endpoint, the model to ask there, and the folder where its answers are kept.

    `url` ends before `/chat/completions`; `seconds` is how long one answer may take, `attempts` how often one is asked
    for where the endpoint is busy or fails.
    """

    url: str
    model: str
    cache: Path
    key: str | None = field(default=None, repr=False)
    seconds: float = 120.0
    attempts: int = 4


Choice = SpacyChoice | EndpointChoice


@cache
def open_proposer(choice: Choice) -> Proposer:
    """The extractor, one in each process; raises ProposerError where something of it is not installed."""
    if isinstance(choice, SpacyChoice):
        from graph.proposals.spacypeople import SpacyPeople

        return SpacyPeople(choice.model)
    from graph.proposals.endpoint import Endpoint

    return Endpoint(choice)
