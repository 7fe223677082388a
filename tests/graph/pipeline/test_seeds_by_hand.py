"""The two real articles against the graph that the design says they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from two_seeds import CANADIAN, seeds

from graph.pipeline import check, ingest_extractions, memory_store, retract
from graph.rdf.terms import graph_name
from ontology.iris import NS, sparql_prologue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.store.embedded import Store

pytestmark = pytest.mark.shared

QUERIES = [
    f"{number:02}" for number in range(1, 21) if number != 11
]  # 11 shows labels, which are worded otherwise here


@pytest.fixture(scope="module")
def design(shared: Path) -> Path:
    return shared / "design" / "ontology"


@pytest.fixture(scope="module")
def reference(design: Path) -> ox.Store:
    """The graph of the design, with its vocabulary."""
    reference = ox.Store()
    reference.load(path=design / "seeds.trig", format=ox.RdfFormat.TRIG)
    graph = ox.NamedNode("https://w3id.org/podium/id/graph/ontology")
    reference.load(path=design / "ontology.ttl", format=ox.RdfFormat.TURTLE, to_graph=graph)
    return reference


@pytest.fixture(scope="module")
def store(design: Path) -> Iterator[Store]:
    with memory_store() as store, pytest.MonkeyPatch.context() as monkeypatch:
        reports = list(ingest_extractions(store, seeds(design, monkeypatch)))
        assert [report.outcome for report in reports] == ["added", "added"]
        yield store


def triples(source: ox.Store | Store, name: str) -> set[tuple[str, str, str]]:
    graph = graph_name(name, "https://w3id.org/podium/id/")
    quads = (
        source.quads_for_pattern(None, None, None, graph) if isinstance(source, ox.Store) else source.quads(graph=graph)
    )
    found = ((quad.subject, quad.predicate, quad.object) for quad in quads)
    # The hashes in claim IRIs are of other strings here.
    return {
        (str(subject), predicate.value, str(value))
        for subject, predicate, value in found
        if "/claim/" not in str(value)
    }


def test_seeds_give_the_facts_of_the_design(store: Store, reference: ox.Store) -> None:
    mine, designs = triples(store, "facts"), triples(reference, "facts")
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    assert {predicate for _, predicate, _ in designs - mine} == {label}
    # The calendar knows more editions now, and one race known in part is labelled otherwise.
    assert {predicate for _, predicate, _ in mine - designs} == {label, NS + "edition"}


def test_seeds_give_what_the_rules_of_the_design_infer(store: Store, reference: ox.Store) -> None:
    mine, designs = triples(store, "inferred"), triples(reference, "inferred")
    assert designs - mine == set()
    assert {predicate for _, predicate, _ in mine - designs} == {NS + "decidedBy"}


def test_seeds_have_every_name_of_the_design(store: Store, reference: ox.Store) -> None:
    assert triples(reference, "registry") - triples(store, "registry") == set()


@pytest.mark.parametrize("number", QUERIES)
def test_seeds_answer_the_queries_of_the_design(number: str, store: Store, reference: ox.Store, design: Path) -> None:
    (path,) = (design / "queries").glob(f"{number}-*.rq")
    query = sparql_prologue() + path.read_text(encoding="utf-8")
    expected = reference.query(query, use_default_graph_as_union=True)
    assert isinstance(expected, ox.QuerySolutions)
    names = [variable.value for variable in expected.variables]
    rows = [tuple(term and term.value for term in solution) for solution in expected]
    found = [tuple(str(row[name]) if name in row else None for name in names) for row in store.select(query)]
    assert sorted(map(str, found)) == sorted(map(str, rows))
    assert found


def test_seeds_leave_one_dispute_and_no_violation(store: Store) -> None:
    report = check(store)
    assert report.violations == ()
    assert [problem.message for problem in report.warnings] == ["rank: disputed rank"]


def test_seeds_take_their_facts_with_them(design: Path) -> None:
    with memory_store() as store, pytest.MonkeyPatch.context() as monkeypatch:
        both = seeds(design, monkeypatch)
        list(ingest_extractions(store, both[:1]))
        alone = triples(store, "facts")
        list(ingest_extractions(store, both[1:]))
        retract(store, both[1][0].id, "a test")
        assert triples(store, "facts") == alone
        retract(store, CANADIAN, "a test")
        assert triples(store, "facts") == triples(store, "inferred") == set()
