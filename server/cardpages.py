"""The page of an entity of any kind without a page of its own: its card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, render_template
from pyoxigraph import RdfFormat

from graph.browsing import card, conflicts
from graph.pipeline.tombstones import archive_name
from ontology.iris import VOCABULARIES
from server.resulttables import ResultTable, Sentence, by_sentence, result_table
from server.service import page_of, source

if TYPE_CHECKING:
    from graph.browsing.values import Card, Fact, Section

FORMS = (RdfFormat.TURTLE, RdfFormat.JSON_LD, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML)  # of the data beside a page
_INVALIDATED = VOCABULARIES["prov"] + "invalidatedAtTime"
_SHA256 = VOCABULARIES["ath"] + "sha256"


@dataclass(frozen=True, slots=True)
class Form:
    """A link to the data of a page."""

    name: str
    media_type: str
    href: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A section as drawn: a table, sentences, or the plain list of its facts; `more` counts what was cut."""

    section: Section
    table: ResultTable | None
    sentences: tuple[Sentence, ...]
    more: int


def forms(this: str) -> list[Form]:
    """The data beside the page about an IRI."""
    path = page_of(this) or "/"
    return [Form(form.name, form.media_type, f"{path}.{form.file_extension}") for form in FORMS]


def page(this: str) -> Response:
    """The card of an IRI as a page; raises LookupFailedError where nothing is said of it."""
    found = card(source(), this)
    if (at := _withdrawn(found)) is not None:
        archive = archive_name(this.rpartition("/")[2], at)
        return Response(render_template("gone.html", card=found, archive=archive), 410)
    disagreement = conflicts(source(), this).shown[0] if found.entity.kind == "conflict" else None
    # The sides of a conflict stand next to each other, in the place of the first section.
    parts = [_part(section, found) for section in found.sections[1 if disagreement else 0 :]]
    text = render_template(
        "card.html",
        entity=found.entity,
        aliases=found.aliases,
        replaced_by=found.replaced_by,
        disagreement=disagreement,
        parts=parts,
        forms=forms(this),
    )
    return Response(text)


def _part(section: Section, found: Card) -> _Part:
    table = result_table(section.rows, found.entity) if section.rows else None
    more = max(0, section.total - len(section.facts) - len(section.rows))
    return _Part(section, table, _sentences(section.facts) if found.entity.kind == "article" else (), more)


def _sentences(facts: tuple[Fact, ...]) -> tuple[Sentence, ...]:
    """What an article says, by sentence in the order of the text; nothing where a fact has no sentence."""
    if not all(fact.evidence for fact in facts):
        return ()
    return tuple(sorted(by_sentence(facts), key=lambda sentence: (sentence.view.start, sentence.view.end)))


def _withdrawn(found: Card) -> str | None:
    """When an article was withdrawn of which only the tombstone is left; one that came back has its checksum again."""
    said = {fact.predicate: fact.object for section in found.sections for fact in section.facts}
    return None if _SHA256 in said else said.get(_INVALIDATED)
