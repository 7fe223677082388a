"""The app factory: one blueprint per module, the errors, and the headers that every answer carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, request

from server import connections, disagreements, entities, errors, exports, pages, service, sparql

if TYPE_CHECKING:
    from datetime import date

    from graph.store.base import Source
    from server.settings import Settings

# No scripts at all, everything from here, forms only to here, in no frame.
_POLICY = (
    "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def create_app(source: Source, settings: Settings) -> Flask:
    """The service over any source."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=settings.max_body, MAX_FORM_MEMORY_SIZE=settings.max_body)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(page=service.page_of, link=service.link_of, leads=service.link_of_piece, day=_day)
    service.attach(app, source, settings)
    for module in (pages, sparql, exports, connections, disagreements, entities):
        app.register_blueprint(module.blueprint)
    errors.register(app)
    app.after_request(_headers)
    return app


def _day(value: date) -> str:
    """A date as people write it."""
    return f"{value.day} {value:%B %Y}"


def _headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    origin = service.settings().cors_origin
    if origin is not None:
        response.headers["Access-Control-Allow-Origin"] = origin
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(response.allow))
            response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
            response.headers["Access-Control-Max-Age"] = "86400"
    return response
