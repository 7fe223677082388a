"""An article read by the rules, and then by optional extractors whose proposals pass the guards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.errors import PodiumError, ProposerError, ShapeError
from graph.extraction import listen
from graph.pipeline.ingesting import ingest_extractions
from graph.pipeline.opening import memory_store
from graph.proposals import accept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.model import Article, Document, Extraction
    from graph.problems import Problem
    from graph.proposals import Proposer, Verdict


@dataclass(frozen=True, slots=True)
class Enriched:
    """What an article asserts, what became of each proposal, and which extractors failed on it.

    One that failed is not among the extraction's `proposers`, so that it is asked again.
    """

    extraction: Extraction
    verdicts: tuple[Verdict, ...] = ()
    failures: tuple[ProposerError, ...] = ()


def read_with(document: Document, proposers: Sequence[Proposer]) -> Enriched:
    """The facts of a document, those that extractors propose included."""
    extraction, hearing = listen(document)
    verdicts: list[Verdict] = []
    failures: list[ProposerError] = []
    for proposer in proposers:
        try:
            proposals = list(proposer.propose(document))
        except ProposerError as error:
            failures.append(error)
            continue
        asked = replace(extraction, proposers=(*extraction.proposers, proposer.name))
        shapes = _Shapes(document.article, asked)
        extraction, told = accept(document, asked, hearing, proposals)
        if extraction is not asked and not shapes.allow(extraction):
            extraction, told = accept(document, asked, hearing, proposals, shapes.allow)
        verdicts += told
    return Enriched(extraction, tuple(verdicts), tuple(failures))


class _Shapes:
    """Whether an article's graph keeps to the shapes with more facts in it as well as it did before."""

    def __init__(self, article: Article, before: Extraction) -> None:
        self._article = article
        self._before = before
        self._known: frozenset[Problem] | None = None

    def allow(self, extraction: Extraction) -> bool:
        """Whether nothing is broken that was whole."""
        try:
            broken = self._broken(extraction)
        except (PodiumError, ValueError):  # a name of which no IRI can be made
            return False
        if broken and self._known is None:
            self._known = self._broken(self._before)
        return not broken or broken <= (self._known or frozenset())

    def _broken(self, extraction: Extraction) -> frozenset[Problem]:
        with memory_store() as store:
            for report in ingest_extractions(store, [(self._article, extraction)]):
                if isinstance(report.error, ShapeError):
                    return frozenset(problem for found in report.error.problems.values() for problem in found)
                if report.error is not None:
                    raise report.error
        return frozenset()
