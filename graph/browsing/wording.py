"""Triples in words: the sentences and names of `wording.yaml`, filled with labels and links."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from graph.browsing.values import Piece, Words

# {name}, or {modifier:name}; the modifier is a function's name, or literal text that goes with the value ("{, :area}")
_PLACEHOLDER = re.compile(r"\{(?:([^{}:]*):)?(\w+)\}")

Slots = Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Word:
    """A word that asks for a relation; exactly one of the three lists says how it is answered."""

    word: str
    also: tuple[str, ...]
    properties: tuple[str, ...] = ()
    contest: str | None = None
    statements: tuple[str, ...] = ()


@cache
def _data() -> dict[str, Any]:
    text = (files("graph.browsing") / "wording.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


@cache
def relation_words() -> tuple[Word, ...]:
    """All words for relations, in the order in which they are listed."""
    return tuple(
        Word(
            entry["word"],
            tuple(entry["also"]),
            tuple(entry.get("properties", ())),
            entry.get("contest"),
            tuple(entry.get("statements", ())),
        )
        for entry in _data()["relations"]
    )


@dataclass(frozen=True, slots=True)
class Bond:
    """A kind of tie that joins two things; `wide` ones join almost everybody."""

    kind: str
    name: str
    properties: tuple[str, ...] = ()
    wide: bool = False


@cache
def kinds_of_ties() -> tuple[Bond, ...]:
    """All kinds of ties, in the order in which they are listed."""
    return tuple(
        Bond(entry["kind"], entry["name"], tuple(entry["properties"]), entry.get("wide", False))
        for entry in _data()["bonds"]
    )


@cache
def _bond_of() -> dict[str, str]:
    return {name: bond.kind for bond in kinds_of_ties() for name in bond.properties}


def tie_kind(local: str) -> str:
    """The kind of tie that a property makes; raises KeyError for one that makes none."""
    return _bond_of()[local]


@cache
def tie_kinds() -> frozenset[str]:
    """The kinds that `ties.rq` reads."""
    return frozenset(bond.kind for bond in kinds_of_ties() if bond.properties and not bond.wide)


def inverse_of(local: str) -> str | None:
    """The property that says the same from the other end."""
    return _optional("inverses", local)


def kind_name(kind: str) -> str:
    """A kind of thing in words."""
    return _optional("kinds", kind) or kind


def type_name(local: str) -> str | None:
    """A class in words, where it narrows a person or club down."""
    return _optional("types", local)


def property_name(local: str) -> str:
    """A property as a heading: given, or its local name split at capitals."""
    return _optional("properties", local) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local).lower()


def sentence(kind: str, local: str, slots: Slots) -> Words:
    """The triple in words; `slots` hold subject, object and the properties of the subject's node.

    A property without a sentence of its own is said as `subject: property object`.
    """
    template = _optional("sentences", f"{kind}.{local}") or _optional("sentences", local)
    if template is None:
        return (*slots["subject"], Piece(f": {property_name(local)} "), *slots["object"])
    return _fill(template, slots)


def contest(outcome: str, slots: Slots) -> Words:
    """How two people stand to each other after races: `met`, `ahead` or `behind`."""
    return _fill(_data()["contests"][outcome], slots)


def value(kind: str, local: str, words: Words) -> Words:
    """The object of a triple by itself: a position as an ordinal, a sex as that of a person."""
    modifier = _optional("values", f"{kind}.{local}") or _optional("values", local)
    return _modified(modifier, words)


def label(kind: str, slots: Slots) -> Words | None:
    """A name for a thing that has no label; None for kinds that need none."""
    template = _optional("labels", kind)
    return None if template is None else _fill(template, slots)


def _optional(table: str, key: str) -> str | None:
    value: str | None = _data()[table].get(key)
    return value


def _fill(template: str, slots: Slots) -> Words:
    pieces: list[Piece] = []
    position = 0
    for match in _PLACEHOLDER.finditer(template):
        pieces.append(Piece(template[position : match.start()]))
        pieces.extend(_modified(match[1], slots.get(match[2], ())))
        position = match.end()
    pieces.append(Piece(template[position:]))
    return tuple(piece for piece in pieces if piece.text)


def _modified(modifier: str | None, words: Words) -> Words:
    if not modifier or not words:
        return words
    function = _MODIFIERS.get(modifier)
    return function(words) if function else (Piece(modifier), *words)


def _with_article(words: Words) -> Words:
    return (Piece("an " if words[0].text[0] in "aeiouAEIOU" else "a "), *words)


def _ordinal(words: Words) -> Words:
    return tuple(Piece(ordinal(piece.text), piece.iri) for piece in words)


def ordinal(number: str) -> str:
    """`1` -> `1st`; anything that is no number stays as it is."""
    if not number.isdigit():
        return number
    if number[-2:] in {"11", "12", "13"}:
        return f"{number}th"
    return number + {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")


def _as_sex(words: Words) -> Words:
    return tuple(Piece(_optional("sexes", piece.text) or piece.text, piece.iri) for piece in words)


_MODIFIERS: dict[str, Callable[[Words], Words]] = {"an": _with_article, "nth": _ordinal, "sex": _as_sex}
