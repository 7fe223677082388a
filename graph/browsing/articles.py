"""What an article says, sentence by sentence, where in its text, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import wording
from graph.browsing.describing import as_date, describe, kind_of, local, object_words
from graph.browsing.evidence import view_of
from graph.browsing.passages import Name, Paragraph, Quote, paragraphs
from graph.browsing.values import Dispute, Fact, Piece, Section
from graph.errors import LookupFailedError

if TYPE_CHECKING:
    from datetime import date

    from graph.browsing.values import EvidenceView
    from graph.store.base import Row, Source

_MENTIONED = ("person", "club", "series", "country", "place")  # the kinds that are listed, in this order


@dataclass(frozen=True, slots=True)
class Said:
    """A fact as the article says it. One that does not stand is outvoted by others; `rejected` are readings that a
    curator found wrong.
    """

    fact: Fact
    view: EvidenceView
    stands: bool
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence from which something was read; numbers count from 1 in the order of the text."""

    number: int
    quote: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article. `paragraphs` are its text, or its sentences alone where no text is at hand.

    `mentioned` has those it names by kind, `copies` the articles of the same text, `original` the one of them that
    counts. `withdrawn` is when it was taken out (a point in time, ISO), with its `reason`.
    """

    iri: str
    headline: str
    date: date | None
    source: str
    author: str
    url: str
    sentences: tuple[Sentence, ...]
    paragraphs: tuple[Paragraph, ...]
    whole: bool
    mentioned: tuple[tuple[str, tuple[Piece, ...]], ...]
    copies: tuple[Piece, ...]
    original: str | None
    withdrawn: str | None = None
    reason: str = ""

    @property
    def fallen(self) -> tuple[Said, ...]:
        """What the article says and the facts do not."""
        return tuple(said for sentence in self.sentences for said in sentence.said if said.rejected or not said.stands)


def article(source: Source, iri: str, text: str | None = None) -> ArticlePage:
    """The article of that IRI; `text` is what is stored of it, where it may be shown.

    Raises LookupFailedError if the source says nothing of it.
    """
    known: dict[str, str] = {}
    for row in source.select(queries.load("statements"), {"x": URIRef(iri)}):
        known.setdefault(local(str(row["p"])), str(row["o"]))
    if not known:
        raise LookupFailedError(iri, f"the graph says nothing of {iri}; look for its name.")
    headline = known.get("headline", local(iri))
    sentences = _sentences(source, iri, headline)
    around = source.select(queries.load("article-surroundings"), {"x": URIRef(iri)}).rows
    quotes = [Quote(one.number, one.said[0].view.start, one.said[0].view.end, one.quote) for one in sentences]
    names = [Name(int(str(row["start"])), int(str(row["end"])), str(row["e"])) for row in around if "e" in row]
    shown = paragraphs(text, quotes, names)
    if shown and len(shown[0].bits) == 1 and shown[0].bits[0].text == headline:
        shown = shown[1:]  # stored texts begin with it, and the page has it already
    here = "sha256" in known  # one that was withdrawn and came back has its checksum again
    return ArticlePage(
        iri,
        headline,
        as_date(known.get("datePublished", known.get("asOf", ""))),
        known.get("publisher", ""),
        known.get("author", ""),
        known.get("url", ""),
        sentences,
        shown,
        text is not None and not any(paragraph.gap for paragraph in shown),
        _mentioned(source, around),
        tuple(sorted({Piece(str(r["headline"]), str(r["copy"])) for r in around if "copy" in r}, key=lambda p: p.text)),
        known.get("copyOf"),
        None if here else known.get("invalidatedAtTime"),
        known.get("reason", ""),
    )


def article_sections(source: Source, iri: str, headline: str) -> list[Section]:
    """One section with every claim in the order of the text; the evidence of each is its sentence here."""
    facts = tuple(said.fact for sentence in _sentences(source, iri, headline) for said in sentence.said)
    return [Section("What it says", facts, total=len(facts))] if facts else []


def _sentences(source: Source, iri: str, headline: str) -> tuple[Sentence, ...]:
    rows = source.select(queries.load("article-claims"), {"x": URIRef(iri)}).rows
    described = describe(source, _things(rows))
    found: dict[tuple[int, int], dict[tuple[str, str, str], Said]] = {}
    for row in rows:
        subject, predicate, value = described[str(row["s"])], str(row["p"]), str(row["o"])
        slots = subject.placeholders() | {
            "subject": subject.name,
            "object": object_words(predicate, value, described),
        }
        words = wording.sentence(subject.kind, local(predicate), slots)
        view = replace(view_of({**row, "article": URIRef(iri)}), headline=headline)
        dispute = Dispute(str(row["conflict"]), "choice" in row) if "conflict" in row else None
        fact = Fact(subject.iri, predicate, value, words, (view,), dispute=dispute)
        place = found.setdefault((view.start, view.end), {})
        place.setdefault(
            (fact.subject, fact.predicate, fact.object),
            Said(fact, view, str(row["stands"]) == "true", str(row["rejected"]) == "true"),
        )
    return tuple(
        Sentence(number, next(iter(said.values())).view.quote, tuple(said.values()))
        for number, (_, said) in enumerate(sorted(found.items()), 1)
    )


def _things(rows: tuple[Row, ...]) -> set[str]:
    return {str(row["s"]) for row in rows} | {str(row["o"]) for row in rows if isinstance(row["o"], URIRef)}


def _mentioned(source: Source, around: tuple[Row, ...]) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    by_kind: dict[str, set[Piece]] = {}
    for row in around:
        if "e" in row:
            entity = str(row["e"])
            by_kind.setdefault(kind_of(source, entity), set()).add(Piece(str(row.get("label", local(entity))), entity))
    order = [kind for kind in _MENTIONED if kind in by_kind] + sorted(by_kind.keys() - set(_MENTIONED))
    return tuple((kind, tuple(sorted(by_kind[kind], key=lambda piece: piece.text))) for kind in order)
