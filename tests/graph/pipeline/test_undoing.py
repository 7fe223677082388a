"""What curators do is kept with who and why, and can be taken back so that nothing is left of it but that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from handmade import Draft, coached, final, rich

from graph.browsing import conflicts
from graph.browsing.evidence import load
from graph.errors import LookupFailedError, RulingError, WithdrawnError
from graph.ledger import history
from graph.pipeline import (
    check,
    choose,
    confirm,
    ingest_extractions,
    merge,
    rebuild,
    reject,
    retract,
    separate,
    split,
    undo,
    would_retract,
)
from graph.rdf.terms import graph_name
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.store.embedded import Store

WON = "https://w3id.org/podium/id/result/world-championships_2023_1500m_m_final_tor-vale"
MARK = str(ATH.mark)
RARE = "https://w3id.org/podium/id/mark/t-211.83"
ARTICLES = (("one", "3:31.38"), ("two", "3:31.38"), ("three", "3:31.83"))


def take(store: Store, *drafts: Draft, replace: bool = False) -> None:
    list(ingest_extractions(store, [draft.done() for draft in drafts], replace=replace))


@pytest.fixture
def filled(store: Store) -> Store:
    take(store, *(final(name, mark=mark) for name, mark in ARTICLES), rich("rich"), coached("coached", None))
    return store


def contents(store: Store) -> dict[str, set[str]]:
    names = [name for name in store.graphs() if not name.endswith("/ontology")]
    return {
        name: {str(quad) for quad in store.quads(graph=graph_name(name.rpartition("/")[2], store.base))}
        for name in names
    }


def last(store: Store) -> history.Entry:
    return history.newest(store.ledger, 1, deeds=True)[0]


def claims_of(store: Store, subject: str, predicate: str, value: str, article: str = "") -> list[str]:
    views = load(store, [subject]).views
    return [
        view.claim
        for triple, found in views.items()
        for view in found
        if (triple.predicate, triple.object) == (predicate, value) and article in view.article
    ]


def marks(store: Store) -> set[str]:
    return {str(row["d"]) for row in store.select("SELECT ?d { ?r ath:position 1 ; ath:mark/ath:display ?d }")}


DEEDS: dict[str, Callable[[Store], object]] = {
    "chosen": lambda store: choose(store, WON, MARK, RARE, "the results have it", by="desk"),
    "merged": lambda store: merge(store, "Nils Moe", "Per Lie", "the same man", by="desk"),
    "split": lambda store: split(store, "Nils Moe", "Per Lie", "two men", by="desk"),
    "separated": lambda store: separate(store, "Tor Vale", ["three"], "another one", by="desk"),
    "rejected": lambda store: reject(store, claims_of(store, WON, MARK, RARE), "a misprint", by="desk"),
    "confirmed": lambda store: confirm(store, claims_of(store, WON, MARK, RARE), "seen on film", by="desk"),
    "withdrawn": lambda store: retract(store, "three", "taken back by the paper", by="desk"),
}


@pytest.mark.parametrize("kind", DEEDS)
def test_undoing_leaves_the_store_as_it_was_and_says_who_and_why(filled: Store, kind: str) -> None:
    before = contents(filled)
    DEEDS[kind](filled)
    done = last(filled)
    assert (done.kind, done.who, done.undoable) == (kind, "desk", True)
    assert done.reason
    assert done.detail["text"]
    after = contents(filled)
    undo(filled, done.seq, "a mistake", by="chief")
    assert contents(filled) == before
    back = last(filled)
    assert (back.kind, back.who, back.reason) == ("undone", "chief", "a mistake")
    now = next(entry for entry in history.newest(filled.ledger, 9, deeds=True) if entry.seq == done.seq)
    assert (now.undone, now.undoable) == (back.seq, False)
    with pytest.raises(RulingError, match="taken back already"):
        undo(filled, done.seq, "again")
    if back.undoable:
        undo(filled, back.seq, "it was right after all")
        assert contents(filled) == after


@pytest.mark.parametrize("kind", DEEDS)
def test_undoing_is_not_undone_by_rebuilding(filled: Store, kind: str) -> None:
    DEEDS[kind](filled)
    after = contents(filled)
    entries = history.newest(filled.ledger, 1000)
    rebuild(filled)
    assert contents(filled) == after
    assert history.newest(filled.ledger, 1000) == entries
    assert not check(filled).violations


def test_undoing_refuses_what_was_decided_otherwise_since(filled: Store) -> None:
    choose(filled, WON, MARK, RARE, "first")
    first = last(filled).seq
    choose(filled, WON, MARK, RARE.replace("211.83", "211.38"), "second")
    with pytest.raises(RulingError, match="since"):
        undo(filled, first, "no")
    undo(filled, last(filled).seq, "back to the first")
    assert marks(filled) == {"3:31.83"}
    undo(filled, first, "back to the articles")
    assert marks(filled) == {"3:31.38"}
    with pytest.raises(LookupFailedError, match="no entry 99999"):
        undo(filled, 99999, "no")
    arrival = history.newest(filled.ledger, 1000)[-1]
    with pytest.raises(RulingError, match="nobody's decision"):
        undo(filled, arrival.seq, "no")


def test_undoing_a_withdrawal_is_refused_where_the_article_is_back(filled: Store) -> None:
    retract(filled, "three", "gone")
    done = last(filled)
    take(filled, final("three", mark="3:31.99"), replace=True)
    with pytest.raises(RulingError, match="there again"):
        undo(filled, done.seq, "no")


def test_rejecting_takes_the_fact_until_others_say_it(filled: Store) -> None:
    take(filled, *(final(name, mark="3:31.83") for name in ("four", "five", "six")))
    assert marks(filled) == {"3:31.83"}  # four against three
    reject(filled, claims_of(filled, WON, MARK, RARE, "four"), "misread")
    assert marks(filled) == {"3:31.38", "3:31.83"}
    reject(filled, claims_of(filled, WON, MARK, RARE, "three"), "misread, too")
    assert marks(filled) == {"3:31.38"}
    sides = conflicts(filled).shown[0].sides
    assert sorted(side.articles for side in sides if side.predicate == MARK) == [2, 3]
    assert not check(filled).violations


def test_rejecting_survives_that_the_article_comes_again(filled: Store) -> None:
    reject(filled, claims_of(filled, WON, MARK, RARE), "a misprint")
    assert not conflicts(filled).shown
    retract(filled, "three", "gone")
    anew = final("three", mark="3:31.83")
    anew.says("The rest is told otherwise this time.")
    take(filled, anew, replace=True)
    assert marks(filled) == {"3:31.38"}
    assert not conflicts(filled).shown
    assert filled.ask("ASK { ?v a ath:Rejection ; ath:verdictOn ?c ; ath:reason ?r . ?c a ath:Claim }")


def test_rejecting_follows_a_name_that_leads_elsewhere(store: Store) -> None:
    take(store, *(final(f"first-{mark[-2:]}", "Tor Weightvale", mark) for mark in ("3:31.38", "3:31.83")))
    reject(store, claims_of(store, conflicts(store).shown[0].about.iri, MARK, RARE), "a misprint")
    take(store, *(final(f"then-{number}", "Tor Vale", None) for number in range(3)))
    merge(store, "Tor Weightvale", "Tor Vale", "one man")
    assert store.ask("ASK { person:tor-weightvale dcterms:isReplacedBy person:tor-vale }")
    assert marks(store) == {"3:31.38"}
    assert not check(store).violations


def test_rejecting_needs_a_claim_that_is_there(filled: Store) -> None:
    with pytest.raises(LookupFailedError, match="no claim 'three_0123'"):
        reject(filled, ["three_0123"], "no")
    with pytest.raises(RulingError, match="no claim is named"):
        reject(filled, [], "no")


def test_retracting_can_be_tried_first(filled: Store) -> None:
    before, version = contents(filled), filled.version
    entries = history.newest(filled.ledger, 1000)
    would = would_retract(filled, "rich")
    assert (contents(filled), filled.version) == (before, version)
    assert history.newest(filled.ledger, 1000) == entries
    done = retract(filled, "rich", "gone")
    assert done.facts == would.facts
    assert done.facts.lost
    with pytest.raises(WithdrawnError):
        would_retract(filled, "rich")
