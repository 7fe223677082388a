"""Names and keys: what graph:registry holds besides the tables that Podium ships.

Labels are chosen alike whatever order the articles came in: the spelling that gives the slug, with accents where there
are any, used by most articles. All other spellings are aliases, and every spelling has its folded form as a name key.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SKOS

from graph.identity.marks import display
from graph.rdf.terms import Triple, decimal, key_node, node, text
from ontology import vocabulary
from ontology.names import name_key, slug
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graph.facts import Entity, Mark

_KEYED = {"person", "club"}  # found by a folded name
_TYPES = {"place": ATH.Place, "series": ATH.Series, "discipline": ATH.Discipline}
_MARKS = {"seconds": ATH.TimeMark, "metres": ATH.DistanceMark, "points": ATH.PointsMark}
_UNITS = {"seconds": ATH.seconds, "metres": ATH.metres, "points": ATH.points}


@dataclass(frozen=True, slots=True)
class Spellings:
    """How articles write one entity: `used` counts the articles, `aliases` are spellings only good for finding it."""

    used: Mapping[str, int]
    aliases: Collection[str] = ()

    def label(self, entity: Entity) -> str:
        """What the entity is called in the graph."""
        shipped = shipped_label(entity)
        if shipped is not None:
            return shipped
        if not self.used:
            return entity.slug
        bare = _bare(entity)
        return min(
            self.used,
            key=lambda name: (*_likeness(name, bare), -self.used[name], len(name), name),
        )


def is_close(entity: Entity, names: Iterable[str]) -> bool:
    """Whether it hangs on how many articles use which of these spellings what the entity is called."""
    ranks = sorted(_likeness(name, _bare(entity)) for name in names)
    return len(ranks) > 1 and ranks[0] == ranks[1]


def _likeness(name: str, bare: str) -> tuple[bool, bool]:
    return slug(name) != bare, name.isascii()


def _bare(entity: Entity) -> str:
    return entity.slug.partition("--")[0]  # behind it stands what tells namesakes apart


def entity_triples(entity: Entity, spellings: Spellings, base: str) -> Iterator[Triple]:
    """What the registry holds of an entity that articles name; nothing where the shipped tables have it."""
    if shipped_label(entity) is not None or not spellings.used:
        return
    me = key_node(entity, base)
    label = spellings.label(entity)
    aliases = {*spellings.used, *spellings.aliases} - {label}
    yield me, str(RDFS.label), text(label)
    for alias in aliases:
        yield me, str(SKOS.altLabel), text(alias)
    if entity.kind in _KEYED:
        for name in (label, *aliases):
            yield me, str(ATH.nameKey), text(name_key(name))
    if entity.kind in _TYPES:
        yield me, str(RDF.type), node(str(_TYPES[entity.kind]))
    if entity.kind == "discipline":
        yield me, str(SKOS.prefLabel), text(label)
        known = vocabulary.discipline(label)  # a cross-country course of a length met for the first time
        if known is not None and known.distance_metres is not None:
            yield me, str(ATH.distanceMetres), decimal(known.distance_metres)
            yield me, str(ATH.markClass), node(str(ATH.TimeMark))


@cache
def shipped_label(entity: Entity) -> str | None:
    """The name of an entity that the ontology's tables have."""
    look_up = {"country": _countries, "place": _places, "series": _series, "discipline": _disciplines}.get(entity.kind)
    return look_up().get(entity.slug) if look_up else None


@cache
def _countries() -> dict[str, str]:
    return {entry.code: entry.name for entry in vocabulary.countries()}


@cache
def _places() -> dict[str, str]:
    return {entry.slug: entry.name for entry in vocabulary.places()}


@cache
def _series() -> dict[str, str]:
    return {entry.slug: entry.name for entry in vocabulary.series()}


@cache
def _disciplines() -> dict[str, str]:
    return {entry.slug: entry.name for entry in vocabulary.disciplines()}


def mark_triples(mark: Mark, base: str) -> Iterator[Triple]:
    """What the registry holds of a mark."""
    me = key_node(mark, base)
    yield me, str(RDF.type), node(str(_MARKS[mark.unit]))
    yield me, str(RDFS.label), text(display(mark))
    yield me, str(ATH.display), text(display(mark))
    yield me, str(_UNITS[mark.unit]), decimal(mark.value)
    yield me, str(ATH.resolution), decimal(mark.resolution)
    yield me, str(ATH.sortKey), decimal(mark.sort_key)
