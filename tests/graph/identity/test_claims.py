from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.errors import EvidenceError
from graph.facts import plain
from graph.identity.claims import Assertions, assertions
from graph.identity.minting import Names
from graph.model import (
    Article,
    Best,
    Club,
    Coaching,
    Evidence,
    Extraction,
    Family,
    Membership,
    Mention,
    NonQualification,
    Person,
    Race,
    Ranking,
    Result,
    Tally,
    TrainingPartners,
)

SAID = (Evidence("said", 0, 4, "rule", 0.9),)
DAY = date(2021, 8, 1)
ARTICLE = Article("x", "said and done", "0" * 64, "x.txt", published=DAY)
RACE = Race("r", "Vale Games", 2021, "Oslo", "1500m", "M", "final", DAY, evidence=SAID)
WON = "result/vale-games_2021_1500m_m_final_ada-aas"


def claimed(**rows: Any) -> Assertions:
    return assertions(Extraction("x", "1", **rows), ARTICLE, Names())


def triples(**rows: tuple[Any, ...]) -> set[tuple[str, str, str]]:
    facts = [claim.fact for claim in claimed(**rows).claims]
    return {
        (plain(fact.subject), fact.predicate.rpartition("#")[2], plain(fact.object).rpartition("#")[2].rstrip(">"))
        for fact in facts
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            {"people": (Person("Ada Aas", ("athlete", "coach"), "NOR", "F", SAID),)},
            {
                ("person/ada-aas", "type", "Athlete"),
                ("person/ada-aas", "type", "Coach"),
                ("person/ada-aas", "country", "country/NOR"),
                ("person/ada-aas", "sex", "Female"),
            },
        ),
        (
            {"clubs": (Club("Vale TC", "training-group", "Oslo", SAID),)},
            {("club/vale-tc", "type", "TrainingGroup"), ("club/vale-tc", "place", "place/oslo")},
        ),
        (
            {"coaching": (Coaching("Per Lund", "Ada Aas", "former", SAID),)},
            {("coaching/per-lund_ada-aas", "status", "Former")},
        ),
        (
            {"memberships": (Membership("Ada Aas", "Vale TC", "current", SAID),)},
            {("membership/ada-aas_vale-tc", "status", "Current")},
        ),
        ({"family": (Family("Bo Aas", "parent", "Ada Aas", SAID),)}, {("person/bo-aas", "parentOf", "person/ada-aas")}),
        ({"family": (Family("Ada Aas", "child", "Bo Aas", SAID),)}, {("person/bo-aas", "parentOf", "person/ada-aas")}),
        (
            {"family": (Family("Ada Aas", "sibling", "Bo Aas", SAID),)},
            {("person/ada-aas", "siblingOf", "person/bo-aas")},
        ),
        ({"family": (Family("Ada Aas", "spouse", "Bo Aas", SAID),)}, {("person/ada-aas", "spouseOf", "person/bo-aas")}),
        (
            {"trained_with": (TrainingPartners("Ada Aas", "Bo Aas", SAID),)},
            {("person/ada-aas", "trainedWith", "person/bo-aas")},
        ),
        (
            {"bests": (Best("Ada Aas", "PB", "1500m", "4:01.2", evidence=SAID),)},
            {("best/pb_1500m_ada-aas", "mark", "mark/t-241.2")},
        ),
        (
            {"bests": (Best("Ada Aas", "NR", "60m", None, indoor=True, area="Norway", evidence=SAID),)},
            {("best/nr_60m_indoor_ada-aas", "status", "Current"), ("best/nr_60m_indoor_ada-aas", "area", '"Norway"')},
        ),
        (
            {"bests": (Best("Ada Aas", "CR", "1500m", "4:01.2", area="Vale Games", evidence=SAID),)},
            {
                ("best/cr_1500m_vale-games_ada-aas", "mark", "mark/t-241.2"),
                ("best/cr_1500m_vale-games_ada-aas", "area", '"Vale Games"'),
            },
        ),
        ({"bests": (Best("Ada Aas", "PB", None, "4:01.2", evidence=SAID),)}, set()),
        ({"bests": (Best("Norway", "WR", "4x400m", "2:54.43", team="NOR", evidence=SAID),)}, set()),
        (
            {"rankings": (Ranking("Ada Aas", 4, "1500m", "season", SAID),)},
            {("ranking/season_1500m_ada-aas", "rank", "integer")},
        ),
        (
            {"tallies": (Tally("Ada Aas", 3, "title", "Vale Games", None, SAID),)},
            {("tally/vale-games_title_ada-aas", "total", "integer")},
        ),
    ],
)
def test_claims_kind_by_kind(rows: dict[str, tuple[Any, ...]], expected: set[tuple[str, str, str]]) -> None:
    assert triples(**rows) == expected


def test_claims_of_results() -> None:
    first = Result("r", "Ada Aas", 1, "3:41.20", "gold", ahead_of=("Bo Aas", "Ada Aas"), evidence=SAID)
    race = ("race/vale-games_2021_1500m_m_final", "place", "place/oslo")
    assert triples(races=(RACE,), results=(first,)) == {
        race,
        (race[0], "date", "date"),
        (WON, "position", "integer"),
        (WON, "mark", "mark/t-221.20"),
        (WON, "medalColour", "Gold"),
        (WON, "aheadOf", "result/vale-games_2021_1500m_m_final_bo-aas"),
    }


@pytest.mark.parametrize(
    ("result", "predicates"),
    [
        (Result("r", "Ada Aas", "DNF", evidence=SAID), {"outcome"}),
        (Result("r", "Ada Aas", evidence=SAID), {"race"}),
        (Result("r", "Ada Aas", 2, None, "gold", evidence=SAID), {"position"}),
        (Result("r", "Ada Aas", 1, "8.31m", evidence=SAID), {"position"}),
        (Result("r", "Ada Aas", None, "about four minutes", evidence=SAID), {"race"}),
    ],
)
def test_claims_leave_out_what_contradicts_itself(result: Result, predicates: set[str]) -> None:
    race = replace(RACE, place=None, date=None)
    assert {predicate for _, predicate, _ in triples(races=(race,), results=(result,))} == predicates


def test_claims_leave_out_medals_outside_finals() -> None:
    race = replace(RACE, place=None, date=None, round="heat", heat=2)
    result = Result("r", "Ada Aas", None, None, "gold", evidence=SAID)
    assert {predicate for _, predicate, _ in triples(races=(race,), results=(result,))} == {"race"}


@pytest.mark.parametrize(
    "rows",
    [
        {"coaching": (Coaching("Ada Aas", "ADA AAS", "current", SAID),)},
        {"family": (Family("Ada Ås", "parent", "Ada As", SAID),)},
        {"trained_with": (TrainingPartners("Ada Aas", "Ada Aas", SAID),)},
    ],
)
def test_claims_relate_nobody_to_themself(rows: dict[str, tuple[Any, ...]]) -> None:
    assert triples(**rows) == set()


def test_claims_of_teams_and_of_those_who_did_not_get_there() -> None:
    relay = Race("q", "Vale Games", 2021, None, "4x400m", "M", "final", evidence=SAID)
    found = triples(
        races=(relay,),
        results=(Result("q", "Norway", 3, team="NOR", evidence=SAID),),
        did_not_reach=(NonQualification("Ada Aas", "q", SAID),),
    )
    assert found == {
        ("result/vale-games_2021_4x400m_m_final_NOR", "position", "integer"),
        ("person/ada-aas", "didNotReach", "race/vale-games_2021_4x400m_m_final"),
    }


def test_claims_have_the_sentences_of_their_own_slot() -> None:
    place = Evidence("said", 0, 4, "first", 0.6, "Contextual", ("position",))
    mark = Evidence("done", 9, 13, "second", 0.8, "Explicit", ("mark",))
    both = Evidence("and", 5, 8, "third", 0.7, "Resolved")
    found = claimed(races=(RACE,), results=(Result("r", "Ada Aas", 1, "3:41.20", evidence=(place, mark, both)),))
    claims = {claim.fact.predicate.rpartition("#")[2]: claim for claim in found.claims}
    assert claims["position"].sentences == ((0, 4), (5, 8))
    assert (claims["position"].confidence, claims["position"].basis, claims["position"].rules) == (
        0.7,
        "Resolved",
        ("first", "third"),
    )
    assert claims["mark"].sentences == ((5, 8), (9, 13))
    assert claims["mark"].as_of == DAY


def test_claims_said_twice_are_one_with_both_sentences() -> None:
    again = (Evidence("done", 9, 13, "again", 0.95),)
    rows = (Coaching("Per Lund", "Ada Aas", "current", SAID), Coaching("Per Lund", "Ada Aas", "current", again))
    (claim,) = claimed(coaching=rows).claims
    assert claim.sentences == ((0, 4), (9, 13))
    assert claim.confidence == 0.95


def test_claims_without_a_sentence_are_refused() -> None:
    with pytest.raises(EvidenceError, match="no sentence says the status"):
        claimed(coaching=(Coaching("Per Lund", "Ada Aas"),))


def test_claims_keep_their_identity() -> None:
    one, two = (claimed(coaching=(Coaching("Per Lund", "Ada Aas", "current", SAID),)) for _ in range(2))
    assert one.claims[0].slug == two.claims[0].slug
    assert one.claims[0].slug.startswith("x_")


def test_claims_bring_the_names_and_misspellings_along() -> None:
    mentions = (Mention("said", 0, 4), Mention("Marta Lindqvits", 5, 20), Mention("Lindqvist", 30, 39))
    found = claimed(people=(Person("Marta Lindqvist", ("athlete",), evidence=SAID, mentions=mentions),))
    assert {(naming.name, naming.alias) for naming in found.namings} == {
        ("Marta Lindqvist", False),
        ("Marta Lindqvits", True),
    }
    assert len(found.mentions) == 3
