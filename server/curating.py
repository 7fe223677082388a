"""`POST /curate/...`: a curator's rulings over HTTP, as `podium choose`, `merge`, `reject` and so on take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from graph.browsing import conflicts, find_conflict, property_named, side_of
from graph.errors import LookupFailedError
from ontology.iris import iri
from server import audit, auth, service
from server.plainjson import jsonable
from server.writing import writer

if TYPE_CHECKING:
    from graph.browsing.values import Disagreement
    from graph.pipeline import Ruled

blueprint = Blueprint("curating", __name__)

_LONGEST = 1000  # code points of a name or reason
_MOST = 1000  # articles or claims


@blueprint.post("/curate/choose")
def choose() -> Response:
    """Let a side of a conflict stand, or take the choice back."""
    token = auth.require("curate")
    asked = _asked("conflict", "side", "reason", "property", "undo")
    source = service.source()
    prop = property_named(source, _text(asked, "property")) if "property" in asked else None
    item = find_conflict(source, _text(asked, "conflict"), prop)
    with audit.recorded(token, "unchoose" if asked.get("undo") else "choose", item.iri):
        if asked.get("undo"):
            _unchoose(item, token.name)
        else:
            side = side_of(item, _text(asked, "side"))
            reason = _text(asked, "reason")
            writer().curate("choose", item.about.iri, side.predicate, side.object, reason, by=token.name)
    return jsonify(conflicts=jsonable(conflicts(source, item.iri).shown), version=source.version)


@blueprint.post("/curate/merge")
def merge() -> Response:
    """Rule that two names are one."""
    token = auth.require("curate")
    asked = _asked("name", "other", "reason")
    name, other, reason = (_text(asked, field) for field in ("name", "other", "reason"))
    with audit.recorded(token, "merge", f"{name} = {other}"):
        return _ruled(writer().curate("merge", name, other, reason, by=token.name))


@blueprint.post("/curate/split")
def split() -> Response:
    """Rule that two names are never one, or that some articles mean another bearer of a name."""
    token = auth.require("curate")
    asked = _asked("name", "from", "articles", "reason")
    name, reason = _text(asked, "name"), _text(asked, "reason")
    if ("from" in asked) == ("articles" in asked):
        raise BadRequest("Give 'articles', the ids of those that mean somebody else, or 'from', the other name.")
    with audit.recorded(token, "split", name):
        if "from" in asked:
            return _ruled(writer().curate("split", name, _text(asked, "from"), reason, by=token.name))
        return _ruled(writer().curate("separate", name, _listed(asked, "articles"), reason, by=token.name))


@blueprint.post("/curate/reject")
def reject() -> Response:
    """Rule that claims are wrong."""
    return _judged("reject")


@blueprint.post("/curate/confirm")
def confirm() -> Response:
    """Rule that claims were looked at and are right."""
    return _judged("confirm")


@blueprint.post("/curate/undo")
def undo() -> Response:
    """Take back what was decided, by its number in the history."""
    token = auth.require("curate")
    asked = _asked("entry", "reason")
    entry, reason = asked.get("entry"), _text(asked, "reason")
    if not isinstance(entry, int) or isinstance(entry, bool) or not 0 < entry < 1 << 53:
        raise BadRequest("Give 'entry', the number of what is to be taken back.")
    with audit.recorded(token, "undo", str(entry)):
        writer().curate("undo", entry, reason, by=token.name)
    return jsonify(entry=entry, version=service.source().version)


def _judged(ruling: Literal["reject", "confirm"]) -> Response:
    token = auth.require("curate")
    asked = _asked("claims", "reason")
    claims, reason = _listed(asked, "claims"), _text(asked, "reason")
    with audit.recorded(token, ruling, " ".join(claims)):
        done = writer().curate(ruling, claims, reason, by=token.name)
    return jsonify(claims=done.claims, gained=done.gained, lost=done.lost, version=service.source().version)


def _unchoose(item: Disagreement, by: str) -> None:
    if item.settlement is None:
        raise LookupFailedError(item.number, f"{item.number}: no curator has settled it, so there is nothing to undo")
    writer().curate("unchoose", item.about.iri, item.settlement.predicate, by=by)


def _ruled(done: Ruled) -> Response:
    source = service.source()
    iris = [iri(done.kind, slug, source.base) for slug in done.slugs]
    return jsonify(kind=done.kind, iris=iris, gained=done.gained, lost=done.lost, version=source.version)


def _asked(*known: str) -> dict[str, Any]:
    """The object of JSON in the request, with known fields only."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send what is ruled as an object of application/json.")
    asked = request.get_json()
    if not isinstance(asked, dict):
        raise BadRequest(f"Send an object with {', '.join(known)}.")
    if unknown := sorted(set(asked) - set(known)):
        raise BadRequest(f"'{unknown[0][:60]}' is no field here; known are {', '.join(known)}.")
    if not isinstance(asked.get("undo", False), bool):
        raise BadRequest("'undo' is true or false.")
    return {name: value for name, value in asked.items() if value is not None}


def _text(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        raise BadRequest(f"Give '{name}' as a text of 1 to {_LONGEST} characters.")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadRequest(f"'{name}' holds half of a surrogate pair, which is no character.") from error
    return value.strip()


def _listed(asked: dict[str, Any], name: str) -> tuple[str, ...]:
    found = asked.get(name)
    if not isinstance(found, list) or not 0 < len(found) <= _MOST:
        raise BadRequest(f"Give '{name}' as a list of 1 to {_MOST} ids.")
    return tuple(_text({name: one}, name) for one in found)
