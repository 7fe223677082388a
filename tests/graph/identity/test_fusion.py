from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from fused import Fused, fuse
from hypothesis import given
from hypothesis import strategies as st

from graph.facts import (
    BestKey,
    Claim,
    CoachingKey,
    Entity,
    Fact,
    Key,
    Mark,
    PartialRace,
    RaceKey,
    ResultKey,
    Value,
    plain,
)
from graph.identity.resolution import Resolution
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from random import Random

    from rdflib import URIRef

RACE = RaceKey("vale-games", 2021, "1500m", "M", "final")
ADA = ResultKey(RACE, "ada-aas")
COACHING = CoachingKey("per-lund", "ada-aas")
PB = BestKey("PB", "1500m", "ada-aas")
CURRENT, FORMER = (ox.NamedNode(str(term)) for term in (ATH.Current, ATH.Former))
GOLD, SILVER = (ox.NamedNode(str(term)) for term in (ATH.Gold, ATH.Silver))
DAY = date(2021, 8, 1)


def says(
    article: str, subject: Key, predicate: URIRef, value: Value, day: date | None = DAY, confidence: float = 0.9
) -> Claim:
    return Claim(article, Fact(subject, str(predicate), value), ((0, 9),), ("r",), confidence, "Explicit", day)


def seconds(digits: str) -> Mark:
    return Mark("seconds", digits)


def values(fused: Fused, subject: Key, predicate: URIRef) -> set[Value]:
    return {fact.object for fact in fused.facts if fact.subject == subject and fact.predicate == str(predicate)}


def test_fusion_keeps_all_values_of_a_property_that_may_have_several() -> None:
    child, other = Entity("person", "bo-berg"), Entity("person", "al-berg")
    fused = fuse([says("a", other, ATH.parentOf, child), says("b", other, ATH.parentOf, Entity("person", "cy-berg"))])
    assert len(values(fused, other, ATH.parentOf)) == 2
    assert fused.conflicts == ()


def test_fusion_takes_the_value_of_most_articles_and_records_the_conflict() -> None:
    misprint = says("c", ADA, ATH.mark, seconds("209.83"))
    fused = fuse([says("a", ADA, ATH.mark, seconds("209.38")), says("b", ADA, ATH.mark, seconds("209.38")), misprint])
    assert values(fused, ADA, ATH.mark) == {seconds("209.38")}
    (conflict,) = fused.conflicts
    assert conflict.subject == ADA
    assert misprint.slug in {claim.slug for claim in conflict.claims}
    assert len(conflict.claims) == 3


def test_fusion_counts_articles_and_not_sentences() -> None:
    twice = [says("a", ADA, ATH.position, ox.Literal(2)), says("a", ADA, ATH.position, ox.Literal(2), confidence=0.8)]
    fused = fuse([*twice, says("b", ADA, ATH.position, ox.Literal(1)), says("c", ADA, ATH.position, ox.Literal(1))])
    assert values(fused, ADA, ATH.position) == {ox.Literal(1)}


def test_fusion_publishes_ties() -> None:
    fused = fuse([says("a", ADA, ATH.position, ox.Literal(1)), says("b", ADA, ATH.position, ox.Literal(2))])
    assert values(fused, ADA, ATH.position) == {ox.Literal(1), ox.Literal(2)}
    assert len(fused.conflicts) == 1


def test_fusion_prefers_the_finer_of_compatible_marks() -> None:
    fused = fuse(
        [says(name, ADA, ATH.mark, seconds("209.4")) for name in "abc"] + [says("d", ADA, ATH.mark, seconds("209.38"))]
    )
    assert values(fused, ADA, ATH.mark) == {seconds("209.38")}
    assert fused.conflicts == ()


def test_fusion_gives_the_support_of_a_rounded_mark_to_the_better_witnessed_of_two() -> None:
    claims = [
        says("a", ADA, ATH.mark, seconds("209.38")),
        says("b", ADA, ATH.mark, seconds("209.38")),
        says("c", ADA, ATH.mark, seconds("209.41")),
        says("d", ADA, ATH.mark, seconds("209.4")),
    ]
    assert values(fuse(claims), ADA, ATH.mark) == {seconds("209.38")}


def test_fusion_believes_the_newest_of_what_changes() -> None:
    old = says("a", COACHING, ATH.status, CURRENT, date(2020, 1, 1))
    new = says("b", COACHING, ATH.status, FORMER, date(2022, 1, 1))
    for claims in ([old, new], [new, old], [old, replace(old, article="c"), new]):
        fused = fuse(claims)
        assert values(fused, COACHING, ATH.status) == {FORMER}
        assert fused.conflicts == ()


def test_fusion_sees_a_conflict_in_what_changes_only_within_a_month() -> None:
    claims = [
        says("a", COACHING, ATH.status, CURRENT, date(2021, 8, 1)),
        says("b", COACHING, ATH.status, FORMER, date(2021, 8, 20)),
    ]
    assert len(fuse(claims).conflicts) == 1
    assert fuse([claims[0], replace(claims[1], as_of=date(2021, 9, 20))]).conflicts == ()
    assert fuse([claims[0], replace(claims[1], as_of=None)]).conflicts == ()


def test_fusion_takes_claims_without_a_day_for_the_oldest() -> None:
    undated = says("a", COACHING, ATH.status, CURRENT, None)
    assert values(fuse([undated, says("b", COACHING, ATH.status, FORMER)]), COACHING, ATH.status) == {FORMER}
    assert values(fuse([undated]), COACHING, ATH.status) == {CURRENT}


def test_fusion_lets_bests_improve_without_a_conflict() -> None:
    claims = [says(name, PB, ATH.mark, seconds("210.16"), date(2019, 1, 1)) for name in "abc"]
    fused = fuse([*claims, says("d", PB, ATH.mark, seconds("207.14"), date(2023, 1, 1))])
    assert values(fused, PB, ATH.mark) == {seconds("207.14")}
    assert fused.conflicts == ()


def test_fusion_does_not_take_a_misprint_for_a_best() -> None:
    misprint = says("a", PB, ATH.mark, seconds("197.14"), date(2021, 1, 1))
    later = [says(name, PB, ATH.mark, seconds("207.14"), date(2022, 1, 1)) for name in "bc"]
    assert values(fuse([misprint, *later]), PB, ATH.mark) == {seconds("207.14")}


def test_fusion_bests_know_that_longer_is_better() -> None:
    jump = BestKey("PB", "long-jump", "ada-aas")
    claims = [says("a", jump, ATH.mark, Mark("metres", "6.80")), says("b", jump, ATH.mark, Mark("metres", "6.91"))]
    assert values(fuse(claims), jump, ATH.mark) == {Mark("metres", "6.91")}


def test_fusion_season_bests_are_those_of_the_last_season() -> None:
    best = BestKey("SB", "1500m", "ada-aas")
    claims = [
        says("a", best, ATH.mark, seconds("209.00"), date(2021, 9, 1)),
        says("b", best, ATH.mark, seconds("212.00"), date(2022, 5, 1)),
        says("c", best, ATH.mark, seconds("211.00"), date(2022, 6, 1)),
    ]
    assert values(fuse(claims), best, ATH.mark) == {seconds("211.00")}


def test_fusion_leaves_doubtful_claims_out_of_the_facts() -> None:
    assert fuse([says("a", ADA, ATH.position, ox.Literal(1), confidence=0.4)]).facts == frozenset()


def test_fusion_puts_a_curators_choice_above_all() -> None:
    claims = [says(name, ADA, ATH.mark, seconds("209.38")) for name in "abc"] + [
        says("d", ADA, ATH.mark, seconds("209.83"))
    ]
    chosen = {(plain(ADA), str(ATH.mark)): "mark/t-209.83"}
    assert values(fuse(claims, chosen), ADA, ATH.mark) == {seconds("209.83")}
    nobody_says = {(plain(ADA), str(ATH.mark)): "mark/t-1.00"}
    assert values(fuse(claims, nobody_says), ADA, ATH.mark) == {seconds("209.38")}


@pytest.mark.parametrize(
    ("claims", "decided"),
    [
        ([says("a", ADA, ATH.position, ox.Literal(1)), says("b", ADA, ATH.position, ox.Literal(2))], "Undecided"),
        (
            [
                says("a", ADA, ATH.mark, seconds("209.38")),
                says("b", ADA, ATH.mark, seconds("209.4")),
                says("c", ADA, ATH.mark, seconds("209.83")),
            ],
            "BySupport",
        ),
        (
            [
                says("a", COACHING, ATH.status, CURRENT, date(2021, 8, 1)),
                says("b", COACHING, ATH.status, CURRENT, date(2021, 8, 1)),
                says("c", COACHING, ATH.status, FORMER, date(2021, 8, 20)),
            ],
            "ByDate",
        ),
        (
            [
                says("a", COACHING, ATH.status, CURRENT, date(2021, 8, 1)),
                says("b", COACHING, ATH.status, FORMER, date(2021, 8, 1)),
                says("c", COACHING, ATH.status, FORMER, date(2021, 8, 1)),
            ],
            "BySupport",
        ),
        ([says("a", ADA, ATH.position, ox.Literal(1)), says("b", ADA, ATH.medalColour, SILVER)], "ByPosition"),
        (
            [says("a", ADA, ATH.position, ox.Literal(1))]
            + [says(name, ADA, ATH.medalColour, SILVER) for name in ("b", "c")],
            "BySupport",
        ),
    ],
)
def test_fusion_says_why_what_stands_does(claims: list[Claim], decided: str) -> None:
    (conflict,) = fuse(claims).conflicts
    assert (conflict.decided, conflict.chosen) == (decided, None)


def test_fusion_keeps_the_conflict_that_a_choice_settles() -> None:
    claims = [says(name, ADA, ATH.position, ox.Literal(place)) for name, place in (("a", 1), ("b", 1), ("c", 2))]
    choices = {(plain(ADA), str(ATH.position)): plain(ox.Literal(2))}
    fused = fuse(claims, choices)
    assert values(fused, ADA, ATH.position) == {ox.Literal(2)}
    (conflict,) = fused.conflicts
    assert (conflict.decided, conflict.chosen, len(conflict.claims)) == ("ByChoice", str(ATH.position), 3)
    (asleep,) = fuse([*claims[:2], says("d", ADA, ATH.position, ox.Literal(3))], choices).conflicts
    assert (asleep.decided, asleep.chosen) == ("BySupport", None)


@pytest.mark.parametrize(
    ("predicate", "value", "kept"),
    [(ATH.position, ox.Literal(1), {"position"}), (ATH.medalColour, SILVER, {"medalColour"})],
)
def test_fusion_a_choice_settles_what_a_medal_and_a_position_contradict(
    predicate: URIRef, value: Value, kept: set[str]
) -> None:
    claims = [says("a", ADA, ATH.position, ox.Literal(1)), says("b", ADA, ATH.medalColour, SILVER)]
    fused = fuse(claims, {(plain(ADA), str(predicate)): plain(value)})
    assert {fact.predicate.rpartition("#")[2] for fact in fused.facts} == kept
    (conflict,) = fused.conflicts
    assert (conflict.predicate, conflict.chosen) == (str(ATH.medalColour), str(predicate))


@pytest.mark.parametrize(("medals", "kept"), [(1, {"position"}), (2, {"medalColour"})])
def test_fusion_never_publishes_a_medal_with_another_position(medals: int, kept: set[str]) -> None:
    claims = [says("p", ADA, ATH.position, ox.Literal(1))]
    claims += [says(f"m{number}", ADA, ATH.medalColour, SILVER) for number in range(medals)]
    fused = fuse(claims)
    assert {fact.predicate.rpartition("#")[2] for fact in fused.facts} == kept
    assert len(fused.conflicts) == 1
    assert len(fuse([claims[0], says("m", ADA, ATH.medalColour, GOLD)]).facts) == 2


def partial(article: str = "u", **slots: object) -> PartialRace:
    return PartialRace(article, "ada-aas", series="vale-games", discipline="1500m", sex="M", round="final", **slots)  # type: ignore[arg-type]


def test_fusion_identifies_a_race_by_the_same_value_elsewhere() -> None:
    race = partial()
    fused = fuse(
        [says("u", ResultKey(race, "ada-aas"), ATH.position, ox.Literal(1)), says("a", ADA, ATH.medalColour, GOLD)]
    )
    assert fused.races == {race: RACE}
    assert values(fused, race, ATH.resolvedTo) == {RACE}
    assert values(fused, ResultKey(race, "ada-aas"), ATH.resolvedTo) == {ADA}
    assert values(fused, ADA, ATH.position) == {ox.Literal(1)}


@pytest.mark.parametrize(
    "claim",
    [
        says("a", ADA, ATH.position, ox.Literal(2)),
        says("a", ResultKey(RACE, "bo-berg"), ATH.position, ox.Literal(1)),
        says("a", ResultKey(replace(RACE, sex="F"), "ada-aas"), ATH.position, ox.Literal(1)),
        says("a", ResultKey(replace(RACE, discipline="800m"), "ada-aas"), ATH.position, ox.Literal(1)),
        says("a", ResultKey(replace(RACE, category="U20"), "ada-aas"), ATH.position, ox.Literal(1)),
        says("a", ResultKey(replace(RACE, series="dale-games"), "ada-aas"), ATH.position, ox.Literal(1)),
    ],
)
def test_fusion_does_not_identify_a_race_that_does_not_fit(claim: Claim) -> None:
    fused = fuse([says("u", ResultKey(partial(), "ada-aas"), ATH.position, ox.Literal(1)), claim])
    assert fused.races == {}


def test_fusion_names_the_candidates_where_several_fit() -> None:
    race, later = partial(), replace(RACE, year=2022)
    fused = fuse(
        [
            says("u", ResultKey(race, "ada-aas"), ATH.position, ox.Literal(1)),
            says("a", ADA, ATH.position, ox.Literal(1)),
            says("b", ResultKey(later, "ada-aas"), ATH.position, ox.Literal(1)),
        ]
    )
    assert fused.races == {}
    assert values(fused, race, ATH.candidate) == {RACE, later}


def test_fusion_finds_a_reigning_champions_race_in_the_calendar() -> None:
    race = replace(partial(), series="olympic-games", reigning=True)
    result = ResultKey(race, "ada-aas")
    fused = fuse([says("u", result, ATH.position, ox.Literal(1), date(2023, 8, 23))])
    assert fused.races == {race: RaceKey("olympic-games", 2020, "1500m", "M", "final")}
    assert fuse([says("u", result, ATH.position, ox.Literal(1), None)]).races == {}


def test_fusion_completes_a_race_by_the_sex_of_its_athletes() -> None:
    race = replace(partial(year=2021), sex=None)
    claim = says("u", ResultKey(race, "ada-aas"), ATH.position, ox.Literal(1))
    male = says("z", Entity("person", "ada-aas"), ATH.sex, ox.NamedNode(str(ATH.Male)))
    assert fuse([claim]).races == {}
    assert fuse([claim, male]).races == {race: RACE}
    female = says("y", Entity("person", "ada-aas"), ATH.sex, ox.NamedNode(str(ATH.Female)))
    assert fuse([claim, male, female]).races == {}
    hurdles = replace(race, discipline="100m-hurdles")
    claim = says("u", ResultKey(hurdles, "ada-aas"), ATH.position, ox.Literal(1))
    assert fuse([claim]).races[hurdles].sex == "F"
    relay = replace(race, discipline="4x400m")
    claim = says("u", ResultKey(relay, "ada-aas"), ATH.position, ox.Literal(1))
    assert fuse([claim, male]).races == {}


_articles = st.sampled_from(["a", "b", "c", "d"])
_days = {"a": None, "b": date(2020, 1, 1), "c": date(2021, 8, 1), "d": date(2021, 8, 15)}
_marks = st.sampled_from([seconds(digits) for digits in ("209.4", "209.38", "209.41", "209.83", "210")])
_subjects = st.sampled_from([ADA, PB, None])  # None: a race that the article knows in part
_stated = st.one_of(
    st.tuples(_subjects, st.just(ATH.mark), _marks),
    st.tuples(st.just(ADA), st.just(ATH.position), st.integers(1, 3).map(ox.Literal)),
    st.tuples(st.just(ADA), st.just(ATH.medalColour), st.sampled_from([GOLD, SILVER])),
    st.tuples(st.just(COACHING), st.just(ATH.status), st.sampled_from([CURRENT, FORMER])),
)
_claims = st.lists(
    st.builds(
        lambda article, said: says(
            article, said[0] or ResultKey(partial(article), "ada-aas"), *said[1:], _days[article]
        ),
        _articles,
        _stated,
    ),
    max_size=12,
    unique_by=lambda claim: (claim.article, claim.fact),
)


@given(_claims, st.randoms())
def test_fusion_does_not_depend_on_the_order_of_arrival(claims: list[Claim], random: Random) -> None:
    expected = fuse(claims)
    random.shuffle(claims)
    fused = fuse(claims, batch=random.randint(1, 4))
    assert fused.facts == expected.facts
    assert {(c.subject, c.predicate, frozenset(c.claims)) for c in fused.conflicts} == {
        (c.subject, c.predicate, frozenset(c.claims)) for c in expected.conflicts
    }
    assert fused.races == expected.races


@given(_claims)
def test_fusion_facts_all_have_a_claim(claims: list[Claim]) -> None:
    fused = fuse(claims)
    said = {Resolution(fused.races).fact(claim.fact) for claim in claims}
    links = {str(ATH.resolvedTo), str(ATH.candidate)}
    assert {fact for fact in fused.facts if fact.predicate not in links} <= said
