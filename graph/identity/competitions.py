"""Whether two names are one competition's: years and ordinals in it, sponsors before it, abbreviations."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from graph.identity.likeness import inner_error
from graph.identity.profiles import Reason
from graph.identity.wordlists import words
from ontology import vocabulary

if TYPE_CHECKING:
    from graph.identity.profiles import Profile

__all__ = ["agreement", "keys", "likeness", "rank", "weak"]

_NUMBER = re.compile(r"(?:18|19|20)\d\d|\d+(?:st|nd|rd|th)")
_SHORT = words("competitions", "short")
_SILENT = frozenset(words("competitions", "silent"))
_COMMON = frozenset(words("competitions", "common"))
_TELLING = frozenset(words("competitions", "telling"))
_MIN_INITIALS = 3
_TOLD = 8  # signs that are remembered of many


@lru_cache(maxsize=16384)
def _words(name: str) -> tuple[str, ...]:
    """The words of the name proper: no years, ordinals and small words."""
    parts = [_SHORT.get(word, word) for word in name.replace("grand-prix", "grandprix").split("-")]
    return tuple(part for part in parts if not _NUMBER.fullmatch(part) and part not in _SILENT) or tuple(parts)


@cache
def _shipped() -> frozenset[str]:
    return frozenset(entry.slug for entry in vocabulary.series())


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split("-") if word not in _SILENT)


def keys(name: str) -> frozenset[str]:
    """What names that may be alike have in common."""
    found = {f"word {word}" for word in _words(name) if word not in _COMMON} | {"letters " + "".join(_words(name))}
    if "-" not in name and len(name) >= _MIN_INITIALS:
        found.add(f"initials {name}")
    if len(_initials(name)) >= _MIN_INITIALS:
        found.add(f"initials {_initials(name)}")
    return frozenset(found)


def weak(name: str) -> bool:
    """No name of a competition is so short that it may mean several by itself."""
    return not name


@lru_cache(maxsize=16384)
def likeness(one: str, other: str) -> str | None:
    """In what way two names of competitions are alike; None where they are not. Symmetric."""
    if one in _shipped() and other in _shipped():
        return None
    left, right = _words(one), _words(other)
    if left == right or "".join(left) == "".join(right):
        return "the same but for years and small words"
    if _initials(one) == other or _initials(other) == one:
        return "initials"
    shorter, longer = sorted((left, right), key=len)
    extra = set(longer) - set(shorter)
    proper = set(shorter) - _COMMON
    if proper and len(shorter) > 1 and set(shorter) < set(longer) and not extra & (_TELLING | _COMMON):
        return "the name with a sponsor's and without"
    return "one typing error" if inner_error(one, other) else None


def agreement(one: str, other: str, left: Profile, right: Profile, shared: frozenset[str]) -> Reason | None:
    """Why two competitions of these names are one, or None.

    But for years they must have had one winner or day in common, or place and month.
    """
    alike = likeness(one, other)
    if alike is None or not (left.is_whole() and right.is_whole()):
        return None
    kinds = {trait.partition(" ")[0] for trait in shared}
    if alike == "the same but for years and small words" or kinds & {"won", "held"} or kinds >= {"place", "month"}:
        return Reason(alike, tuple(sorted(shared)[:_TOLD]), len(shared))
    return None


def rank(name: str) -> int:
    """How good a name is to stand for a competition: lower is better."""
    return 0 if name in _shipped() else 1 + any(map(_NUMBER.fullmatch, name.split("-")))
