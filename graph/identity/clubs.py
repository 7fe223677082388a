"""Whether two names are one club's: abbreviations and what stands around the name proper."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from graph.identity.likeness import inner_error
from graph.identity.profiles import Reason
from graph.identity.wordlists import words

if TYPE_CHECKING:
    from graph.identity.profiles import Profile

__all__ = ["agreement", "keys", "likeness", "rank", "weak"]

_FORMS = {tail: form for form, tails in words("clubs", "forms").items() for tail in tails}
_SHORT = words("clubs", "short")
_SILENT = frozenset(words("clubs", "silent"))
_MIN_INITIALS = 3
_TOLD = 8  # signs that are remembered of many


@lru_cache(maxsize=16384)
def _read(name: str) -> tuple[frozenset[str], str]:
    """The words of a club's name proper, and its form."""
    parts = [_SHORT.get(word, word) for word in name.split("-")]
    form = ""
    for length in (4, 3, 2, 1):
        tail = "-".join(parts[-length:])
        if len(parts) > length and tail in _FORMS:
            form, parts = _FORMS[tail], parts[:-length]
            break
    return frozenset(word for word in parts if word not in _SILENT) or frozenset(parts), form


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split("-") if word not in _SILENT)


def keys(name: str) -> frozenset[str]:
    """What names that may be alike have in common."""
    proper, _ = _read(name)
    found = {f"word {word}" for word in proper if len(word) > _MIN_INITIALS} | {"letters " + name.replace("-", "")}
    if "-" not in name and len(name) >= _MIN_INITIALS:
        found.add(f"initials {name}")
    if len(_initials(name)) >= _MIN_INITIALS:
        found.add(f"initials {_initials(name)}")
    return frozenset(found)


def weak(name: str) -> bool:
    """No name of a club is so short that it may mean several by itself."""
    return not name


@lru_cache(maxsize=16384)
def likeness(one: str, other: str) -> str | None:
    """In what way two names of clubs are alike; None where they are not. Symmetric."""
    (left, form), (right, other_form) = _read(one), _read(other)
    if form and other_form and form != other_form:
        return None
    if one.replace("-", "") == other.replace("-", ""):
        return "the same letters"
    if left == right:
        return "the same but for small words" if form == other_form else "one leaves out what form of club it is"
    if _initials(one) == other or _initials(other) == one:
        return "initials"
    if left < right or right < left:
        return "a longer and a shorter name"
    return "one typing error" if inner_error(one, other) else None


_SURE = {"the same letters", "the same but for small words"}


def agreement(one: str, other: str, left: Profile, right: Profile, shared: frozenset[str]) -> Reason | None:
    """Why two clubs of these names are one, or None: but for small words they must share a member or a place."""
    alike = likeness(one, other)
    if alike is None or not (left.is_whole() and right.is_whole()):
        return None
    members = [trait for trait in shared if trait.startswith("has member ")]
    if alike in _SURE or members or (shared and alike == "one leaves out what form of club it is"):
        return Reason(alike, tuple(sorted(shared)[:_TOLD]), len(shared))
    return None


def rank(name: str) -> int:
    """How good a name is to stand for a club: lower is better."""
    return int("-" not in name)
