"""The start page, search, and the small files every site has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request

from graph.browsing import find, overview, search
from graph.browsing.values import Entity
from graph.errors import AmbiguousNameError, LookupFailedError
from server.examples import examples
from server.service import link_of, source

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

blueprint = Blueprint("pages", __name__)

# What is counted on the start page: word, class (local name).
_COUNTED = (
    ("articles", "Article"),
    ("athletes", "Athlete"),
    ("coaches", "Coach"),
    ("races", "Race"),
    ("results", "Result"),
    ("medals", "Medal"),
    ("statements read", "Claim"),
    ("disagreements", "Conflict"),
)
_LISTED = {"Article": "/articles", "Conflict": "/conflicts"}
_LONGEST_NAME = 200  # code points; longer input is no name
_YEAR = 31_536_000  # seconds


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
    return render_template("start.html", counts=counts, newest=seen.newest, examples=examples())


@blueprint.get("/search")
def search_page() -> AnyResponse | str:
    """To the page of what a name means, or a list of what it may mean."""
    asked = request.args.get("q", "").strip()[:_LONGEST_NAME]
    if not asked:
        return render_template("search.html", asked="", candidates=(), message="Type a name to look for.")
    try:
        found = find(source(), asked)
    except AmbiguousNameError as error:
        candidates = [Entity(iri, "", label, description) for iri, label, description in error.candidates]
        return render_template("search.html", asked=asked, candidates=candidates, message="Several fit. Which one?")
    except LookupFailedError:
        return _nothing_found(asked)
    href = link_of(found.iri)
    if href is None:
        return render_template("search.html", asked=asked, candidates=(found,), message=None)
    return redirect(href, 303)


def _nothing_found(asked: str) -> Response:
    near = [hit.entity for hit in search(source(), asked)]
    message = (
        "Nothing is called that. Perhaps one of these?" if near else "Nothing is called that, nor anything like it."
    )
    return Response(render_template("search.html", asked=asked, candidates=near, message=message), 404)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Pages may be read by robots; queries and exports are not for them."""
    lines = (
        "User-agent: *",
        "Disallow: /sparql",
        "Disallow: /export",
        "Disallow: /search",
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
