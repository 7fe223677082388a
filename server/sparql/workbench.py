"""`/sparql` for people: the form with an answer, an explanation or a complaint, and links to other views of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from flask import Response, render_template, url_for

from graph.sparql.linting import lint
from server import errors
from server.examples import examples
from server.service import source
from server.sparql.charting import chart
from server.tables import Order, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.errors import QueryError
    from graph.store.base import Answer
    from server.sparql.charting import Chart
    from server.sparql.requests import Asked
    from server.tables import Table

_VIEWS: Final = ("table", "chart", "graph", "turtle")


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as it is shown: its `view` of `views`, and how long it took from the question to the last row."""

    table: Table
    order: Order
    chart: Chart | None
    view: str
    views: tuple[str, ...]
    milliseconds: int


def shown(asked: Asked, ask: Callable[[], Answer], take: Callable[[Answer], Response | None]) -> Response:
    """The page with the answer that `ask` gives, unless `take` makes something else of it."""
    began = time.perf_counter()
    answer = ask()
    response = take(answer)
    if response is not None:
        return response
    order = _order(asked.parameters.get("sort", ""))
    found = table(source(), answer, _page(asked.parameters.get("page", "")), order)
    drawn = chart(found, asked.parameters.get("value", ""))
    views = _views(found, drawn)
    wanted = asked.parameters.get("view", "")
    view = wanted if wanted in views else "table"
    milliseconds = round(1000 * (time.perf_counter() - began))
    return page(asked, answered=Shown(found, order, drawn, view, views, milliseconds))


def page(
    asked: Asked,
    *,
    answered: Shown | None = None,
    explanation: dict[str, Any] | None = None,
    complaint: QueryError | None = None,
) -> Response:
    """The form with whatever there is to say."""
    version = source().version
    linked = asked.parameters.get("version", "")
    body = render_template(
        "sparql.html",
        query=asked.query or "",
        traced=asked.says("provenance"),
        shown=answered,
        explanation=explanation,
        complaint=complaint,
        place=errors.place(complaint) if complaint else {},
        warnings=lint(asked.query or ""),
        examples=examples(),
        version=version,
        changed=linked if linked and version and linked != version else None,
        again=lambda **changes: _again(asked, changes),
    )
    response = Response(body, errors.status_of(complaint) if complaint else HTTPStatus.OK)
    response.vary.add("Accept")
    return response


def _views(found: Table, drawn: Chart | None) -> tuple[str, ...]:
    graph = bool(found.turtle)
    there = {"table": True, "chart": drawn is not None, "graph": graph, "turtle": graph}
    return tuple(view for view in _VIEWS if there[view])


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0 else 1


def _order(text: str) -> Order:
    """`mark` or, downwards, `-mark`."""
    return Order(text.removeprefix("-"), text.startswith("-"))


def _again(asked: Asked, changes: dict[str, object]) -> str:
    """The address of the same question with some parameters changed; None leaves one out."""
    kept = {name: values for name, values in asked.parameters.lists() if name not in changes} | {"format": ["html"]}
    kept |= {name: [str(value)] for name, value in changes.items() if value is not None}
    return f"{url_for('sparql.endpoint')}?{urlencode(kept, doseq=True)}"
