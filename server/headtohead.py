"""`/head-to-head`: two people against each other, race by race, as a page, as JSON and as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template, request
from rdflib import URIRef

from graph import queries
from graph.browsing.headtohead import Duel, Margin
from graph.browsing.headtohead import versus as load_versus
from graph.browsing.paging import Page, paged
from graph.browsing.performances import sourced
from server.charts import mark_text
from server.namefields import name_field
from server.resultfiles import as_csv, as_json, record
from server.resultlists import pages_asked
from server.service import source

if TYPE_CHECKING:
    from decimal import Decimal

    from graph.browsing.headtohead import Versus
    from graph.browsing.values import Entity

blueprint = Blueprint("headtohead", __name__)

_DUELS = 25  # on one page
_PEOPLE = ("person",)
_SHARED = ("race", "race_name", "competition", "year", "date", "discipline", "round")  # columns of a race in a file
_OWN = ("athlete", "athlete_name", "result", "position", "outcome", "mark", "value", "medal", "disputed", "articles")


@blueprint.get("/head-to-head")
def versus() -> Response | str:
    """The form, and where both are given their races; as a file where `format` is `json` or `csv`."""
    fields = (name_field("a", "One athlete", _PEOPLE), name_field("b", "The other", _PEOPLE))
    one, other = (field.found for field in fields)
    form = request.args.get("format", "html")
    if form not in {"html", "json", "csv"}:
        abort(400, f"There is no head-to-head as '{form[:50]}'; format is html, json or csv.")
    if not one or not other or one.iri == other.iri:
        message = f"Both are {one.label}; name two different people." if one and other else None
        if form != "html":
            abort(400, message or "Give two people, a and b, by names that mean one person each, or by their IRIs.")
        return render_template("headtohead.html", fields=fields, found=None, message=message)
    found = load_versus(source(), one.iri, other.iri)
    if form != "html":
        return _file(found, form)
    page = paged(found.duels, pages_asked().get("races", 1), _DUELS)
    return render_template(
        "headtohead.html",
        fields=fields,
        one=one,
        other=other,
        found=found,
        message=None,
        page=Page(_with_sources(page.items), page.number, page.pages, page.total),
        margin=margin_text,
        sparql_query=_query(one, other),
    )


def margin_text(margin: Margin | None) -> str:
    """`0.27 s`, `0.05 m`, `214 points`, `the same mark`; nothing where none can be told."""
    if margin is None:
        return ""
    if not margin.value:
        return "same mark"
    text = mark_text(_rounded(margin), margin.unit)
    return text if margin.unit == "m" else f"{text} points" if margin.unit == "points" else f"{text} s"


def _rounded(margin: Margin) -> Decimal:
    """With as many digits as the coarser of the two marks has."""
    return margin.value.quantize(margin.resolution) if margin.resolution < 1 else margin.value


def _with_sources(duels: tuple[Duel, ...]) -> tuple[Duel, ...]:
    """The same with the articles behind all results."""
    both = [one for duel in duels for one in (duel.mine, duel.theirs)]
    results = {one.result: one for one in sourced(source(), both)}
    return tuple(Duel(results[duel.mine.result], results[duel.theirs.result], duel.order) for duel in duels)


def _file(found: Versus, form: str) -> Response:
    """All races, one a record: what both did, who was ahead, and the margin."""
    records = []
    for duel in _with_sources(found.duels):
        mine, theirs = record(duel.mine), record(duel.theirs)
        shared = {name: mine[name] for name in _SHARED}
        both = {f"{side}_{name}": one[name] for side, one in (("a", mine), ("b", theirs)) for name in _OWN}
        ahead = {"ahead": "a", "behind": "b", "unknown": ""}[duel.order]
        margin = {
            "margin": str(_rounded(duel.margin)) if duel.margin else "",
            "margin_unit": duel.margin.unit if duel.margin else "",
        }
        records.append({**shared, **both, "ahead": ahead, **margin})
    columns = (*_SHARED, *(f"{side}_{name}" for side in "ab" for name in _OWN), "ahead", "margin", "margin_unit")
    return as_json({"races": records}) if form == "json" else as_csv(records, columns)


def _query(one: Entity, other: Entity) -> str:
    query = queries.with_values(queries.load("page-head-to-head"), "a", [URIRef(one.iri)])
    return queries.with_values(query, "b", [URIRef(other.iri)])
