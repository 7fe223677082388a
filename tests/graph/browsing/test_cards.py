import pyoxigraph as ox
import pytest

from graph.browsing import Wanted, article_list, card, overview
from graph.browsing.values import Card, Fact, Section, plain
from graph.errors import LookupFailedError
from graph.store.base import Rows
from graph.store.embedded import Store
from ontology.iris import NS

BASE = "https://w3id.org/podium/id/"


def section(found: Card, heading: str) -> Section:
    return next(part for part in found.sections if part.heading == heading)


def fact(found: Card, heading: str, text: str) -> Fact:
    return next(item for item in section(found, heading).facts if plain(item.text) == text)


@pytest.fixture(scope="module")
def mara(small: Store) -> Card:
    return card(small, BASE + "person/mara-lindqvist")


def test_cards_show_all_sections_of_a_person(mara: Card) -> None:
    assert [part.heading for part in mara.sections] == [
        "Person", "Coaching", "Clubs", "Family", "Results", "Medals", "Records and bests", "Rankings", "Articles",
    ]  # fmt: skip
    assert mara.entity.label == "Mara Lindqvist"
    assert mara.aliases == ("Mara Lindkvist",)


def test_cards_say_facts_in_words_with_links(mara: Card) -> None:
    assert plain(fact(mara, "Person", "is an athlete").text)
    assert fact(mara, "Person", "is female").predicate.endswith("#sex")
    coached = fact(mara, "Coaching", "is coached by Tor Åkesson")
    assert [piece.iri for piece in coached.text if piece.iri] == [BASE + "person/tor-akesson"]
    assert fact(mara, "Records and bests", "personal best, 800m, 1:57.10")


def test_cards_give_the_evidence_of_a_direct_edge_from_its_node(mara: Card) -> None:
    coached = fact(mara, "Coaching", "is coached by Tor Åkesson")
    assert (coached.status, coached.articles) == ("current", 2)
    first = coached.evidence[0]
    assert first.headline == "Sisters on the track"  # the newest article first
    assert (first.start, first.end, first.basis, first.confidence) == (20, 30, "Explicit", 0.9)
    assert first.date is not None
    assert first.date.isoformat() == "2022-06-01"
    assert first.claim == BASE + "claim/two_coaching"


def test_cards_give_the_evidence_from_either_end(small: Store, mara: Card) -> None:
    elin = card(small, BASE + "person/elin-lindqvist")
    one, other = (
        fact(mara, "Family", "is a sibling of Elin Lindqvist"),
        fact(elin, "Family", "is a sibling of Mara Lindqvist"),
    )
    assert one.evidence == other.evidence
    assert len(one.evidence) == 1


def test_cards_step_over_the_identification_of_a_partly_known_race(mara: Card) -> None:
    title = section(mara, "Results").rows[-1]
    position = next(item for item in title.facts if item.predicate.endswith("#position"))
    assert {view.claim for view in position.evidence} == {BASE + "claim/one_position", BASE + "claim/two_position"}


def test_cards_say_what_a_rule_inferred_and_from_which_sentence(mara: Card) -> None:
    medal = section(mara, "Medals").facts[0]
    assert plain(medal.text) == "won gold, World Championships 2019, women's 800m, final"
    assert medal.derived == "medal-from-position"
    assert [view.claim for view in medal.evidence] == [BASE + "claim/one_position"]


def test_cards_show_both_values_of_a_dispute(mara: Card) -> None:
    ranks = section(mara, "Rankings").facts
    assert [plain(item.text) for item in ranks] == [
        "is 3rd on the all-time list over 800m",
        "is 5th on the all-time list over 800m",
    ]
    assert {item.dispute.conflict for item in ranks if item.dispute} == {BASE + "conflict/rank"}
    assert all(item.dispute and len(item.evidence) == 1 for item in ranks)
    assert not fact(mara, "Person", "is an athlete").dispute


def test_cards_list_results_newest_first(mara: Card) -> None:
    rows = section(mara, "Results").rows
    assert [(row.year, row.competition, row.discipline, row.round) for row in rows] == [
        (2021, "", "800m", "final"),
        (2019, "World Championships 2019", "800m", "final"),
    ]
    assert [(row.position, row.mark, row.medal) for row in rows] == [
        ("did not finish", "", ""),
        ("1", "1:57.10", "gold"),
    ]
    assert rows[1].date is not None


def test_cards_list_a_race_by_place_and_those_who_did_not_finish_last(small: Store) -> None:
    rows = section(card(small, BASE + "race/harbour-mile_2021_800m_f_final"), "Results").rows
    assert [row.athlete.text for row in rows] == ["Ana Ferreira-Lopes", "Mara Lindqvist"]


def test_cards_list_members_of_a_club_and_how_articles_write_a_name(small: Store, mara: Card) -> None:
    members = section(card(small, BASE + "club/harbour-harriers"), "Members").facts
    assert [plain(item.text) for item in members] == [
        "used to have J. J. O'Neill as a member",
        "has Mara Lindqvist as a member",
    ]
    assert "“Lindkvist”" in plain(section(mara, "Articles").facts[1].text)


def test_cards_of_articles_list_what_they_say_in_order(small: Store) -> None:
    said = section(card(small, BASE + "article/one"), "What it says").facts
    assert [item.evidence[0].start for item in said] == [0, 0, 20, 20]
    assert plain(said[0].text) == "Tor Åkesson is the current coach of Mara Lindqvist"
    assert any(plain(item.text).startswith("Mara Lindqvist finished 1st in World") for item in said)


@pytest.mark.parametrize(
    "slug",
    ["country/SWE", "discipline/800m", "series/world-championships", "claim/one_rank", "sentence/one_0-10",
     "medal/world-championships_2019_800m_f_final_mara-lindqvist", "best/pb_800m_mara-lindqvist", "conflict/rank"],
)  # fmt: skip
def test_cards_exist_for_every_kind_of_thing(small: Store, slug: str) -> None:
    found = card(small, BASE + slug)
    assert found.entity.label
    assert any(part.facts for part in found.sections)


def test_cards_of_countries_list_who_competes_for_them(small: Store) -> None:
    people = section(card(small, BASE + "country/SWE"), "Country of")
    assert [plain(item.text) for item in people.facts] == ["Mara Lindqvist"]
    assert people.total == 1


def test_cards_list_some_of_the_many_that_point_at_a_thing_and_count_all() -> None:
    place = BASE + "place/norbridge"
    with Store.memory() as store:
        store.write(
            ox.Quad(ox.NamedNode(f"{BASE}{kind}/{n}"), ox.NamedNode(NS + "place"), ox.NamedNode(place))
            for kind, count in (("race", 230), ("club", 20))
            for n in range(count)
        )
        found = section(card(store, place), "Place of")
    assert found.total == 250
    listed = [fact.subject for fact in found.facts]
    assert len(set(listed)) == 200
    assert listed == sorted(listed)


def test_cards_refuse_what_is_unknown(small: Store) -> None:
    with pytest.raises(LookupFailedError, match="nobody"):
        card(small, BASE + "person/nobody")


def test_cards_take_few_queries(small: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = Store.select

    def counting(self: Store, query: str, bindings: object = None) -> Rows:
        asked.append(query)
        return real(self, query, bindings)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "select", counting)
    card(small, BASE + "person/mara-lindqvist")
    assert len(asked) <= 9


def test_overview_counts_and_lists_the_newest(small: Store) -> None:
    found = overview(small)
    assert found.counts["Athlete"] == 6
    assert found.counts["Article"] == 2
    assert [head.headline for head in found.newest] == ["Sisters on the track", "Lindqvist and her rivals"]
    assert found.newest == article_list(small, Wanted(), limit=12).shown
