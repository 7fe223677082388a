"""The page of an article: its text or sentences with what was read from each, and `/articles`, all of them."""

from __future__ import annotations

import re
from calendar import month_name
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template, request
from rdflib import Literal, URIRef

from graph import queries
from graph.browsing import find
from graph.browsing.articlelist import UNDATED, Wanted, article_list
from graph.browsing.articles import article
from graph.errors import AmbiguousNameError, LookupFailedError
from graph.ledger.reading import stored_text
from graph.pipeline.tombstones import archive_name
from graph.store.binding import bound
from server.cardpages import representations
from server.paging import page_asked, span
from server.service import settings, source

if TYPE_CHECKING:
    from graph.browsing.values import Entity

blueprint = Blueprint("articlepages", __name__)

_SENTENCES = 60  # on one page, with what was read from each
_ARTICLES = 50
_LONGEST = 200  # code points
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def page(this: str) -> Response:
    """The page about the IRI of an article; raises LookupFailedError where nothing is said of it."""
    slug = this.rpartition("/")[2]
    text = stored_text(settings().store, slug) if settings().article_text == "full" else None
    found = article(source(), this, text)
    if found.withdrawn is not None:
        return Response(render_template("gone.html", article=found, archive=archive_name(slug, found.withdrawn)), 410)
    paging = span(page_asked("sentences-page"), _SENTENCES, len(found.sentences), "its sentences")
    return Response(
        render_template(
            "article.html",
            article=found,
            sentences=found.sentences[paging.first_shown - 1 : paging.last_shown],
            paging=paging,
            page_of_sentence=lambda number: (number - 1) // _SENTENCES + 1,
            text_allowed=settings().article_text == "full",
            representations=representations(this),
            sparql_query=queries.with_values(queries.load("page-article"), "x", [URIRef(this)]),
        )
    )


@dataclass(frozen=True, slots=True)
class _About:
    """What articles are wanted about: what was asked, and what came of it."""

    asked: str
    found: Entity | None = None
    message: str | None = None
    candidates: tuple[tuple[str, str, str], ...] = ()


@blueprint.get("/articles")
def articles_page() -> str:
    """All articles, or those of a month, a publisher, about a thing; the newest first."""
    about = _about(request.args.get("about", "").strip()[:_LONGEST])
    month = _month(request.args.get("month", "").strip()[:_LONGEST])
    publisher = request.args.get("source", "").strip()[:_LONGEST] or None
    page = page_asked("page")
    wanted = Wanted(month, publisher, about.found.iri if about.found else None)
    if about.message:
        return render_template("articles.html", about=about, wanted=wanted, found=None)
    found = article_list(source(), wanted, limit=_ARTICLES, offset=(page - 1) * _ARTICLES)
    paging = span(page, _ARTICLES, found.total, "these articles")
    return render_template(
        "articles.html",
        about=about,
        wanted=wanted,
        found=found,
        paging=paging,
        years=_years(found.months),
        sparql_query=_query(wanted),
    )


def _query(wanted: Wanted) -> str:
    """The list as a query."""
    texts = (("month", wanted.month), ("publisher", wanted.publisher))
    fixed = {name: Literal(text) for name, text in texts if text}
    if wanted.about is None:
        return bound(queries.load("page-articles"), fixed)
    return bound(queries.with_values(queries.load("page-articles-about"), "x", [URIRef(wanted.about)]), fixed)


def _about(asked: str) -> _About:
    if not asked:
        return _About(asked)
    try:
        found = find(source(), asked)
    except AmbiguousNameError as error:
        return _About(asked, message=f"Several are called “{asked}”. Which one?", candidates=error.candidates)
    except LookupFailedError as error:
        return _About(asked, message=str(error))
    return _About(asked, found)


def _month(asked: str) -> str | None:
    """The month that is asked for. Answers 404 for what is none."""
    if asked and asked != UNDATED and not _MONTH.fullmatch(asked):
        abort(404, f"'{asked[:20]}' is no month; give one as 2023-08, or {UNDATED}.")
    return asked or None


def _years(months: tuple[tuple[str, int], ...]) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """The months by year for a list to choose from: (value, in words, how many articles)."""
    years: dict[str, list[tuple[str, str, int]]] = {}
    for month, count in months:
        name = "no date" if month == UNDATED else f"{month_name[int(month[5:])]} {month[:4]}"
        years.setdefault("" if month == UNDATED else month[:4], []).append((month, name, count))
    return list(years.items())
