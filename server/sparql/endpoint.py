"""The routes of `/sparql`: what a request asks is told apart here and answered elsewhere."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request
from pyoxigraph import RdfFormat
from werkzeug.exceptions import BadRequest, NotAcceptable

from graph.errors import QueryError
from graph.sparql.linting import lint
from server import audit, evaluating, validators
from server.auth import require
from server.description import description
from server.negotiation import content_type
from server.service import settings, source
from server.sparql import formats, helping, requests, workbench

if TYPE_CHECKING:
    from graph.store.base import Answer
    from server.sparql.formats import Wanted
    from server.sparql.requests import Asked

blueprint = Blueprint("sparql", __name__)

_EXTENSIONS = {"srj": "json", "srx": "xml"}  # by which more programs know what to do with a file


@blueprint.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def endpoint() -> Response:
    """Answer a query, run an update, or describe the endpoint where neither is asked."""
    asked = requests.read()
    if asked.update is not None:
        return _updated(asked, asked.update)
    wanted = formats.wanted(asked.named, request.headers.get("Accept", ""))
    if asked.query is None:
        return _without_query(asked, wanted)
    return _answered(asked, asked.query, wanted)


@blueprint.after_request
def _what_is_taken(response: Response) -> Response:
    """Tells who asks, or sent something else, which bodies a POST may have."""
    if request.method == "OPTIONS" or response.status_code == HTTPStatus.UNSUPPORTED_MEDIA_TYPE:
        response.headers["Accept-Post"] = requests.ACCEPTED
    return response


def _updated(asked: Asked, text: str) -> Response:
    token = require("update")
    with audit.recorded(token, "update", text):
        absent = helping.absent(asked.choice, of_update=True)
        left_out = evaluating.update(text, asked.choice, seconds=asked.seconds)
    response = evaluating.done(HTTPStatus.NO_CONTENT)
    evaluating.warn(response, (*absent, *left_out))
    return response


def _answered(asked: Asked, query: str, wanted: Wanted) -> Response:
    tag = _tag(asked, query, wanted)
    if validators.unchanged(tag):
        return validators.not_modified(tag)
    if asked.says("explain"):
        response = _explained(asked, query, wanted)
    elif wanted.a_page:
        response = _for_people(asked, query, wanted)
    else:
        response = _data(asked, _evaluated(asked, query, wanted), wanted)
    evaluating.warn(response, map(str, lint(query)))
    evaluating.warn(response, (*helping.absent(asked.choice), *helping.unasked(query)))
    return validators.label(response, tag)


def _tag(asked: Asked, query: str, wanted: Wanted) -> str | None:
    """The entity tag of an answer that the same dataset would give again."""
    if not evaluating.repeatable(query):
        return None
    return validators.tag(query, *formats.shaping(wanted, asked.parameters))


def _evaluated(asked: Asked, query: str, wanted: Wanted) -> Answer:
    if asked.says("provenance"):
        return helping.traced(asked, query, wanted)
    results, graphs = wanted.written
    return evaluating.answer(query, results=results, graphs=graphs, choice=asked.choice, seconds=asked.seconds)


def _data(asked: Asked, answer: Answer, wanted: Wanted) -> Response:
    offer = wanted.offer(answer.format)
    # Labelled as it was asked for: an alias is a type that the client said it takes, the canonical one perhaps not.
    response = evaluating.written(answer, content_type(offer.media_type))
    response.vary.add("Accept")
    if asked.says("download"):
        extension = _EXTENSIONS.get(answer.format.file_extension, answer.format.file_extension)
        response.headers["Content-Disposition"] = f'attachment; filename="podium.{extension}"'
    return response


def _for_people(asked: Asked, query: str, wanted: Wanted) -> Response:
    """The form with the answer or the complaint, or data where the client wants no page for this kind of answer."""

    def take(answer: Answer) -> Response | None:
        return None if wanted.offer(answer.format).format is None else _data(asked, answer, wanted)

    try:
        return workbench.shown(asked, lambda: _evaluated(asked, query, wanted), take)
    except QueryError as error:
        return workbench.page(asked, complaint=error)


def _explained(asked: Asked, query: str, wanted: Wanted) -> Response:
    """What the query means: on the page, or as JSON for who asks for no page or for nothing in particular."""
    if not wanted.a_page:
        return helping.explained(asked, query)
    try:
        return workbench.page(asked, explanation=helping.explanation(asked, query))
    except QueryError as error:
        return workbench.page(asked, complaint=error)


def _without_query(asked: Asked, wanted: Wanted) -> Response:
    if request.method == "POST":
        raise BadRequest("The request holds no query; send one as the form field 'query'.")
    if wanted.graphs is None:
        raise NotAcceptable(formats.acceptable(RdfFormat.TURTLE))
    if wanted.graphs.format is None:
        return workbench.page(asked)
    said = description(request.base_url, request.root_url, wanted.graphs.format, source(), settings())
    response = Response(said, content_type=content_type(wanted.graphs.media_type))
    response.vary.add("Accept")
    return response
