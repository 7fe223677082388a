"""Which record a phrase names: a world record, a personal best, a season's lead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.extraction.chunks import Chunk, at, lemma_at

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
    "debut",
    "rookie",
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
_SEVERAL = 3
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


def record_kinds(noun: Noun) -> list[tuple[RecordKind, str | None]]:
    """Each (kind, area) of a record phrase: "European and world records" names two."""
    each = [replace(noun, contests=[contest]) for contest in noun.contests[:_SEVERAL]] or [noun]
    kinds = [record_kind(one) for one in each]
    return list(dict.fromkeys((kind, area) for kind, area in kinds if kind is not None))


def is_of_few(chunks: list[Chunk], index: int) -> bool:
    """Whether the words behind a record make it none: "a world best for a debutant", "the world best 10km race"."""
    probe = index + 1
    while probe < len(chunks) and chunks[probe].kind in ("discipline", "distance"):
        probe += 1
    if probe > index + 1 and lemma_at(chunks, probe) in ("race", "run", "meeting", "event"):
        return True
    whose = at(chunks, index + 2)
    if whose is None or lemma_at(chunks, index + 1) != "for":
        return False
    return "a" in (whose.lemma, getattr(whose.value, "definite", ""))


def _is_of_an_age(noun: Noun) -> bool:
    """A record of juniors, veterans or schools is none of the kinds."""
    return bool(noun.words & _OF_AN_AGE) or any(c.category for c in noun.contests)
