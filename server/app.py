"""The app factory: one blueprint per module, the errors, and the headers that every answer carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, request

from graph.browsing.wording import ordinal
from server import (
    arriving,
    articlepages,
    assets,
    caching,
    circles,
    connections,
    contexts,
    curating,
    curation,
    dates,
    describing,
    disagreements,
    entities,
    errors,
    exports,
    feeds,
    graphpictures,
    graphstore,
    headtohead,
    medals,
    navigation,
    networks,
    pages,
    resultfiles,
    safekeeping,
    searching,
    seasons,
    sentencepages,
    service,
    sparql,
    surveys,
    trust,
    watching,
    wellknown,
)
from server.curation.kept import Kept
from server.headers import PREFLIGHT, READING, shared
from server.sparql import vocabulary

if TYPE_CHECKING:
    from graph.store.base import Source
    from server.settings import Settings


def create_app(source: Source, settings: Settings) -> Flask:
    """The service over any source."""
    app = Flask(__name__)
    # werkzeug cuts a body of unknown length off at its limit; one byte more, and the front refuses it before.
    app.config.update(MAX_CONTENT_LENGTH=settings.max_body + 1, MAX_FORM_MEMORY_SIZE=settings.max_body)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(page=service.page_of, link=service.link_of, leads=service.link_of_piece)
    app.jinja_env.filters.update(
        web=service.web_address,
        day=dates.day,
        dated=dates.dated,
        issued=dates.issued,
        ordinal=ordinal,
        sentences_page=sentencepages.sentences_page,
        context=contexts.context_of,
    )
    service.attach(app, source, settings)
    app.extensions["podium.review"] = Kept()
    app.extensions["podium.survey"] = surveys.Kept()
    for module in (
        pages,
        searching,
        sparql,
        vocabulary,
        graphstore,
        exports,
        feeds,
        connections,
        graphpictures,
        networks,
        circles,
        disagreements,
        watching,
        wellknown,
        entities,
        medals,
        resultfiles,
        sentencepages,
        headtohead,
        seasons,
        articlepages,
        arriving,
        curating,
        curation,
        describing,
        safekeeping,
        trust,
    ):
        app.register_blueprint(module.blueprint)
    assets.register(app)
    navigation.register(app)
    errors.register(app)
    caching.register(app)
    feeds.register(app)
    app.after_request(_headers)
    return app


def _headers(response: Response) -> Response:
    log = request.environ.get("podium.log")
    if log is None:
        for name, value in shared(service.settings().cors_origin).items():
            response.headers.setdefault(name, value)
    else:
        log["route"] = request.url_rule.rule if request.url_rule else ""
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(READING & set(response.allow)))
        response.headers.update(PREFLIGHT)
    return response
