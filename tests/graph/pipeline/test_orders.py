"""What a store holds depends on the articles in it and on nothing that happened on the way there."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from handmade import Draft, champion, coached, final, person, rich
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from graph.articles import prepare, read
from graph.errors import UnreadableError
from graph.extraction import extract
from graph.model import Article, Extraction, Membership, Person, Race, Result
from graph.pipeline import articles, check, ingest_extractions, memory_store, rebuild, retract
from graph.rdf.terms import graph_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyoxigraph as ox

    from graph.store.embedded import Store

pytestmark = pytest.mark.timeout(600)  # for some dozen stores each, on a busy machine

Pair = tuple[Article, Extraction]
ROOT = Path(__file__).parents[3]
SEEDS, DEV = ROOT / "seeds", ROOT / ".." / "shared" / "corpus" / "dev"
WON = "result:world-championships_2023_1500m_m_final_tor-vale"
MORE = int(os.environ.get("EXAMPLES", "1"))  # `make examples`
UNSHRUNK = (Phase.explicit, Phase.generate)  # to find the smallest of such cases takes many minutes
APART = ("ontology", "meta")  # the same in every store, and what happened to it


def contents(store: Store) -> dict[str, frozenset[ox.Quad]]:
    """Graph -> quads, for all that articles bring."""
    apart = {graph_name(name, store.base).value for name in APART}
    return {
        name: frozenset(store.quads(graph=graph_name(name.removeprefix(f"{store.base}graph/"), store.base)))
        for name in store.graphs()
        if name not in apart
    }


def batches(pairs: Sequence[Pair], cuts: Iterable[int]) -> list[Sequence[Pair]]:
    """The pairs in their order, cut before these numbers."""
    ends = sorted({cut for cut in cuts if 0 < cut < len(pairs)} | {len(pairs)})
    return [pairs[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def stored(pairs: Sequence[Pair], cuts: Iterable[int] = ()) -> dict[str, frozenset[ox.Quad]]:
    """The `contents` of a store into which the articles came in this order."""
    with memory_store() as store:
        for batch in batches(pairs, cuts):
            assert {report.outcome for report in ingest_extractions(store, batch)} <= {"added"}
        return contents(store)


@cache
def extracted(folder: Path) -> tuple[Pair, ...]:
    """The articles of a folder with what the rules read from them."""
    found = [article for article in read([str(folder)]) if not isinstance(article, UnreadableError)]
    return tuple((article, extract(prepare(article))) for article in found)


@cache
def all_at_once(folder: Path) -> dict[str, frozenset[ox.Quad]]:
    return stored(extracted(folder))


# ---- the articles of the samples and of the development corpus


@settings(max_examples=2 * MORE, derandomize=True, phases=UNSHRUNK)
@given(st.data())
def test_orders_samples_in_any_order_and_batches_give_one_store(data: st.DataObject) -> None:
    order = data.draw(st.permutations(extracted(SEEDS)))
    cuts = data.draw(st.sets(st.integers(1, len(order))))
    assert stored(order, cuts) == all_at_once(SEEDS)


@pytest.mark.shared
@settings(max_examples=2 * MORE, derandomize=True, phases=UNSHRUNK)
@given(st.data())
def test_orders_a_dozen_articles_in_any_order_and_batches_give_one_store(data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.integers(0, len(extracted(DEV)) - 1), min_size=12, max_size=12))
    pairs = [extracted(DEV)[number] for number in sorted(chosen)]
    order = data.draw(st.permutations(pairs))
    assert stored(order, data.draw(st.sets(st.integers(1, 12)))) == stored(pairs)


@pytest.mark.shared
def test_orders_all_articles_in_another_order_give_one_store() -> None:
    random = Random(0)  # noqa: S311  # no secret
    order = list(extracted(DEV))
    random.shuffle(order)
    assert stored(order, random.sample(range(len(order)), 5)) == all_at_once(DEV)


@settings(max_examples=2 * MORE, derandomize=True, phases=UNSHRUNK)
@given(st.data())
def test_orders_articles_that_come_and_go_leave_nothing(data: st.DataObject) -> None:
    pairs = extracted(SEEDS)
    guests = data.draw(st.lists(st.sampled_from(range(len(pairs))), min_size=1, max_size=5, unique=True))
    with memory_store() as store:
        list(ingest_extractions(store, [pair for number, pair in enumerate(pairs) if number not in guests]))
        before = contents(store)
        list(ingest_extractions(store, [pairs[number] for number in guests]))
        assert contents(store) == all_at_once(SEEDS)
        for number in data.draw(st.permutations(guests)):
            retract(store, pairs[number][0].id, "a test")
        assert contents(store) == before
        back = ingest_extractions(store, [pairs[number] for number in data.draw(st.permutations(guests))], replace=True)
        assert {report.outcome for report in back} == {"added"}
        assert contents(store) == all_at_once(SEEDS)
        assert timeless(store) == timeless_of_seeds()


def timeless(store: Store) -> frozenset[str]:
    """graph:meta without the times at which things happened."""
    quads = store.quads(graph=graph_name("meta", store.base))
    return frozenset(f"{quad.subject} {quad.predicate}" for quad in quads)


@cache
def timeless_of_seeds() -> frozenset[str]:
    with memory_store() as store:
        list(ingest_extractions(store, extracted(SEEDS)))
        return timeless(store)


@settings(max_examples=2 * MORE, derandomize=True, phases=UNSHRUNK)
@given(st.data())
def test_orders_the_same_articles_again_change_nothing(data: st.DataObject) -> None:
    with memory_store() as store:
        list(ingest_extractions(store, extracted(SEEDS)))
        version = store.version
        again = data.draw(st.permutations(extracted(SEEDS)))
        for batch in batches(again, data.draw(st.sets(st.integers(1, len(again)), max_size=4))):
            for report in ingest_extractions(store, batch, replace=data.draw(st.booleans())):
                assert (report.outcome, report.gained, report.lost) == ("unchanged", 0, 0)
        assert store.version == version
        assert contents(store) == all_at_once(SEEDS)


# ---- articles made by hand so that they bear on each other, each in several versions


def wire(article: str, mark: str | None = "3:31.83", *, cut: bool = False) -> Draft:
    """A paper's copy of an agency's report, or only its first sentence."""
    draft = final(article, mark=mark, day=date(2023, 8, 24))
    if not cut:
        draft.text += " ".join(f"Of the {number}th lap the agency in Torrevale says this." for number in range(40))
    return draft


def namesake(article: str, country: str = "USA", sex: str = "F", name: str = "Tor Vale") -> Draft:
    """Another person of a name that others write about."""
    draft = Draft(article, date(2024, 3, 1))
    evidence = draft.says(f"{name} won the 400m in Norbridge.")
    draft.add("races", Race("n", "Norbridge Open", 2023, "Norbridge", "400m", "F", "final", evidence=evidence))
    draft.add("results", Result("n", name, 1, "51.20", evidence=evidence))
    return draft.add("people", Person(name, ("athlete",), country, sex, evidence))  # type: ignore[arg-type]


def runs_for(article: str, name: str, club: str, day: date | None = None, status: str = "current") -> Draft:
    draft = Draft(article, day)
    evidence = draft.says(f"{name} is a {status} runner of {club}.")
    draft.add("people", person(draft, name, "NOR", evidence))
    return draft.add("memberships", Membership(name, club, status, evidence))  # type: ignore[arg-type]


def juniors(article: str, category: str) -> Draft:
    """A race of an age group, however that is written."""
    draft = final(article)
    draft.facts["races"] = [replace(race, category=category) for race in draft.facts["races"]]
    return draft


VERSIONS: dict[str, list[Draft]] = {
    "one": [final("one"), final("one", mark="3:31.83"), final("one", "Tor Wightvale")],
    "two": [final("two", mark="3:31.4"), final("two", "Tor Weightvale"), final("two", "T. Vale", "3:31.38")],
    "three": [final("three", mark="3:31.83"), final("three", "Tor Valle")],
    "rich": [rich("rich"), final("rich", mark=None)],
    "passing": [champion("passing"), champion("passing", date(2022, 1, 1)), champion("passing", reigning=True)],
    "reigning": [champion("reigning", reigning=True), champion("reigning", date(2019, 5, 1), reigning=True)],
    "coach": [coached("coach", date(2023, 1, 1)), coached("coach", date(2024, 6, 1), "former"), coached("coach", None)],
    "coach-too": [coached("coach-too", date(2023, 9, 1), "former"), coached("coach-too", date(2023, 1, 9))],
    "namesake": [namesake("namesake"), namesake("namesake", "NOR", "M"), namesake("namesake", name="Tor Wightvale")],
    "member": [
        runs_for("member", "Tor Vale", "Fjord Harriers"),
        runs_for("member", "Ola Dahl", "Fjord Harriers", date(2024, 1, 1), "former"),
    ],
    "juniors": [juniors("juniors", "U20"), juniors("juniors", "u20")],
    "juniors-too": [juniors("juniors-too", "u20"), juniors("juniors-too", "U20")],
    "wire-a": [wire("wire-a"), wire("wire-a", cut=True)],
    "wire-b": [wire("wire-b", "3:31.38"), wire("wire-b", cut=True)],
    "wire-c": [wire("wire-c"), wire("wire-c", None)],
}
ARTICLES = st.tuples(st.sampled_from(sorted(VERSIONS)), st.integers(0, 2)).map(
    lambda chosen: (chosen[0], chosen[1] % len(VERSIONS[chosen[0]]))
)
BATCH = st.lists(ARTICLES, min_size=1, max_size=6, unique_by=lambda chosen: chosen[0])


@cache
def made(which: frozenset[tuple[str, int]]) -> dict[str, frozenset[ox.Quad]]:
    """The `contents` of a store into which these versions of these articles came at once."""
    return stored([VERSIONS[article][version].done() for article, version in sorted(which)])


class AnyStory(RuleBasedStateMachine):
    """Articles come, come changed, go and come back: the store is as if only the last of it had happened."""

    def __init__(self) -> None:
        super().__init__()
        self.store = memory_store()
        self.there: dict[str, int] = {}
        self.gone: set[str] = set()

    def teardown(self) -> None:
        assert check(self.store).violations == ()
        self.store.close()

    @initialize(batch=BATCH)
    def first(self, batch: list[tuple[str, int]]) -> None:
        self.ingest(batch, replace=False)

    @rule(batch=BATCH, replace=st.booleans())
    def ingest(self, batch: list[tuple[str, int]], *, replace: bool) -> None:
        pairs = [VERSIONS[article][version].done() for article, version in batch]
        outcomes = [report.outcome for report in ingest_extractions(self.store, pairs, replace=replace)]
        assert outcomes == [self._expected(*chosen, replace=replace) for chosen in batch]
        for (article, version), outcome in zip(batch, outcomes, strict=True):
            if outcome != "refused":
                self.there[article] = version
                self.gone.discard(article)

    def _expected(self, article: str, version: int, *, replace: bool) -> str:
        if article in self.gone and not replace:
            return "refused"
        if article not in self.there:
            return "added"
        return "unchanged" if self.there[article] == version else "replaced"

    @precondition(lambda self: self.there)
    @rule(data=st.data())
    def retract(self, data: st.DataObject) -> None:
        article = data.draw(st.sampled_from(sorted(self.there)))
        retract(self.store, article, "a test")
        del self.there[article]
        self.gone.add(article)

    @rule()
    def rebuild(self) -> None:
        rebuild(self.store)

    @invariant()
    def as_if_it_had_come_at_once(self) -> None:
        assert contents(self.store) == made(frozenset(self.there.items()))
        listed = {entry.id: bool(entry.withdrawn) for entry in articles(self.store)}
        assert listed == dict.fromkeys(self.there, False) | dict.fromkeys(self.gone, True)


AnyStory.TestCase.settings = settings(max_examples=2 * MORE, stateful_step_count=8, derandomize=True, phases=UNSHRUNK)


class TestOrdersAnyStoryEndsInOneStore(AnyStory.TestCase):  # type: ignore[misc, name-defined]
    """`AnyStory`, run by pytest."""


# ---- single cases


@settings(max_examples=8 * MORE, derandomize=True, phases=UNSHRUNK)
@given(ARTICLES, st.integers(0, 2))
def test_orders_a_changed_article_says_what_changed(old: tuple[str, int], new: int) -> None:
    article, before = old
    after = new % len(VERSIONS[article])
    assume(before != after and not (article == "passing" and 2 in (before, after)))  # which is the key's affair
    with memory_store() as store:
        list(ingest_extractions(store, [VERSIONS[article][before].done()]))
        said = claims(store, article)
        (report,) = ingest_extractions(store, [VERSIONS[article][after].done()])
        says = claims(store, article)
    assert (report.outcome, report.statements) == ("replaced", len(says))
    assert (report.gained, report.lost) == (len(says - said), len(said - says))


def claims(store: Store, article: str) -> frozenset[tuple[str, ...]]:
    query = f"""SELECT ?s ?p ?o {{ GRAPH graph:article_{article} {{
        ?c a ath:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }} }}"""
    return frozenset(tuple(str(row[name]) for name in "spo") for row in store.select(query))


def test_orders_a_title_may_become_one_of_another_edition() -> None:
    steps = [("reigning", 1), ("passing", 0), ("passing", 2)]
    with memory_store() as store:
        for article, version in steps:
            (report,) = ingest_extractions(store, [VERSIONS[article][version].done()])
            assert report.error is None
        assert contents(store) == made(frozenset([steps[0], steps[2]]))


@settings(max_examples=5 * MORE, derandomize=True, phases=UNSHRUNK)
@given(st.permutations([("one", 0), ("two", 0), ("namesake", 0)]), st.sets(st.integers(1, 3)))
def test_orders_two_people_of_one_name_are_two(order: list[tuple[str, int]], cuts: set[int]) -> None:
    with memory_store() as store:
        for batch in batches([VERSIONS[article][version].done() for article, version in order], cuts):
            list(ingest_extractions(store, batch))
        people = store.select("SELECT ?p ?c ?s { ?p rdfs:label 'Tor Vale' ; ath:country ?c ; ath:sex ?s }")
        found = {tuple(str(row[name]).rpartition("/")[2].rpartition("#")[2] for name in "pcs") for row in people}
        assert found == {("tor-vale", "NOR", "Male"), ("tor-vale--usa", "USA", "Female")}
        wins = store.select("SELECT ?p ?r { ?r ath:position 1 ; ath:athlete ?p }")
        assert len({row["p"] for row in wins}) == len(wins) == 2


@settings(max_examples=5 * MORE, derandomize=True, phases=UNSHRUNK)
@given(st.permutations(range(7)), st.sets(st.integers(1, 7)))
def test_orders_a_wire_story_in_five_papers_is_one_witness(order: list[int], cuts: set[int]) -> None:
    drafts = [*(wire(f"copy-{number}") for number in range(5)), final("own"), final("own-too")]
    with memory_store() as store:
        for batch in batches([drafts[number].done() for number in order], cuts):
            list(ingest_extractions(store, batch))
        assert {str(row["d"]) for row in store.select(f"SELECT ?d {{ {WON} ath:mark/ath:display ?d }}")} == {"3:31.38"}
        copies = {entry.id: entry.copy_of for entry in articles(store) if entry.copy_of}
        assert copies == {f"copy-{number}": "copy-0" for number in range(1, 5)}
