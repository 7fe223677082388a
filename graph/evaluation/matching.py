"""When two spellings of a name, competition, discipline or mark mean the same.

These are the comparisons of the evaluation guide's scorer, kept equal to it on purpose: figures of different tools stay
comparable only as long as they agree. They are laxer than identity in the graph has to be.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

_LETTERS: Final = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "ß": "ss", "æ": "ae"})
_NO_WORD: Final = re.compile(r"[^\w']+")
_YEAR: Final = re.compile(r"\b(19|20)\d\d\b")

# Words that say nothing about which competition is meant: sponsors, fillers.
_IDLE: Final = frozenset(
    (
        "norwich", "union", "flora", "bupa", "aviva", "iaaf", "spar", "the", "of", "in", "athletics", "inaugural",
        "annual", "men's", "women's", "view", "from", "lite",
    )
)  # fmt: skip
_SYNONYMS: Final = {
    "champs": "championships",
    "championship": "championships",
    "olympics": "games",
    "aaa": "aaas",
    "gp": "prix",
    "national": "nationals",
}
# Words that set competitions apart however many others they share.
_LEVELS: Final = frozenset(
    ("olympic", "world", "european", "commonwealth", "indoor", "cross", "junior", "u20", "youth")
)
_CLUB_WORDS: Final = frozenset(("ac", "athletic", "club", "harriers", "harrier"))

_UNITS: Final = ((" metres", "m"), (" meters", "m"), ("metre", "m"))
_DISCIPLINE_IDLE: Final = re.compile(r"\b(men's|women's|mens|womens|indoor|the)\b")
_DISTANCES: Final = (("5000 m", "5000m"), ("10 000m", "10000m"), ("10k", "10km"), ("10kmm", "10km"))
_MARK: Final = re.compile(r"(?:(\d+):)?(?:(\d+):)?(\d+(?:\.\d+)?)\s*(?:s|secs?|m|cm)?")


@lru_cache(maxsize=65536)
def _fold(text: str) -> str:
    """Casefolded words without accents, one space apart; apostrophes stay."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return _NO_WORD.sub(" ", plain.casefold().replace("’", "'")).strip()


def same_name(one: str, other: str) -> bool:
    """Names are equal up to accents, spacing, one typing error a word and, between first and last, middle names."""
    ours, theirs = _fold(one).replace("'", "").split(), _fold(other).replace("'", "").split()
    if not ours or not theirs:
        return False
    if "".join(ours) == "".join(theirs):
        return True
    if len(ours) == len(theirs):
        return all(_same_word(mine, their) for mine, their in zip(ours, theirs, strict=True))
    return min(len(ours), len(theirs)) >= 2 and ours[0] == theirs[0] and ours[-1] == theirs[-1]


def _same_word(one: str, other: str) -> bool:
    """A word of five letters or more may have one letter wrong, too many, missing, or two swapped."""
    return one == other or (min(len(one), len(other)) >= 5 and OSA.distance(one, other, score_cutoff=1) <= 1)


@lru_cache(maxsize=4096)
def _competition_words(name: str) -> frozenset[str]:
    return frozenset(_SYNONYMS.get(word, word) for word in _YEAR.sub(" ", _fold(name)).split()) - _IDLE


def same_competition(one: str, other: str, place: str | None = None, other_place: str | None = None) -> bool:
    """Three quarters of the shorter name's words are shared and no level differs, or any word and the place are."""
    ours, theirs = _competition_words(one), _competition_words(other)
    if not ours or not theirs:
        return False
    if len(ours & theirs) / min(len(ours), len(theirs)) >= 0.75:
        level, other_level = ours & _LEVELS, theirs & _LEVELS
        if level == other_level or not (level and other_level):
            return True
    return bool(place and other_place and _fold(place) == _fold(other_place) and ours & theirs)


def same_club(one: str, other: str) -> bool:
    """`other` has half of the words of `one`, its generic words left out."""
    words = _competition_words(one)
    core = words - _CLUB_WORDS or words
    return bool(core) and len(core & _competition_words(other)) >= max(1.0, len(core) / 2)


@lru_cache(maxsize=4096)
def _discipline(name: str) -> str:
    text = _fold(name)
    for old, new in _UNITS:
        text = text.replace(old, new)
    text = " ".join(_DISCIPLINE_IDLE.sub("", text).split())
    for old, new in _DISTANCES:
        text = text.replace(old, new)
    return text


def same_discipline(one: str, other: str) -> bool:
    """Equal however distances are written; all of cross country is one, and hurdles without a distance are indoors."""
    ours, theirs = _discipline(one), _discipline(other)
    return (
        ours == theirs
        or ("cross country" in ours and "cross country" in theirs)
        or {ours, theirs} == {"hurdles", "60m hurdles"}
    )


def same_mark(one: str, other: str) -> bool:
    """Equal in seconds, metres or points; `2:23` may be hours and minutes as well as minutes and seconds."""
    ours, theirs = _mark(one), _mark(other)
    if isinstance(ours, float) and isinstance(theirs, float):
        return ours == theirs or ours * 60 == theirs or theirs * 60 == ours
    return ours == theirs


def _mark(text: str) -> float | str:
    """The mark as a number where it can be read, else as lower-case text."""
    plain = text.strip().casefold().replace(",", "").replace("pts", "").replace("points", "").strip()
    match = _MARK.fullmatch(plain)
    if match is None:
        return plain
    value = 0.0
    for part in filter(None, match.groups()):
        value = value * 60 + float(part)
    return round(value, 2)
