"""What `/sparql` says about a query besides its answer: warnings, `?explain=1` and `?provenance=1`."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from flask import Response
from pyoxigraph import QueryResultsFormat, RdfFormat

from graph.browsing.rowarticles import with_articles
from graph.errors import LimitError, PodiumError, QueryError
from graph.sparql.checking import check_query
from graph.sparql.explaining import explain
from graph.sparql.provenance import widen
from graph.store.base import Answer
from ontology.iris import prefixes
from server import evaluating
from server.service import settings, source

if TYPE_CHECKING:
    from graph.sparql.choice import GraphChoice
    from server.sparql.formats import Wanted
    from server.sparql.requests import Asked

_ANY_RELAY = "http://127.0.0.1/relay"  # the engine has its own; here only the list of hosts matters
_ABSENT = "SELECT ?g {{ VALUES ?g {{ {} }} FILTER NOT EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
_MOST_NAMES = 3  # of graphs in one warning
_COUNT_SECONDS = 2.0  # for each pattern that is counted


def unasked(query: str) -> tuple[str, ...]:
    """What the client should know of the SERVICE SILENT that were not asked, as their hosts are not allowed."""
    if "silent" not in query.casefold():
        return ()
    remote = settings().engine.remote
    try:
        return check_query(query, prefixes(source().base), replace(remote, relay=remote.relay or _ANY_RELAY)).warnings
    except QueryError:
        return ()


def absent(choice: GraphChoice | None, *, of_update: bool = False) -> tuple[str, ...]:
    """What the client should know of the graphs that its request chooses: which are empty, as they are not there."""
    if choice is None:
        return ()
    remote = settings().engine.remote
    names = {name for name in (*choice.default, *choice.named) if of_update or not remote.allows(name)}
    missing: list[str] = []
    with suppress(PodiumError, ValueError):  # what is wrong with the request is not said here
        wanted = " ".join(str(ox.NamedNode(name)) for name in names)
        missing = sorted(str(row["g"]) for row in source().select(_ABSENT.format(wanted)))
    if not missing:
        return ()
    shown = ", ".join(f"<{name}>" for name in missing[:_MOST_NAMES])
    more = f" and {len(missing) - _MOST_NAMES} more" if len(missing) > _MOST_NAMES else ""
    return (f"this store has nothing in the chosen graph {shown}{more}, and nothing is fetched: it counts as empty",)


def explained(asked: Asked, query: str) -> Response:
    """What the query means and will do, as JSON; it is not run."""
    body = json.dumps(explanation(asked, query), ensure_ascii=False, indent=2)
    return Response(body + "\n", content_type="application/json")


def explanation(asked: Asked, query: str) -> dict[str, Any]:
    """What the query means and will do (see `graph.sparql.explaining`)."""

    def count(text: str) -> int | None:
        try:
            found = json.loads(_rows(asked, text, _COUNT_SECONDS))
        except LimitError:
            return None
        return int(found["results"]["bindings"][0]["n"]["value"])

    return explain(query, count)


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
