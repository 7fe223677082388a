"""`/connections`: how two people are connected, step by step, each step with its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from graph.browsing import find, path
from graph.browsing.values import Entity, Path
from graph.errors import AmbiguousNameError, LookupFailedError
from server.service import source

blueprint = Blueprint("connections", __name__)

_LONGEST_NAME = 200  # code points
_KINDS = ("person", "club")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One of several bearers of a name, and the address that asks the same with this one."""

    entity: Entity
    href: str


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a connection: what was asked for, and what came of it."""

    field: str
    label: str
    asked: str
    found: Entity | None = None
    message: str | None = None
    candidates: tuple[_Candidate, ...] = ()


@blueprint.get("/connections")
def connections() -> str:
    """The form, and the connection where both ends are given."""
    ends = (_end("from", "One person"), _end("to", "The other"))
    one, other = (end.found for end in ends)
    paths: tuple[Path, ...] = ()
    message = None
    if one and other:
        if one.iri == other.iri:
            message = f"Both are {one.label}; give two different names."
        else:
            paths = path(source(), one.iri, other.iri)
            message = None if paths else f"No article connects {one.label} and {other.label}, even over others."
    return render_template("connections.html", ends=ends, paths=paths, message=message)


def _end(field: str, label: str) -> _End:
    asked = request.args.get(field, "").strip()[:_LONGEST_NAME]
    if not asked:
        return _End(field, label, asked)
    try:
        found = find(source(), asked, _KINDS)
    except AmbiguousNameError as error:
        candidates = tuple(
            _Candidate(Entity(iri, "person", name, text), _asking(field, iri)) for iri, name, text in error.candidates
        )
        return _End(field, label, asked, message=f"“{asked}” may be any of these. Which one?", candidates=candidates)
    except LookupFailedError as error:
        return _End(field, label, asked, message=str(error))
    return _End(field, label, found.label, found)


def _asking(field: str, iri: str) -> str:
    """The address of this page with one field changed."""
    values = {name: value for name, value in request.args.items() if name in {"from", "to"}}
    return f"{request.path}?{urlencode(values | {field: iri})}"
