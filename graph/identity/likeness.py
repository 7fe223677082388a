"""When two slugs look like one person's name. Likeness alone decides nothing: `graph.identity.people` asks for more."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal

from rapidfuzz.distance import OSA

from graph.identity.wordlists import words

Likeness = Literal[
    "spacing",
    "particle",
    "transliteration",
    "order",
    "misprint",
    "middle",
    "nickname",
    "double",
    "initial",
    "slip",
    "near",
]

_GIVEN_NAMES = Path(__file__).with_name("givennames.txt")
_MIN_PART = 6  # letters; shorter parts of names may well differ by one (Marta, Maria)
_MIN_LETTERS = 12  # a name so long may differ by two letters and still be a slip of the pen
_MAX_SLIPS = 2
_PARTICLES = frozenset(words("particles"))
# How one sound is spelt by those who write it in Latin letters for the first time; the order matters.
_SOUNDS: Final = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("tsch|tch|tj", "ch"),
        ("sch", "sh"),
        ("dzh|dj", "j"),
        ("ph", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("kh", "h"),
        ("gh", "g"),
        ("zh", "z"),
        ("ck|q", "k"),
        ("x", "ks"),
        ("c(?!h)", "k"),
        ("ou|oo|w?u", "u"),
        ("ae|aa", "a"),
        ("oe", "o"),
        ("ie?[yj]|y[iey]|[ij][yi]|ee|y|j", "i"),
        ("w", "v"),
        ("ue", "u"),
        (r"(.)\1+", r"\1"),
    )
]


@cache
def _families() -> dict[str, frozenset[int]]:
    """Given name -> the numbers of the lines it stands in."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_GIVEN_NAMES.read_text(encoding="utf-8").splitlines()):
        if not line.startswith("#"):
            for name in line.split():
                found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@cache
def _fullest() -> dict[int, str]:
    lines = enumerate(_GIVEN_NAMES.read_text(encoding="utf-8").splitlines())
    return {number: line.split()[0] for number, line in lines if line and not line.startswith("#")}


@lru_cache(maxsize=65536)
def sound(part: str) -> str:
    """A part of a name as it sounds, however it was put into Latin letters: Yusuf and Youssouf are one."""
    for pattern, letters in _SOUNDS:
        part = pattern.sub(letters, part)
    return part


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """The parts of a slug without particles (van, de, al-), unless hardly anything would be left."""
    first, *rest = name.split("-")
    kept = tuple(part for part in rest if part not in _PARTICLES)
    return (first, *(kept or rest))


@lru_cache(maxsize=65536)
def weak(name: str) -> bool:
    """Whether it is less than a full name: a bare surname, or one with initials alone."""
    return bare(name) or _is_initial(parts(name)[0])


@lru_cache(maxsize=65536)
def bare(name: str) -> bool:
    """Whether it is a surname alone."""
    first, *rest = name.split("-")
    return not rest or (first in _PARTICLES and first not in _families())


@lru_cache(maxsize=65536)
def surnames(name: str) -> tuple[str, ...]:
    """The bare surnames by which a full name may be called: the last part, and it with the particles before it."""
    every = name.split("-")
    found = [every[-1]]
    for at in range(len(every) - 2, 0, -1):
        if every[at] not in _PARTICLES:
            break
        found.append("-".join(every[at:]))
    return tuple(found)


@lru_cache(maxsize=65536)
def keys(name: str) -> frozenset[str]:
    """What names that may be alike have in common; names without a key in common need not be compared."""
    if bare(name):
        return frozenset()
    first, *rest = parts(name)
    initials = {first[0], *(_fullest()[line][0] for line in _families().get(first, ()))}
    found = {f"surname {sound(rest[-1])} {initial}" for initial in initials}
    if not _is_initial(first):
        roots = {_fullest()[line] for line in _families().get(first, ())} | {sound(first)}
        found |= {f"given {root} {part[0]}" for root in roots for part in rest}
        found |= {"letters " + name.replace("-", ""), "parts " + " ".join(sorted(parts(name)))}
    return frozenset(found)


@lru_cache(maxsize=65536)
def likeness(one: str, other: str) -> Likeness | None:
    """In what way two names are alike, the surest way first; None where they are not. Symmetric.

    Names that are no more than near have no key in common, or are less than full.
    """
    one, other = sorted((one, other))
    if bare(one) or bare(other):
        return "near" if near(one, other) else None
    if keys(one) & keys(other):
        if weak(one) or weak(other):
            return "initial" if _initials(parts(one), parts(other)) else None
        return _full_likeness(one, other) or ("slip" if near(one, other) else None)
    return "near" if not (weak(one) or weak(other)) and near(one, other) else None


def _full_likeness(one: str, other: str) -> Likeness | None:
    if one.replace("-", "") == other.replace("-", ""):
        return "spacing"
    left, right = parts(one), parts(other)
    if left == right or "".join(left) == "".join(right):
        return "particle"
    if tuple(map(sound, left)) == tuple(map(sound, right)):
        return "transliteration"
    if sorted(left) == sorted(right):
        return "order"
    if inner_error(one, other):
        return "misprint"
    return _more_or_less(left, right)


def _more_or_less(left: tuple[str, ...], right: tuple[str, ...]) -> Likeness | None:
    """Names of which one leaves out or shortens what the other has."""
    same = left[0] == right[0] or sound(left[0]) == sound(right[0])
    if not same and not _families().get(left[0], frozenset()) & _families().get(right[0], frozenset()):
        return None
    shorter, longer = sorted((left[1:], right[1:]), key=len)
    if sound(shorter[-1]) == sound(longer[-1]):
        if not _within(shorter, longer):
            return None
        return "middle" if same else "nickname"
    return "double" if len(shorter) == 1 and shorter[0] in longer else None


def _within(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Whether all parts stand in the other in their order; an initial stands for any part that it begins."""
    rest = iter(longer)
    return all(any(sound(part) == sound(word) or _stands_for(part, word) for word in rest) for part in shorter)


def _stands_for(part: str, word: str) -> bool:
    return (len(part) == 1 or len(word) == 1) and part[0] == word[0]


def _initials(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    if sound(left[-1]) != sound(right[-1]):
        return False
    shorter, longer = sorted((left[:-1], right[:-1]), key=len)
    return all(_stands_for(part, word) or part == word for part, word in zip(shorter, longer, strict=False))


def _is_initial(part: str) -> bool:
    return len(part) == 1


def near(one: str, other: str) -> bool:
    """Whether they differ by a slip of the pen or two, or one is the surname of the other."""
    if abs(len(one) - len(other)) > _MAX_SLIPS:
        return one in surnames(other) or other in surnames(one)
    allowed = _MAX_SLIPS if min(len(one), len(other)) >= _MIN_LETTERS else 1
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def inner_error(one: str, other: str) -> bool:
    """Whether they differ by one typing error inside one long part, and not at its ends (Martin is not Martina)."""
    pairs = [pair for pair in zip(one.split("-"), other.split("-"), strict=False) if pair[0] != pair[1]]
    if one.count("-") != other.count("-") or len(pairs) != 1:
        return False
    left, right = pairs[0]
    return (
        min(len(left), len(right)) >= _MIN_PART
        and left[0] == right[0]
        and left[-1] == right[-1]
        and OSA.distance(left, right, score_cutoff=1) <= 1
    )


def two_given_names(one: str, other: str) -> bool:
    """Whether both have a given name that is known, and not the same: Marta is no misprint of Maria."""
    left, right = parts(one)[0], parts(other)[0]
    return left != right and left in _families() and right in _families()


def misspelt(written: str, name: str) -> bool:
    """Whether `written` is the whole of `name` with one typing error, so that people may come looking for it."""
    return "-" in written and written != name and OSA.distance(written, name, score_cutoff=1) <= 1
