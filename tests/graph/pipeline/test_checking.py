"""What `check` finds in a store that was tampered with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from handmade import final, rich

from graph.pipeline import check, ingest_extractions
from graph.pipeline.walking import walk
from graph.rdf.structure import is_structure
from graph.rdf.terms import graph_name
from ontology.iris import VOCABULARIES, kind_and_slug

if TYPE_CHECKING:
    from graph.pipeline import Problem
    from graph.store.embedded import Store

ATH, OA = VOCABULARIES["ath"], VOCABULARIES["oa"]
RESULT = "result/world-championships_2023_1500m_m_final_tor-vale"


@pytest.fixture
def store(store: Store) -> Store:
    """A store with two articles in it."""
    list(ingest_extractions(store, [rich().done(), final("two").done()]))
    return store


def property_of(name: str) -> ox.NamedNode:
    return ox.NamedNode(ATH + name)


def only_problem(store: Store, promise: str) -> Problem:
    (problem,) = (problem for problem in check(store).problems if problem.promise == promise)
    assert problem.severity == "violation"
    return problem


def replaced(store: Store, old: ox.Quad, value: ox.Literal) -> None:
    store.write([ox.Quad(old.subject, old.predicate, value, old.graph_name)], [old])


def test_check_finds_a_fact_that_nobody_claims(store: Store) -> None:
    result = ox.NamedNode(store.base + RESULT)
    store.write([ox.Quad(result, property_of("position"), ox.Literal(2), graph_name("facts", store.base))])
    found = only_problem(store, "claim")
    assert found.about == result.value
    assert "position" in found.message


def test_check_finds_a_fact_whose_claims_are_gone(store: Store) -> None:
    graph = graph_name("article_rich", store.base)
    claims = [quad.subject for quad in store.quads(None, property_of("confidence"), None, graph)]
    store.write(remove=[quad for claim in claims for quad in store.quads(claim)])
    assert any(problem.promise == "claim" for problem in check(store).violations)


def test_check_finds_a_claim_that_is_too_unsure_for_its_fact(store: Store) -> None:
    graph = graph_name("article_rich", store.base)
    for quad in list(store.quads(None, property_of("confidence"), None, graph)):
        replaced(store, quad, ox.Literal("0.1", datatype=ox.NamedNode(VOCABULARIES["xsd"] + "decimal")))
    assert any(problem.promise == "claim" for problem in check(store).violations)


@pytest.mark.parametrize("name", [OA + "exact", ATH + "asWritten"])
def test_check_finds_a_quote_that_is_not_in_the_text(store: Store, name: str) -> None:
    quad = next(store.quads(None, ox.NamedNode(name)))
    assert isinstance(quad.object, ox.Literal)
    replaced(store, quad, ox.Literal(quad.object.value[::-1]))
    assert only_problem(store, "quote").about == quad.subject.value


def test_check_finds_a_triple_of_an_article_in_another_graph(store: Store) -> None:
    quad = next(store.quads(None, ox.NamedNode(OA + "exact")))
    store.write([ox.Quad(quad.subject, quad.predicate, quad.object, graph_name("meta", store.base))])
    assert only_problem(store, "one graph").about == quad.subject.value


def test_check_finds_articles_without_a_graph_and_graphs_without_a_record(store: Store) -> None:
    store.write(drop=[graph_name("article_two", store.base)])
    store.ledger.execute("DELETE FROM articles WHERE id = 'rich'")
    found = {problem.about: problem.message for problem in check(store).violations if problem.promise == "record"}
    assert found == {
        f"{store.base}article/two": "its graph is missing",
        f"{store.base}article/rich": "its record is missing",
    }


def test_check_finds_what_is_identified_with_nothing(store: Store) -> None:
    race, gone = ox.NamedNode(store.base + "race/u_rich_2020_tor-vale"), ox.NamedNode(store.base + "race/none")
    store.write([ox.Quad(race, property_of("resolvedTo"), gone, graph_name("facts", store.base))])
    found = [problem for problem in check(store).violations if problem.about == race.value]
    assert [problem.promise for problem in found] == ["shape"]
    assert "which exists" in found[0].message


def test_walk_shows_every_subject_whole(store: Store) -> None:
    shared = next(store.quads(None, property_of("inArticle")))
    store.write([ox.Quad(shared.subject, shared.predicate, shared.object, graph_name("meta", store.base))])
    walked = list(walk(store))
    for subject in {quad.subject for quad in store.quads()}:
        shown = [set(one.quads) for one in walked if one.subject == subject]
        assert set(store.quads(subject)) in shown
        assert len(shown) == (2 if subject == shared.subject else 1)


def test_every_fact_of_a_key_is_known_as_one(store: Store) -> None:
    facts = {quad.triple for quad in store.quads(graph=graph_name("facts", store.base))}
    structural = {
        triple
        for triple in facts
        if (found := kind_and_slug(triple.subject.value, store.base)) and is_structure(found[0], triple.predicate.value)
    }
    assert structural
    assert facts - structural
