"""Rulings on who is who, and the names that lead elsewhere, in a whole store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from handmade import final

from graph.errors import LookupFailedError
from graph.pipeline import check, ingest_extractions, memory_store, merge, rebuild, retract, separate, split, why
from graph.rdf.terms import graph_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store.embedded import Store

_REPLACED = "http://purl.org/dc/terms/isReplacedBy"


@pytest.fixture
def store() -> Iterator[Store]:
    with memory_store() as empty:
        yield empty


def take_in(store: Store, *drafts: object) -> None:
    reports = list(ingest_extractions(store, (draft.done() for draft in drafts)))  # type: ignore[attr-defined]
    assert all(report.error is None for report in reports)


def replaced(store: Store) -> set[tuple[str, str]]:
    """(name, the one it leads to), as the graph has it."""
    quads = store.quads(graph=graph_name("registry", store.base))
    return {
        (quad.subject.value.rpartition("/")[2], quad.object.value.rpartition("/")[2])
        for quad in quads
        if quad.predicate.value == _REPLACED
    }


def facts(store: Store) -> set[object]:
    return {
        quad for name in ("facts", "registry", "inferred") for quad in store.quads(graph=graph_name(name, store.base))
    }


def test_curating_a_name_that_leads_elsewhere_is_replaced(store: Store) -> None:
    take_in(store, final("a", "Tor Valebrand"), final("b", "Tor Valebrandt"), final("c", "Tor Valebrandt"))
    assert replaced(store) == {("tor-valebrand", "tor-valebrandt")}
    retract(store, "a", "misprint")
    assert replaced(store) == set()


@pytest.mark.parametrize("other", ["Jan Brandt", "person:jan-brandt"])
def test_curating_a_split_and_a_merge_leave_no_trace_but_the_ruling(store: Store, other: str) -> None:
    take_in(store, final("a", "Tor Vale"), final("b", "Jan Brandt"))
    before = facts(store)
    done = merge(store, "Tor Vale", "Jan Brandt", "known so")
    assert done.slugs == ("tor-vale",)
    assert replaced(store) == {("jan-brandt", "tor-vale")}
    assert split(store, "Tor Vale", other, "no, he is not").slugs == ("jan-brandt", "tor-vale")
    assert facts(store) == before
    assert check(store).violations == ()


def test_curating_rulings_survive_re_ingestion_and_rebuilding(store: Store) -> None:
    take_in(store, final("a"), final("b", mark="3:31.39"))
    assert separate(store, "Tor Vale", ["b"], "his cousin").slugs == ("tor-vale", "tor-vale--nor")
    after = facts(store)
    take_in(store, final("b", mark="3:31.39"))
    rebuild(store)
    assert facts(store) == after
    assert merge(store, "tor-vale", "tor-vale--nor", "one man").slugs == ("tor-vale",)
    assert [len(answer.spellings) for answer in why(store, "Tor Vale")] == [1]


def test_curating_refuses_names_that_nobody_bears(store: Store) -> None:
    take_in(store, final("a"))
    with pytest.raises(LookupFailedError):
        merge(store, "Tor Vale", "Nobody Atall", "x")
    with pytest.raises(LookupFailedError, match="does not name tor-vale"):
        separate(store, "Tor Vale", ["z"], "x")
