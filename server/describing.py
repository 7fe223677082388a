"""`/openapi.json`: all routes, for programs."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from importlib.resources import files

import yaml
from flask import Blueprint, Response

blueprint = Blueprint("describing", __name__)


@blueprint.get("/openapi.json")
def document() -> Response:
    """The OpenAPI document of the service."""
    return Response(_document(), content_type="application/json")


@cache
def _document() -> bytes:
    content = yaml.safe_load((files("server") / "openapi.yaml").read_text("utf-8"))
    content["info"]["version"] = version("podium")
    return json.dumps(content).encode()
