"""The start page, and the small files every site has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template

from graph import queries
from graph.browsing import overview
from server.examples import examples
from server.service import source

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

blueprint = Blueprint("pages", __name__)

# What is counted on the start page: word, class (local name).
_COUNTED = (
    ("articles", "Article"),
    ("athletes", "Athlete"),
    ("coaches", "Coach"),
    ("clubs", "Club"),
    ("races", "Race"),
    ("results", "Result"),
    ("medals", "Medal"),
    ("disagreements", "Conflict"),
)
_LISTED = {"Article": "/articles", "Conflict": "/conflicts"}
_YEAR = 31_536_000  # seconds


@dataclass(frozen=True, slots=True)
class _Way:
    name: str
    href: str
    about: str


_WAYS = (
    _Way("Medal table", "/medals", "by country, year, competition; every number opens its medals"),
    _Way("Head to head", "/head-to-head", "two athletes: who won where, and by how much"),
    _Way("Connections", "/connections", "how two people are tied to each other, with the sentences"),
    _Way("Graph", "/graph", "a person or club and what is around, to be opened step by step"),
    _Way("Who coaches whom", "/coaching", "coaches, their athletes, and theirs"),
    _Way("Conflicts", "/conflicts", "where articles disagree, the sides next to each other"),
    _Way("Trust", "/trust", "what was read, how well, and what is doubtful"),
)


@dataclass(frozen=True, slots=True)
class _Count:
    name: str
    number: int
    href: str | None


@blueprint.get("/")
def start() -> str:
    """The start page."""
    seen = overview(source())
    counts = [_Count(name, seen.counts.get(type_name, 0), _LISTED.get(type_name)) for name, type_name in _COUNTED]
    return render_template(
        "start.html",
        counts=counts,
        newest=seen.newest,
        ways=_WAYS,
        examples=examples(),
        sparql_query=queries.load("counts"),
    )


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Pages may be read by robots; queries and exports are not for them."""
    lines = (
        "User-agent: *",
        "Disallow: /sparql",
        "Disallow: /export",
        "Disallow: /search",
        "Disallow: /suggest",
        "Disallow: /connections",
        "Disallow: /curation",
    )
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/favicon.ico")
def favicon() -> AnyResponse:
    """Browsers ask for this without being told; the icon is an SVG."""
    response = redirect("/static/favicon.svg", 301)
    response.cache_control.max_age = _YEAR
    return response
