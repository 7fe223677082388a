"""The index of names and sentences is what a look at the whole store would make of it, whatever happened on the way."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from indexed import indexed, refilled
from test_orders import BATCH, VERSIONS

from graph.browsing import search, search_sentences
from graph.errors import PodiumError
from graph.ledger.database import transaction
from graph.pipeline import ingest_extractions, memory_store, merge, open_store, rebuild, retract, separate, split
from graph.searching import tables

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store.embedded import Store

pytestmark = pytest.mark.timeout(600)

UNSHRUNK = (Phase.explicit, Phase.generate)
NAMES = ("tor-vale", "tor-wightvale", "tor-weightvale", "tor-valle", "t-vale", "ola-dahl", "fjord-harriers")
INGEST = st.tuples(st.just("ingest"), BATCH)
RETRACT = st.tuples(st.just("retract"), st.sampled_from(sorted(VERSIONS)))
RULE = st.tuples(st.sampled_from(["merge", "split"]), st.lists(st.sampled_from(NAMES), min_size=2, max_size=2))
SEPARATE = st.tuples(st.just("separate"), st.sampled_from(["one", "two", "namesake"]))
STEPS = st.lists(INGEST | RETRACT | RULE | SEPARATE | st.just(("rebuild", None)), min_size=2, max_size=7)


def take(store: Store, step: tuple[str, object]) -> None:
    """Does one thing to a store; what cannot be done (nobody is called so) is left."""
    kind, told = step
    with suppress(PodiumError):
        if kind == "ingest":
            pairs = [VERSIONS[article][version].done() for article, version in told]  # type: ignore[attr-defined]
            list(ingest_extractions(store, pairs, replace=True))
        elif kind == "retract":
            retract(store, str(told), "a test")
        elif kind == "separate":
            separate(store, "tor-vale", [str(told)], "a test")
        elif kind == "rebuild":
            rebuild(store)
        else:
            (merge if kind == "merge" else split)(store, *told, "a test")  # type: ignore[misc]


@settings(max_examples=5, derandomize=True, phases=UNSHRUNK)
@given(BATCH, STEPS)
def test_indexing_keeps_in_step_whatever_happens(first: list[tuple[str, int]], steps: list[tuple[str, object]]) -> None:
    with memory_store() as store:
        for step in [("ingest", first), *steps]:
            take(store, step)
            assert indexed(store) == refilled(store)


def test_indexing_fills_the_index_of_a_store_that_had_none(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        take(store, ("ingest", [("one", 0), ("coach", 0)]))
        before = indexed(store)
        with transaction(store.ledger):
            tables.clear(store.ledger)
            store.ledger.execute("PRAGMA user_version = 0")
        assert search(store, "tor vale")  # read off the quads meanwhile
    with open_store(tmp_path / "store") as store:
        assert indexed(store) == before
        assert search(store, "tor vale")[0].entity.label == "Tor Vale"


def test_indexing_weighs_by_the_articles_that_speak_of_somebody() -> None:
    with memory_store() as store:
        take(store, ("ingest", [("one", 0), ("two", 0), ("coach", 0)]))
        weights = dict(store.ledger.execute("SELECT iri, articles FROM search_weights"))
        assert weights[f"{store.base}person/tor-vale"] >= 2
        retract(store, "two", "a test")
        fewer = dict(store.ledger.execute("SELECT iri, articles FROM search_weights"))
        assert fewer[f"{store.base}person/tor-vale"] == weights[f"{store.base}person/tor-vale"] - 1


def test_indexing_finds_sentences_newest_first_and_forgets_those_of_withdrawn_articles() -> None:
    with memory_store() as store:
        take(store, ("ingest", [("one", 0), ("namesake", 0)]))
        found = search_sentences(store, "won")
        days = [passage.date for passage in found.shown]
        assert found.total == len(days) > 1
        assert days == sorted(days, key=lambda day: day.toordinal() if day else 0, reverse=True)
        retract(store, "namesake", "a test")
        assert {passage.article.iri.rpartition("/")[2] for passage in search_sentences(store, "won").shown} == {"one"}
