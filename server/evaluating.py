"""Queries and updates of clients on their way to the source: its limits, the client's own, and what is to be told."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Response, request

from graph.errors import QuerySyntaxError
from graph.sparql.tokens import tokens
from graph.store.base import GraphChoice, Limits
from server import service
from server.writing import is_writer, writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from http import HTTPStatus

    from pyoxigraph import QueryResultsFormat, RdfFormat

    from graph.store.base import Answer

_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")
_PERHAPS_RELATIVE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.\-]*:|\s)")
_NEVER_THE_SAME = re.compile(r"(?<![\w:?$])(?:RAND|NOW|UUID|STRUUID)(?:\s|#[^\n\r]*[\n\r])*\(|\bSERVICE", re.IGNORECASE)
_PLACE = re.compile(r"\bline (\d+)\b")
_LONGEST = 500  # characters of a warning


def answer(
    query: str,
    *,
    results: QueryResultsFormat,
    graphs: RdfFormat,
    choice: GraphChoice | None = None,
    seconds: float | None = None,
    union: bool | None = None,
) -> Answer:
    """The source's answer; relative IRIs are resolved against the address asked. `seconds` may lower the time limit.

    `union` overrides what the service has for the default graph of queries that choose none.
    """
    found, text = service.source(), query
    _note(query)
    engine = service.settings().engine
    asked: dict[str, Any] = {
        "results": results,
        "graphs": graphs,
        "choice": choice,
        "union": engine.union if union is None else union,
    }
    if is_writer(type(found)):
        asked |= {"limits": _limits(seconds), "gone": _gone(), "explicit_timeout": seconds is not None}
    if not has_relative_iris(query):
        return _counted(found.answer(text, **asked))
    try:
        return _counted(found.answer(f"BASE <{request.base_url}>\n{query}", **asked))
    except QuerySyntaxError as error:
        raise _a_line_up(error) from error


def _counted(answer: Answer) -> Answer:
    """The answer, of whose rows the request log learns when they have been read."""
    log = _log()
    if log is None:
        return answer

    def chunks() -> Iterator[bytes]:
        try:
            yield from answer.chunks
        finally:
            if hasattr(answer.chunks, "close"):
                answer.chunks.close()
        if (rows := answer.rows()) is not None:
            log["rows"] = rows

    return replace(answer, chunks=chunks())


def written(answer: Answer, content_type: str) -> Response:
    """An answer as a response; to HEAD without its body, but with its length."""
    if request.method != "HEAD":
        return Response(answer.chunks, content_type=content_type)
    response = Response(content_type=content_type)
    response.content_length = sum(len(chunk) for chunk in answer.chunks)
    return response


def update(text: str, choice: GraphChoice | None, *, seconds: float | None) -> tuple[str, ...]:
    """Has the source run an update, and says what of it was left out.

    Relative IRIs are resolved against the address asked.
    """
    _note(text)
    warnings: list[str] = []
    writer().update(
        text,
        choice or GraphChoice(),
        base_iri=request.base_url,
        limits=_limits(seconds),
        gone=_gone(),
        warned=warnings.append,
    )
    return tuple(warnings)


def done(status: HTTPStatus, **headers: str) -> Response:
    """The answer to a write: a status without a body, and so without its type."""
    response = Response(status=status, headers=headers)
    del response.headers["Content-Type"]
    return response


def repeatable(query: str) -> bool:
    """Whether the same dataset gives the same answer: not where a query has RAND, NOW, UUID or SERVICE."""
    return not _NEVER_THE_SAME.search(query)


def warn(response: Response, warnings: Iterable[str]) -> None:
    """Tells the client what to know about its request, each in a `Podium-Warning` of its own, in ASCII."""
    for warning in warnings:
        response.headers.add("Podium-Warning", told(warning))


def told(warning: str) -> str:
    """A warning as a header may hold it."""
    line = " ".join(warning.encode("ascii", "backslashreplace").decode().split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 3] + "..."


def digest(text: str) -> str:
    """What the request log says of a query or update: by it equal ones are found, but not their text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _limits(seconds: float | None) -> Limits:
    limits = service.settings().engine.limits
    if seconds is None or seconds >= limits.seconds:
        return limits
    return Limits(seconds, limits.memory, limits.output)


def _gone() -> Callable[[], bool] | None:
    found: Callable[[], bool] | None = request.environ.get("podium.gone")
    return found


def _note(text: str) -> None:
    log = _log()
    if log is not None:
        log["query_hash"] = digest(text)


def _log() -> dict[str, object] | None:
    """What the request log is told of the request under way, where somebody keeps one."""
    log = request.environ.get("podium.log")
    return log if isinstance(log, dict) else None


def has_relative_iris(query: str) -> bool:
    """Whether the address asked matters to what a query means."""
    if not _PERHAPS_RELATIVE.search(query):
        return False
    return any(token.lastgroup == "iri" and not _ABSOLUTE.match(token.group()) for token in tokens(query))


def _a_line_up(error: QuerySyntaxError) -> QuerySyntaxError:
    """The complaint about a query that had a line put before it, its place counted without."""
    if error.line is None:
        return error
    said = _PLACE.sub(lambda found: f"line {int(found[1]) - 1}", str(error), count=1)
    return QuerySyntaxError(said, error.line - 1, error.column)
