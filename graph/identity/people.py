"""Whether two names that are alike are one person's: what must speak for it, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.identity.likeness import keys, likeness, two_given_names, weak
from graph.identity.profiles import Reason, at_odds, lopsided, objection

if TYPE_CHECKING:
    from graph.identity.likeness import Likeness
    from graph.identity.profiles import Profile

__all__ = ["agreement", "keys", "likeness", "rank", "weak"]

# What the signs of one person weigh, and how much each way of being alike asks for.
_FIRM, _TIE, _COUNTRY, _GROUP = 4, 2, 1, 1
_NEEDED: dict[Likeness, int] = {
    "spacing": 0,
    "particle": 1,
    "transliteration": 1,
    "order": 1,
    "misprint": 1,
    "middle": 1,
    "nickname": 1,
    "double": 2,
    "initial": 1,
    "slip": 2,
    "near": _FIRM,
}
_WORDS: dict[Likeness, str] = {
    "spacing": "the same letters",
    "particle": "the same but for a particle or hyphen",
    "transliteration": "the same sounds",
    "order": "the same parts in another order",
    "misprint": "one typing error",
    "middle": "the same but for a middle name",
    "nickname": "one given name in two forms",
    "double": "a double surname and a part of it",
    "initial": "an initial for the given name",
    "slip": "nearly the same letters",
    "near": "nearly the same letters",
}
_PLACE, _ALSO = "at ", "also "  # one place in one race; an article that calls one person by both names
_COACH = "coach of "
_TOLD = 8  # signs that are remembered of many


def agreement(one: str, other: str, left: Profile, right: Profile, shared: frozenset[str]) -> Reason | None:
    """Why two people of these names are one, or None; `shared` are the traits of both, `also` of the other's name."""
    alike = likeness(one, other)
    if alike is None or objection(left, right, shared):
        return None
    countries, groups = left.countries & right.countries, left.groups.keys() & right.groups
    strangers = left.countries and right.countries and not countries
    if not shared and (strangers or at_odds(left, right)):
        return None
    tie = 0 if not shared else _FIRM if _has(shared, _PLACE, _ALSO) else _TIE
    score = _COUNTRY * bool(countries) + _GROUP * bool(groups) + tie
    if score < _NEEDED[alike]:
        return None
    if (alike == "slip" and not _may_slip(one, other, left, right, shared)) or (
        alike == "near" and not _has(shared, _PLACE)  # such names are found by it alone
    ):
        return None
    said = [*(f"country {code}" for code in sorted(countries)), *sorted(groups), *sorted(shared)]
    return Reason(_WORDS[alike], tuple(said[:_TOLD]), score)


def _may_slip(one: str, other: str, left: Profile, right: Profile, shared: frozenset[str]) -> bool:
    """Whether one of two names that differ by a letter or two is likely an error, and not a brother's or sister's."""
    if _has(shared, _PLACE, _COACH):
        return True
    return lopsided(left, right) and not two_given_names(one, other)


def _has(traits: frozenset[str], *kinds: str) -> bool:
    return any(trait.startswith(kinds) for trait in traits)


def rank(name: str) -> int:
    """How good a name is to stand for a person: lower is better."""
    return int(weak(name))
