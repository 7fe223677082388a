"""`/health` and `/metrics`: for whoever watches the service."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from flask import Blueprint, Flask, Response, current_app, jsonify, request

from graph.errors import PodiumError
from ontology.namespaces import ATH
from server import writing
from server.service import source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.engine.engine import Engine
    from server.front.metrics import Metrics

blueprint = Blueprint("watching", __name__)

_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"  # the unnamed graph is of no use to Podium
_PATIENCE = 1.0  # seconds for the writer to say that it is there
_TEXT = "text/plain; version=0.0.4; charset=utf-8"  # what generate_latest writes


def attach(app: Flask, metrics: Metrics) -> None:
    """Give the app the figures of the service that it runs in."""
    app.extensions["podium.metrics"] = metrics


class Size:
    """How many quads an engine has. Counted once for each version that somebody asks about, as it may take a second."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._counted: tuple[str, float] = ("", 0.0)

    def quads(self) -> float:
        """The number in the version at hand, or in the last that could be counted."""
        version = self._engine.version
        if self._counted[0] != version:
            with suppress(PodiumError):
                (row,) = self._engine.select(_COUNT)
                self._counted = (version, float(str(row["n"])))
        return self._counted[1]


def figures(
    engine: Mapping[str, Any], size: Size, front: Mapping[str, float]
) -> dict[str, float | Mapping[str, float]]:
    """What /metrics shows: the front's figures, and what the engine says of itself (`Engine.stats`)."""
    writer, readers = engine["writer"], engine["readers"]
    image = readers["image"]
    found: dict[str, float | Mapping[str, float]] = dict(front)
    return found | {
        "queries_running": {"light": readers["light"], "heavy": readers["heavy"]},
        "queries_heavy_slots": readers["heavy_slots"],
        "queries_queued": readers["queued"],
        "queries_streaming": readers["streaming"],
        "readers_killed_total": readers["killed"],
        "readers_forked_total": readers["forks"],
        "image_ready": float(image["state"] == "ready"),
        "image_bytes": image["bytes"],
        "image_made_total": image["made"],
        "store_quads": size.quads(),
        "store_articles": writer["articles"],
        "store_bytes": writer["bytes"],
        "writes_total": writer["done"],
        "writes_waiting": writer["waiting"],
        "writer_started_total": writer["starts"],
    }


@blueprint.get("/health")
def health() -> Response:
    """Whether queries are answered and writes are taken: 200 where they are, 503 where not."""
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
        return _unavailable("queries are not answered")
    if not writing.responds(_PATIENCE):
        return _unavailable("the writer is down or being started")
    return _uncached(jsonify(status="ok", empty=not filled, base=source().base))


def _unavailable(reason: str) -> Response:
    answer = jsonify(status="unavailable", reason=reason)
    answer.status_code = 503
    return _uncached(answer)


def _uncached(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
