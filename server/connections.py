"""`/connections`: how two people or clubs are connected, step by step, each step with its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, jsonify, render_template, request
from pyoxigraph import RdfFormat
from rdflib import URIRef

from graph import queries
from graph.browsing import connect, kinds_asked, kinds_of_ties
from graph.browsing.values import Connections
from graph.errors import LookupFailedError
from graph.export import Chosen, Scope
from server.chainpictures import picture
from server.exports import exported
from server.namefields import NameField, name_field
from server.plainjson import jsonable
from server.service import source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.browsing.values import Step

blueprint = Blueprint("connections", __name__)

_LONGEST_WORD = 200  # code points
_KINDS = ("person", "club")
_MOST = 10  # chains
_USUAL = 3
_FIELDS = ("from", "to", "relation", "since", "until", "k")
_YEARS = range(1800, 2200)


@dataclass(frozen=True, slots=True)
class _Limits:
    """Which ties count and how many chains are wanted; `message` says what could not be understood."""

    kinds: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    k: int = _USUAL
    message: str | None = None


@blueprint.get("/connections")
def connections() -> str:
    """The form, and the connection where both ends are given."""
    ends, limits = _ends(), _limits()
    found, message = _found(ends, limits)
    return render_template(
        "connections.html",
        ends=ends,
        limits=limits,
        kinds=kinds_of_ties(),
        most=_MOST,
        paths=found.paths,
        picture=picture(found.paths) if found.paths else None,
        complete=found.complete,
        message=limits.message or message,
        sparql_query=_as_sparql(found),
        files=[(form, f"/connections.{form}?{_query()}") for form in ("ttl", "json")],
    )


@blueprint.get("/connections.json")
def connections_as_json() -> Response:
    """The chains with all their sentences; 400 where an end is not one thing."""
    ends, limits, found = _asked_for_data()
    one, other = (end.found for end in ends)
    kinds = limits.kinds or tuple(bond.kind for bond in kinds_of_ties())
    return jsonify(jsonable({"from": one, "to": other, "relations": kinds, **jsonable(found)}))


@blueprint.get("/connections.ttl")
def connections_as_turtle() -> Response:
    """The facts of the chains with their claims and sentences."""
    _, _, found = _asked_for_data()
    return exported(
        Scope("chosen", chosen=chosen(step for path in found.paths for step in path.steps)), RdfFormat.TURTLE
    )


def _as_sparql(found: Connections) -> str | None:
    """A query for the facts that the ways go over."""
    stated = {step.node or step.start for path in found.paths for step in path.steps}
    return queries.with_values(queries.load("subject-triples"), "x", map(URIRef, stated)) if stated else None


def chosen(steps: Iterable[Step]) -> Chosen:
    """What states steps, to be exported."""
    taken = list(steps)
    plain = [step for step in taken if step.node is None]
    return Chosen(
        frozenset(step.node for step in taken if step.node),
        frozenset(step.triple for step in plain),
        frozenset(view.claim for step in plain for view in step.evidence),
    )


def _asked_for_data() -> tuple[tuple[NameField, ...], _Limits, Connections]:
    ends, limits = _ends(), _limits()
    found, message = _found(ends, limits)
    problem = limits.message or next((end.message for end in ends if end.message), None)
    one, other = (end.found for end in ends)
    if problem or not one or not other or one.iri == other.iri:
        abort(400, problem or message or "Give two names: from and to.")
    return ends, limits, found


def _found(ends: tuple[NameField, ...], limits: _Limits) -> tuple[Connections, str | None]:
    """The chains, or what to say where there are none."""
    one, other = (end.found for end in ends)
    if not one or not other or limits.message:
        return Connections(), None
    if one.iri == other.iri:
        return Connections(), f"Both are {one.label}; give two different names."
    found = connect(source(), one.iri, other.iri, limits.k, kinds=limits.kinds, since=limits.since, until=limits.until)
    if found.paths:
        return found, None
    narrowed = " by the ties and years chosen" if limits.kinds or limits.since or limits.until else ""
    return found, f"No article connects {one.label} and {other.label}{narrowed}, even over others."


def _limits() -> _Limits:
    message = None
    kinds: tuple[str, ...] = ()
    try:
        kinds = kinds_asked(word[:_LONGEST_WORD] for word in request.args.getlist("relation") if word)
    except LookupFailedError as error:
        message = str(error)
    since, until = _year("since"), _year("until")
    if since is None or until is None:
        message = message or "A year has four digits, such as 2019."
    elif since and until and since > until:
        message = message or f"There is no year from {since} to {until}."
    k = request.args.get("k", _USUAL, type=int)
    return _Limits(kinds, since or None, until or None, min(max(1, k), _MOST), message)


def _year(field: str) -> int | None:
    """A year, 0 where none is asked for, None for what is none."""
    asked = request.args.get(field, "").strip()
    if not asked:
        return 0
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in _YEARS else None


def _ends() -> tuple[NameField, ...]:
    return (name_field("from", "One person or club", _KINDS), name_field("to", "The other", _KINDS))


def _query() -> str:
    """What this page was asked for."""
    return urlencode([(name, value) for name, value in request.args.items(multi=True) if name in _FIELDS and value])
