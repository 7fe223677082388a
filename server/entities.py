"""`/KIND/SLUG`: the page of an entity, its data beside it under a suffix, and `/id/KIND/SLUG` for its IRI.

A kind with a page of its own has a module for it, named in `_PAGES`; all others are cards (`server/cardpages.py`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.exceptions import NotAcceptable

from graph.browsing import factcards, successor
from graph.export import Scope
from ontology.iris import KINDS, iri
from server import (
    articlepages,
    cardpages,
    clubpages,
    editionpages,
    factpages,
    negotiation,
    personpages,
    racepages,
    registerpages,
)
from server.cardpages import FORMS
from server.exports import exported
from server.service import page_of, source

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import RdfFormat
    from werkzeug.wrappers import Response as AnyResponse

blueprint = Blueprint("entities", __name__)

KIND = f"<any({', '.join(sorted(set(KINDS.values())))}):kind>"  # of a route
_SUFFIXES = {form.file_extension: form for form in FORMS}
_SLUG = re.compile(r"[A-Za-z0-9._-]+")  # nothing else is ever minted, so nothing else need be looked up
_WITH_NAMES = {"person", "club", "series"}  # of which one may turn out to be another
_PAGES: dict[str, Callable[[str], Response]] = {  # kind -> what makes the page about an IRI
    "article": articlepages.page,
    "club": clubpages.page,
    "person": personpages.page,
    "country": registerpages.country_page,
    "discipline": registerpages.discipline_page,
    "edition": editionpages.edition_page,
    "place": registerpages.place_page,
    "race": racepages.page,
    "series": editionpages.series_page,
    **dict.fromkeys(factcards.KINDS, factpages.page),
}


@blueprint.get(f"/id/{KIND}/<slug>")
def identified(kind: str, slug: str) -> AnyResponse:
    """From an IRI to what tells about it: the page, or the data for who asks for data."""
    return _see(_data_wanted(), iri_of(kind, slug))


@blueprint.get(f"/{KIND}/<slug>")
def entity(kind: str, slug: str) -> AnyResponse:
    """The page of an entity, or its data where the slug ends in the extension of a format.

    What was found to be another spelling leads to whom it means.
    """
    bare, dot, suffix = slug.rpartition(".")
    form = _SUFFIXES.get(suffix) if dot else None
    this = iri_of(kind, bare if form else slug)
    if kind in _WITH_NAMES and (new := successor(source(), this)) is not None:
        return redirect(f"{page_of(new) or '/'}{f'.{suffix}' if form else ''}", 308)
    if form:
        return exported(Scope("entity", this), form)
    wanted = _data_wanted()
    if wanted is not None:
        return _see(wanted, this)
    response = _PAGES.get(kind, cardpages.page)(this)
    response.vary.add("Accept")
    return response


def iri_of(kind: str, slug: str) -> str:
    """The IRI that a path is about. Answers 404 for what no IRI of ours looks like."""
    if not _SLUG.fullmatch(slug):
        abort(404, f"There is no {kind} '{slug[:200]}'.")
    return iri(kind, slug, source().base)


def _data_wanted() -> RdfFormat | None:
    """The format that the client wants rather than a page, or None; raises NotAcceptable where it wants neither."""
    if not request.accept_mimetypes:
        return None
    offers = {negotiation.HTML: None} | {
        offer.media_type: offer.format for offer in negotiation.GRAPH_OFFERS if offer.format in FORMS
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
