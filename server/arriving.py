"""`POST /articles` and `DELETE /articles/ID`: articles come and are withdrawn over HTTP."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest

from graph.articles.metadata import FIELDS, options_of
from graph.browsing import in_words
from graph.errors import TakenError, UnreadableError
from ontology.iris import iri
from server import audit, auth, documents, errors, service
from server.plainjson import jsonable
from server.reports import changes_of, row
from server.writing import writer

if TYPE_CHECKING:
    from graph.articles import Options
    from graph.pipeline import Report

blueprint = Blueprint("arriving", __name__)

_SWITCHES = {"true": True, "1": True, "": True, "false": False, "0": False}
_STATUS = {"added": HTTPStatus.CREATED, "replaced": HTTPStatus.OK, "unchanged": HTTPStatus.OK}
_LONGEST_REASON = 1000  # code points


@blueprint.post("/articles")
def arrive() -> Response:
    """Read what is sent, or lies at `?url=` where nothing is, and store what it says; one report for each article."""
    token = auth.require("ingest")
    _check_parameters({*FIELDS, "replace", "unscreened"})
    replace, unscreened = _switch("replace"), _switch("unscreened")
    options = _options()
    sent = documents.fetched(options.url, options) if options.url and _without_body() else documents.sent(options)
    with audit.recorded(token, "ingest", request.full_path.rstrip("?")) as line:
        reports = list(writer().ingest(sent.documents, replace=replace, screen=not unscreened))
        line["articles"] = [[report.article, report.outcome] for report in reports]
    if sent.several or len(reports) != 1:
        entries = [_entry(report) | {"status": _status(report)} for report in reports]
        response = jsonify(articles=entries, version=service.source().version)
        response.status_code = HTTPStatus.MULTI_STATUS
        return response
    return _alone(reports[0])


@blueprint.delete("/articles/<identifier>")
def withdraw(identifier: str) -> Response:
    """Withdraw an article and the facts that only it supports, and say which these are."""
    token = auth.require("ingest")
    _check_parameters({"reason"})
    reason = request.args.get("reason", "").strip()
    if not reason or len(reason) > _LONGEST_REASON:
        raise BadRequest(f"Say in ?reason= why the article is withdrawn, in 1 to {_LONGEST_REASON} characters.")
    with audit.recorded(token, "retract", identifier):
        done = writer().retract(identifier, reason, by=token.name)
    source = service.source()
    facts = in_words(source, done.facts, done.known)
    return jsonify(
        article=done.article,
        iri=iri("article", done.article, source.base),
        facts=jsonable(facts),
        version=source.version,
    )


def _check_parameters(known: set[str]) -> None:
    if unknown := sorted(set(request.args) - known):
        raise BadRequest(f"'{unknown[0][:60]}' is no parameter here; known are {', '.join(sorted(known))}.")


def _switch(name: str) -> bool:
    written = request.args.get(name, "false").casefold()
    if written not in _SWITCHES:
        raise BadRequest(f"'{name}' is true or false, not '{written[:60]}'.")
    return _SWITCHES[written]


def _without_body() -> bool:
    return not request.content_length and "Transfer-Encoding" not in request.headers


def _options() -> Options:
    """The metadata in the address."""
    try:
        return options_of("the address", {name: request.args[name] for name in FIELDS if name in request.args})
    except UnreadableError as error:
        raise BadRequest(f"{error}.") from error


def _entry(report: Report) -> dict[str, Any]:
    source = service.source()
    changes = changes_of(source, report.correction) if report.correction else None
    return {name: jsonable(value) for name, value in row(report, source.base, changes).items()}


def _status(report: Report) -> HTTPStatus:
    if isinstance(report.error, TakenError):
        return HTTPStatus.CONFLICT
    return _STATUS.get(report.outcome, HTTPStatus.UNPROCESSABLE_ENTITY)


def _alone(report: Report) -> Response:
    """The report of the one article that was sent, as the answer's own status."""
    status, entry = _status(report), _entry(report)
    if status >= HTTPStatus.BAD_REQUEST:
        return errors.problem(status, str(report.error), more=entry)
    response = jsonify(**entry, version=service.source().version)
    response.status_code = status
    if page := service.page_of(str(entry["iri"])):
        response.headers["Location"] = page
    return response
