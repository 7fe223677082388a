"""What an article says, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import wording
from graph.browsing.describing import describe, local, object_words
from graph.browsing.evidence import view_of
from graph.browsing.values import Fact, Section

if TYPE_CHECKING:
    from graph.store.base import Row, Source


def article_sections(source: Source, iri: str, headline: str) -> list[Section]:
    """One section with every claim in the order of the text; the evidence of each is its sentence here."""
    rows = source.select(queries.load("article-claims"), {"x": URIRef(iri)})
    described = describe(source, _things(rows.rows))
    facts = []
    for row in rows:
        subject, predicate, value = described[str(row["s"])], str(row["p"]), str(row["o"])
        slots = subject.placeholders() | {
            "subject": subject.name,
            "object": object_words(predicate, value, described),
        }
        words = wording.sentence(subject.kind, local(predicate), slots)
        seen = replace(view_of({**row, "article": URIRef(iri)}), headline=headline)
        facts.append(Fact(subject.iri, predicate, value, words, (seen,)))
    return [Section("What it says", tuple(facts), total=len(facts))] if facts else []


def _things(rows: tuple[Row, ...]) -> set[str]:
    return {str(row["s"]) for row in rows} | {str(row["o"]) for row in rows if isinstance(row["o"], URIRef)}
