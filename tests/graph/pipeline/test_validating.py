"""An article that would make the graph unsound is refused with a report, and its neighbours are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from handmade import Draft, coached, final, rich

from graph.errors import ShapeError
from graph.pipeline import check, ingest_extractions, memory_store

if TYPE_CHECKING:
    from graph.pipeline import Report
    from graph.store.embedded import Store


def take(store: Store, *drafts: Draft) -> dict[str | None, Report]:
    return {report.article: report for report in ingest_extractions(store, [draft.done() for draft in drafts])}


def quads(store: Store) -> set[str]:
    return {str(quad) for quad in store.quads() if "endedAtTime" not in str(quad)}


def rows(store: Store) -> dict[str, int]:
    """Table of the ledger -> number of rows; numbers once given to terms are kept."""
    tables = [row[0] for row in store.ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: store.ledger.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in tables}  # noqa: S608


def unsound(article: str) -> Draft:
    """Says that somebody came in before the winner."""
    draft = final(article, "Finn Aas")
    return changed(draft, "results", position=0, medal=None)


def changed(draft: Draft, kind: str, **fields: Any) -> Draft:
    draft.facts[kind] = [replace(draft.facts[kind][0], **fields), *draft.facts[kind][1:]]
    return draft


def ancient(article: str) -> Draft:
    """Tells of a race in a year without races."""
    return changed(final(article, "Egil Sund"), "races", year=1066)


@pytest.mark.parametrize("bad", [unsound, ancient])
def test_validating_refuses_an_article_and_keeps_its_neighbours(store: Store, bad: Any) -> None:
    found = take(store, rich(), bad("bad"), coached("other", None))
    assert {article: report.outcome for article, report in found.items()} == {
        "rich": "added",
        "bad": "refused",
        "other": "added",
    }
    with memory_store() as clean:
        take(clean, rich(), coached("other", None))
        assert quads(store) == quads(clean)
        assert rows(store) == rows(clean)
    assert check(store).violations == ()


def test_validating_says_what_is_wrong_in_plain_words(store: Store) -> None:
    report = take(store, unsound("bad"), final("good"))["bad"]
    assert isinstance(report.error, ShapeError)
    assert "a position is an integer from 1 (found 0)" in str(report.error)
    assert "finn-aas" in str(report.error)
    assert set(report.error.problems) == {"bad"}
    assert all(problem.severity == "violation" for problem in report.error.problems["bad"])


def test_validating_refuses_several_of_a_batch(store: Store) -> None:
    found = take(store, unsound("one"), final("two"), ancient("three"), unsound("four"))
    assert {article: report.outcome for article, report in found.items()} == {
        "one": "refused",
        "two": "added",
        "three": "refused",
        "four": "refused",
    }


def test_validating_leaves_what_was_there_when_a_new_version_is_refused(store: Store) -> None:
    take(store, final("one"), final("two"))
    before, version = quads(store), store.version
    assert take(store, unsound("one"))["one"].outcome == "refused"
    assert (quads(store), store.version) == (before, version)


def test_validating_lets_disputes_pass_and_counts_them(store: Store) -> None:
    found = take(store, final("one"), final("three", mark="3:31.83"), coached("four", None))
    assert {report.outcome for report in found.values()} == {"added"}
    assert {article: bool(report.warnings) for article, report in found.items()} == {
        "one": True,
        "three": True,
        "four": False,
    }
    assert take(store, final("five", mark="3:31.93"))["five"].warnings
    assert check(store).violations == ()


def test_validating_finds_no_less_in_a_batch_than_article_by_article(store: Store) -> None:
    drafts = [final("one"), unsound("two"), rich(), ancient("four"), final("five", mark="3:31.83")]
    at_once = {article: report.outcome for article, report in take(store, *drafts).items()}
    with memory_store() as other:
        assert at_once == {article: one.outcome for draft in drafts for article, one in take(other, draft).items()}
        assert quads(store) == quads(other)


def test_validating_a_sound_version_follows_one_that_is_refused(store: Store) -> None:
    drafts = (unsound("one"), coached("other", None), final("one"))
    reports = list(ingest_extractions(store, [draft.done() for draft in drafts]))
    assert [report.outcome for report in reports] == ["refused", "added", "added"]
    assert reports[2].correction is None
    assert reports[2].statements > 0
    assert check(store).violations == ()
