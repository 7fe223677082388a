"""What became of an article, as JSON: the same from the command line and over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.iris import iri

if TYPE_CHECKING:
    from graph.browsing.changes import Changes
    from graph.pipeline import Correction, Report
    from graph.store.base import Source


def changes_of(source: Source, made: Correction) -> dict[str, Changes]:
    """What a replaced article changed in what it says itself, and in what the graph believes."""
    from graph.browsing import in_words

    return {
        "article": in_words(source, made.claims, made.known),
        "graph": in_words(source, made.facts, made.known),
    }


def row(report: Report, base: str, changes: dict[str, Changes] | None) -> dict[str, object]:
    """One report; `gained` and `lost` count the claims that the article newly and no longer makes."""
    return {
        "origin": report.origin,
        "outcome": report.outcome,
        "article": report.article,
        "iri": iri("article", report.article, base) if report.article else None,
        "facts": report.statements,
        "gained": report.gained,
        "lost": report.lost,
        "warnings": report.warnings,
        "changes": changes,
        "error": str(report.error) if report.error else None,
    }
