"""RSS and Atom: one article for each entry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from graph.articles.blocks import headline
from graph.articles.identifiers import id_from_key, id_from_url
from graph.articles.metadata import Options, http_url, parse_day
from graph.articles.pages import fragment_text
from graph.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>\s*")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")


@dataclass(frozen=True, slots=True)
class Entry:
    """The text of an entry, its title first, and what the feed says of it; `metadata.id` is set."""

    text: str
    metadata: Options


def read_feed(origin: str, markup: str) -> Iterator[Entry | UnreadableError]:
    """The entries of a feed in its order; an error for each that has no text, and for a feed that breaks off.

    Raises UnreadableError for a feed without entries.
    """
    # Imported here and not above: most inputs are plain text.
    import feedparser

    # The text is decoded already: what its declaration says of bytes is no longer so.
    data = BytesIO(_DECLARATION.sub("", markup).encode())
    try:
        feed = feedparser.parse(data, response_headers={"content-type": "application/xml; charset=utf-8"})
    except Exception as error:  # on odd names and nesting feedparser fails in ways it does not document
        raise UnreadableError(origin, "this feed cannot be parsed; ask the publisher for a valid feed") from error
    fault = _fault(feed)
    if not feed.entries:
        reason = f"is not well-formed ({fault}); ask the publisher for a valid feed" if fault else "has no entries"
        raise UnreadableError(origin, f"this feed {reason}")
    source = _plain(feed.feed.get("title"))
    for number, item in enumerate(feed.entries, 1):
        # As a plain dict: feedparser's own answers for keys that are not there, with a warning.
        yield _entry(f"{origin}#{number}", dict(item), source)
    if fault:
        reason = f"the feed is not well-formed ({fault}); {len(feed.entries)} entries were read, others may be missing"
        yield UnreadableError(origin, reason)


def _fault(feed: Mapping[str, Any]) -> str | None:
    """Why a feed is not well-formed, if that lost anything: wrong media types and charsets did not."""
    import feedparser

    fault = feed.get("bozo_exception")
    if fault is None or isinstance(fault, feedparser.ThingsNobodyCaresAboutButMe):
        return None
    message = " ".join(str(getattr(fault, "getMessage", fault.__str__)()).split())
    line = fault.getLineNumber() if hasattr(fault, "getLineNumber") else None
    return f"{message}, line {line}" if line else message


def _entry(origin: str, item: Mapping[str, Any], source: str | None) -> Entry | UnreadableError:
    title, link = _plain(item.get("title")), http_url(item.get("link"))
    body = _text(_content(item))
    if not body:
        named = f"entry '{title}'" if title else "an entry"
        return UnreadableError(origin, f"{named} has no text; give the address of its page instead")
    text = body if title is None or body.startswith(title) or headline(body) == title else f"{title}\n\n{body}"
    guid = item.get("id") or ""
    key = id_from_url(link) if link else id_from_key(guid or title or body[:200])
    written = item.get("published") or item.get("updated") or ""
    author = _plain(item.get("author"))
    source = _plain((item.get("source") or {}).get("title")) or source
    return Entry(text, Options(title, parse_day(written), link, source, author, key))


def _content(item: Mapping[str, Any]) -> str:
    """The fullest text of an entry."""
    values = [part.get("value") or "" for part in item.get("content") or ()]
    return max((*values, item.get("summary") or ""), key=len)


def _text(content: str) -> str:
    return fragment_text(content) if _TAG.search(content) else content.strip()


def _plain(value: str | None) -> str | None:
    return " ".join(_text(value).split()) or None if value else None
