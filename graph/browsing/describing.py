"""What things are called and what tells them apart, for many at a time with one or two queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from graph import queries
from graph.browsing import wording
from graph.browsing.values import Entity, Piece, Words, plain
from ontology.iris import kind_and_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib.term import Node

    from graph.store.base import Source

_LABELS = ("label", "prefLabel", "headline", "display", "exact", "asWritten")
_BATCH = 2000  # terms in one VALUES block: some endpoints refuse longer queries
_NAMELESS = frozenset({"claim", "derived"})  # kinds whose slugs are made of digests
_QUOTE = 80  # code points of a sentence that serve as its name


def local(iri: str) -> str:
    """The last part of an IRI: `https://w3id.org/podium/ns#coaches` -> `coaches`."""
    return iri.rstrip("/#").rpartition("#" if "#" in iri else "/")[2]


@dataclass(frozen=True, slots=True)
class Described:
    """The slots of one thing: property (local name) -> its values, each with its label, sorted by label."""

    iri: str
    kind: str
    slots: dict[str, tuple[Piece, ...]]

    def words(self, slot: str) -> Words:
        """The values of a slot as words; several (a dispute) are joined by `or`."""
        return joined(self.slots.get(slot, ()))

    def text(self, slot: str) -> str:
        return plain(self.words(slot))

    def day(self, *slots: str) -> date | None:
        """The first slot that holds a date."""
        return next((as_date(piece.text) for slot in slots for piece in self.slots.get(slot, ())), None)

    @property
    def label(self) -> str:
        return plain(self.name)

    @property
    def name(self) -> Words:
        """The label as words linked to the thing, or the name made of its parts where it has no label."""
        for slot in _LABELS:
            if values := self.slots.get(slot):
                text = values[0].text
                short = text if len(text) <= _QUOTE or slot != "exact" else text[: _QUOTE - 1].rstrip() + "…"
                return (Piece(short, self.iri),)
        made = wording.label(self.kind, self.placeholders())
        if made:
            return (Piece(plain(made), self.iri),)
        return (Piece(wording.kind_name(self.kind) if self.kind in _NAMELESS else local(self.iri), self.iri),)

    def placeholders(self) -> dict[str, Words]:
        """The slots as the placeholders of a sentence."""
        filled = {slot: joined(values) for slot, values in self.slots.items()}
        filled["who"] = filled.get("athlete") or filled.get("team", ())
        return filled

    @property
    def entity(self) -> Entity:
        return Entity(self.iri, self.kind, self.label, self.description)

    @property
    def description(self) -> str:
        """What tells it from others of its name: kind, country, club, place, year, as far as known."""
        types = [name for piece in self.slots.get("type", ()) if (name := wording.type_name(local(piece.iri or "")))]
        parts = [" and ".join(sorted(set(types))) or wording.kind_name(self.kind)]
        slots = [
            "country",
            "memberOf",
            "place",
            "datePublished" if "datePublished" in self.slots else "asOf",
            "notation",
        ]
        if self.kind in {"race", "edition"}:
            slots.append("year")
        return ", ".join(parts + [text for slot in slots if (text := self.text(slot))])


def joined(pieces: Iterable[Piece]) -> Words:
    """Several values of one slot side by side."""
    result: list[Piece] = []
    for piece in pieces:
        if result:
            result.append(Piece(" or "))
        result.append(piece)
    return tuple(result)


def as_date(text: str) -> date | None:
    """An xsd:date as the standard library has it; None for what it cannot hold."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def kind_of(source: Source, iri: str) -> str:
    """The kind in the IRI; `term` for what lies outside the data namespace."""
    parts = kind_and_slug(iri, source.base)
    return parts[0] if parts else "term"


def describe(source: Source, iris: Iterable[str]) -> dict[str, Described]:
    """Every IRI with its slots; things that the source does not know are described by their IRI alone.

    A second query names the values that have no label of their own (a result's race always has, a coaching's node not).
    """
    wanted = sorted(set(iris))
    slots: dict[str, dict[str, dict[Node, Piece]]] = {iri: defaultdict(dict) for iri in wanted}
    query = queries.load("describe")
    for start in range(0, len(wanted), _BATCH):
        terms = [URIRef(iri) for iri in wanted[start : start + _BATCH]]
        for row in source.select(queries.with_values(query, "x", terms)):
            value = row["value"]
            slots[str(row["x"])][local(str(row["slot"]))][value] = value_piece(value, row.get("name"))
    return {
        iri: Described(
            iri,
            kind_of(source, iri),
            {slot: tuple(sorted(values.values(), key=lambda p: p.text)) for slot, values in slots[iri].items()},
        )
        for iri in wanted
    }


def value_piece(value: Node, name: Node | None = None) -> Piece:
    """A term as words: a literal by itself, an IRI by its label."""
    if isinstance(value, Literal):
        return Piece(str(value))
    return Piece(str(name) if name is not None else local(str(value)), str(value))


def object_words(predicate: str, value: str, described: Mapping[str, Described]) -> Words:
    """The object of a triple in words: a role by its everyday name, a described thing linked, a literal as it is."""
    if local(predicate) == "type" and (role := wording.type_name(local(value))):
        return (Piece(role, value),)
    return described[value].name if value in described else (Piece(value),)
