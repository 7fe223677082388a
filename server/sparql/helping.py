"""What `/sparql` says about a query besides its answer: warnings, `?explain=1` and `?provenance=1`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
from flask import Response
from pyoxigraph import QueryResultsFormat, RdfFormat

from graph.browsing.rowarticles import with_articles
from graph.errors import LimitError
from graph.sparql.explaining import explain
from graph.sparql.provenance import widen
from graph.store.base import Answer
from server import evaluating
from server.service import source

if TYPE_CHECKING:
    from server.sparql.formats import Wanted
    from server.sparql.requests import Asked

_COUNT_SECONDS = 2.0  # for each pattern that is counted


def explained(asked: Asked, query: str) -> Response:
    """What the query means and will do, as JSON; it is not run."""

    def count(text: str) -> int | None:
        try:
            found = json.loads(_rows(asked, text, _COUNT_SECONDS))
        except LimitError:
            return None
        return int(found["results"]["bindings"][0]["n"]["value"])

    body = json.dumps(explain(query, count), ensure_ascii=False, indent=2)
    return Response(body + "\n", content_type="application/json")


def traced(asked: Asked, query: str, wanted: Wanted) -> Answer:
    """The answer of a SELECT with a column of the articles behind each row; QueryError where rows have none."""
    widened = widen(query)
    data = with_articles(source(), widened, _rows(asked, widened.text, asked.seconds))
    form = wanted.written[0]
    if form != QueryResultsFormat.JSON:
        data = ox.parse_query_results(data, QueryResultsFormat.JSON).serialize(format=form) or b""
    return Answer(form, iter((data,)))


def _rows(asked: Asked, query: str, seconds: float | None) -> bytes:
    found = evaluating.answer(
        query, results=QueryResultsFormat.JSON, graphs=RdfFormat.TURTLE, choice=asked.choice, seconds=seconds
    )
    return b"".join(found.chunks)
