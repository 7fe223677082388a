"""What a word is by itself: a verb, a modal, a negation, an outcome, punctuation, or just a word."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from graph.extraction.dates import FIRST_WORDS
from graph.extraction.gazetteer import gazetteer, verb_forms
from graph.extraction.lexicons import lexicon
from graph.extraction.quantities import SPELT

if TYPE_CHECKING:
    from graph.model import Outcome

COUNTED: Final = SPELT.keys() | {"aged", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty"}
"""With what an age, a count of times or a mark in words begins."""
_OUTCOMES: Final[dict[str, Outcome]] = {"DNF": "DNF", "DNS": "DNS", "DQ": "DQ", "DSQ": "DQ", "DISQ": "DQ"}


@cache
def _helpers() -> dict[str, str]:
    """The kind of each modal and negation."""
    words = lexicon("words")
    return {word: kind for kind in ("modal", "negation") for word in words[kind]}


@lru_cache(maxsize=4096)
def typed(text: str, *, opening: bool) -> tuple[str, str, str | None]:
    """Kind, lemma and value of a word that no term and no quantity begins with; `opening`: it opens a sentence."""
    lower = text.lower()
    if text in _OUTCOMES:
        return "outcome", lower, _OUTCOMES[text]
    if lower in _helpers():
        return _helpers()[lower], lower, None
    form = verb_forms().get(lower)
    if form is not None:
        return "verb", form[0], form[1]
    if not text[0].isalpha():
        return "punct", lower, None
    if lower.endswith("ed") and len(lower) > 4 and (opening or not text[0].isupper()):
        return "verb", lower, "past"
    return "word", lower, None


@lru_cache(maxsize=4096)
def may_count(text: str) -> bool:
    """Whether a quantity, an age or a time may begin with this word."""
    first = text[0]
    return first.isdecimal() or first in "£$€+-" or text.lower() in COUNTED or text.lower() in FIRST_WORDS


@lru_cache(maxsize=16384)  # most words of an article are among the commonest few thousand
def plain(text: str) -> tuple[str, str, str | None] | None:
    """What `typed` says of a word that is the same wherever it stands; None where what stands around it has a say."""
    if may_count(text) or gazetteer().begins(text.lower()):
        return None
    kind = typed(text, opening=False)
    return kind if kind == typed(text, opening=True) else None
