"""What a curator settles: it stands, keeps all claims, and survives what happens to the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from handmade import Draft, final

from graph.browsing import conflicts
from graph.errors import LookupFailedError
from graph.pipeline import choose, ingest_extractions, rebuild, retract, unchoose
from graph.rdf.terms import graph_name
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from graph.browsing.values import Disagreement
    from graph.store.embedded import Store

WON = "https://w3id.org/podium/id/result/world-championships_2023_1500m_m_final_tor-vale"
MARK = str(ATH.mark)
RARE = "https://w3id.org/podium/id/mark/t-211.83"
ARTICLES = (("one", "3:31.38"), ("two", "3:31.38"), ("three", "3:31.83"))


def take(store: Store, *drafts: Draft, replace: bool = False) -> None:
    list(ingest_extractions(store, [draft.done() for draft in drafts], replace=replace))


@pytest.fixture
def settled(store: Store) -> Store:
    """Two articles against one, and a curator for the one."""
    take(store, *(final(name, mark=mark) for name, mark in ARTICLES))
    choose(store, WON, MARK, RARE, "the official results have it")
    return store


def standing(store: Store) -> set[str]:
    return {str(row["d"]) for row in store.select("SELECT ?d { ?r ath:position 1 ; ath:mark/ath:display ?d }")}


def disagreement(store: Store) -> Disagreement:
    (found,) = conflicts(store).shown
    return found


def quads(store: Store) -> dict[str, set[str]]:
    names = ("facts", "inferred", "registry")
    return {name: set(map(str, store.quads(graph=graph_name(name, store.base)))) for name in names}


def test_choosing_stands_against_more_articles_and_keeps_their_claims(settled: Store) -> None:
    assert standing(settled) == {"3:31.83"}
    found = disagreement(settled)
    assert [(side.object == RARE, side.stands, side.articles) for side in found.sides] == [
        (True, True, 1),
        (False, False, 2),
    ]
    assert found.decided == "ByChoice"
    assert found.settlement is not None
    assert (found.settlement.reason, found.settlement.active) == ("the official results have it", True)


def test_choosing_survives_rebuilding_and_more_articles(settled: Store) -> None:
    rebuild(settled)
    take(settled, final("four"), final("five", mark="3:31.93"))
    assert standing(settled) == {"3:31.83"}
    assert len(disagreement(settled).sides) == 3


def test_choosing_rests_while_no_article_says_the_value(settled: Store) -> None:
    take(settled, final("four", mark="3:31.93"))
    retract(settled, "three", "a misprint")
    assert standing(settled) == {"3:31.38"}
    found = disagreement(settled)
    assert found.decided == "BySupport"
    assert found.settlement is not None
    assert not found.settlement.active
    take(settled, final("three", mark="3:31.83"), replace=True)
    assert standing(settled) == {"3:31.83"}


def test_choosing_can_be_undone_without_a_trace(store: Store) -> None:
    take(store, *(final(name, mark=mark) for name, mark in ARTICLES))
    before = quads(store)
    choose(store, WON, MARK, RARE, "so it seems")
    assert quads(store) != before
    assert unchoose(store, WON, MARK)
    assert quads(store) == before
    assert not unchoose(store, WON, MARK)


def test_choosing_again_replaces_the_choice(settled: Store) -> None:
    choose(settled, WON, MARK, RARE.replace("211.83", "211.38"), "on second thought")
    assert standing(settled) == {"3:31.38"}
    assert len(settled.select("SELECT ?c { ?c a ath:CuratorChoice }")) == 1


def test_choosing_takes_only_what_an_article_says(settled: Store) -> None:
    with pytest.raises(LookupFailedError, match="no article gives"):
        choose(settled, WON, MARK, RARE.replace("211.83", "200.00"), "wishful")
    assert standing(settled) == {"3:31.83"}


def test_choosing_follows_a_person_who_is_called_otherwise_by_now(store: Store) -> None:
    first = [final(f"first-{mark[-2:]}", "Tor Weightvale", mark) for mark in ("3:31.38", "3:31.83")]
    take(store, *first)
    (item,) = conflicts(store).shown
    choose(store, item.about.iri, MARK, RARE, "the film shows it")
    for number in range(3):
        take(store, final(f"more-{number}", "Tor Wightvale"))
    assert standing(store) == {"3:31.83"}
    now = disagreement(store)
    assert now.about.iri == item.about.iri.replace("weightvale", "wightvale")
    assert now.settlement is not None
    assert (now.settlement.reason, now.settlement.active) == ("the film shows it", True)
    before = quads(store)
    rebuild(store)
    assert quads(store) == before
    assert unchoose(store, now.about.iri, MARK)
    assert standing(store) == {"3:31.38"}
    assert disagreement(store).settlement is None
    assert not unchoose(store, now.about.iri, MARK)
