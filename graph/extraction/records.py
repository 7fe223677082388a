"""Which record a phrase names: a world record, a personal best, a season's lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graph.extraction.nounphrases import Noun
    from graph.model import RecordKind

PERSONAL: Final = ("PB", "SB", "WL")
"""Kinds of which everybody has one, or which a season begins anew."""

_CONTINENTS = {
    "european-championships",
    "european-indoor-championships",
    "african-championships",
    "asian-championships",
    "asian-indoor-championships",
}
_LEVEL_KINDS: Final[dict[str, RecordKind]] = {
    "olympic-games": "OR",
    "world-championships": "WR",
    "world-indoor-championships": "WR",
    "commonwealth-games": "CR",
}
_AREAS = {"oceania", "oceanian", "continental", "area", "south american", "north american", "nacac"}
_OF_AN_AGE = {
    "junior",
    "youth",
    "veteran",
    "veterans",
    "masters",
    "group",
    "school",
    "collegiate",
    "comers",
    "club",
    "team",
}
_HELD = ("record", "bare_record", "holder")


def record_kind(noun: Noun) -> tuple[RecordKind | None, str | None]:
    """(kind, area) of a record phrase; (None, None) where it names none of the kinds."""
    kind = noun.data if noun.head == "record" else None
    if kind == "none" or _is_of_an_age(noun):
        return None, None
    if kind is not None and kind not in ("best", "mark", "record"):
        return kind, None
    if "national" in noun.words and noun.data != "best":
        return "NR", noun.demonym
    if noun.words & _AREAS and noun.data != "best":
        return "AR", None
    competition = noun.contests[0].competition if noun.contests else None
    if competition is not None and competition.series:
        if competition.series in _CONTINENTS:
            return "AR", competition.name.split()[0]
        if competition.series in _LEVEL_KINDS and noun.head in _HELD:
            return _LEVEL_KINDS[competition.series], None
        if competition.kind == "circuit":
            return None, None
        return ("MR" if competition.kind in ("meeting", "road race") else "CR"), competition.name
    if competition is not None:
        return "MR", competition.name
    if noun.demonym:
        return "NR", noun.demonym
    if noun.data == "best" and noun.owner is not None:
        return "PB", None
    return None, None


def _is_of_an_age(noun: Noun) -> bool:
    """A record of juniors, veterans or schools is none of the kinds."""
    return bool(noun.words & _OF_AN_AGE) or any(c.category for c in noun.contests)
