"""Which properties have one value at a time, and which of those change: read from the ontology."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import OWL, RDF

from ontology.namespaces import ATH
from ontology.resources import ATHLETICS

Volatility = Literal["Immutable", "TimeVarying", "Improving"]

_VOLATILITIES: dict[str, Volatility] = {
    str(ATH.Immutable): "Immutable",
    str(ATH.TimeVarying): "TimeVarying",
    str(ATH.Improving): "Improving",
}


@dataclass(frozen=True, slots=True)
class Traits:
    """IRIs of the functional properties, and the volatility of those for which values may be in dispute."""

    functional: frozenset[str]
    volatility: dict[str, Volatility]


@cache
def traits() -> Traits:
    """Those of this version of the ontology."""
    functional = set()
    volatility: dict[str, Volatility] = {}
    for triple in parse(ATHLETICS.read_bytes(), RdfFormat.TURTLE):
        if not isinstance(triple.subject, NamedNode) or not isinstance(triple.object, NamedNode):
            continue
        predicate, value = triple.predicate.value, triple.object.value
        if predicate == str(RDF.type) and value == str(OWL.FunctionalProperty):
            functional.add(triple.subject.value)
        elif predicate == str(ATH.volatility):
            volatility[triple.subject.value] = _VOLATILITIES[value]
    return Traits(frozenset(functional), volatility)
