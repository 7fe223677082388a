"""Which format an answer is written in: by `?format=`, else by the Accept header.

pyoxigraph's formats own their media types and extensions; here are only the aliases that clients use for them and the
order in which formats are preferred where the client does not care.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from pyoxigraph import QueryResultsFormat, RdfFormat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.datastructures import MIMEAccept

AnyFormat = TypeVar("AnyFormat", QueryResultsFormat, RdfFormat)

HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Offer(Generic[AnyFormat]):
    """A media type that may be asked for and the format that answers it; no format: a page."""

    media_type: str
    format: AnyFormat | None


@dataclass(frozen=True, slots=True)
class Named:
    """What a value of `?format=` stands for, for tables and for graphs; `html` for a page."""

    results: QueryResultsFormat | None = None
    graphs: RdfFormat | None = None
    html: bool = False


_RESULT_ALIASES = (
    ("application/json", QueryResultsFormat.JSON),
    ("application/xml", QueryResultsFormat.XML),
    ("text/xml", QueryResultsFormat.XML),
)
_GRAPH_ALIASES = (
    ("application/x-turtle", RdfFormat.TURTLE),
    ("text/n3", RdfFormat.TURTLE),  # every Turtle document is an N3 document
    ("application/json", RdfFormat.JSON_LD),
    ("application/xml", RdfFormat.RDF_XML),
    ("text/xml", RdfFormat.RDF_XML),
)
RESULT_FORMATS = (QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV)
GRAPH_FORMATS = (
    RdfFormat.TURTLE,
    RdfFormat.N_TRIPLES,
    RdfFormat.JSON_LD,
    RdfFormat.RDF_XML,
    RdfFormat.TRIG,
    RdfFormat.N_QUADS,
)


def _offers(formats: Sequence[AnyFormat], aliases: Sequence[tuple[str, AnyFormat]]) -> tuple[Offer[AnyFormat], ...]:
    """The formats in order under their media types; then aliases; then the types with the charset some clients add."""
    found: list[Offer[AnyFormat]] = [Offer(bare_type(one), one) for one in formats]
    found += [Offer(media_type, one) for media_type, one in aliases]
    found += [Offer(f"{bare_type(one)};charset=utf-8", one) for one in formats]
    return tuple(found)


def bare_type(one: QueryResultsFormat | RdfFormat) -> str:
    """The media type of a format without parameters."""
    return one.media_type.partition(";")[0]


def content_type(media_type: str) -> str:
    """What a response in a media type is labelled with: text is always UTF-8, and old clients guess otherwise."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") and ";" not in media_type else media_type


RESULT_OFFERS = _offers(RESULT_FORMATS, _RESULT_ALIASES)
GRAPH_OFFERS = _offers(GRAPH_FORMATS, _GRAPH_ALIASES)

NAMES: dict[str, Named] = {
    "json": Named(QueryResultsFormat.JSON, RdfFormat.JSON_LD),
    "xml": Named(QueryResultsFormat.XML, RdfFormat.RDF_XML),
    "csv": Named(QueryResultsFormat.CSV),
    "tsv": Named(QueryResultsFormat.TSV),
    "turtle": Named(graphs=RdfFormat.TURTLE),
    "ttl": Named(graphs=RdfFormat.TURTLE),
    "n3": Named(graphs=RdfFormat.TURTLE),
    "ntriples": Named(graphs=RdfFormat.N_TRIPLES),
    "nt": Named(graphs=RdfFormat.N_TRIPLES),
    "jsonld": Named(graphs=RdfFormat.JSON_LD),
    "json-ld": Named(graphs=RdfFormat.JSON_LD),
    "rdfxml": Named(graphs=RdfFormat.RDF_XML),
    "rdf+xml": Named(graphs=RdfFormat.RDF_XML),
    "rdf": Named(graphs=RdfFormat.RDF_XML),
    "trig": Named(graphs=RdfFormat.TRIG),
    "nquads": Named(graphs=RdfFormat.N_QUADS),
    "nq": Named(graphs=RdfFormat.N_QUADS),
    "html": Named(html=True),
}


def named(text: str) -> Named | None:
    """What a value of `?format=` means: one of `NAMES`, or a media type; None for neither."""
    wanted = text.strip().lower()
    if wanted in NAMES:
        return NAMES[wanted]
    if wanted == HTML:
        return NAMES["html"]
    results = {offer.media_type: offer.format for offer in RESULT_OFFERS}.get(wanted)
    graphs = {offer.media_type: offer.format for offer in GRAPH_OFFERS}.get(wanted)
    return Named(results, graphs) if results or graphs else None


def best(accept: MIMEAccept, offers: Sequence[Offer[AnyFormat]], *, html: bool = False) -> Offer[AnyFormat] | None:
    """The offer that fits the Accept header best, the first of `offers` where there is no header, None if none fits.

    With `html` a page is offered too, after all the rest.
    """
    if not accept:
        return offers[0]
    found = accept.best_match([offer.media_type for offer in offers] + ([HTML] if html else []))
    if found == HTML:
        return Offer(HTML, None)
    return next((offer for offer in offers if offer.media_type == found), None)
