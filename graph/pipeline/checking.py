"""Whether a store keeps its promises: shapes, one graph for each triple, quotes that stand in the texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import RDF, SH, Graph, URIRef

from graph import queries
from graph.errors import PodiumError
from graph.pipeline.listing import article_text
from graph.store.terms import from_ox
from graph.validation import Problem
from ontology.iris import kind_and_slug
from ontology.resources import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from graph.store.embedded import Store
    from graph.validation import Severity


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
    problems += _shapes(store, places)
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


def _shapes(store: Store, triples: Iterable[ox.Triple]) -> Iterator[Problem]:
    shapes = Graph().parse(SHAPES, format="turtle")
    yield from _queries(store, shapes)
    shapes.remove((None, SH.sparql, None))
    import pyshacl  # a fifth of a second, which all commands but `podium check` are spared

    data = Graph()
    for triple in triples:
        data.add((from_ox(triple.subject), from_ox(triple.predicate), from_ox(triple.object)))
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, allow_warnings=True)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        severity: Severity = "warning" if report.value(result, SH.resultSeverity) == SH.Warning else "violation"
        yield Problem(severity, "shape", str(report.value(result, SH.focusNode)), _message(report, result))


def _queries(store: Store, shapes: Graph) -> Iterator[Problem]:
    """The constraints that are queries, each asked once of the store.

    pyshacl puts every node into the text and parses it anew: 13 ms for each node and constraint, so that a store of 60
    articles took a minute.
    """
    for shape, constraint in shapes.subject_objects(SH.sparql):
        targets = _targets(store, shapes, shape)
        severity: Severity = "warning" if shapes.value(shape, SH.severity) == SH.Warning else "violation"
        message = str(shapes.value(constraint, SH.message))
        found = {row["this"] for row in store.select(str(shapes.value(constraint, SH.select)))}
        yield from (Problem(severity, "shape", str(node), message) for node in found & targets)


def _targets(store: Store, shapes: Graph, shape: Node) -> set[Node]:
    found: set[Node] = set()
    for kind in shapes.objects(shape, SH.targetClass):
        query = "SELECT ?x { ?x a/rdfs:subClassOf* ?class }"
        found |= {row["x"] for row in store.select(query, {"class": kind})}
    for predicate in shapes.objects(shape, SH.targetSubjectsOf):
        found |= {row["x"] for row in store.select("SELECT ?x { ?x ?p ?any }", {"p": predicate})}
    return found


def _message(report: Graph, result: Node) -> str:
    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    words = sorted(str(message) for message in report.objects(result, SH.resultMessage))
    where = f"{path.rpartition('#')[2].rpartition('/')[2]}: " if isinstance(path, URIRef) else ""
    what = f" (found {value})" if value is not None else ""
    return where + " ".join(" ".join(words).split()) + what
