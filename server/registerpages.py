"""The pages of disciplines, countries and places: what there is to list of each, page by page."""

from __future__ import annotations

from flask import Response, abort, render_template, request
from rdflib import URIRef

from graph import queries
from graph.browsing.countries import country, place
from graph.browsing.disciplines import Wanted, discipline
from server.cardpages import representations
from server.editionpages import SEXES
from server.paging import page_asked
from server.service import source


def discipline_page(this: str) -> Response:
    """The page of a discipline; raises LookupFailedError where nothing is said of it."""
    year = request.args.get("year", "")
    if year and not (year.isascii() and year.isdigit() and len(year) == len("2023")):
        abort(404, f"'{year[:20]}' is no year.")
    wanted = Wanted(
        request.args.get("sex"),
        int(year) if year else None,
        page_asked("marks-page"),
        page_asked("champions-page"),
    )
    found = discipline(source(), this, wanted)
    text = render_template(
        "discipline.html",
        discipline=found,
        iri=this,
        slug=this.rpartition("/")[2],
        sexes=SEXES,
        representations=representations(this),
        sparql_query=queries.with_values(queries.load("page-discipline"), "x", [URIRef(this)]),
    )
    return Response(text)


def country_page(this: str) -> Response:
    """The page of a country; raises LookupFailedError where nothing is said of it."""
    pages = {name: page_asked(f"{name}-page") for name in ("medals", "holders", "athletes")}
    text = render_template(
        "country.html",
        country=country(source(), this, pages),
        iri=this,
        slug=this.rpartition("/")[2],
        sexes=SEXES,
        representations=representations(this),
        sparql_query=queries.with_values(queries.load("page-country"), "x", [URIRef(this)]),
    )
    return Response(text)


def place_page(this: str) -> Response:
    """The page of a place; raises LookupFailedError where nothing is said of it."""
    found = place(source(), this, page_asked("events-page"))
    query = queries.with_values(queries.load("page-place"), "x", [URIRef(this)])
    return Response(
        render_template("place.html", place=found, iri=this, representations=representations(this), sparql_query=query)
    )
