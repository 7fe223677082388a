"""Stores that were cut off or could not be written: what they hold is what was settled, and nothing else."""

from __future__ import annotations

import resource
import shutil
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from handmade import champion, coached, final, rich

from graph.errors import StoreError
from graph.pipeline import articles, ingest_extractions, memory_store, open_store, retract

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyoxigraph as ox

    from graph.model import Article, Extraction
    from graph.store.embedded import Store

Pair = tuple["Article", "Extraction"]


def quads(store: Store) -> set[ox.Quad]:
    return {quad for quad in store.quads() if "endedAtTime" not in quad.predicate.value}


def clean(*pairs: Pair) -> set[ox.Quad]:
    """What a store holds into which only these came; nameless nodes of the vocabulary have names of its own."""
    with memory_store() as store:
        list(ingest_extractions(store, pairs))
        return named(quads(store))


def named(found: set[ox.Quad]) -> set[ox.Quad]:
    return {quad for quad in found if "_:" not in str(quad.triple)}


def as_a_kill_leaves_it(store: Store, place: Path) -> Path:
    """The files of an open store: all that was written, and nothing of what is only in memory."""
    shutil.copytree(store.path, place)
    (place / "oxigraph" / "LOCK").unlink()
    return place


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """What a full disk does to this process: nothing can be written beyond so many bytes of a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_recovering_what_was_noted_last_is_written_again(tmp_path: Path) -> None:
    kept = [rich().done(), final("one").done(), champion("two").done()]
    with open_store(tmp_path / "store", create=True) as store:
        list(ingest_extractions(store, [*kept, coached("gone", None).done()]))
        retract(store, "gone", "a test")
        left = as_a_kill_leaves_it(store, tmp_path / "left")
        before = quads(store)
    with open_store(left) as store:
        assert named(quads(store)) == named(before)
        assert {entry.id for entry in articles(store) if not entry.withdrawn} == {"rich", "one", "two"}


def test_recovering_a_note_that_was_cut_off_says_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        list(ingest_extractions(store, [rich().done()]))
        left = as_a_kill_leaves_it(store, tmp_path / "left")
    with (left / "pending").open("a", encoding="utf-8") as file:
        file.write('\n{"articles":["one"],"keys":["[\\"enti')
    with open_store(left) as store:
        assert named(quads(store)) == clean(rich().done())
        left_again = as_a_kill_leaves_it(store, tmp_path / "left again")
    with open_store(left_again) as store:
        assert named(quads(store)) == clean(rich().done())


def test_recovering_a_note_holds_any_letters(tmp_path: Path) -> None:
    article, extraction = final("one").done()
    odd = replace(extraction, races=(replace(extraction.races[0], category="T\u2028\x85 {54}"),))
    with open_store(tmp_path / "store", create=True) as store:
        list(ingest_extractions(store, [(article, odd)]))
        left = as_a_kill_leaves_it(store, tmp_path / "left")
    with open_store(left) as store:
        assert named(quads(store)) == clean((article, odd))


def test_recovering_a_store_whose_making_was_cut_off_is_made(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "podium.json.new").write_text("{")
    with open_store(tmp_path / "store", create=True) as store:
        list(ingest_extractions(store, [rich().done()]))
        assert named(quads(store)) == clean(rich().done())


def test_recovering_quads_do_not_outlive_a_ledger_that_could_not_be_written() -> None:
    one, two = final("one").done(), coached("two", None).done()
    with memory_store() as store:  # so that nothing but the ledger is hindered
        list(ingest_extractions(store, [one]))
        with no_file_larger_than(16_384), pytest.raises(StoreError):
            list(ingest_extractions(store, [rich().done()]))
        list(ingest_extractions(store, [two]))
        assert named(quads(store)) == clean(one, two)
        list(ingest_extractions(store, [rich().done()]))
        assert named(quads(store)) == clean(one, two, rich().done())


@pytest.mark.parametrize("size", [16_384, 131_072, 524_288])  # now the quads, now the ledger cannot be written
def test_recovering_a_store_on_a_full_disk_is_whole_when_opened_again(size: int, tmp_path: Path) -> None:
    one, more = final("one").done(), [rich().done(), *(final(f"more-{number}").done() for number in range(30))]
    with open_store(tmp_path / "store", create=True) as store:
        list(ingest_extractions(store, [one]))
        with no_file_larger_than(size), pytest.raises(StoreError):
            list(ingest_extractions(store, more))
    with open_store(tmp_path / "store") as store:
        there = {entry.id for entry in articles(store)}
        assert named(quads(store)) == clean(*(pair for pair in [one, *more] if pair[0].id in there))
        list(ingest_extractions(store, more))
        assert named(quads(store)) == clean(one, *more)
