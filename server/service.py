"""What every view needs: the source that answers, and the way from an IRI to its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urlsplit

from flask import Flask, current_app

from ontology.iris import KINDS, NS
from server.sessions import Sessions
from server.tokens import Tokens

if TYPE_CHECKING:
    from graph.browsing.values import Piece
    from graph.store.base import Source
    from server.settings import Settings

_KINDS_WITH_PAGES = frozenset(KINDS.values())


def attach(app: Flask, source: Source, settings: Settings) -> None:
    """Give the app its source, settings and tokens."""
    app.extensions["podium.source"] = source
    app.extensions["podium.settings"] = settings
    app.extensions["podium.tokens"] = Tokens(settings.store, settings.token, settings.owner)
    app.extensions["podium.sessions"] = Sessions()


def source() -> Source:
    """The source of the app that answers the request under way."""
    return cast("Source", current_app.extensions["podium.source"])


def settings() -> Settings:
    """The settings of the app that answers the request under way."""
    return cast("Settings", current_app.extensions["podium.settings"])


def tokens() -> Tokens:
    """Who may write to what the app serves."""
    return cast("Tokens", current_app.extensions["podium.tokens"])


def sessions() -> Sessions:
    """Who is signed in to the app."""
    return cast("Sessions", current_app.extensions["podium.sessions"])


def page_of(iri: str | None) -> str | None:
    """The path of this service's page about an IRI of its own; None for every other IRI."""
    base = source().base
    if not iri or not iri.startswith(base):
        return None
    kind, _, slug = iri.removeprefix(base).partition("/")
    if kind not in _KINDS_WITH_PAGES or not slug:
        return None
    return f"/{kind}/{quote(slug, safe='')}"


def link_of(iri: str | None) -> str | None:
    """Where a link about an IRI leads: to its page here, else to the IRI itself if that is a web address.

    Terms of the ontology are words, not places to go.
    """
    return None if iri and iri.startswith(NS) else page_of(iri) or web_address(iri)


def link_of_piece(piece: Piece) -> str | None:
    """Where a piece of a text leads; a literal that is a web address (the page an article came from) leads there."""
    return link_of(piece.iri) if piece.iri else web_address(piece.text)


def web_address(text: str | None) -> str | None:
    """`text` if it is an absolute http(s) address, so that no `javascript:` of hostile data becomes a link."""
    if not text or any(character.isspace() for character in text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.netloc else None
