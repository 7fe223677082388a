"""`/KIND/SLUG`: the page of an entity, its data beside it under a suffix, and `/id/KIND/SLUG` for its IRI."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, redirect, render_template, request
from pyoxigraph import RdfFormat
from werkzeug.exceptions import NotAcceptable

from graph.browsing import card, conflicts, successor
from graph.export import Scope
from graph.pipeline.tombstones import archive_name
from ontology.iris import KINDS, VOCABULARIES, iri
from server import negotiation
from server.exports import exported
from server.resulttables import ResultTable, Sentence, by_sentence, result_table
from server.service import page_of, source

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from graph.browsing.values import Card, Fact, Section

blueprint = Blueprint("entities", __name__)

_KIND = f"<any({', '.join(sorted(set(KINDS.values())))}):kind>"
_FORMS = (RdfFormat.TURTLE, RdfFormat.JSON_LD, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML)
_SUFFIXES = {form.file_extension: form for form in _FORMS}
_SLUG = re.compile(r"[A-Za-z0-9._-]+")  # nothing else is ever minted, so nothing else need be looked up
_WITH_NAMES = {"person", "club", "series"}  # of which one may turn out to be another
_INVALIDATED = VOCABULARIES["prov"] + "invalidatedAtTime"
_SHA256 = VOCABULARIES["ath"] + "sha256"


@dataclass(frozen=True, slots=True)
class _Form:
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


@blueprint.get(f"/id/{_KIND}/<slug>")
def identified(kind: str, slug: str) -> AnyResponse:
    """From an IRI to what tells about it: the page, or the data for who asks for data."""
    return _see(_data_wanted(), _iri(kind, slug))


@blueprint.get(f"/{_KIND}/<slug>")
def entity(kind: str, slug: str) -> AnyResponse:
    """The page of an entity, or its data where the slug ends in the extension of a format.

    What was found to be another spelling leads to whom it means.
    """
    bare, dot, suffix = slug.rpartition(".")
    form = _SUFFIXES.get(suffix) if dot else None
    this = _iri(kind, bare if form else slug)
    if kind in _WITH_NAMES and (new := successor(source(), this)) is not None:
        return redirect(f"{page_of(new) or '/'}{f'.{suffix}' if form else ''}", 308)
    if form:
        return _data(this, form)
    wanted = _data_wanted()
    return _page(this) if wanted is None else _see(wanted, this)


def _iri(kind: str, slug: str) -> str:
    if not _SLUG.fullmatch(slug):
        abort(404, f"There is no {kind} '{slug[:200]}'.")
    return iri(kind, slug, source().base)


def _data_wanted() -> RdfFormat | None:
    """The format that the client wants rather than a page, or None; raises NotAcceptable where it wants neither."""
    if not request.accept_mimetypes:
        return None
    offers = {negotiation.HTML: None} | {
        offer.media_type: offer.format for offer in negotiation.GRAPH_OFFERS if offer.format in _FORMS
    }
    found = request.accept_mimetypes.best_match(list(offers))
    if found is None:
        raise NotAcceptable("There is a page (text/html) and data as Turtle, JSON-LD, N-Triples and RDF/XML.")
    return offers[found]


def _see(form: RdfFormat | None, this: str) -> AnyResponse:
    path = page_of(this) or "/"
    response = redirect(path if form is None else f"{path}.{form.file_extension}", 303)
    response.vary.add("Accept")
    return response


def _data(this: str, form: RdfFormat) -> Response:
    return exported(Scope("entity", this), form)


def _page(this: str) -> Response:
    found = card(source(), this)
    if (at := _withdrawn(found)) is not None:
        archive = archive_name(this.rpartition("/")[2], at)
        return Response(render_template("gone.html", card=found, archive=archive), 410)
    disagreement = conflicts(source(), this).shown[0] if found.entity.kind == "conflict" else None
    # The sides of a conflict stand next to each other, in the place of the first section.
    parts = [_part(section, found) for section in found.sections[1 if disagreement else 0 :]]
    response = Response(
        render_template("entity.html", card=found, disagreement=disagreement, parts=parts, forms=_forms(this))
    )
    response.vary.add("Accept")
    return response


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


def _forms(this: str) -> list[_Form]:
    path = page_of(this) or "/"
    return [_Form(form.name, form.media_type, f"{path}.{form.file_extension}") for form in _FORMS]
