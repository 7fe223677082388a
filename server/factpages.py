"""The pages of single facts: results, medals, records, rankings, tallies, coachings and memberships."""

from __future__ import annotations

from flask import Response, render_template
from rdflib import URIRef

from graph import queries
from graph.browsing.factcards import fact_card
from graph.browsing.paging import paged
from server.cardpages import representations
from server.paging import page_asked
from server.sentences import by_sentence
from server.service import source

_SENTENCES = 40  # on one page


def page(this: str) -> Response:
    """The page about a fact; raises LookupFailedError where nothing is said of it."""
    found = fact_card(source(), this)
    text = render_template(
        "fact.html",
        entity=found.entity,
        card=found,
        sentences=paged(by_sentence(found.facts), page_asked("sentences-page"), _SENTENCES),
        representations=representations(this),
        sparql_query=queries.with_values(queries.load("page-fact"), "x", [URIRef(found.about)]),
    )
    return Response(text)
