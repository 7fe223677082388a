import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, RdfFormat
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from server import negotiation
from server.negotiation import GRAPH_OFFERS, HTML, RESULT_OFFERS


def best(header, offers=RESULT_OFFERS, *, html=False):
    offer = negotiation.best(parse_accept_header(header, MIMEAccept), offers, html=html)
    return offer and (offer.media_type, offer.format)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", QueryResultsFormat.JSON),
        ("*/*", QueryResultsFormat.JSON),
        ("application/json", QueryResultsFormat.JSON),
        ("text/xml", QueryResultsFormat.XML),
        ("application/sparql-results+xml;q=0.5, text/csv;q=0.6", QueryResultsFormat.CSV),
        ("text/tab-separated-values; charset=utf-8", QueryResultsFormat.TSV),
        ("application/sparql-results+json;q=0, */*;q=0.1", QueryResultsFormat.XML),
    ],
)
def test_negotiation_picks_what_the_client_likes_best(header, expected):
    assert best(header)[1] == expected


def test_negotiation_finds_nothing_for_strangers():
    assert best("image/png") is None
    assert best("text/turtle") is None
    assert best("text/html") is None


def test_negotiation_offers_a_page_last():
    assert best("text/html, */*;q=0.8", html=True) == (HTML, None)
    assert best("*/*", html=True)[1] == QueryResultsFormat.JSON
    assert best("text/html;q=0.5, text/turtle", GRAPH_OFFERS, html=True)[1] == RdfFormat.TURTLE


@pytest.mark.parametrize(
    "text", ["json", "JSON", "text/csv", "application/rdf+xml", "html", "json-ld", "rdf+xml", "nq"]
)
def test_negotiation_knows_formats_by_name_and_media_type(text):
    assert negotiation.named(text)


@given(st.text(max_size=40))
def test_negotiation_survives_any_header(header):
    offer = best(header, html=True)
    assert offer is None or offer[0]


@given(st.text(max_size=40))
def test_negotiation_survives_any_name(text):
    found = negotiation.named(text)
    assert found is None or found.results or found.graphs or found.html
