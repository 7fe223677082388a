"""`/health` and `/metrics`: for whoever watches the service."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Blueprint, Flask, Response, current_app, jsonify, request

from graph.errors import PodiumError
from ontology.namespaces import ATH
from server.service import source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.store.base import Source
    from server.front.metrics import Metrics

blueprint = Blueprint("watching", __name__)

_TEXT = "text/plain; version=0.0.4; charset=utf-8"  # what generate_latest writes


def attach(app: Flask, metrics: Metrics) -> None:
    """Give the app the figures of the service that it runs in."""
    app.extensions["podium.metrics"] = metrics


def figures(store: Source, front: Mapping[str, float]) -> dict[str, float | Mapping[str, float]]:
    """What /metrics shows: the front's figures, and what the store says of itself."""
    found: dict[str, float | Mapping[str, float]] = dict(front)
    size = getattr(store, "__len__", None)
    if size is not None:
        found["store_quads"] = float(size())
    return found


@blueprint.get("/health")
def health() -> Response:
    """Whether queries are answered: 200 where they are, 503 where not."""
    return _ready()


@blueprint.get("/health/ready")
def ready() -> Response:
    """The same under the name that watchers know."""
    return _ready()


@blueprint.get("/health/live")
def live() -> Response:
    """Whether the process is there at all; a service that is not ready should not be killed for it."""
    return _uncached(jsonify(status="ok"))


@blueprint.get("/metrics")
def metrics() -> Response:
    """Figures for Prometheus."""
    found = cast("Metrics | None", current_app.extensions.get("podium.metrics"))
    return _uncached(Response(found.text() if found is not None else b"", content_type=_TEXT))


def _ready() -> Response:
    try:
        filled = source().ask(f"ASK {{ ?article a <{ATH.Article}> }}")
    except PodiumError:
        current_app.logger.exception("%s: the store does not answer", request.path)
        answer = jsonify(status="unavailable")
        answer.status_code = 503
        return _uncached(answer)
    return _uncached(jsonify(status="ok", empty=not filled, base=source().base))


def _uncached(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
