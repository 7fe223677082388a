"""The page about a club or training group."""

from __future__ import annotations

from itertools import groupby

from flask import Response, render_template
from rdflib import URIRef

from graph import queries
from graph.browsing import club
from graph.browsing.profile import Asked
from server.cardpages import representations
from server.resultlists import HEADINGS, pages_asked
from server.service import source

_MEDALS = ("date", "athlete", "competition", "discipline", "mark", "medal")  # columns


def page(this: str) -> Response:
    """The page about a club; raises LookupFailedError where nothing is said of the IRI."""
    found = club(source(), this, Asked(pages=pages_asked()))
    text = render_template(
        "club.html",
        club=found,
        entity=found.entity,
        aliases=found.aliases,
        representations=representations(this),
        parts=[(part, list(groups)) for part, groups in groupby(found.groups, key=lambda group: group.part)],
        medal_keys=_MEDALS,
        headings=HEADINGS,
        sparql_query=queries.with_values(queries.load("page-club"), "x", [URIRef(this)]),
    )
    return Response(text)
