"""The gate before extraction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.errors import UnfitError
from graph.screening.languages import foreign_language
from graph.screening.sports import other_subject

if TYPE_CHECKING:
    from graph.model import Document

_WORD = re.compile(r"\w+(?:[.,:]\d+\w*)*(?:'\w+)?")
_LENGTH = 30_000  # code points that are looked at: what an article is about shows early


def check_fit(document: Document) -> None:
    """Raises UnfitError for a document in another language, or about something else than athletics.

    It takes a third of a millisecond; the model of languages is only loaded where the words are not plainly English.
    """
    words = _WORD.findall(document.text[:_LENGTH])
    reason = foreign_language(words) or other_subject([word.lower() for word in words])
    if reason is not None:
        raise UnfitError(document.article.origin, reason)
