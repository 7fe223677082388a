"""`/sparql`: the SPARQL 1.1 protocol for queries, and a form for people.

GET with `query=`, POST of a form, POST of `application/sparql-query`. Updates are refused. Without a query a browser
gets the form, everybody else the service description.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request
from pyoxigraph import QueryResultsFormat, RdfFormat
from werkzeug.exceptions import BadRequest, Forbidden, NotAcceptable, UnsupportedMediaType

from graph.errors import QueryError
from graph.store.base import Answer, GraphChoice
from server import errors, negotiation
from server.description import description
from server.examples import examples
from server.negotiation import AnyFormat, Named, Offer
from server.service import source
from server.tables import Table, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.datastructures import MultiDict

blueprint = Blueprint("sparql", __name__)

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_REFUSED = "This service answers queries and takes no updates; use SELECT, ASK, CONSTRUCT or DESCRIBE."


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request in the protocol's terms; no `query`: none was sent."""

    query: str | None
    choice: GraphChoice
    named: Named | None


@blueprint.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer a query, or describe the endpoint where none is asked."""
    asked = _asked()
    results = _negotiated(asked.named, negotiation.RESULT_OFFERS)
    graphs = _negotiated(asked.named, negotiation.GRAPH_OFFERS)
    if asked.query is None:
        return _without_query(graphs)
    if results is None and graphs is None:
        raise NotAcceptable(_acceptable())
    if not _is_page(results) and not _is_page(graphs):
        return _data(_answer(asked, results, graphs), results, graphs)
    return _for_people(asked, results, graphs)


def _asked() -> _Asked:
    """The request as read from wherever its method puts things; raises the HTTP error of a request that is none."""
    parameters: MultiDict[str, str] = request.args
    query: str | None = None
    if request.method == "POST":
        if request.mimetype == _UPDATE:
            raise Forbidden(_REFUSED)
        if request.mimetype == _DIRECT:
            try:
                query = request.get_data().decode("utf-8")
            except UnicodeDecodeError as error:
                raise BadRequest(f"The query is not UTF-8 (byte {error.start}).") from error
        elif request.mimetype == _FORM:
            parameters = request.form
        else:
            raise UnsupportedMediaType(f"Send the query as {_FORM} or {_DIRECT}, not as '{request.mimetype}'.")
    if "update" in parameters:
        raise Forbidden(_REFUSED)
    given = parameters.getlist("query") + ([] if query is None else [query])
    if len(given) > 1:
        raise BadRequest("Send one query at a time; this request holds several.")
    choice = GraphChoice(tuple(parameters.getlist("default-graph-uri")), tuple(parameters.getlist("named-graph-uri")))
    return _Asked(given[0] if given else None, choice, _named(parameters.get("format")))


def _named(text: str | None) -> Named | None:
    if not text:
        return None
    found = negotiation.named(text)
    if found is None:
        raise BadRequest(f"'{text}' is no format; choose one of {', '.join(negotiation.NAMES)}.")
    return found


def _negotiated(asked: Named | None, offers: Sequence[Offer[AnyFormat]]) -> Offer[AnyFormat] | None:
    """The offer to answer with, if the query's answer is of this family; None: nothing that the client takes."""
    if asked is None:
        return negotiation.best(request.accept_mimetypes, offers, html=True)
    if asked.html:
        return Offer(negotiation.HTML, None)
    wanted = (asked.results, asked.graphs)
    return next((offer for offer in offers if offer.format in wanted), None)


def _is_page(offer: Offer[QueryResultsFormat] | Offer[RdfFormat] | None) -> bool:
    return offer is not None and offer.format is None


def _answer(asked: _Asked, results: Offer[QueryResultsFormat] | None, graphs: Offer[RdfFormat] | None) -> Answer:
    """The answer in the formats chosen; where a family has none, in one that is thrown away or shown on a page."""
    return source().answer(
        asked.query or "",
        results=(results and results.format) or QueryResultsFormat.JSON,
        graphs=(graphs and graphs.format) or RdfFormat.TURTLE,
        choice=asked.choice if asked.choice.default or asked.choice.named else None,
    )


def _data(answer: Answer, results: Offer[QueryResultsFormat] | None, graphs: Offer[RdfFormat] | None) -> Response:
    offer = graphs if isinstance(answer.format, RdfFormat) else results
    if offer is None or offer.format is None:
        raise NotAcceptable(_acceptable(answer.format))
    # Labelled as it was asked for: an alias is a type that the client said it takes, the canonical one perhaps not.
    response = Response(answer.chunks, content_type=negotiation.content_type(offer.media_type))
    response.vary.add("Accept")
    return response


def _for_people(asked: _Asked, results: Offer[QueryResultsFormat] | None, graphs: Offer[RdfFormat] | None) -> Response:
    """The form with the answer or the complaint, or data where the client wants no page for this kind of answer."""
    try:
        answer = _answer(asked, results, graphs)
        if not _is_page(graphs if isinstance(answer.format, RdfFormat) else results):
            return _data(answer, results, graphs)
        return _page(asked.query or "", answered=table(source(), answer))
    except QueryError as error:
        return _page(asked.query or "", complaint=error)


def _page(query: str, *, answered: Table | None = None, complaint: QueryError | None = None) -> Response:
    status = errors.status_of(complaint) if complaint else HTTPStatus.OK
    page = render_template("sparql.html", query=query, answer=answered, complaint=complaint, examples=examples())
    response = Response(page, status)
    response.vary.add("Accept")
    return response


def _without_query(graphs: Offer[RdfFormat] | None) -> Response:
    if request.method == "POST":
        raise BadRequest("The request holds no query; send one as the form field 'query'.")
    if graphs is None:
        raise NotAcceptable(_acceptable(RdfFormat.TURTLE))
    if graphs.format is None:
        return _page("")
    response = Response(
        description(request.base_url, graphs.format), content_type=negotiation.content_type(graphs.media_type)
    )
    response.vary.add("Accept")
    return response


def _acceptable(answered: QueryResultsFormat | RdfFormat | None = None) -> str:
    """Which formats there are for the kind of answer at hand."""
    results = "SELECT and ASK answer as JSON, XML, CSV or TSV"
    graphs = "graphs come as Turtle, N-Triples, JSON-LD, RDF/XML, TriG or N-Quads"
    if answered is None:
        return f"None of the types asked for can be had: {results}; {graphs}."
    return f"This answer cannot be had in the type asked for: {graphs if isinstance(answered, RdfFormat) else results}."
