"""From files, folders, addresses, feeds and standard input to articles."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, Literal

from graph.articles.blocks import headline
from graph.articles.datelines import published_line
from graph.articles.decoding import decode
from graph.articles.feeds import Entry, read_feed
from graph.articles.identifiers import id_from_stem, id_from_url
from graph.articles.inputs import Input, read_inputs
from graph.articles.mending import mend
from graph.articles.metadata import Options, is_id, overlay
from graph.articles.pages import read_page
from graph.errors import UnreadableError
from graph.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_TEXT = 1_000_000  # code points of one article; the longest reports have 30,000, a novel 600,000
_PROLOGUE = r"\A\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE\s(?!html)[^>]*>\s*)*"
_FEED = re.compile(_PROLOGUE + r"<(?:\w+:)?(?:rss|feed|RDF)\b", re.DOTALL)
_HTML = re.compile(
    _PROLOGUE + r"<(?:!doctype\s+html|html|head|body|article|main|section|header|div|p|h[1-6]|meta|title)\b",
    re.DOTALL | re.IGNORECASE,
)
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_SNIFFED = 4096  # code points at the start that show what a document is


def read(
    locations: Iterable[str], options: Options | None = None, stdin: BinaryIO | None = None
) -> Iterator[Article | UnreadableError]:
    """The articles in what the locations name, in order, and an error for each input that cannot be read.

    A location is a file, a folder (read recursively), an http or https address, or `-` for `stdin` (the process's own
    if None). `options` go before sidecars (`NAME.meta.json`), and these before what a document says of itself. Ids are
    distinct: a second article of one id is an error.
    """
    return read_documents(read_inputs(locations, stdin), options)


def read_documents(
    documents: Iterable[Input | UnreadableError], options: Options | None = None
) -> Iterator[Article | UnreadableError]:
    """As `read`, of documents that are there already."""
    options = options or Options()
    origins: dict[str, str] = {}
    for document in documents:
        for outcome in (document,) if isinstance(document, UnreadableError) else _articles(document, options):
            if isinstance(outcome, Article):
                if outcome.id in origins:
                    yield _taken(outcome, origins[outcome.id])
                    continue
                origins[outcome.id] = outcome.origin
            yield outcome


def _taken(article: Article, first: str) -> UnreadableError:
    reason = f"has the same id as {first} ({article.id}); give it another 'id' in its .meta.json, or rename it"
    return UnreadableError(article.origin, reason)


def _articles(document: Input, options: Options) -> Iterator[Article | UnreadableError]:
    try:
        yield from _read_document(document, options)
    except UnreadableError as error:
        yield error


def _read_document(document: Input, options: Options) -> Iterator[Article | UnreadableError]:
    origin = document.origin
    media_type, charset = _media_type(document.content_type)
    text = decode(origin, document.data, charset)
    if not text.strip():
        what = "holds only white space" if text else "is empty"
        raise UnreadableError(origin, f"{what}; give plain text, HTML, RSS or Atom")
    kind = "text" if document.plain else _kind(text[:_SNIFFED], document.suffix, media_type)
    if kind == "feed":
        yield from _from_feed(document, text, options)
    elif kind == "page":
        text, own = read_page(origin, text, document.url)
        yield _article(document, text, overlay(options, document.sidecar, own))
    elif kind == "text":
        mended, _ = mend(text[:_SNIFFED])
        own = Options(title=headline(mended), published=published_line(mended), url=document.url)
        yield _article(document, text, overlay(options, document.sidecar, own))
    else:
        raise UnreadableError(origin, "is neither an RSS nor an Atom feed; give a feed, HTML or plain text")


def _kind(start: str, suffix: str, media_type: str | None) -> Literal["feed", "page", "text", "other"]:
    """What a document is: by what it begins with, and only then by its name or media type."""
    if _FEED.match(start):
        return "feed"
    if _HTML.match(start) or suffix in (".html", ".htm") or media_type in _HTML_TYPES:
        return "page"
    return "other" if start.lstrip().startswith("<?xml") or suffix in (".xml", ".rss", ".atom") else "text"


def _from_feed(document: Input, text: str, options: Options) -> Iterator[Article | UnreadableError]:
    # Title, address and id belong to one article: for a whole feed only the entries themselves can give them.
    given = replace(overlay(options, document.sidecar), title=None, url=None, id=None)
    texts: dict[str, set[str]] = {}
    for entry in read_feed(document.origin, text):
        if isinstance(entry, Entry):
            yield from _from_entry(document.origin, entry, given, texts)
        else:
            yield entry


def _from_entry(
    origin: str, entry: Entry, given: Options, texts: dict[str, set[str]]
) -> Iterator[Article | UnreadableError]:
    """The article of an entry, if it is not a repetition: `texts` has the texts by id so far."""
    digest = sha256(entry.text.encode("utf-8", "surrogatepass")).hexdigest()
    metadata = overlay(given, entry.metadata)
    key = str(metadata.id)
    known = texts.setdefault(key, set())
    if digest in known:
        return
    identifier = f"{key}-{digest[:8]}" if known else key
    known.add(digest)
    yield _built(f"{origin}#{identifier}", entry.text, digest, replace(metadata, id=identifier))


def _media_type(content_type: str | None) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header."""
    if not content_type:
        return None, None
    media_type, _, parameters = content_type.partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w-]+)", parameters, re.IGNORECASE)
    return media_type.strip().lower(), charset[1] if charset else None


def _article(document: Input, text: str, metadata: Options) -> Article:
    digest = document.sha256 or sha256(document.data).hexdigest()
    if metadata.id is None:
        if metadata.url is not None:
            identifier = id_from_url(metadata.url)
        else:
            identifier = digest[:16] if document.stem is None else id_from_stem(document.stem, digest)
        metadata = replace(metadata, id=identifier)
    return _built(document.origin, text, digest, metadata)


def _built(origin: str, text: str, digest: str, metadata: Options) -> Article:
    identifier = str(metadata.id)
    if not is_id(identifier):
        raise UnreadableError(origin, f"id '{identifier[:60]}' may hold only a-z, 0-9 and inner hyphens")
    if len(text) > MAX_TEXT:
        reason = f"has {len(text):,} characters; an article may have {MAX_TEXT:,}: split it into articles"
        raise UnreadableError(origin, reason)
    return Article(
        identifier,
        text,
        digest,
        origin,
        metadata.title,
        metadata.published,
        metadata.url,
        metadata.source,
        metadata.author,
    )
