"""`/KIND/SLUG/results.csv|json|ttl`: all results of a person, race, edition and so on, to take along.

The columns of the CSV, which are the fields of the JSON too, stay as they are; `openapi.yaml` says what each holds.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, redirect
from pyoxigraph import RdfFormat
from rdflib import URIRef

from graph import queries
from graph.browsing import successor
from graph.browsing.performances import performances, sourced
from graph.browsing.results import these
from server.entities import iri_of
from server.negotiation import content_type
from server.service import page_of, source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from werkzeug.wrappers import Response as AnyResponse

    from graph.browsing.performances import Performance

blueprint = Blueprint("resultfiles", __name__)

KINDS = ("club", "country", "discipline", "edition", "person", "race", "series")
COLUMNS = (
    "result",
    "athlete",
    "athlete_name",
    "race",
    "race_name",
    "competition",
    "year",
    "date",
    "discipline",
    "round",
    "category",
    "indoor",
    "position",
    "outcome",
    "mark",
    "value",
    "unit",
    "medal",
    "disputed",
    "articles",
)
_MOST = 20_000  # results in one file; a query gives more
_BATCH = 1000  # terms in one VALUES block


@blueprint.get(f"/<any({', '.join(KINDS)}):kind>/<slug>/results.<any(csv, json, ttl):form>")
def results(kind: str, slug: str, form: str) -> AnyResponse:
    """All results of an entity; empty where it has none, 404 where nothing is said of it."""
    this = iri_of(kind, slug)
    if (new := successor(source(), this)) is not None:
        return redirect(f"{page_of(new)}/results.{form}", 308)
    rows = source().select(queries.with_values(queries.load("results-of"), "x", [URIRef(this)]))
    found = sorted(str(row["node"]) for row in rows)
    if not found and not source().ask(queries.load("known"), {"x": URIRef(this)}):
        abort(404, f"Nothing is said of the {kind} '{slug[:200]}'.")
    if len(found) > _MOST:
        abort(413, f"These are {len(found)} results, more than the {_MOST} of a file; ask for them with SPARQL.")
    response = _turtle(found) if form == "ttl" else _table(this, found, form)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-results.{form}"'
    return response


def record(one: Performance) -> dict[str, str]:
    """A result as text by column; what is in dispute side by side with ` or `."""
    return {
        "result": one.result,
        "athlete": one.athlete.iri or "",
        "athlete_name": one.athlete.text,
        "race": one.race.iri or "",
        "race_name": one.race.text,
        "competition": one.competition.text,
        "year": str(one.year or ""),
        "date": one.date.isoformat() if one.date else "",
        "discipline": one.discipline.text,
        "round": one.round,
        "category": one.category,
        "indoor": "true" if one.indoor else "",
        "position": " or ".join(map(str, one.positions)),
        "outcome": " or ".join(one.outcomes),
        "mark": one.written,
        "value": " or ".join(str(mark.value) for mark in one.marks),
        "unit": one.marks[0].unit if one.marks else "",
        "medal": one.medal,
        "disputed": "" if one.dispute is None else "settled" if one.dispute.settled else "true",
        "articles": " ".join(article.rpartition("/")[2] for article in one.articles),
    }


def as_csv(records: Iterable[Mapping[str, str]], columns: Sequence[str]) -> Response:
    """Records as CSV (RFC 4180) in UTF-8, with a heading."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(records)
    return Response(text.getvalue(), content_type="text/csv; charset=utf-8")


def as_json(content: Mapping[str, object]) -> Response:
    """A JSON document."""
    return Response(json.dumps(content, ensure_ascii=False, indent=1), content_type="application/json")


def _table(this: str, found: Sequence[str], form: str) -> Response:
    made: list[Performance] = []
    for start in range(0, len(found), _BATCH):
        made += performances(source(), these(source(), found[start : start + _BATCH]))
    records = [record(one) for one in sourced(source(), made)]
    return as_csv(records, COLUMNS) if form == "csv" else as_json({"about": this, "results": records})


def _turtle(found: Sequence[str]) -> Response:
    """The triples of the results, their races and marks."""
    query = queries.with_values(queries.load("result-graph"), "node", [URIRef(iri) for iri in found])
    answer = source().answer(query, graphs=RdfFormat.TURTLE)
    return Response(answer.chunks, content_type=content_type(RdfFormat.TURTLE.media_type))
