"""How failures answer: the tree of `graph.errors` mapped to HTTP, in one place.

Programs get `application/problem+json` (RFC 9457), browsers a page. Neither ever shows a stack trace, and faults of the
service itself (5xx) do not show their message either, since it may name paths; it goes to the log.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from graph.errors import (
    AmbiguousNameError,
    AnswerTooLongError,
    ClientGoneError,
    ConflictError,
    DataError,
    EndpointError,
    EvidenceError,
    LimitError,
    LookupFailedError,
    PodiumError,
    QueryError,
    QueryMemoryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    ReaderLostError,
    RulingError,
    StoreBusyError,
    StoreError,
    StoreFullError,
    TakenError,
    TooBusyError,
    UnreadableError,
    WithdrawnError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

PROBLEM = "application/problem+json"

# The most special class comes first: the first that fits decides.
_STATUS: tuple[tuple[type[PodiumError], HTTPStatus], ...] = (
    (QueryRefusedError, HTTPStatus.FORBIDDEN),
    (QueryTimeoutError, HTTPStatus.SERVICE_UNAVAILABLE),
    (AnswerTooLongError, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (QueryMemoryError, HTTPStatus.INSUFFICIENT_STORAGE),
    (QueryError, HTTPStatus.BAD_REQUEST),
    (DataError, HTTPStatus.BAD_REQUEST),
    (TooBusyError, HTTPStatus.TOO_MANY_REQUESTS),
    (ClientGoneError, HTTPStatus.BAD_REQUEST),  # which nobody reads
    (ConflictError, HTTPStatus.PRECONDITION_FAILED),
    (WithdrawnError, HTTPStatus.GONE),
    (AmbiguousNameError, HTTPStatus.MULTIPLE_CHOICES),
    (LookupFailedError, HTTPStatus.NOT_FOUND),
    (TakenError, HTTPStatus.CONFLICT),
    (UnreadableError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (RulingError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (EvidenceError, HTTPStatus.INTERNAL_SERVER_ERROR),
    (ReaderLostError, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreBusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreFullError, HTTPStatus.INSUFFICIENT_STORAGE),
    (StoreError, HTTPStatus.INTERNAL_SERVER_ERROR),
    (EndpointError, HTTPStatus.BAD_GATEWAY),
    (PodiumError, HTTPStatus.INTERNAL_SERVER_ERROR),
)

_OWN_FAULT = "The service could not answer; its log says why. Try again, or tell whoever runs it."


class AddressError(PodiumError):
    """The address that the service should listen on cannot be had."""


def status_of(error: PodiumError) -> HTTPStatus:
    """The HTTP status that a failure answers with."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def wants_html() -> bool:
    """Whether the client is a browser: it names HTML, and nothing else it names is liked better."""
    offers = [PROBLEM, "application/json", "text/html"]
    return request.accept_mimetypes.best_match(offers) == "text/html"


def problem(
    status: int,
    detail: str,
    *,
    title: str | None = None,
    more: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An error answer in the form the client reads; `more` adds members to the JSON, `headers` to the response."""
    name = title or HTTPStatus(status).phrase
    if wants_html():
        response = Response(render_template("error.html", status=status, title=name, detail=detail), status)
    else:
        body = {"type": "about:blank", "title": name, "status": status, "detail": detail, **(more or {})}
        response = Response(json.dumps(body, ensure_ascii=False), status, content_type=PROBLEM)
    response.headers.update(headers or {})
    response.vary.add("Accept")
    return response


def place(error: PodiumError) -> dict[str, object]:
    """What a failure knows beyond its message: line and column of a query, a limit, candidates for a name."""
    if isinstance(error, LimitError):
        return {"limit": error.limit, "value": error.value}
    if isinstance(error, QuerySyntaxError | DataError):
        return {key: value for key, value in (("line", error.line), ("column", error.column)) if value is not None}
    if isinstance(error, AmbiguousNameError):
        return {
            "candidates": [{"iri": iri, "label": label, "description": text} for iri, label, text in error.candidates]
        }
    return {}


def _note(error: PodiumError) -> None:
    """What the request log says of a failure beyond its status."""
    log = request.environ.get("podium.log")
    if log is not None and isinstance(error, LimitError):
        log["outcome"] = error.limit


def register(app: Flask) -> None:
    """Hang the handlers on the app."""

    @app.errorhandler(PodiumError)
    def _podium(error: PodiumError) -> Response:
        status = status_of(error)
        _note(error)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, LimitError | EndpointError):
            app.logger.error("%s %s: %s", request.method, request.path, error)
            return problem(status, _OWN_FAULT)
        headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooBusyError) else None
        return problem(status, str(error), more=place(error), headers=headers)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        given = error.get_response()
        kept = {name: value for name, value in given.headers.items() if name in {"Allow", "Retry-After", "Accept-Post"}}
        detail = error.description or ""
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            detail = (
                f"{request.method} is not offered here; this address takes {', '.join(sorted(error.valid_methods))}."
            )
        return problem(error.code or 500, detail, headers=kept)

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> Response:
        app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, _OWN_FAULT)
