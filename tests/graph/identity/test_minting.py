from __future__ import annotations

from graph.identity.minting import Bearer, Names, witness
from graph.model import (
    Best,
    Club,
    Coaching,
    Evidence,
    Extraction,
    Membership,
    Mention,
    NonQualification,
    Person,
    Race,
    Result,
)

PLACE = "at vale-games_2021_1500m_m_final_1"
SAID = (Evidence("", 0, 0, "rule", 1.0),)


def people(**facts: object) -> dict[str, Bearer]:
    said = witness(Extraction("a", "1", **facts))  # type: ignore[arg-type]  # rows of facts by kind
    return {bearer.slug: bearer for bearer in said.people}


def test_minting_takes_accents_and_broken_encodings_for_one_name() -> None:
    names = ("Narve Solbakkås", "Narve Solbakkas", "NARVE SOLBAKKÅS", "Narve SolbakkÃ¥s")
    assert {Names().person(name) for name in names} == {"narve-solbakkas"}


def test_minting_leads_names_elsewhere_by_kind() -> None:
    names = Names({"club": {"vale-ac": "vale-athletic-club"}, "person": {"jo-berg": "jo-berg--nor"}})
    assert names.club("Vale AC") == "vale-athletic-club"
    assert names.person("Jo Berg") == "jo-berg--nor"
    assert names.person("Vale AC") == names.series("vale-ac") == "vale-ac"


def test_minting_reads_places_in_full_races_only() -> None:
    races = (
        Race("full", "Vale Games", 2021, None, "1500m", "M"),
        Race("partial", "Vale Games", None, None, "1500m", "M"),
        Race("relay", "Vale Games", 2021, None, "4x400m", "M"),
    )
    results = (Result("full", "Jo Berg", 1), Result("partial", "Jo Berg", 1), Result("relay", "Jo Berg", 1))
    found = people(people=(Person("Jo Berg", ("athlete",), "NOR", "M"),), races=races, results=results)
    assert found == {"jo-berg": Bearer("jo-berg", "M", "NOR", frozenset({"middle distance"}), 2020, frozenset({PLACE}))}


def test_minting_reads_ties_and_kinds_of_disciplines() -> None:
    found = people(
        coaching=(Coaching("Ines Sorel", "Jo Berg"),),
        memberships=(Membership("Jo Berg", "Vale Harriers"),),
        bests=(Best("Jo Berg", "PB", "shot put"),),
    )
    assert found["jo-berg"].traits == {"coached by ines-sorel", "member of vale-harriers"}
    assert found["jo-berg"].groups == {"throws"}
    assert found["ines-sorel"].traits == {"coach of jo-berg"}


def test_minting_has_all_whom_the_claims_name() -> None:
    found = people(
        races=(Race("r", "Vale Games", 2021),),
        results=(Result("r", "Jo Berg", ahead_of=("Al Brandt",)),),
        did_not_reach=(NonQualification("Ines Sorel", "r"),),
    )
    assert found.keys() == {"jo-berg", "al-brandt", "ines-sorel"}


def test_minting_reads_how_else_the_article_writes_a_name() -> None:
    mentions = (Mention("Jo Weightman", 0, 12), Mention("Wightman's", 20, 30), Mention("Joe Weightman", 40, 53))
    found = people(people=(Person("Jo Weightman", ("athlete",), mentions=mentions),))
    assert found["jo-weightman"].traits == {"written wightman", "also joe-weightman"}


def test_minting_reads_clubs_and_competitions() -> None:
    said = witness(
        Extraction(
            "a",
            "1",
            clubs=(Club("Vale Harriers", place="Torrevale"),),
            memberships=(Membership("Jo Berg", "Vale Harriers"), Membership("Jo Berg", "Norbridge AC")),
            races=(Race("r", "Torrevale Grand Prix", 2021, "Torrevale", "1500m", "M"),),
            results=(Result("r", "Jo Berg", 1),),
        )
    )
    assert {bearer.slug: bearer.traits for bearer in said.clubs} == {
        "vale-harriers": {"place torrevale", "has member jo-berg"},
        "norbridge-ac": {"has member jo-berg"},
    }
    assert {bearer.slug: bearer.traits for bearer in said.series} == {
        "torrevale-grand-prix": {"place torrevale", "won 2021 1500m by jo-berg"}
    }
