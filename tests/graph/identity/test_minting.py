from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.identity.minting import Bearer, Names, Witness, mint, witness
from graph.model import Extraction, Person, Race, Result

PLACE = ("vale-games_2021_1500m_m_final", 1)


def names(*people: tuple[str, Bearer]) -> Names:
    return mint(Witness(article, (bearer,)) for article, bearer in people)


def at(slug: str, place: tuple[str, int] = PLACE, country: str | None = None) -> Bearer:
    return Bearer(slug, country, None, frozenset({place}))


def test_minting_takes_accents_and_broken_encodings_for_one_name() -> None:
    found = Names()
    assert {found.person("a", name) for name in ("Narve Nordås", "Narve Nordas", "NARVE NORDÅS", "Narve NordÃ¥s")} == {
        "narve-nordas"
    }


def test_minting_joins_two_spellings_of_one_place_in_one_race() -> None:
    found = names(("a", at("jo-wightman")), ("b", at("jo-weightman")))
    assert found.person("b", "Jo Weightman") == found.person("a", "Jo Wightman") == "jo-wightman"


def test_minting_joins_initials_and_bare_surnames_in_one_place() -> None:
    found = names(("a", at("jo-wightman")), ("b", at("j-wightman")), ("c", at("wightman")))
    assert found.aliases == {"j-wightman": "jo-wightman", "wightman": "jo-wightman"}


def test_minting_prefers_the_spelling_of_most_articles() -> None:
    found = names(("a", at("jo-weightman")), ("b", at("jo-weightman")), ("c", at("jo-wightman")))
    assert found.aliases == {"jo-wightman": "jo-weightman"}


def test_minting_prefers_the_spelling_that_relatives_bear() -> None:
    found = names(("a", at("jo-ingeborgsten")), ("b", at("jo-ingeborgtsen")), ("c", Bearer("al-ingeborgtsen")))
    assert found.aliases == {"jo-ingeborgsten": "jo-ingeborgtsen"}


def test_minting_leaves_unlike_names_in_one_place_alone() -> None:
    assert names(("a", at("jo-wightman")), ("b", at("al-brandt"))).aliases == {}


def test_minting_leaves_like_names_in_other_places_alone() -> None:
    assert names(("a", at("jo-wightman")), ("b", at("jo-weightman", (PLACE[0], 2)))).aliases == {}


def test_minting_joins_a_misprint_of_a_long_name_of_one_country() -> None:
    found = names(("a", Bearer("marta-lindqvist", "SWE")), ("b", Bearer("marta-lindkvist", "SWE")))
    assert len(found.aliases) == 1
    assert names(("a", Bearer("marta-lindqvist", "SWE")), ("b", Bearer("marta-lindkvist", "NOR"))).aliases == {}


def test_minting_joins_a_misprint_of_two_who_have_one_athlete() -> None:
    said = ("coach of", "tor-vale")
    one, other = (Bearer(name, ties=frozenset({said})) for name in ("nils-lindqvist", "nils-lindkvist"))
    assert len(names(("a", one), ("b", other)).aliases) == 1
    assert names(("a", one), ("b", Bearer("nils-lindkvist"))).aliases == {}


def test_minting_prefers_the_spelling_that_more_articles_write() -> None:
    said = Bearer("jo-weightman", None, None, frozenset({PLACE}), written=("jo", "weightman", "wightman", "wightman"))
    assert names(("a", said), ("b", at("jo-wightman"))).aliases == {"jo-weightman": "jo-wightman"}


def test_minting_keeps_short_and_ending_differences_apart() -> None:
    for one, other in (
        ("anna-hall", "anna-ball"),
        ("martin-solberg", "martina-solberg"),
        ("marta-berglund", "maria-berglund"),
    ):
        assert names(("a", Bearer(one, "NOR")), ("b", Bearer(other, "NOR"))).aliases == {}


def test_minting_keeps_people_apart_whom_one_article_names_together() -> None:
    twins = Witness("a", (Bearer("lina-lindqvist-olsen", "SWE"), Bearer("lina-lindqvist-olsson", "SWE")))
    assert mint([twins]).aliases == {}
    both = Witness("a", (at("jo-wightman"), at("jo-weightman")))
    assert mint([both]).aliases == {}


def test_minting_keeps_the_sexes_apart() -> None:
    one = Bearer("kim-wightman", None, "M", frozenset({PLACE}))
    other = Bearer("kim-weightman", None, "F", frozenset({PLACE}))
    assert names(("a", one), ("b", other)).aliases == {}


def test_minting_tells_namesakes_apart_by_country_and_sex() -> None:
    found = names(
        ("a", Bearer("kim-berg", "NOR", "M")),
        ("b", Bearer("kim-berg", "NOR", "M")),
        ("c", Bearer("kim-berg", "USA", "F")),
    )
    assert found.person("a", "Kim Berg") == "kim-berg"
    assert found.person("c", "Kim Berg") == "kim-berg--usa"
    assert found.person("never-seen", "Kim Berg") == "kim-berg"


def test_minting_does_not_split_a_person_who_changed_country() -> None:
    found = names(("a", Bearer("kim-berg", "NOR", "M")), ("b", Bearer("kim-berg", "USA", "M")))
    assert found.namesakes == {}


def test_minting_reads_places_in_full_races_only() -> None:
    races = (
        Race("full", "Vale Games", 2021, None, "1500m", "M"),
        Race("partial", "Vale Games", None, None, "1500m", "M"),
        Race("relay", "Vale Games", 2021, None, "4x400m", "M"),
    )
    results = (Result("full", "Jo Berg", 1), Result("partial", "Jo Berg", 1), Result("relay", "Jo Berg", 1))
    said = witness(
        Extraction("a", "1", people=(Person("Jo Berg", ("athlete",), "NOR", "M"),), races=races, results=results)
    )
    assert said.bearers == (Bearer("jo-berg", "NOR", "M", frozenset({PLACE})),)


_bearers = st.builds(
    Bearer,
    st.sampled_from(["jo-wightman", "jo-weightman", "jo-wigthman", "wightman", "marta-lindqvist", "marta-lindkvist"]),
    st.sampled_from([None, "GBR", "SWE"]),
    st.sampled_from([None, "M", "F"]),
    st.frozensets(st.sampled_from([PLACE, ("other", 1)]), max_size=1),
)


@given(st.lists(st.lists(_bearers, max_size=2), max_size=6), st.randoms())
def test_minting_does_not_depend_on_the_order_of_arrival(people: list[list[Bearer]], random: object) -> None:
    witnesses = [Witness(f"a{number}", tuple(bearers)) for number, bearers in enumerate(people)]
    expected = mint(witnesses)
    random.shuffle(witnesses)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert mint(witnesses) == expected
    for alias, chosen in expected.aliases.items():
        assert alias != chosen
        assert chosen not in expected.aliases
