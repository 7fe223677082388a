"""Pages and exports have entity tags too, and are not made anew for a client that has them (see `validators`)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Flask, g, request

from server import validators

if TYPE_CHECKING:
    from flask import Response

_OTHERWISE = frozenset(
    {"sparql", "graphstore", "watching", "curation", "trust"}
)  # blueprints whose answers follow from more, or from less


def register(app: Flask) -> None:
    """Tags the answers of an app, and answers 304."""
    app.before_request(_unchanged)
    app.after_request(_tagged)


def _unchanged() -> Response | None:
    if request.method not in {"GET", "HEAD"} or request.blueprint is None or request.blueprint in _OTHERWISE:
        return None
    # From before the look-up: what is read after a write in between gets a tag too old, which only costs a request.
    shaping = (request.query_string, request.scheme, request.host, request.headers.get("Accept", ""))
    g.podium_tag = validators.tag(*shaping)
    return validators.not_modified(g.podium_tag) if validators.unchanged(g.podium_tag) else None


def _tagged(response: Response) -> Response:
    if response.status_code == HTTPStatus.PERMANENT_REDIRECT and "Cache-Control" not in response.headers:
        # That two names are one may be taken back, and browsers would never ask again.
        response.headers["Cache-Control"] = validators.KEEP
    if "podium_tag" in g and "Cache-Control" not in response.headers:
        validators.label(response, g.podium_tag)
    return response
