"""What the graph does with articles that agree, disagree, correct each other and are withdrawn.

The eight behaviours of the design, each by the test of that name here, `test_behaviours_...`:

1. quotes_are_the_text_at_their_offsets
2. every_triple_is_in_one_graph
3. every_fact_beyond_the_keys_has_a_live_claim
4. a_later_article_ends_a_coaching, without a conflict
5. an_old_article_that_comes_late_changes_nothing
6. a_misprint_is_outvoted_and_recorded
7. a_rounded_mark_is_no_conflict, and the finer one stands
8. retraction_takes_what_only_that_article_says, a_title_falls_back_when_what_it_rested_on_is_withdrawn and
   all_withdrawn_leave_nothing
"""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from handmade import Draft, champion, coached, final, rich
from rdflib import RDF, RDFS

from graph.browsing import card
from graph.model import Club, Family, Race, Result
from graph.pipeline import articles, check, ingest_extractions, memory_store, retract
from graph.rdf.terms import graph_name
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from graph.store.embedded import Store

WON = "result:world-championships_2023_1500m_m_final_tor-vale"
COACHES = "ASK { person:nils-moe ath:coaches person:tor-vale }"
COACHED = "ASK { person:nils-moe ath:formerlyCoached person:tor-vale }"


def take(store: Store, *drafts: Draft) -> None:
    reports = list(ingest_extractions(store, [draft.done() for draft in drafts]))
    assert [report.outcome for report in reports] == ["added"] * len(drafts)


def marks(store: Store) -> set[str]:
    return {str(row["d"]) for row in store.select(f"SELECT ?d {{ {WON} ath:mark/ath:display ?d }}")}


def graph(store: Store, name: str) -> set[str]:
    name = name.removeprefix(f"{store.base}graph/")
    return {str(quad.triple) for quad in store.quads(graph=graph_name(name, store.base))}


def test_behaviours_quotes_are_the_text_at_their_offsets(store: Store) -> None:
    draft = rich()
    take(store, draft)
    query = "SELECT * { ?s a ath:Sentence ; oa:start ?start ; oa:end ?end ; oa:exact ?quote }"
    rows = store.select(query)
    assert len(rows) == 5
    for row in rows:
        assert draft.text[int(str(row["start"])) : int(str(row["end"]))] == str(row["quote"])


def test_behaviours_every_triple_is_in_one_graph(store: Store) -> None:
    take(
        store,
        rich(),
        final("second"),
        coached("third", date(2024, 1, 1)),
        champion("fourth"),
        champion("fifth", reigning=True),
    )
    triples = [quad.triple for quad in store.quads()]
    assert len(triples) == len(set(triples))


def test_behaviours_every_fact_beyond_the_keys_has_a_live_claim(store: Store) -> None:
    take(store, rich(), champion("fourth"), champion("fifth", reigning=True))
    claims = (
        "SELECT ?s ?p ?o { ?c a ath:Claim ; rdf:predicate ?p ; rdf:subject/ath:resolvedTo? ?s ; "
        "rdf:object/ath:resolvedTo? ?o }"
    )
    said = {(row["s"], row["p"], row["o"]) for row in store.select(claims)}
    key_fields = (
        "athlete candidate category club coach discipline edition heatNumber kind race resolvedTo round scope series "
        "sex tallyOf team year"
    )
    structure = {RDF.type, RDFS.label, *(ATH[name] for name in key_fields.split())}
    facts = store.select("SELECT ?s ?p ?o { GRAPH graph:facts { ?s ?p ?o } }")
    assert [row for row in facts if row["p"] not in structure and (row["s"], row["p"], row["o"]) not in said] == []


def test_behaviours_all_that_rules_infer_is_shown_with_its_sentence(store: Store) -> None:
    family = Draft("family")
    evidence = family.says("Nils Moe is the father of Tor Vale, whose brother Per Vale runs too.")
    family.add("family", Family("Nils Moe", "parent", "Tor Vale", evidence))
    family.add("family", Family("Tor Vale", "sibling", "Per Vale", evidence))
    take(store, rich(), coached("once", date(2024, 1, 1), "former"), champion("passing"), family)
    take(store, champion("placed", reigning=True))
    structural = {str(term) for term in (RDF.type, RDFS.label)}
    inferred = {
        (str(row["s"]), str(row["p"]), str(row["o"]))
        for row in store.select("SELECT ?s ?p ?o { GRAPH graph:inferred { ?s ?p ?o } }")
        if str(row["s"]).split("/")[-2] in {"person", "club", "country", "result", "medal"}
    }
    wanted = {triple for triple in inferred if triple[1] not in structural}
    kinds = {predicate.rpartition("#")[2] for _, predicate, _ in wanted}
    assert kinds >= {"formerlyCoached", "hasMember", "childOf", "siblingOf", "wonMedal", "medal", "wonBy", "wonIn"}
    shown = {
        (fact.subject, fact.predicate, fact.object)
        for subject in {subject for subject, _, _ in wanted}
        for section in card(store, subject).sections
        for fact in (*section.facts, *(fact for row in section.rows for fact in row.facts))
        if fact.evidence
    }
    assert wanted - shown == set()


def test_behaviours_a_later_article_ends_a_coaching(store: Store) -> None:
    take(store, coached("before", date(2023, 1, 1)))
    assert store.ask(COACHES)
    take(store, coached("after", date(2024, 6, 1), "former"))
    assert not store.ask(COACHES)
    assert store.ask(COACHED)
    assert not store.ask("ASK { ?k a ath:Conflict }")
    assert store.ask("ASK { ?c a ath:Claim ; rdf:predicate ath:status ; rdf:object ath:Current }")


def test_behaviours_an_old_article_that_comes_late_changes_nothing(store: Store) -> None:
    take(store, coached("now", date(2023, 1, 1)))
    facts = graph(store, "facts")
    take(store, coached("long-ago", date(2019, 1, 1), "former"))
    assert store.ask(COACHES)
    assert graph(store, "facts") == facts


def test_behaviours_a_misprint_is_outvoted_and_recorded(store: Store) -> None:
    take(store, final("one"), final("two"), final("misprint", mark="3:31.83"))
    assert marks(store) == {"3:31.38"}
    rows = store.select(
        "SELECT ?display { ?k a ath:Conflict ; ath:conflictProperty ath:mark ; ath:conflictSubject ?about ; "
        "ath:conflictingClaim/rdf:object/ath:display ?display }"
    )
    assert sorted(str(row["display"]) for row in rows) == ["3:31.38", "3:31.38", "3:31.83"]


@pytest.mark.parametrize("order", [("3:31.4", "3:31.38"), ("3:31.38", "3:31.4")])
def test_behaviours_a_rounded_mark_is_no_conflict(order: tuple[str, str], store: Store) -> None:
    take(store, *(final(f"a{number}", mark=mark) for number, mark in enumerate(order)))
    assert marks(store) == {"3:31.38"}
    assert not store.ask("ASK { ?k a ath:Conflict }")


def test_behaviours_ties_stay_visible(store: Store) -> None:
    take(store, final("one"), final("two", mark="3:31.83"))
    assert marks(store) == {"3:31.38", "3:31.83"}
    assert store.ask("ASK { ?k a ath:Conflict }")


def test_behaviours_a_title_without_a_year_is_found_by_calendar_and_by_corroboration(store: Store) -> None:
    take(store, champion("passing"))
    partly = "SELECT ?r { ?r a ath:UnderspecifiedRace }"
    olympic = "ASK { result:olympic-games_2020_1500m_m_final_tor-vale ath:position 1 ; ath:medalColour ath:Gold }"
    assert len(store.select(partly)) == 1
    assert not store.ask(olympic)
    take(store, champion("reigning", reigning=True))
    assert len(store.select(partly)) == 0
    assert store.ask(olympic)
    assert len(store.select("SELECT ?m { person:tor-vale ath:wonMedal ?m }")) == 1
    sentences = store.select(
        "SELECT ?q { ?c rdf:subject/ath:resolvedTo? result:olympic-games_2020_1500m_m_final_tor-vale ; "
        "rdf:predicate ath:position ; ath:evidence/oa:exact ?q }"
    )
    assert len(sentences) == 2
    retract(store, "reigning", "not ours")
    assert len(store.select(partly)) == 1
    assert not store.ask(olympic)


def test_behaviours_retraction_takes_what_only_that_article_says(store: Store) -> None:
    take(store, final("one"))
    before = {name: graph(store, name) for name in ("facts", "registry", "inferred")}
    take(store, rich(), coached("coach", DAY_AFTER))
    assert store.ask(COACHES)
    gone = retract(store, "rich", "the source took it back")
    retract(store, "coach", "the source took it back")
    assert {name: graph(store, name) for name in before} == before
    assert not store.ask("ASK { GRAPH graph:article_rich { ?s ?p ?o } }")
    lost = {(s.value.removeprefix(store.base), p.rpartition("#")[2]) for s, p, _ in gone.facts.lost}
    assert ("best/pb_1500m_tor-vale", "mark") in lost
    assert (f"result/{WON.removeprefix('result:')}", "position") not in lost


DAY_AFTER = date(2023, 8, 24)


def test_behaviours_a_title_falls_back_when_what_it_rested_on_is_withdrawn(store: Store) -> None:
    take(store, champion("passing"))
    alone = {name: graph(store, name) for name in ("facts", "registry", "inferred")}
    draft = Draft("report", date(2021, 8, 8))
    evidence = draft.says("Tor Vale won the 1500m at the Olympic Games in 3:28.32.")
    race = Race("g", "Olympic Games", 2020, None, "1500m", "M", "final", None, "olympic-games", evidence=evidence)
    draft.add("races", race).add("results", Result("g", "Tor Vale", 1, "3:28.32", "gold", evidence=evidence))
    take(store, draft)
    won = "result:olympic-games_2020_1500m_m_final_tor-vale"
    sentences = f"SELECT ?c {{ ?c rdf:subject/ath:resolvedTo? {won} ; rdf:predicate ath:medalColour }}"
    assert store.ask("ASK { ?partly ath:resolvedTo race:olympic-games_2020_1500m_m_final }")
    assert len(store.select(sentences)) == 2
    retract(store, "report", "not ours")
    assert store.ask("ASK { ?r a ath:UnderspecifiedRace . ?won ath:race ?r ; ath:medalColour ath:Gold }")
    assert {name: graph(store, name) for name in alone} == alone


def test_behaviours_all_withdrawn_leave_nothing(store: Store) -> None:
    empty = {name: graph(store, name) for name in store.graphs()}
    take(store, rich(), final("one", mark="3:31.83"), champion("two", reigning=True), coached("three", None))
    for article in ("two", "rich", "three", "one"):
        retract(store, article, "not ours")
    assert graph(store, "facts") == graph(store, "inferred") == set()
    assert {name: graph(store, name) for name in store.graphs() if not name.endswith("/meta")} == empty


def test_behaviours_spellings_of_one_winner_are_one_person(store: Store) -> None:
    take(store, final("one", "Tor Wightvale"), final("two", "Tor Weightvale"))
    rows = store.select(
        "SELECT ?name ?key { ?r ath:athlete ?p ; ath:position 1 . ?p rdfs:label ?name ; ath:nameKey ?key }"
    )
    assert {str(row["name"]) for row in rows} == {"Tor Wightvale"}
    assert {str(row["key"]) for row in rows} == {"tor wightvale", "tor weightvale"}
    written = store.select("SELECT ?w { ?m ath:mentions person:tor-wightvale ; ath:asWritten ?w }")
    assert {str(row["w"]) for row in written} == {"Tor Wightvale", "Tor Weightvale"}
    assert len(store.select("SELECT ?r { ?r ath:position 1 }")) == 1
    retract(store, "one", "not ours")
    assert store.ask(
        "ASK { person:tor-weightvale rdfs:label 'Tor Weightvale' . ?m ath:mentions person:tor-weightvale }"
    )
    assert not store.ask("ASK { { person:tor-wightvale ?p ?o } UNION { ?s ?p person:tor-wightvale } }")


def test_behaviours_a_relay_is_its_teams_result(store: Store) -> None:
    take(store, rich())
    result = "result:world-championships_2023_4x400m_m_final_NOR"
    assert store.ask(f"ASK {{ {result} ath:team country:NOR ; ath:mark/ath:seconds ?s FILTER(?s = 179.1) }}")
    assert store.ask("ASK { ?m ath:wonBy country:NOR ; ath:medalColour ath:Bronze }")
    assert not store.ask(f"ASK {{ {result} ath:athlete ?a }}")
    assert not store.ask("ASK { country:NOR a ath:Athlete }")


def test_behaviours_unknown_competitions_places_and_lengths_are_minted(store: Store) -> None:
    draft = Draft("minted")
    evidence = draft.says("Tor Vale won the 7.3km race of the Skog Stafett at Nowhereville.")
    draft.add("races", Race("r", "Skog Stafett", 2023, "Nowhereville", "7.3km cross country", "M", evidence=evidence))
    draft.add("results", Result("r", "Tor Vale", 1, evidence=evidence))
    draft.add("clubs", Club("Skog IL", evidence=evidence))
    take(store, draft)
    assert store.ask(
        "ASK { ?r ath:series/rdfs:label 'Skog Stafett' ; ath:place/rdfs:label 'Nowhereville' ; ath:round ath:Final ; "
        "ath:discipline ?d . ?d a ath:Discipline ; rdfs:label '7.3km cross country' ; ath:distanceMetres ?m "
        "FILTER(?m = 7300) }"
    )
    assert check(store).violations == ()


def test_behaviours_arrival_order_does_not_matter() -> None:
    drafts = [
        final("one"),
        final("two", "Tor Valle", "3:31.4"),
        champion("three"),
        champion("four", reigning=True),
        coached("five", date(2024, 1, 1), "former"),
        coached("six", date(2020, 1, 1)),
    ]
    seen = set()
    for order in list(permutations(drafts))[:: 720 // 8]:
        with memory_store() as store:
            for part in (order[:2], order[2:]):
                take(store, *part)
            seen.add(frozenset(str(quad) for quad in store.quads() if "endedAtTime" not in str(quad.predicate)))
    assert len(seen) == 1


# ---- copies of one text


BODY = " ".join(
    f"Sentence {number} of what the agency wrote about the {number}th lap in Torrevale." for number in range(40)
)


def wire(name: str, published: date, mark: str = "3:31.83", text: str = BODY) -> Draft:
    """An article of a wire story: a first sentence that says a mark, and the agency's text."""
    draft = final(name, mark=mark)
    draft.published = published
    draft.text += text
    return draft


def copies_in(store: Store) -> dict[str, str | None]:
    return {entry.id: entry.copy_of for entry in articles(store) if not entry.withdrawn}


def test_behaviours_copies_are_one_witness(store: Store) -> None:
    copies = [wire(name, date(2023, 8, 24), "3:29.83") for name in ("one", "two", "three")]
    take(store, *copies, final("other", mark="3:29.38"), final("another", mark="3:29.38"))
    assert copies_in(store) == {"another": None, "one": None, "other": None, "three": "one", "two": "one"}
    assert marks(store) == {"3:29.38"}


def test_behaviours_copies_do_not_contradict_each_other(store: Store) -> None:
    take(store, wire("one", date(2023, 8, 24), "3:29.83"), wire("two", date(2023, 8, 25), "3:29.38"))
    assert copies_in(store) == {"one": None, "two": "one"}
    assert not store.ask("ASK { ?c a ath:Conflict }")


def test_behaviours_the_copy_stands_when_the_first_is_withdrawn(store: Store) -> None:
    take(store, wire("one", date(2023, 8, 24)), wire("two", date(2023, 8, 25)), wire("three", date(2023, 8, 26)))
    assert copies_in(store) == {"one": None, "two": "one", "three": "one"}
    change = retract(store, "one", "withdrawn by the agency")
    assert copies_in(store) == {"two": None, "three": "two"}
    assert not change.facts
    assert marks(store) == {"3:31.83"}
    assert not check(store).violations


def test_behaviours_copies_are_the_same_in_any_order() -> None:
    drafts = [wire("one", date(2023, 8, 24)), wire("two", date(2023, 8, 23)), final("other")]
    found = set()
    for order in permutations(drafts):
        with memory_store() as store:
            for draft in order:
                take(store, draft)
            found.add(frozenset(graph(store, "facts") | graph(store, "inferred")))
            assert copies_in(store) == {"one": "two", "two": None, "other": None}
    assert len(found) == 1


def test_behaviours_a_text_that_was_changed_is_no_copy_any_more(store: Store) -> None:
    take(store, wire("one", date(2023, 8, 24)), wire("two", date(2023, 8, 25)))
    list(ingest_extractions(store, [wire("two", date(2023, 8, 25), text="").done()]))
    assert copies_in(store) == {"one": None, "two": None}


def test_behaviours_what_an_article_no_longer_says_is_no_dispute_when_it_becomes_a_copy(store: Store) -> None:
    take(store, wire("one", date(2023, 8, 24), "3:29.38"), final("other", mark="3:29.38"), final("two", mark="3:31.83"))
    assert store.ask("ASK { ?c a ath:Conflict }")
    list(ingest_extractions(store, [wire("two", date(2023, 8, 25), "3:29.38").done()]))
    assert copies_in(store) == {"one": None, "other": None, "two": "one"}
    assert not store.ask("ASK { ?c a ath:Conflict }")
