"""Whether a store keeps its promises: shapes, one graph for each triple, quotes that stand in the texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, SH, Graph, URIRef

from graph import queries
from graph.errors import PodiumError
from graph.pipeline.listing import article_text
from graph.store.terms import from_ox
from ontology.iris import kind_and_slug
from ontology.resources import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from graph.store.embedded import Store

Severity = Literal["violation", "warning"]
Promise = Literal["shape", "one graph", "quote"]


@dataclass(frozen=True, slots=True)
class Problem:
    """`about` is the IRI of what breaks the promise; a warning may be a dispute between articles."""

    severity: Severity
    promise: Promise
    about: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`quads` were looked at."""

    quads: int
    problems: tuple[Problem, ...]

    @property
    def violations(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "violation")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def check(store: Store) -> CheckReport:
    """Looks at everything in the store. Needs memory for a copy of all its triples."""
    places: dict[ox.Triple, str] = {}
    problems = []
    quads = 0
    for quad in store.quads():
        quads += 1
        triple, graph = (
            quad.triple,
            quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else "the default graph",
        )
        if triple in places:
            message = f"{triple.predicate} {triple.object} is in {places[triple]} and in {graph}"
            problems.append(Problem("violation", "one graph", str(from_ox(triple.subject)), message))
        places[triple] = graph
    problems += _quotes(store)
    problems += _shapes(places)
    return CheckReport(
        quads, tuple(sorted(problems, key=lambda found: (found.severity, found.promise, found.about, found.message)))
    )


def _quotes(store: Store) -> Iterator[Problem]:
    texts: dict[str, str] = {}
    for row in store.select(queries.load("quotes")):
        about, address = str(row["sentence"]), str(row["article"])
        if address not in texts:
            found = kind_and_slug(address, store.base)
            try:
                texts[address] = article_text(store, found[1] if found else address)
            except PodiumError as error:
                texts[address] = ""
                yield Problem("violation", "quote", address, str(error))
        start, end = int(str(row["start"])), int(str(row["end"]))
        if texts[address] and texts[address][start:end] != str(row["quote"]):
            yield Problem("violation", "quote", about, f"the stored text has something else at {start}-{end}")


def _shapes(triples: dict[ox.Triple, str]) -> Iterator[Problem]:
    # The vocabulary is among the data: SHACL's SPARQL constraints need it there, pyshacl's ont_graph does not suffice.
    data = Graph()
    for triple in triples:
        data.add((from_ox(triple.subject), from_ox(triple.predicate), from_ox(triple.object)))
    shapes = Graph().parse(SHAPES, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, allow_warnings=True, advanced=True)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        severity: Severity = "warning" if report.value(result, SH.resultSeverity) == SH.Warning else "violation"
        yield Problem(severity, "shape", str(report.value(result, SH.focusNode)), _message(report, result))


def _message(report: Graph, result: Node) -> str:
    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    words = sorted(str(message) for message in report.objects(result, SH.resultMessage))
    where = f"{path.rpartition('#')[2].rpartition('/')[2]}: " if isinstance(path, URIRef) else ""
    what = f" (found {value})" if value is not None else ""
    return where + " ".join(" ".join(words).split()) + what
