"""`POST /backup`, `/restore` and `/rebuild`: the whole store, saved, put back and made anew while it is served.

Saving changes nothing. The other two replace what others sent, wrote and ruled, and so need every scope.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest, Conflict, Forbidden, NotFound, UnsupportedMediaType

from server import audit, auth, service
from server.tokens import OWNER, SCOPES
from server.writing import writer

if TYPE_CHECKING:
    from server.tokens import Token

blueprint = Blueprint("safekeeping", __name__)

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")


@blueprint.post("/backup")
def backup() -> Response:
    """Save the store as it is in a new folder."""
    token = auth.require("update")
    place = _place(token)
    if place.exists():
        raise Conflict(f"'{_shown(token, place)}' is there already; name a new folder.")
    with audit.recorded(token, "backup", str(place)):
        version = writer().backup(place)
    response = jsonify(directory=_shown(token, place), version=version)
    response.status_code = 201
    return response


@blueprint.post("/restore")
def restore() -> Response:
    """Put a backup in the place of all that the store holds."""
    token = auth.require(*SCOPES)
    place = _place(token)
    if not (place / "podium.json").is_file():
        raise NotFound(f"'{_shown(token, place)}' is no backup.")
    with audit.recorded(token, "restore", str(place)):
        version = writer().restore(place)
    return jsonify(directory=_shown(token, place), version=version)


@blueprint.post("/rebuild")
def rebuild() -> Response:
    """Make all graphs of Podium's own anew from the articles."""
    token = auth.require(*SCOPES)
    with audit.recorded(token, "rebuild", ""):
        writer().rebuild()
    return jsonify(version=service.source().version)


def _place(token: Token) -> Path:
    """The folder that is asked for: of others than the owner a name in the folder for backups."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send an object of application/json with 'directory'.")
    asked = request.get_json()
    given = asked.get("directory") if isinstance(asked, dict) else None
    if not isinstance(given, str) or not given or set(asked) != {"directory"} or "\0" in given:
        raise BadRequest("Send an object with 'directory' alone: the folder of the backup.")
    if token.id == OWNER:
        return Path(given)
    folder = service.settings().backups
    if folder is None:
        raise Forbidden("This service has no folder for backups; whoever runs it can name one (--backups DIR).")
    if not _NAME.fullmatch(given):
        raise BadRequest("'directory' is the name of a folder among the backups: letters, digits, '.', '_' and '-'.")
    return folder / given


def _shown(token: Token, place: Path) -> str:
    return str(place) if token.id == OWNER else place.name
