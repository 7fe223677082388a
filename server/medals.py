"""`/medals`: medal tables by country and by athlete; each of their numbers leads to its medals, `/medals/list`."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, jsonify, render_template, request
from rdflib import Literal, URIRef

from graph import queries
from graph.browsing.almanac import COLOURS, SEXES, named
from graph.browsing.medals import UNKNOWN, Choice, chosen_medals, medal_list, medal_table, options
from graph.store.binding import bound
from ontology.iris import NS, iri
from server.paging import page_asked, span
from server.sentences import by_sentence
from server.service import page_of, source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from graph.browsing.medals import By, MedalTable, Options, Tally

blueprint = Blueprint("medals", __name__)

_LINES = 50
_MEDALS = 12  # each with its sentences
_SENTENCES = 6  # of one medal; all of them are on the page of its result
_SEXES = (("M", "men"), ("F", "women"), ("X", "mixed"))
_LONGEST = 200  # code points of a value
_SLUG = re.compile(r"[A-Za-z0-9._-]+")  # of which IRIs are made


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the table, and where its numbers lead: colour (or `total`) -> address."""

    tally: Tally
    hrefs: dict[str, str]


@blueprint.get("/medals")
def table_page() -> str:
    """The table as a page."""
    choice, by = _choice(), _by()
    page = page_asked("page")
    found = medal_table(source(), choice, by, limit=_LINES, offset=(page - 1) * _LINES)
    pages = span(page, _LINES, found.total, "this table")
    offered = options(source())
    return render_template(
        "medals.html",
        choice=choice,
        by=by,
        table=found,
        lines=[_line(tally, choice, found) for tally in found.lines],
        unknown=_line(found.without_country, choice, found) if found.without_country else None,
        paging=pages,
        options=offered,
        sexes=_SEXES,
        title=_title(choice, offered),
        others=_addresses(choice, by),
        partial=_list_address(choice, partial="1"),
        sparql_query=bound(queries.load("page-medals"), _fixed(choice)),
    )


@blueprint.get("/medals.<any(csv, json):form>")
def table_data(form: str) -> Response:
    """All lines of the table."""
    found = medal_table(source(), _choice(), _by())
    lines = [
        {
            "rank": line.rank,
            found.by: line.name.text,
            "iri": line.name.iri,
            **dict(line.counts),
            "total": line.total,
        }
        for line in found.lines
    ]
    if form == "csv":
        return _csv(("rank", found.by, "iri", *COLOURS, "total"), lines)
    lost = found.without_country
    return jsonify(
        by=found.by,
        lines=lines,
        without_country={**dict(lost.counts), "total": lost.total} if lost else None,
        coverage={name: getattr(found.coverage, name) for name in found.coverage.__slots__},
    )


@blueprint.get("/medals/list")
def list_page() -> str:
    """The medals behind a number, each with its sentences."""
    choice = _choice()
    page = page_asked("page")
    found = medal_list(source(), choice, limit=_MEDALS, offset=(page - 1) * _MEDALS)
    pages = span(page, _MEDALS, found.total, "this list")
    who = named(source(), [choice.who])[choice.who] if choice.who else None
    return render_template(
        "medallist.html",
        choice=choice,
        found=found,
        lines=[(row, by_sentence(row.facts), found.countries[row.result]) for row in found.rows],
        most=_SENTENCES,
        paging=pages,
        title=_title(choice, options(source()), who.text if who else ""),
        table=f"/medals?{urlencode(_asked(choice, without=('who', 'colour', 'partial')))}",
        sparql_query=_list_query(choice),
        data={form: f"/medals/list.{form}?{urlencode(_asked(choice))}" for form in ("csv", "json")},
    )


@blueprint.get("/medals/list.<any(csv, json):form>")
def list_data(form: str) -> Response:
    """All of the medals, one by one."""
    medals = chosen_medals(source(), _choice())
    contests = [won.contest for won in medals]
    names = named(
        source(),
        {won.who for won in medals}
        | {contest.race for contest in contests}
        | {nation for won in medals for nation in won.countries},
    )
    rows = [
        {
            "medal": won.colour,
            "winner": names[won.who].text,
            "winner_iri": won.who,
            "country": " or ".join(names[nation].text for nation in won.countries),
            "year": won.contest.year,
            "race": names[won.contest.race].text,
            "race_iri": won.contest.race,
            "result_iri": won.result,
        }
        for won in medals
    ]
    columns = ("medal", "winner", "winner_iri", "country", "year", "race", "race_iri", "result_iri")
    return _csv(columns, rows) if form == "csv" else jsonify(medals=rows)


def _choice() -> Choice:
    """What the address asks for. Answers 404 for what can be no year, sex or colour."""
    given = {name: value.strip()[:_LONGEST] for name, value in request.args.items() if value.strip()}
    year = given.get("year", "")
    if year and not (year.isascii() and year.isdigit() and len(year) == len("2023")):
        abort(404, f"'{year[:20]}' is no year.")
    if given.get("sex", "M") not in dict(_SEXES):
        abort(404, f"'{given['sex'][:20]}' is no sex; there are M, F and X (mixed).")
    if given.get("colour", "gold") not in COLOURS:
        abort(404, f"'{given['colour'][:20]}' is no medal; there are gold, silver and bronze.")
    kind, _, slug = given.get("who", "").partition("/")
    return Choice(
        series=given.get("series"),
        year=int(year) if year else None,
        country=given.get("country"),
        discipline=given.get("discipline"),
        sex=given.get("sex"),
        who=iri(kind, slug, source().base) if slug and kind in ("person", "country") else None,
        colour=given.get("colour"),
        partial=given.get("partial") == "1",
    )


def _fixed(choice: Choice) -> dict[str, Node]:
    """The choice as variables of queries."""
    base = source().base
    fixed: dict[str, Node] = {
        name: URIRef(iri(name, slug, base))
        for name in ("series", "discipline")
        if (slug := getattr(choice, name)) and _SLUG.fullmatch(slug)
    }
    if choice.year:
        fixed["year"] = Literal(choice.year)
    if choice.country:
        fixed["code"] = Literal(choice.country)
    if choice.sex:
        fixed["sex"] = URIRef(NS + next(name for name, code in SEXES.items() if code == choice.sex))
    return fixed


def _list_query(choice: Choice) -> str:
    """The list of medals as a query."""
    fixed = _fixed(choice) | {"partial": Literal(choice.partial)}
    if choice.who:
        fixed["who"] = URIRef(choice.who)
    if choice.colour:
        fixed["colour"] = URIRef(NS + choice.colour.capitalize())
    return bound(queries.load("page-medal-list"), fixed)


def _by() -> By:
    by = request.args.get("by", "country")
    if by not in ("country", "athlete"):
        abort(404, f"There is no table by '{by[:20]}'; there are those by country and by athlete.")
    return cast("By", by)


def _asked(choice: Choice, *, without: Iterable[str] = (), **more: str) -> dict[str, str]:
    """The choice as parameters of an address."""
    given: dict[str, Any] = {
        name: getattr(choice, name) for name in ("series", "year", "country", "discipline", "sex", "colour")
    }
    given["who"] = (page_of(choice.who) or "").lstrip("/")
    given["partial"] = "1" if choice.partial else ""
    given |= more
    return {name: str(value) for name, value in given.items() if value and name not in without}


def _list_address(choice: Choice, **more: str) -> str:
    return f"/medals/list?{urlencode(_asked(choice, **more))}"


def _line(tally: Tally, choice: Choice, table: MedalTable) -> _Line:
    path = (page_of(tally.name.iri) or "").lstrip("/")
    whose = {"who": path} if table.by == "athlete" else {"country": path.partition("/")[2] or UNKNOWN}
    hrefs = {colour: _list_address(choice, colour=colour, **whose) for colour in COLOURS}
    return _Line(tally, hrefs | {"total": _list_address(choice, **whose)})


def _addresses(choice: Choice, by: str) -> dict[str, str]:
    """The table the other ways: by country, by athlete, as data."""
    asked = _asked(choice)
    return {
        "country": f"/medals?{urlencode(asked)}",
        "athlete": f"/medals?{urlencode(asked | {'by': 'athlete'})}",
        "csv": f"/medals.csv?{urlencode(asked | {'by': by})}",
        "json": f"/medals.json?{urlencode(asked | {'by': by})}",
    }


def _title(choice: Choice, offered: Options, who: str = "") -> str:
    """What the medals are of, in words: `World Championships 2023, women, 1500m, Kenya`."""

    def label(listed: tuple[tuple[str, str], ...], slug: str | None) -> str:
        return dict(listed).get(slug or "", slug or "")

    event = " ".join(filter(None, (label(offered.series, choice.series), str(choice.year or ""))))
    country = "country not reported" if choice.country == UNKNOWN else label(offered.countries, choice.country)
    sex = dict(_SEXES).get(choice.sex or "", "")
    parts = (event, sex, label(offered.disciplines, choice.discipline), country, who)
    return ", ".join(filter(None, parts)) or "all competitions"


def _csv(columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> Response:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return Response(text.getvalue(), content_type="text/csv; charset=utf-8")
