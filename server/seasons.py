"""`/person/SLUG/season/YEAR`: one season of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template
from rdflib import URIRef

from graph import queries
from graph.browsing import successor
from graph.browsing.seasons import season as load_season
from server.entities import iri_of
from server.personpages import COLUMNS
from server.resultlists import HEADINGS
from server.service import page_of, source

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

blueprint = Blueprint("seasons", __name__)


@blueprint.get("/person/<slug>/season/<int(max=9999):year>")
def season(slug: str, year: int) -> AnyResponse | str:
    """The results of a calendar year in order, with bests, medals and places; 404 where there is none."""
    this = iri_of("person", slug)
    if (new := successor(source(), this)) is not None:
        return redirect(f"{page_of(new)}/season/{year}", 308)
    return render_template(
        "season.html",
        season=load_season(source(), this, year),
        keys=COLUMNS,
        headings=HEADINGS,
        sparql_query=queries.with_values(queries.load("page-person"), "x", [URIRef(this)]),
    )
