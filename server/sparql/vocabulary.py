"""What an editor of queries asks for: the terms it may complete, and what is wrong with a query as it stands."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox
from flask import Blueprint, Response, abort, request

from graph.errors import LimitError, QueryError
from graph.sparql.choice import GraphChoice
from graph.sparql.linting import lint
from ontology.iris import VOCABULARIES, prefixes
from ontology.resources import ATHLETICS, COUNTRIES, DISCIPLINES, rebased
from server import errors, evaluating, validators, wellknown
from server.service import source

if TYPE_CHECKING:
    from pathlib import Path

blueprint = Blueprint("terms", __name__)

_TYPE, _RDFS, _OWL = VOCABULARIES["rdf"] + "type", VOCABULARIES["rdfs"], VOCABULARIES["owl"]
_CLASSES: Final = frozenset((f"{_OWL}Class", f"{_RDFS}Class"))
_PROPERTIES: Final = frozenset((f"{_OWL}ObjectProperty", f"{_OWL}DatatypeProperty", VOCABULARIES["rdf"] + "Property"))
# A graph that is not there: a query over it is parsed, and found to answer nothing.
_NOTHING: Final = GraphChoice(("http://nothing.invalid/",), strict=False)
_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class _Term:
    """What an IRI is called, and what it stands for."""

    iri: str
    label: str
    comment: str


@blueprint.get("/sparql/terms")
def terms() -> Response:
    """Prefixes, disciplines, countries, and the classes and properties of ontology and data, the most used first."""
    try:
        counts = wellknown.counts_lately()
        classes, properties = counts.classes, counts.properties
    except LimitError:
        classes, properties = {}, {}
    known = _known(source().base)
    body = {
        "prefixes": prefixes(source().base),
        "classes": _listed(known["classes"], classes),
        "properties": _listed(known["properties"], properties),
        "things": _listed(known["things"], {}),
    }
    return Response(json.dumps(body, ensure_ascii=False), content_type="application/json")


@blueprint.get("/sparql/check")
def check() -> Response:
    """What is wrong with `?query=`, with line and column, and what to mind; it is not run."""
    query = request.args.get("query") or abort(400, "Give the query to look at as ?query=.")
    body: dict[str, Any] = {"error": _error(query), "warnings": []}
    if body["error"] is None:
        body["warnings"] = [
            {"code": one.code, "message": one.message, "hint": one.hint, "line": one.line, "column": one.column}
            for one in lint(query)
        ]
    return validators.label(Response(json.dumps(body, ensure_ascii=False), content_type="application/json"), None)


def _error(query: str) -> dict[str, object] | None:
    """What a reader says of the query, over a graph that is not there; one with SERVICE would ask others."""
    if "service" in query.casefold():
        return None
    try:
        chunks = evaluating.answer(
            query, results=ox.QueryResultsFormat.JSON, graphs=ox.RdfFormat.TURTLE, choice=_NOTHING, seconds=_SECONDS
        ).chunks
        next(iter(chunks), b"")
    except LimitError:
        return None
    except QueryError as error:
        return {"message": str(error), **errors.place(error)}
    return None


@cache
def _known(base: str) -> dict[str, dict[str, _Term]]:
    """The terms of the ontology by IRI, and its disciplines and countries as `things`."""
    classes, properties = (_terms(ATHLETICS, base, types) for types in (_CLASSES, _PROPERTIES))
    return {"classes": classes, "properties": properties, "things": _things(base)}


def _things(base: str) -> dict[str, _Term]:
    return _terms(DISCIPLINES, base, frozenset()) | _terms(COUNTRIES, base, frozenset())


def _terms(path: Path, base: str, types: frozenset[str]) -> dict[str, _Term]:
    """What a file of the ontology names, or of it what has one of the types."""
    said: defaultdict[str, dict[str, str]] = defaultdict(dict)
    wanted: set[str] = set()
    for quad in ox.parse(rebased(path, base), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
            said[quad.subject.value].setdefault(quad.predicate.value, quad.object.value)
            if quad.predicate.value == _TYPE and quad.object.value in types:
                wanted.add(quad.subject.value)
    return {
        iri: _Term(iri, about.get(f"{_RDFS}label", ""), about.get(f"{_RDFS}comment", ""))
        for iri, about in said.items()
        if iri in wanted or (not types and f"{_RDFS}label" in about)
    }


def _listed(known: dict[str, _Term], counts: dict[str, int]) -> list[dict[str, object]]:
    """What is known and what is used, each with how often, the most used first."""
    iris = sorted(known.keys() | counts.keys(), key=lambda iri: (-counts.get(iri, 0), iri))
    terms = [known.get(iri) or _Term(iri, "", "") for iri in iris]
    return [
        {"iri": one.iri, "label": one.label, "comment": one.comment, "count": counts.get(one.iri, 0)} for one in terms
    ]
