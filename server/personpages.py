"""The page about a person."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from flask import Response, render_template, request
from rdflib import URIRef

from graph import queries
from graph.browsing import person
from graph.browsing.profile import Asked
from server.cardpages import representations
from server.navigation import address
from server.progresscharts import FEWEST, ProgressChart, progress_chart
from server.resultlists import columns, pages_asked, sift_asked
from server.service import source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.browsing.progress import Progression

COLUMNS = ("date", "competition", "discipline", "round", "place", "mark", "medal")  # of a person's results


@dataclass(frozen=True, slots=True)
class ChartLink:
    """A discipline whose marks can be drawn."""

    name: str
    href: str
    shown: bool


def page(this: str) -> Response:
    """The page about a person; raises LookupFailedError where nothing is said of the IRI."""
    sift = sift_asked()
    found = person(source(), this, Asked(sift, pages_asked()))
    chart, links = chosen_chart(found.progressions, found.entity.label)
    text = render_template(
        "person.html",
        person=found,
        entity=found.entity,
        aliases=found.aliases,
        representations=representations(this),
        parts=[(part, list(groups)) for part, groups in groupby(found.groups, key=lambda group: group.part)],
        chart=chart,
        chart_links=links,
        sift=sift,
        columns=columns(sift, COLUMNS),
        # Of who has no result, as most coaches, the ties.
        sparql_query=queries.with_values(
            queries.load("page-person" if found.career else "page-ties"), "x", [URIRef(this)]
        ),
    )
    return Response(text)


def chosen_chart(progressions: Sequence[Progression], who: str) -> tuple[ProgressChart | None, tuple[ChartLink, ...]]:
    """The chart that the request asks for by `chart`, else that of the most marks, and links to all there are."""
    drawable = [one for one in progressions if len(one.points) >= FEWEST]
    if not drawable:
        return None, ()
    asked = request.args.get("chart", "")
    shown = next((one for one in drawable if one.key == asked), drawable[0])
    links = tuple(ChartLink(one.name, f"{address({'chart': one.key})}#progress", one is shown) for one in drawable)
    return progress_chart(shown, who), links
