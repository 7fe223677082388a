"""Names and keys: what graph:registry holds besides the tables that Podium ships.

Labels are chosen alike whatever order the articles came in: the spelling that gives the slug, with accents where there
are any, used by most articles. All other spellings are aliases, and every spelling has its folded form as a name key.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SKOS

from graph.identity.marks import display
from graph.rdf.terms import Triple, decimal, key_node, node, text
from ontology import vocabulary
from ontology.names import name_key, slug
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.facts import Entity, Mark
    from graph.identity.claims import Naming

_KEYED = {"person", "club"}  # found by a folded name
_TYPES = {"place": ATH.Place, "series": ATH.Series, "discipline": ATH.Discipline}
_MARKS = {"seconds": ATH.TimeMark, "metres": ATH.DistanceMark, "points": ATH.PointsMark}
_UNITS = {"seconds": ATH.seconds, "metres": ATH.metres, "points": ATH.points}


class Spellings:
    """How the articles write each entity."""

    def __init__(self, namings: Iterable[tuple[str, Naming]]) -> None:
        """`namings` are (article, naming)."""
        self._used: defaultdict[Entity, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._aliases: defaultdict[Entity, set[str]] = defaultdict(set)
        for article, naming in namings:
            if naming.alias:
                self._aliases[naming.entity].add(naming.name)
            else:
                self._used[naming.entity][naming.name].add(article)

    def entities(self) -> Iterator[Entity]:
        yield from self._used

    def label(self, entity: Entity) -> str:
        shipped = _shipped(entity)
        if shipped is not None:
            return shipped
        names = self._used.get(entity)
        if not names:
            return entity.slug
        bare = entity.slug.partition("--")[0]  # behind it stands what tells namesakes apart
        return min(
            names,
            key=lambda name: (slug(name) != bare, name.isascii(), -len(names[name]), len(name), name),
        )

    def aliases(self, entity: Entity) -> set[str]:
        return (set(self._used[entity]) | self._aliases[entity]) - {self.label(entity)}


def registry(spellings: Spellings, marks: Iterable[Mark], base: str) -> set[Triple]:
    """The triples of all entities and marks that the shipped tables do not have."""
    found: set[Triple] = set()
    for entity in spellings.entities():
        if _shipped(entity) is None:
            found.update(_entity(entity, spellings, base))
    for mark in marks:
        found.update(_mark(mark, base))
    return found


@cache
def _shipped(entity: Entity) -> str | None:
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


def _entity(entity: Entity, spellings: Spellings, base: str) -> Iterator[Triple]:
    me = key_node(entity, base)
    label = spellings.label(entity)
    aliases = spellings.aliases(entity)
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


def _mark(mark: Mark, base: str) -> Iterator[Triple]:
    me = key_node(mark, base)
    yield me, str(RDF.type), node(str(_MARKS[mark.unit]))
    yield me, str(RDFS.label), text(display(mark))
    yield me, str(ATH.display), text(display(mark))
    yield me, str(_UNITS[mark.unit]), decimal(mark.value)
    yield me, str(ATH.resolution), decimal(mark.resolution)
    yield me, str(ATH.sortKey), decimal(mark.sort_key)
