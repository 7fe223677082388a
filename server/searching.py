"""`/suggest`, what a text as typed so far may mean, and `/search`: things, articles and sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from rdflib import Literal
from werkzeug.exceptions import NotAcceptable

from graph import queries
from graph.browsing import find, search, search_page, search_sentences
from graph.browsing.values import Hits, Passages
from graph.errors import AmbiguousNameError, LookupFailedError
from graph.searching.naming import KINDS, OTHER
from graph.searching.words import loose
from graph.store.binding import bound
from server.dates import dated
from server.service import link_of, source

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from graph.browsing.values import Entity, Hit, Passage

blueprint = Blueprint("searching", __name__)

_LONGEST: Final = 200  # code points; the rest of a longer text is not looked for
_SUGGESTED: Final = 8
_EACH: Final = 10  # of things, articles and sentences, where all are shown
_ALONE: Final = 25
_DEEPEST: Final = 400  # pages; who looks for what is further back looks for more words
_CLOSE: Final = 80.0  # score of a hit up to which nothing holds all the words
_SENTENCE: Final = "sentence"
_HEADINGS: Final = {
    "person": "People",
    "club": "Clubs",
    "race": "Races",
    "edition": "Championships and meetings",
    "series": "Competitions",
    "discipline": "Disciplines",
    "country": "Countries",
    "place": "Places",
    "article": "Articles",
    _SENTENCE: "Sentences",
}
_NOTHING: Final = {
    "": "Nothing is called that, nor anything like it, and no sentence holds these words.",
    _SENTENCE: "No sentence holds all these words.",
    "other": "Nothing of this kind is called that, nor anything like it.",
}
_TOLD: Final = frozenset({"race", "article"})


@dataclass(frozen=True, slots=True)
class _Choice:
    """A link that shows hits of one kind, or of all."""

    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class _Results:
    """What is shown: things, articles and sentences on one of so many pages."""

    things: Hits
    articles: Hits
    sentences: Passages
    pages: int

    @property
    def empty(self) -> bool:
        return not (self.things.total or self.articles.total or self.sentences.total)

    @property
    def near(self) -> bool:
        """Whether there is nothing but what is called nearly so."""
        best = max((hit.score for hits in (self.things, self.articles) for hit in hits.hits), default=0.0)
        return not self.sentences.total and 0 < best <= _CLOSE


@blueprint.get("/suggest")
def suggest() -> Response:
    """The things that a text as typed so far most likely means, as JSON."""
    asked = _asked()
    hits = search(source(), asked, _SUGGESTED)
    told = [_hit_told(hit) for hit in hits]
    return jsonify(query=asked, hits=[hit | {"description": dated(hit["description"])} for hit in told])


@blueprint.get("/search")
def search_all() -> AnyResponse:
    """To the page of the one thing that a name means, or a page of all that the words may mean."""
    asked, kind = _asked(), request.args.get("kind", "").strip()
    if kind and kind not in _HEADINGS:
        abort(404, f"There is nothing of the kind '{kind[:40]}' to look for; it is one of {', '.join(_HEADINGS)}.")
    as_json, page = _json_wanted(), _page_number()
    message = None
    if asked and not as_json and not kind and "page" not in request.args:
        found, message = _meant(asked)
        href = found and link_of(found.iri)
        if href:
            response = redirect(href, 303)
            response.vary.add("Accept")
            return response
    results = _results(asked, kind, page)
    if page > 1 and page > results.pages:
        abort(404, f"There is no page {page} of what was found for '{asked}'.")
    response = jsonify(_told(asked, kind, page, results)) if as_json else _shown(asked, kind, page, results, message)
    response.vary.add("Accept")
    return response


def _asked() -> str:
    return request.args.get("q", "").strip()[:_LONGEST]


def _page_number() -> int:
    number = request.args.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 5 else 0
    if not 1 <= page <= _DEEPEST:
        abort(404, f"There is no page '{number[:20]}' of a search; they are counted from 1 to {_DEEPEST}.")
    return page


def _json_wanted() -> bool:
    """Whether JSON is asked for rather than a page; raises NotAcceptable where neither is."""
    given = request.args.get("format")
    if given is not None:
        if given not in ("json", "html"):
            raise NotAcceptable("What was found can be had as a page (?format=html) and as JSON (?format=json).")
        return given == "json"
    if not request.accept_mimetypes:
        return False
    found = request.accept_mimetypes.best_match(["text/html", "application/json"])
    if found is None:
        raise NotAcceptable("What was found can be had as a page (text/html) and as JSON (application/json).")
    return found == "application/json"


def _meant(asked: str) -> tuple[Entity | None, str | None]:
    """The one thing that is called so, or what to say instead.

    Of races and articles only what has the very name: words of a headline are more likely looked for elsewhere, too.
    """
    try:
        found = find(source(), asked)
    except AmbiguousNameError:
        return None, "Several fit. Which one?"
    except LookupFailedError:
        return None, None
    exact = loose(found.label) == loose(asked) or asked.strip("<>/").endswith(found.iri.rpartition("/")[2])
    return (found if exact or found.kind not in _TOLD else None), None


def _results(asked: str, kind: str, page: int) -> _Results:
    size = _ALONE if kind else _EACH
    start = (page - 1) * size
    things = articles = Hits(0)
    sentences = Passages(0)
    if kind not in ("article", _SENTENCE):
        kinds = {kind} if kind else (KINDS | {OTHER}) - {"article"}
        things = search_page(source(), asked, size, offset=start, kinds=kinds)
    if kind in ("", "article"):
        articles = search_page(source(), asked, size, offset=start, kinds={"article"})
    if kind in ("", _SENTENCE):
        sentences = search_sentences(source(), asked, size, start)
    most = max(things.total, articles.total, sentences.total)
    return _Results(things, articles, sentences, min(-(-most // size), _DEEPEST))


def _shown(asked: str, kind: str, page: int, results: _Results, message: str | None) -> Response:
    if not asked:
        message = "Type the name of a person, club, race or competition, or words of a sentence."
    elif results.empty:
        message = _NOTHING.get(kind, _NOTHING["other"])
    elif results.near:
        message = "Nothing is called that. Perhaps one of these?"
    body = render_template(
        "search.html",
        asked=asked,
        kind=kind,
        heading=_HEADINGS.get(kind),
        page=page,
        results=results,
        message=message,
        choices=_choices(asked, kind),
        alias=_alias,
        sparql_query=bound(queries.load("page-search"), {"asked": Literal(asked.lower())}) if asked else None,
    )
    return Response(body, 404 if asked and (results.empty or results.near) else 200)


def _choices(asked: str, kind: str) -> list[_Choice]:
    named = [("", "All"), *_HEADINGS.items()]
    return [_Choice(name, _address(asked, one), one == kind) for one, name in named]


def _address(asked: str, kind: str) -> str:
    return f"/search?{urlencode({'q': asked, 'kind': kind} if kind else {'q': asked, 'page': 1})}"


# ---- as JSON


def _told(asked: str, kind: str, page: int, results: _Results) -> dict[str, Any]:
    return {
        "query": asked,
        "kind": kind or None,
        "page": page,
        "pages": results.pages,
        "things": {"total": results.things.total, "hits": [_hit_told(hit) for hit in results.things.hits]},
        "articles": {"total": results.articles.total, "hits": [_hit_told(hit) for hit in results.articles.hits]},
        "sentences": {
            "total": results.sentences.total,
            "hits": [_passage_told(passage) for passage in results.sentences.shown],
        },
    }


def _hit_told(hit: Hit) -> dict[str, str]:
    """A thing; `matched` is the name that fitted where that is another than its label."""
    entity = hit.entity
    return {
        "label": entity.label,
        "description": entity.description,
        "kind": entity.kind,
        "href": _href(entity),
        "matched": _alias(hit) or "",
    }


def _alias(hit: Hit) -> str | None:
    """The name that fitted, where it is not the label but for accents and the like."""
    return None if loose(hit.matched) == loose(hit.entity.label) else hit.matched


def _href(entity: Entity) -> str:
    return link_of(entity.iri) or _address(entity.label, "")


def _passage_told(passage: Passage) -> dict[str, Any]:
    return {
        "text": "".join(piece.text for piece in passage.pieces),
        "pieces": [{"text": piece.text, "marked": piece.marked} for piece in passage.pieces],
        "article": {"label": passage.article.label, "href": _href(passage.article)},
        "date": passage.date.isoformat() if passage.date else None,
        "start": passage.start,
        "end": passage.end,
        "href": link_of(passage.sentence),
    }
