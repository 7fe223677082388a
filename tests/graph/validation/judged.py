"""The same triples before Podium's shapes and before pyshacl, which is slow and taken to be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, SH, Graph, URIRef

from graph.pipeline.shipped import shipped_triples
from graph.problems import Problem
from graph.validation import Shapes
from ontology import resources
from ontology.iris import DEFAULT_BASE, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from graph.rdf.terms import Triple

NS = prefixes()["ath"]
TURTLE_PREFIXES = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes().items())
SHAPES = Graph().parse(resources.SHAPES)


def triples(turtle: str) -> list[Triple]:
    """The triples of a text without its prefixes, with numbers as a store keeps them."""
    store = ox.Store()
    store.load((TURTLE_PREFIXES + turtle).encode(), ox.RdfFormat.TURTLE)
    return [
        (quad.subject, quad.predicate.value, quad.object)
        for quad in store
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal)
    ]


def vocabulary(referring: Iterable[Triple]) -> list[Triple]:
    """The ontology and the things these lead to; the whole vocabulary takes pyshacl long."""
    shipped = shipped_triples(DEFAULT_BASE)
    wanted = {value for _, _, value in referring} | {subject for subject, _, _ in referring}
    for _ in range(2):
        wanted |= {value for subject, _, value in shipped if subject in wanted}
    return [triple for triple in shipped if triple[0] in wanted or triple[0].value.startswith(NS)]


def by_podium(data: Iterable[Triple], known: Iterable[Triple]) -> set[Problem]:
    return set(Shapes(known).problems(data))


def by_pyshacl(data: Iterable[Triple], known: Iterable[Triple]) -> set[Problem]:
    lines = "".join(f"{subject} <{predicate}> {value} .\n" for subject, predicate, value in {*data, *known})
    graph = Graph().parse(data=lines, format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=SHAPES, allow_warnings=True, advanced=True)
    return {_problem(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)}


def _problem(report: Graph, result: Node) -> Problem:
    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    where = f"{path.rpartition('#')[2].rpartition('/')[2]}: " if isinstance(path, URIRef) else ""
    what = f" (found {value})" if value is not None and path is not None else ""
    return Problem(
        "warning" if report.value(result, SH.resultSeverity) == SH.Warning else "violation",
        "shape",
        str(report.value(result, SH.focusNode)),
        where + " ".join(sorted(map(str, report.objects(result, SH.resultMessage)))) + what,
    )
