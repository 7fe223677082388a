"""Optional extractors in the pipeline: what they add to the store, and who is named for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proposed import NAME, claim, document

from graph.articles import prepare
from graph.errors import ProposerError
from graph.extraction import extract
from graph.pipeline import check, ingest, rebuild, retract, validating
from graph.pipeline.proposing import read_with
from graph.pipeline.shipped import shipped_triples
from graph.proposals import Proposal
from graph.validation import Shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from graph.model import Document
    from graph.store.embedded import Store

RACE = "Marta Lindqvist was unstoppable in the 1500m at the Torrevale Grand Prix."
TEXT = f"{RACE} Achieng Otiwa won the 800m in 2:01.10.\n"
ARTICLE = document(TEXT).article
WON = claim("result", RACE, athlete="Marta Lindqvist", position=1, discipline="1500m")
HOPED = claim("result", "Nobody wrote this.", athlete="Marta Lindqvist", position=1, discipline="1500m")

OF_THE_CLAIM = """
SELECT ?rule ?confidence ?extractor ?quote WHERE {
  ?claim rdf:predicate ath:position ; rdf:subject/ath:athlete/rdfs:label "Marta Lindqvist" ; ath:byRule ?rule ;
    ath:confidence ?confidence ; ath:evidence/oa:exact ?quote ; prov:wasGeneratedBy/prov:wasAssociatedWith ?software .
  ?software a ath:Extractor ; rdfs:label ?extractor
}"""
POSITION = 'ASK { ?r ath:athlete/rdfs:label "Marta Lindqvist" ; ath:position 1 }'


class Proposer:
    """Proposes what a test wants, or fails."""

    def __init__(self, *claims: object, name: str = NAME, error: str = "") -> None:
        self.name = name
        self.claims = claims
        self.error = error
        self.asked = 0

    def propose(self, _: Document) -> Iterator[Proposal]:
        self.asked += 1
        if self.error:
            raise ProposerError(self.error)
        for one in self.claims:
            yield Proposal(self.name, "endpoint.claims", one)


def test_proposing_adds_facts_with_who_proposed_them(store: Store) -> None:
    (report,) = ingest(store, [ARTICLE], proposers=[Proposer(WON, HOPED)])
    assert report.outcome == "added"
    assert [verdict.reason for verdict in report.verdicts] == ["accepted", "quote"]
    assert store.ask(POSITION)
    (row,) = store.select(OF_THE_CLAIM)
    assert [str(row[name]) for name in ("rule", "extractor", "quote")] == ["endpoint.claims", NAME, RACE]
    assert float(str(row["confidence"])) == 0.65
    assert not check(store).violations


def test_proposing_leaves_the_claims_of_the_rules_to_the_rules(store: Store) -> None:
    list(ingest(store, [ARTICLE], proposers=[Proposer(WON)]))
    by = "SELECT DISTINCT ?run { ?c ath:byRule ?rule ; prov:wasGeneratedBy ?run FILTER(?rule %s 'endpoint.claims') }"
    ours, theirs = ({row["run"] for row in store.select(by % operator)} for operator in ("=", "!="))
    assert len(ours) == len(theirs) == 1
    assert ours.isdisjoint(theirs)


def test_proposing_without_proposers_is_extraction() -> None:
    made = prepare(ARTICLE)
    assert read_with(made, []).extraction == extract(made)
    assert read_with(made, [Proposer()]).extraction.proposers == (NAME,)


def test_proposing_asks_once_for_an_article_that_is_held(store: Store) -> None:
    proposer = Proposer(WON)
    assert [report.outcome for report in ingest(store, [ARTICLE], proposers=[proposer])] == ["added"]
    assert [report.outcome for report in ingest(store, [ARTICLE], proposers=[proposer])] == ["unchanged"]
    assert proposer.asked == 1
    other = Proposer(WON, name="endpoint/other-model/1")
    assert [report.outcome for report in ingest(store, [ARTICLE], proposers=[other])] == ["replaced"]
    assert [report.outcome for report in ingest(store, [ARTICLE])] == ["replaced"]
    assert not store.ask(POSITION)


def test_proposing_survives_what_fails_and_asks_it_again(store: Store) -> None:
    failing = Proposer(error="no answer")
    (report,) = ingest(store, [ARTICLE], proposers=[failing])
    assert (report.outcome, [str(error) for error in report.failures]) == ("added", ["no answer"])
    assert store.ask('ASK { ?r ath:athlete/rdfs:label "Achieng Otiwa" ; ath:position 1 }')
    assert [report.outcome for report in ingest(store, [ARTICLE], proposers=[failing])] == ["unchanged"]
    assert failing.asked == 2
    failing.error, failing.claims = "", (WON,)
    assert [report.outcome for report in ingest(store, [ARTICLE], proposers=[failing])] == ["replaced"]
    assert store.ask(POSITION)


def test_proposing_is_made_anew_and_taken_back_like_all_else(store: Store) -> None:
    list(ingest(store, [ARTICLE], proposers=[Proposer(WON)]))
    before = set(store.quads())
    rebuild(store)
    assert set(store.quads()) == before
    retract(store, ARTICLE.id, "a test")
    assert not store.ask(POSITION)


def other_shapes(monkeypatch: pytest.MonkeyPatch, constraint: str) -> None:
    """Has results held against a shape of the test's own: no claim of the schema can break one of Podium's so far."""
    turtle = f"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ath: <https://w3id.org/podium/ns#> .
        ath:S a sh:NodeShape ; sh:targetClass ath:Result ; sh:property [ {constraint} ; sh:message "not today" ] ."""
    monkeypatch.setattr(validating, "shapes", lambda base: Shapes(shipped_triples(base), turtle.encode()))


def test_proposing_what_breaks_a_shape_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    other_shapes(monkeypatch, "sh:path ath:position ; sh:maxCount 0")
    other = claim("person", RACE, name="Marta Lindqvist")
    coach = claim("result", "Achieng Otiwa won the 800m in 2:01.10.", athlete="Achieng Otiwa", position=1)
    found = read_with(prepare(ARTICLE), [Proposer(WON, other, {**coach, "discipline": "800m"})])
    assert [verdict.reason for verdict in found.verdicts] == ["shapes", "known", "known"]
    assert found.extraction.results == extract(prepare(ARTICLE)).results


def test_proposing_what_was_broken_before_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    other_shapes(monkeypatch, "sh:path ath:mark ; sh:maxCount 0")
    found = read_with(prepare(ARTICLE), [Proposer(WON)])
    assert [verdict.reason for verdict in found.verdicts] == ["accepted"]
