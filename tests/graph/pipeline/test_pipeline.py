"""Ingesting, checking, listing and withdrawing, and what goes wrong on the way."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from handmade import Draft, coached, final, rich
from rdflib import PROV

from graph.articles import Options, read
from graph.errors import EvidenceError, LookupFailedError, StoreError, StoreFullError, UnreadableError
from graph.model import Document, Evidence, Extraction, Result
from graph.pipeline import (
    article_text,
    articles,
    check,
    ingest,
    ingest_extractions,
    memory_store,
    open_store,
    rebuild,
    retract,
)
from graph.rdf.terms import graph_name
from graph.store.embedded import Store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from graph.pipeline import Report

NOON = datetime(2026, 1, 2, 12, 0, 0, tzinfo=UTC)


def take(store: Store, *drafts: Draft, **options: bool) -> list[Report]:
    return list(ingest_extractions(store, [draft.done() for draft in drafts], now=lambda: NOON, **options))


def quads(store: Store) -> set[str]:
    return {str(quad) for quad in store.quads()}


def test_pipeline_the_same_article_again_changes_nothing(store: Store) -> None:
    take(store, rich())
    version, before = store.version, quads(store)
    (report,) = take(store, rich())
    assert (report.outcome, report.gained, report.lost) == ("unchanged", 0, 0)
    assert (store.version, quads(store)) == (version, before)


def test_pipeline_a_changed_article_replaces_itself(store: Store) -> None:
    take(store, final("one"))
    (report,) = take(store, final("one", mark="3:31.83"))
    assert (report.outcome, report.gained, report.lost) == ("replaced", 1, 1)
    assert store.ask("ASK { ?r ath:mark/ath:display '3:31.83' }")
    assert not store.ask("ASK { { ?s ?p mark:t-211.38 } UNION { mark:t-211.38 ?p ?o } }")


def test_pipeline_two_versions_of_an_article_in_one_run(store: Store) -> None:
    first, _, second, third = take(
        store, final("one"), coached("two", None), final("one", mark="3:31.83"), final("one", "Finn Aas")
    )
    assert (first.outcome, first.gained, first.lost, first.correction) == ("added", first.statements, 0, None)
    assert (second.outcome, second.gained, second.lost) == ("replaced", 1, 1)
    assert second.correction is not None
    assert len(second.correction.claims.altered) == 1
    assert third.outcome == "replaced"
    with memory_store() as clean:
        take(clean, coached("two", None), final("one", "Finn Aas"))
        assert quads(store) == quads(clean)


def test_pipeline_what_is_inferred_names_all_claims_behind_it(store: Store) -> None:
    def behind() -> set[str]:
        derived = store.quads(None, ox.NamedNode(str(PROV.wasDerivedFrom)))
        return {str(quad.object).rpartition("/")[2].partition("_")[0] for quad in derived}

    for article in ("one", "two", "three"):
        take(store, final(article))
    assert behind() == {"one", "two", "three"}
    retract(store, "two", "a test")
    assert behind() == {"one", "three"}


def test_pipeline_a_rebuild_gives_the_same_again(store: Store) -> None:
    take(store, rich(), coached("two", None))
    before = quads(store)
    rebuild(store)
    assert quads(store) == before


def test_pipeline_reports_count_statements(store: Store) -> None:
    (report,) = take(store, coached("one", None))
    # Two roles, one sex, one status.
    assert (report.origin, report.article, report.statements, report.gained) == ("one.txt", "one", 4, 4)


def test_pipeline_other_articles_go_on_when_one_is_refused(store: Store) -> None:
    good, other = final("good").done(), final("other").done()
    bad_article, bad = final("bad").done()
    quote = Evidence("not what it says", 0, 16, "r", 0.9)
    bad = replace(bad, results=(replace(bad.results[0], evidence=(quote,)),))
    reports = list(ingest_extractions(store, [good, (bad_article, bad), other]))
    assert [report.outcome for report in reports] == ["added", "refused", "added"]
    assert isinstance(reports[1].error, EvidenceError)
    assert "bad" in str(reports[1].error)
    assert [entry.id for entry in articles(store)] == ["good", "other"]


@pytest.mark.parametrize(
    "evidence",
    [
        (),
        (Evidence("x", 5, 5, "r", 0.9),),
        (Evidence("x", -1, 0, "r", 0.9),),
        (Evidence("x", 10**6, 10**6 + 1, "r", 0.9),),
    ],
)
def test_pipeline_takes_no_fact_without_its_sentence(evidence: tuple[Evidence, ...], store: Store) -> None:
    article, extraction = final("one").done()
    extraction = replace(extraction, results=(Result("r", "Tor Vale", 1, evidence=evidence),))
    (report,) = ingest_extractions(store, [(article, extraction)])
    assert isinstance(report.error, EvidenceError)
    assert articles(store) == ()


def test_pipeline_results_in_unknown_races_are_refused(store: Store) -> None:
    article, extraction = final("one").done()
    (report,) = ingest_extractions(store, [(article, replace(extraction, races=()))])
    assert report.outcome == "refused"
    assert "race 'r'" in str(report.error)


def test_pipeline_unreadable_inputs_are_reported(store: Store) -> None:
    error = UnreadableError("x.txt", "is empty")
    reports = list(ingest(store, [error]))
    assert [(report.origin, report.outcome, report.error) for report in reports] == [("x.txt", "refused", error)]


def test_pipeline_a_fault_of_the_extractor_costs_one_article(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(document: Document) -> Extraction:
        if document.article.id == "two":
            raise RuntimeError("a fault")
        return Extraction(document.article.id, "1.0")

    monkeypatch.setattr("graph.pipeline.extracting.extract", faulty)
    reports = list(ingest(store, [final(name).done()[0] for name in ("one", "two", "three")]))
    assert [report.outcome for report in reports] == ["added", "refused", "added"]
    assert "two.txt" in str(reports[1].error)
    assert "a fault" in str(reports[1].error)


def test_pipeline_one_id_is_one_article(store: Store) -> None:
    take(store, final("one"))
    before = quads(store)
    elsewhere = final("one", mark="3:31.83").done(origin="elsewhere/one.txt")
    (report,) = ingest_extractions(store, [elsewhere])
    assert report.outcome == "refused"
    for word in ("elsewhere/one.txt", "one.txt", "sidecar", "--replace"):
        assert word in str(report.error)
    assert quads(store) == before
    (report,) = ingest_extractions(store, [elsewhere], replace=True)
    assert report.outcome == "replaced"
    moved = final("one", mark="3:31.83").done(origin="moved/one.txt")
    (report,) = ingest_extractions(store, [moved])
    assert report.outcome == "unchanged"


def test_pipeline_origins_are_not_published(store: Store) -> None:
    list(ingest_extractions(store, [final("one").done(origin="vault/secret/one.txt")]))
    assert "secret" not in "".join(quads(store))


def test_pipeline_withdrawn_articles_stay_away(store: Store) -> None:
    take(store, final("one"), final("two"))
    retraction = retract(store, "one", "the court said so", now=lambda: NOON)
    assert not retraction.facts
    assert retraction.archive.name == "one_20260102T120000Z.trig"
    archived = list(ox.parse(retraction.archive.read_bytes(), ox.RdfFormat.TRIG))
    assert {quad.graph_name for quad in archived} == {graph_name("article_one", store.base)}
    (report,) = take(store, final("one"))
    assert report.outcome == "refused"
    assert "withdrawn" in str(report.error)
    (report,) = take(store, final("one"), replace=True)
    assert report.outcome == "added"
    assert [(entry.id, entry.withdrawn) for entry in articles(store)] == [("one", None), ("two", None)]


@pytest.mark.parametrize("name", ["none", "", "../podium", "one two"])
def test_pipeline_unknown_articles_are_named(name: str, store: Store) -> None:
    take(store, final("one"))
    before = quads(store)
    with pytest.raises(LookupFailedError, match="no article"):
        retract(store, name, "reason")
    with pytest.raises(LookupFailedError, match="no article"):
        article_text(store, name)
    assert quads(store) == before


def test_pipeline_an_article_is_withdrawn_once(store: Store) -> None:
    take(store, final("one"))
    retract(store, "one", "reason")
    with pytest.raises(LookupFailedError, match="withdrawn already"):
        retract(store, "one", "reason")


def test_pipeline_lists_articles_newest_first(store: Store) -> None:
    drafts = [
        coached("old", date(2020, 1, 1)),
        coached("new", date(2024, 1, 1)),
        coached("undated", None),
        coached("gone", None),
    ]
    pairs = [
        draft.done(url=f"https://a.example/{draft.id}", source="The Vale Post", author="A Writer") for draft in drafts
    ]
    list(ingest_extractions(store, pairs))
    retract(store, "gone", "a hoax", now=lambda: NOON)
    listed = articles(store)
    assert [entry.id for entry in listed] == ["new", "old", "gone", "undated"]
    assert (listed[0].headline, listed[0].date) == ("Headline of new", date(2024, 1, 1))
    assert (listed[0].source, listed[0].url) == ("The Vale Post", "https://a.example/new")
    assert (listed[2].withdrawn, listed[2].reason, listed[2].headline) == ("2026-01-02T12:00:00Z", "a hoax", None)


def test_pipeline_texts_come_back_to_the_letter(store: Store) -> None:
    draft = final("one")
    draft.text += "Ægir\r\n\tNordÃ¥s\u00a0x\n"
    take(store, draft)
    assert article_text(store, "one") == draft.text


def test_pipeline_check_finds_a_sound_store_sound(store: Store) -> None:
    take(store, rich(), final("two"), coached("three", None))
    report = check(store)
    assert report.problems == ()
    assert report.quads == len(quads(store))


def test_pipeline_check_finds_what_is_wrong(store: Store) -> None:
    take(store, rich())
    facts = graph_name("facts", store.base)
    result = ox.NamedNode(store.base + "result/world-championships_2023_1500m_m_final_tor-vale")
    position = ox.NamedNode("https://w3id.org/podium/ns#position")
    exact = ox.NamedNode("http://www.w3.org/ns/oa#exact")
    sentence = next(store.quads(None, exact))
    store.write(
        [
            ox.Quad(result, position, ox.Literal(0), facts),
            ox.Quad(result, position, ox.Literal(1), graph_name("meta", store.base)),
            ox.Quad(sentence.subject, exact, ox.Literal("something else"), sentence.graph_name),
        ],
        [sentence],
    )
    found = {problem.promise: problem for problem in check(store).violations if problem.severity == "violation"}
    assert set(found) == {"shape", "one graph", "quote", "claim"}
    assert found["one graph"].about == result.value
    assert "graph/facts" in found["one graph"].message
    assert "graph/meta" in found["one graph"].message
    assert all("\n" not in problem.message for problem in found.values())


def test_pipeline_disputes_are_warnings(store: Store) -> None:
    take(store, final("one"), final("two", mark="3:31.83"))
    report = check(store)
    assert report.violations == ()
    assert "disputed mark" in {problem.message.partition(": ")[2].partition(" (")[0] for problem in report.warnings}


def test_pipeline_refuses_a_damaged_record(store: Store) -> None:
    take(store, final("one"))
    store.ledger.execute("UPDATE articles SET record = '{'")
    with pytest.raises(StoreError, match=r"record of article one is damaged .*ingest it again"):
        rebuild(store)


_CUT_OFF = """
import os, sys
sys.path.insert(0, sys.argv[2])
from handmade import final, rich
from graph.pipeline import ingest_extractions, open_store
from graph.store.embedded import Store
store = open_store(sys.argv[1])
step = sys.argv[3]
if step == "before":
    Store.write = lambda *_, **__: os._exit(9)
else:
    Store.settled = lambda *_, **__: os._exit(9)
list(ingest_extractions(store, [rich().done(), final("two").done()]))
"""


@pytest.mark.parametrize(("step", "there"), [("before", {"one"}), ("after", {"one", "rich", "two"})])
def test_pipeline_makes_good_a_run_that_was_cut_off(step: str, there: set[str], tmp_path: Path) -> None:
    place = tmp_path / "store"
    with open_store(place, create=True) as store:
        take(store, final("one"))
    command = [sys.executable, "-c", _CUT_OFF, str(place), str(__file__).rpartition("/")[0], step]
    assert subprocess.run(command, check=False).returncode == 9
    with open_store(place) as store, open_store(tmp_path / "fresh", create=True) as fresh:
        take(fresh, *(draft for draft in (rich(), final("two"), final("one")) if draft.id in there))
        assert {entry.id for entry in articles(store)} == there
        timeless = [{quad for quad in quads(each) if "endedAtTime" not in quad} for each in (store, fresh)]
        assert timeless[0] == timeless[1]
        assert check(store).violations == ()


def test_pipeline_makes_good_a_write_that_broke_off(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    take(store, final("one"))
    before = quads(store)
    write = Store.write

    def breaking(self: Store, *parts: Iterable[ox.Quad], graphs: Iterable[bytes] = (), own: bool = False) -> bool:
        write(self, *parts, graphs=graphs, own=own)
        raise StoreFullError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(Store, "write", breaking)
        with pytest.raises(StoreFullError):
            take(store, rich())
    assert quads(store) != before
    take(store, final("two"))
    with memory_store() as fresh:
        take(fresh, final("one"), final("two"))
        assert quads(store) == quads(fresh)


def test_pipeline_a_store_is_whole_when_opened_again(tmp_path: Path) -> None:
    with open_store(tmp_path, create=True, base="https://a.example/id/") as store:
        take(store, rich())
        version, before = store.version, quads(store)
    with open_store(tmp_path) as store:
        assert (store.version, quads(store)) == (version, before)
        assert store.ask(
            "ASK { <https://a.example/id/person/tor-vale> ath:country <https://a.example/id/country/NOR> }"
        )
        assert "w3id.org/podium/id/" not in "".join(before)
        assert check(store).violations == ()


def test_pipeline_an_older_vocabulary_is_replaced(tmp_path: Path) -> None:
    with open_store(tmp_path, create=True) as store:
        take(store, rich())
        before = quads(store)
        left_over = ox.NamedNode(store.base + "country/ZZZ")
        store.write([ox.Quad(left_over, left_over, left_over, graph_name("registry", store.base))])
        (tmp_path / "shipped").write_text("another")
    with open_store(tmp_path) as store:
        assert {quad for quad in quads(store) if "_:" not in quad} == {quad for quad in before if "_:" not in quad}


def test_pipeline_reads_prepares_and_extracts(store: Store, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(
        "Lindqvist storms to gold\n\nSweden's Marta Lindqvist won the women's 1500m final in 3:58.41 at the World "
        "Championships in Budapest on Tuesday.\n"
    )
    (tmp_path / "empty.txt").write_text("")
    options = Options(published=date(2023, 8, 23))
    reports = {report.origin.rpartition("/")[2]: report for report in ingest(store, read([str(tmp_path)], options))}
    assert reports["empty.txt"].outcome == "refused"
    assert reports["report.txt"].outcome == "added"
    rows = store.select("SELECT ?mark { ?r ath:athlete person:marta-lindqvist ; ath:mark/ath:display ?mark }")
    assert [str(row["mark"]) for row in rows] == ["3:58.41"]
    again = list(ingest(store, read([str(tmp_path / "report.txt")], options)))
    assert [report.outcome for report in again] == ["unchanged"]
