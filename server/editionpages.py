"""The pages of editions and series: programmes, champions and medals."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from flask import Response, abort, render_template, request
from rdflib import URIRef

from graph import queries
from graph.browsing.editions import edition, programme, series
from graph.browsing.medals import Choice, medal_table
from graph.browsing.paging import paged
from server.cardpages import representations
from server.paging import page_asked
from server.service import source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.browsing.medals import MedalTable
    from graph.browsing.programmes import Event

_TOP = 10  # lines of a medal table beside something else
_CHAMPIONS = 30
_YEARS = 20
SEXES = {"F": "Women", "M": "Men", "X": "Mixed", None: "Sex not told"}


def edition_page(this: str) -> Response:
    """The page of an edition; raises LookupFailedError where nothing is said of it."""
    found = edition(source(), this)
    slug = (found.series.iri or "").rpartition("/")[2]
    text = render_template(
        "edition.html",
        edition=found,
        iri=this,
        groups=by_sex(found.events),
        days=found.days,
        slug=slug,
        medals=_top(Choice(series=slug, year=found.year)) if slug and found.year else None,
        representations=representations(this),
        sparql_query=queries.with_values(queries.load("page-edition"), "x", [URIRef(this)]),
    )
    return Response(text)


def series_page(this: str) -> Response:
    """The page of a series, or of one of its years; raises LookupFailedError where nothing is said of it."""
    found = series(source(), this, request.args.get("contest", "")[:100])
    slug = this.rpartition("/")[2]
    year = _year_asked()
    events = programme(source(), this, year) if year else ()
    if year and not events:
        abort(404, f"No article tells of {found.name.text} {year}.")
    text = render_template(
        "series.html",
        series=found,
        iri=this,
        slug=slug,
        year=year,
        groups=by_sex(events),
        years=paged(found.years, page_asked("years-page"), _YEARS),
        champions=paged(found.champions, page_asked("champions-page"), _CHAMPIONS),
        sexes=SEXES,
        medals=_top(Choice(series=slug, year=year)),
        representations=representations(this),
        sparql_query=queries.with_values(queries.load("page-series"), "x", [URIRef(this)]),
    )
    return Response(text)


def by_sex(events: Iterable[Event]) -> list[tuple[str, list[Event]]]:
    """Events, which come in the order of sexes, under what these are called."""
    return [(SEXES[sex], list(group)) for sex, group in groupby(events, key=lambda event: event.contest.sex)]


def _top(choice: Choice) -> MedalTable | None:
    table = medal_table(source(), choice, limit=_TOP)
    return table if table.medals else None


def _year_asked() -> int | None:
    given = request.args.get("year", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) == len("2023")):
        abort(404, f"'{given[:20]}' is no year.")
    return int(given)
