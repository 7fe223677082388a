"""The page of an entity of any kind without a page of its own: its card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, render_template
from pyoxigraph import RdfFormat
from rdflib import URIRef

from graph import queries
from graph.browsing import card, conflicts
from graph.store.binding import bound
from server.service import page_of, source

if TYPE_CHECKING:
    from graph.browsing.values import Section

FORMS = (RdfFormat.TURTLE, RdfFormat.JSON_LD, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML)  # of the data beside a page


@dataclass(frozen=True, slots=True)
class Form:
    """A link to the data of a page."""

    name: str
    media_type: str
    href: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A section as drawn; `more` counts the facts that were cut."""

    section: Section
    more: int


def representations(this: str) -> list[Form]:
    """The data beside the page about an IRI."""
    path = page_of(this) or "/"
    return [Form(form.name, form.media_type, f"{path}.{form.file_extension}") for form in FORMS]


def page(this: str) -> Response:
    """The card of an IRI as a page; raises LookupFailedError where nothing is said of it."""
    found = card(source(), this)
    disagreement = conflicts(source(), this).shown[0] if found.entity.kind == "conflict" else None
    # The sides of a conflict stand next to each other, in the place of the first section.
    parts = [_part(section) for section in found.sections[1 if disagreement else 0 :]]
    text = render_template(
        "card.html",
        entity=found.entity,
        aliases=found.aliases,
        replaced_by=found.replaced_by,
        disagreement=disagreement,
        parts=parts,
        representations=representations(this),
        sparql_query=_query(this, found.entity.kind),
    )
    return Response(text)


def _query(this: str, kind: str) -> str:
    if kind == "conflict":
        return bound(queries.load("page-conflicts"), {"conflict": URIRef(this)})
    return queries.with_values(queries.load("page-thing"), "x", [URIRef(this)])


def _part(section: Section) -> _Part:
    return _Part(section, max(0, section.total - len(section.facts)))
