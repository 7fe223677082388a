"""Where the data files lie, and their content under the data namespace of a store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ontology.iris import DEFAULT_BASE, iri, sparql_prologue

_HERE: Final = Path(__file__).parent
ATHLETICS: Final = _HERE / "athletics.ttl"
DISCIPLINES: Final = _HERE / "disciplines.ttl"
COMPETITIONS: Final = _HERE / "competitions.ttl"
COUNTRIES: Final = _HERE / "countries.ttl"
PLACES: Final = _HERE / "places.ttl"
SHAPES: Final = _HERE / "shapes.ttl"
RULES: Final = _HERE / "rules"


@dataclass(frozen=True, slots=True)
class Rule:
    """A CONSTRUCT whose triples belong into the graph of inferred ones; `sparql` is ready to run."""

    name: str
    sparql: str


@dataclass(frozen=True, slots=True)
class OntologyGraph:
    """A named graph that Podium ships: its IRI and the files that make it up."""

    iri: str
    files: tuple[Path, ...]


def ontology_graphs(base: str = DEFAULT_BASE) -> tuple[OntologyGraph, ...]:
    """Which file belongs in which graph of a store with that base; read the files with `rebased`."""
    return (
        OntologyGraph(iri("graph", "ontology", base), (ATHLETICS,)),
        OntologyGraph(iri("graph", "registry", base), (DISCIPLINES, COUNTRIES, PLACES, COMPETITIONS)),
    )


def rebased(path: Path, base: str = DEFAULT_BASE) -> str:
    """The text of a data file with its data IRIs under `base`; they are all written with prefixes, so this is exact."""
    text = path.read_text(encoding="utf-8")
    return text if base == DEFAULT_BASE else text.replace(f"<{DEFAULT_BASE}", f"<{base}")


def rules(base: str = DEFAULT_BASE) -> tuple[Rule, ...]:
    """The rules in the order in which they must run, each seeing what those before it gave."""
    prologue = sparql_prologue(base)
    return tuple(Rule(path.stem, prologue + path.read_text(encoding="utf-8")) for path in sorted(RULES.glob("*.rq")))
