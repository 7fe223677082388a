"""What stands around a quoted sentence, where the operator lets the texts of articles be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import g

from graph.ledger.reading import stored_text
from server.service import settings

if TYPE_CHECKING:
    from graph.browsing.values import EvidenceView

_ROOM = 140  # code points on either side


@dataclass(frozen=True, slots=True)
class Context:
    """The text before and after a quote, cut between words with an ellipsis where there is more of it."""

    before: str = ""
    after: str = ""


def context_of(view: EvidenceView) -> Context:
    """The context of a quote; empty where texts are not shown, or the stored text is no longer that of the quote."""
    if settings().article_text != "full":
        return Context()
    text = _text(view.article.rpartition("/")[2])
    if text is None or text[view.start : view.end] != view.quote:
        return Context()
    before, after = text[max(0, view.start - _ROOM) : view.start], text[view.end : view.end + _ROOM]
    if view.start > _ROOM:
        before = f"… {before.partition(' ')[2]}"
    if view.end + _ROOM < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return Context(before, after)


def _text(article: str) -> str | None:
    """The text of an article, read once for each request."""
    texts: dict[str, str | None] = g.setdefault("podium_texts", {})
    if article not in texts:
        texts[article] = stored_text(settings().store, article)
    return texts[article]
