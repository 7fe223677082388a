"""Which triples name things that are looked for."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
from rdflib import RDF, RDFS, SDO, SKOS

from graph.searching.indexing import Name
from ontology.iris import kind_and_slug
from ontology.namespaces import ATH

KINDS: Final = frozenset(
    {"person", "club", "country", "place", "series", "edition", "discipline", "race", "article"}
)  # of the things that are looked for by name
OTHER: Final = "term"  # the kind of what lies outside the data namespace
NAMING: Final = frozenset(
    str(term) for term in (RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.notation, SDO.headline)
)
_FOLDED: Final = str(ATH.nameKey)
_TYPE: Final = str(RDF.type)
_TYPES: Final = frozenset(
    str(term) for term in (ATH.Country, ATH.Place, ATH.Series, ATH.Edition, ATH.Discipline, ATH.Race, ATH.Article)
)  # of what is looked for wherever its IRI lies


def name_of(subject: object, predicate: ox.NamedNode, value: object, base: str) -> Name | None:
    """The name that a triple of Podium's own graphs gives to something that is looked for by name, if it does."""
    if predicate.value not in NAMING or not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.Literal):
        return None
    known = kind_and_slug(subject.value, base)
    if known is None or known[0] not in KINDS:
        return None
    return Name(subject.value, known[0], value.value)


def may_name(quad: ox.Quad) -> bool:
    """Whether a quad of somebody's may be all that is needed for something to be found by another name."""
    predicate = quad.predicate.value
    if predicate == _TYPE:
        return isinstance(quad.object, ox.NamedNode) and quad.object.value in _TYPES
    return predicate in NAMING or predicate == _FOLDED
