"""What a store says of its articles, read back by queries: whom they name, what they claim, where they disagree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.store.base import Row, Source

_PREFIXES = """
PREFIX ath: <https://w3id.org/podium/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
"""
_MENTIONS = "SELECT ?article ?who ?written { ?m ath:inArticle ?article ; ath:mentions ?who ; ath:asWritten ?written }"
_CLAIMS = """SELECT ?claim ?article ?s ?p ?o { ?claim a ath:Claim ; ath:inArticle ?article ;
  rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"""
_CONFLICTS = "SELECT ?conflict ?p ?claim { ?conflict ath:conflictProperty ?p ; ath:conflictingClaim ?claim }"
_PARTIAL = "SELECT ?race ?key { ?race ath:key ?key }"
_COPIES = "SELECT ?copy ?original { ?copy ath:copyOf ?original }"
_RESOLVED = "SELECT ?race ?full { ?race ath:resolvedTo ?full }"
_KINDS = {
    "position": "place",
    "medalColour": "place",
    "mark": "mark",
    "date": "date",
    "place": "venue",
    "country": "country",
}
_MEDALS = {"Gold": "1", "Silver": "2", "Bronze": "3"}


@dataclass(frozen=True, slots=True)
class Slots:
    """What is known of a race; `sure` where it is a full key, or was found to be one."""

    series: str | None
    year: str | None
    discipline: str | None
    sure: bool

    @classmethod
    def of(cls, slug: str) -> Slots:
        """Those of a full key."""
        series, year, discipline, *_ = slug.split("_")
        return cls(series, year, discipline, sure=True)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim of an article in the terms of the truth; `who` is the slug of a person, `kind` as in `world.Said`."""

    iri: str
    article: str
    kind: str
    value: str
    who: str | None
    race: Slots | None


@dataclass(frozen=True, slots=True)
class Conflict:
    iri: str
    property: str
    claims: frozenset[str]


@dataclass(frozen=True, slots=True)
class Store:
    """`mentions`: article -> (spelling, kind, slug); `claims` by article; `copies`: article -> what it repeats."""

    mentions: Mapping[str, set[tuple[str, str, str]]]
    claims: Mapping[str, list[Claimed]]
    conflicts: tuple[Conflict, ...]
    copies: Mapping[str, str] = field(default_factory=dict)


def read_back(source: Source) -> Store:
    """Everything that is compared with the truth."""
    mentions: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for row in _rows(source, _MENTIONS):
        kind, slug = _kind_and_slug(row["who"])
        mentions[_tail(row["article"])].add((str(row["written"]), kind, slug))
    races = _Races(source)
    claims: defaultdict[str, list[Claimed]] = defaultdict(list)
    for row in _rows(source, _CLAIMS):
        claimed = _claimed(row, races)
        if claimed is not None:
            claims[claimed.article].append(claimed)
    conflicts: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in _rows(source, _CONFLICTS):
        conflicts[str(row["conflict"]), _local(row["p"])].add(str(row["claim"]))
    found = (Conflict(iri, name, frozenset(members)) for (iri, name), members in sorted(conflicts.items()))
    copies = {_tail(row["copy"]): _tail(row["original"]) for row in _rows(source, _COPIES)}
    return Store(mentions, claims, tuple(found), copies)


class _Races:
    """Slots of races by the slugs that the store gives them."""

    def __init__(self, source: Source) -> None:
        self._keys = {_tail(row["race"]): str(row["key"]) for row in _rows(source, _PARTIAL)}
        self._full = {_tail(row["race"]): _tail(row["full"]) for row in _rows(source, _RESOLVED)}

    def slots(self, slug: str) -> Slots:
        full = self._full.get(slug, slug)
        if not full.startswith("u_"):
            return Slots.of(full)
        known = dict(slot.partition("=")[::2] for slot in self._keys.get(slug, "").split("|"))
        return Slots(known.get("series"), known.get("year"), known.get("discipline"), sure=False)

    def of_result(self, slug: str) -> Slots:
        """Those of the race of a result; a race known in part may have the very slug of its result."""
        if slug in self._full:
            return self.slots(slug)
        race = slug.rpartition("_")[0]
        return self.slots(slug if slug in self._keys else race)


def _claimed(row: Row, races: _Races) -> Claimed | None:
    """The claim, or None where the truth does not speak of such."""
    subject_kind, subject = _kind_and_slug(row["s"])
    name, value = _local(row["p"]), _tail(row["o"])
    kind = _KINDS.get(name)
    iri, article = str(row["claim"]), _tail(row["article"])
    if subject_kind == "result" and kind in ("place", "mark"):
        value = _MEDALS.get(_local(row["o"]), value)
        return Claimed(iri, article, kind, value, subject.rpartition("_")[2], races.of_result(subject))
    if subject_kind == "race" and kind in ("date", "venue"):
        return Claimed(iri, article, kind, value, None, races.slots(subject))
    if subject_kind == "person" and kind == "country":
        return Claimed(iri, article, kind, value, subject, None)
    if subject_kind == "person" and name == "siblingOf":
        return Claimed(iri, article, "kin", value, subject, None)
    if name == "status" and _local(row["o"]) == "Current" and subject_kind in ("coaching", "membership"):
        one, _, other = subject.partition("_")
        who, value = (other, one) if subject_kind == "coaching" else (one, other)
        return Claimed(iri, article, "coach" if subject_kind == "coaching" else "club", value, who, None)
    return None


def _rows(source: Source, query: str) -> Iterator[Row]:
    return iter(source.select(_PREFIXES + query))


def _kind_and_slug(term: object) -> tuple[str, str]:
    parts = str(term).split("/")
    return (parts[-2], parts[-1]) if len(parts) > 1 else ("", str(term))


def _tail(term: object) -> str:
    return str(term).rpartition("/")[2]


def _local(term: object) -> str:
    return str(term).rpartition("#")[2]
