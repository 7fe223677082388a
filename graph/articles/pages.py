"""HTML: the article of a page, and the text of fragments as feeds have them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from graph.articles.blocks import divide, headline
from graph.articles.metadata import Options, http_url
from graph.errors import UnreadableError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BREAK = re.compile(
    r"address|article|aside|blockquote|br|d[dlt]|div|figcaption|figure|footer|form|h[1-6r]|header|li|main|[ou]l|p|pre|section"
    r"|table|tr"
)
_SILENT = re.compile(r"script|style|template|noscript|iframe|object|svg|button|select|textarea")
_UNPARSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # lxml raises on these
_SPACE = re.compile(r"\s+")


def read_page(origin: str, markup: str, url: str | None = None) -> tuple[str, Options]:
    """The text of the article in a page, its headline first, and what the page says of it.

    Raises UnreadableError if the page has no article.
    """
    # Imported here and not above: it takes a quarter of a second, and most inputs are plain text.
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    try:
        document = bare_extraction(
            _UNPARSABLE.sub(" ", markup),
            url=url,
            with_metadata=True,
            include_comments=False,
            # The day it was first published; and only as the markup says it: dates in the prose are those of races.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception as error:  # broken pages make its parsers fail in ways they do not document
        raise UnreadableError(origin, "this page cannot be parsed; save the article's text as a .txt file") from error
    text = (document.text or "").strip() if isinstance(document, Document) else ""
    if not isinstance(document, Document) or not _is_article(text):
        reason = "no article found in this page; save the article's text as a .txt file and give that"
        raise UnreadableError(origin, reason)
    title, day = _clean(document.title), document.date
    if title is not None and headline(text) is None and not text.startswith(title):
        text = f"{title}\n\n{text}"
    address = http_url(_clean(document.url)) or url
    published = date.fromisoformat(day) if day else None
    return text, Options(title, published, address, _clean(document.sitename), _clean(document.author))


def _clean(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def _is_article(text: str) -> bool:
    """Whether there is prose or a row of results, and not only what is left of a menu."""
    mended, blocks = divide(text)
    for block in blocks:
        words = len(mended[block.start : block.end].split())
        if block.kind in ("paragraph", "list", "row") and words > 3 and (words > 9 or block.kind == "row"):
            return True
        if block.kind == "paragraph" and words > 3 and mended[block.end - 1] in ".!?\"'”’)":
            return True
    return False


def fragment_text(markup: str) -> str:
    """The text of a piece of HTML: nothing is left out, and block elements stand apart by a blank line."""
    from lxml import html  # here and not above: most inputs are plain text

    root = html.fragment_fromstring(_UNPARSABLE.sub(" ", markup), create_parent="div")
    pieces: list[str] = []
    _collect(root, pieces)
    paragraphs = (_SPACE.sub(" ", part).strip() for part in "".join(pieces).split("\0"))
    return "\n\n".join(part for part in paragraphs if part)


def _collect(root: HtmlElement, pieces: list[str]) -> None:
    """Text in document order, with NUL for each border between blocks. A loop: pages nest deeper than Python may."""
    stack: list[HtmlElement | str] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        tag = item.tag if isinstance(item.tag, str) else None  # comments have a function for a tag
        if tag is None or _SILENT.fullmatch(tag):
            continue
        border = "\0" if _BREAK.fullmatch(tag) else " " if tag in ("td", "th") else ""
        pieces.append(border)
        stack.append(border)
        for child in reversed(item):
            stack.append(child.tail or "")
            stack.append(child)
        stack.append(("- " if tag == "li" else "") + (item.text or ""))
