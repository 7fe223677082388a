"""`/feed.atom` and `/feed.json`, and the same of a person, club, race and so on: what changed, the newest first."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode
from uuid import UUID
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, abort, redirect, request
from rdflib import URIRef

from graph.browsing import successor
from graph.browsing.describing import describe
from graph.browsing.feeds import articles_about, items
from graph.facts import Entity
from graph.ledger import history
from graph.ledger.terms import written
from server.curation.kept import ledger
from server.entities import iri_of
from server.service import page_of, source

if TYPE_CHECKING:
    import sqlite3

    from flask import Flask
    from werkzeug.wrappers import Response as AnyResponse

    from graph.browsing.feeds import Group, Item
    from graph.browsing.values import Words
    from graph.ledger.history import Entry

blueprint = Blueprint("feeds", __name__)

_PAGE: Final = 20
_NAMED: Final = ("person", "club", "series", "place", "discipline")  # of which the ledger knows who names them
_KINDS: Final = (*_NAMED, "country", "edition", "race", "result", "article", "coaching", "membership")
_KIND: Final = f"<any({', '.join(sorted(_KINDS))}):kind>"
_FORM: Final = "<any(atom, json):form>"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_NEVER: Final = "1970-01-01T00:00:00Z"  # when a feed without entries changed last
_UNFIT: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
_ASKED: Final = frozenset({"since", "before"})


def register(app: Flask) -> None:
    """Gives the templates `feed_path`."""
    app.jinja_env.globals["feed_path"] = feed_path


def feed_path() -> str:
    """The address of the feed that goes with the page under way, up to the `atom` or `json` at its end."""
    given = request.view_args or {}
    kind, slug = given.get("kind"), given.get("slug")
    if request.blueprint == "entities" and kind in _KINDS and slug:
        return f"/{kind}/{slug}/feed."
    return "/feed."


@blueprint.get(f"/feed.{_FORM}")
def overall(form: str) -> Response:
    """What changed in the whole store."""
    since, before = _asked()
    with ledger() as database:
        entries = history.newest(database, _PAGE + 1, since=since, before=before)
    return _feed(form, "What changed", source().base, "/", entries)


@blueprint.get(f"/{_KIND}/<slug>/feed.{_FORM}")
def of_entity(kind: str, slug: str, form: str) -> AnyResponse:
    """What changed about one thing."""
    this = iri_of(kind, slug)
    if kind in {"person", "club", "series"} and (new := successor(source(), this)) is not None:
        return redirect(f"{page_of(new)}/feed.{form}", 308)
    since, before = _asked()
    with ledger() as database:
        articles = _articles(database, kind, slug, this)
        entries = history.newest_about(database, f"{kind}/{slug}", articles, _PAGE + 1, since=since, before=before)
    if not entries and not source().ask("ASK { ?x ?p ?o }", {"x": URIRef(this)}):
        abort(404, f"There is no {kind} '{slug[:200]}'.")
    label = describe(source(), [this])[this].label
    return _feed(form, f"What changed: {label}", this, page_of(this) or "/", entries)


def _articles(database: sqlite3.Connection, kind: str, slug: str, this: str) -> list[str]:
    """The ids of the articles that speak of a thing."""
    if kind == "article":
        return [slug]
    for named in _NAMED:
        if kind == named:
            rows = database.execute(
                "SELECT DISTINCT a.id FROM terms AS t JOIN namings AS s ON s.entity = t.id"
                " JOIN articles AS a ON a.n = s.n WHERE t.text = ?",
                (written(Entity(named, slug)),),
            )
            return [one for (one,) in rows]
    return articles_about(source(), this)


def _asked() -> tuple[str | None, int | None]:
    """Since when, and before which entry."""
    if unknown := sorted(set(request.args) - _ASKED):
        abort(400, f"'{unknown[0][:60]}' is no parameter here; known are before and since.")
    before = request.args.get("before")
    if before is not None and not (before.isascii() and before.isdigit() and len(before) < 16):
        abort(400, "'before' is the number of an entry, as the link to the next page has it.")
    since = request.args.get("since")
    return None if since is None else _instant(since), None if before is None else int(before)


def _instant(text: str) -> str:
    try:
        found = datetime.fromisoformat(text)
        when = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        abort(400, f"'{text[:60]}' is no date or time; give one such as 2026-11-21 or 2026-11-21T15:00:00Z.")
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _feed(form: str, title: str, identifier: str, page: str, entries: list[Entry]) -> Response:
    shown = items(source(), entries[:_PAGE])
    after = None
    if len(entries) > _PAGE:
        kept = {name: value for name, value in request.args.items() if name == "since"}
        after = f"{request.path}?{urlencode(kept | {'before': str(shown[-1].seq)})}"
    if form == "atom":
        return Response(
            _atom(title, identifier, page, shown, after), content_type="application/atom+xml; charset=utf-8"
        )
    return Response(_json(title, page, shown, after), content_type="application/feed+json; charset=utf-8")


def _atom(title: str, identifier: str, page: str, shown: list[Item], after: str | None) -> bytes:
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})

    def child(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
        made = ET.SubElement(parent, name, attributes)
        made.text = _UNFIT.sub("\ufffd", text) or None
        return made

    child(feed, "id", f"{identifier}#feed")
    child(feed, "title", f"{title} · Podium")
    child(feed, "updated", max((item.at for item in shown), default=_NEVER))
    child(child(feed, "author"), "name", "Podium")
    child(feed, "link", rel="self", type="application/atom+xml", href=request.url)
    child(feed, "link", rel="alternate", type="text/html", href=_absolute(page))
    if after:
        child(feed, "link", rel="next", type="application/atom+xml", href=_absolute(after))
    for item in shown:
        entry = child(feed, "entry")
        child(entry, "id", UUID(item.mark).urn)
        child(entry, "title", item.title)
        child(entry, "updated", item.at)
        child(entry, "published", item.at)
        child(entry, "category", term=item.kind)
        child(entry, "link", rel="alternate", type="text/html", href=_page(item))
        child(entry, "content", _html(item), type="html")
    written_out: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written_out


def _json(title: str, page: str, shown: list[Item], after: str | None) -> bytes:
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{title} · Podium",
        "home_page_url": _absolute(page),
        "feed_url": request.url,
        "language": "en",
        "authors": [{"name": "Podium"}],
    }
    if after:
        feed["next_url"] = _absolute(after)
    feed["items"] = [
        {
            "id": UUID(item.mark).urn,
            "url": _page(item),
            "title": item.title,
            "content_html": _html(item),
            "date_published": item.at,
            "date_modified": item.at,
            "tags": [item.kind],
        }
        for item in shown
    ]
    return json.dumps(feed).encode()


def _page(item: Item) -> str:
    return _absolute(page_of(item.link) or "/")


def _absolute(path: str) -> str:
    return request.url_root.rstrip("/") + path


def _html(item: Item) -> str:
    parts = [f"<p>{escape(item.title)}</p>"]
    if item.reason:
        parts.append(f"<p>Reason: “{escape(item.reason)}”</p>")
    return "".join([*parts, *map(_listed, item.groups)])


def _listed(group: Group) -> str:
    lines = "".join(f"<li>{_linked(words)}</li>" for words in group.facts)
    more = f"<li>and {group.more:,} more</li>" if group.more else ""
    return f"<p>{group.heading}:</p><ul>{lines}{more}</ul>"


def _linked(words: Words) -> str:
    return "".join(
        f'<a href="{escape(_absolute(path))}">{escape(piece.text)}</a>'
        if (path := page_of(piece.iri))
        else escape(piece.text)
        for piece in words
    )
