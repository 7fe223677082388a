import hashlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.browsing import find, search
from graph.errors import AmbiguousNameError, LookupFailedError
from graph.model import Article
from graph.pipeline import ingest, memory_store, retract
from graph.store.embedded import Store

PERSON = "https://w3id.org/podium/id/person/"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Mara Lindqvist", "mara-lindqvist"),
        ("MARA LINDQVIST", "mara-lindqvist"),
        ("Mara Lindkvist", "mara-lindqvist"),  # an alias
        ("Tor Akesson", "tor-akesson"),
        ("Tor Åkesson", "tor-akesson"),
        ("Ferreira Lopes", "ana-ferreira-lopes"),
        ("Lopes", "ana-ferreira-lopes"),
        ("M. Lindqvist", "mara-lindqvist"),
        ("JJ O'Neill", "j-j-o-neill"),
        ("J.J. ONeill", "j-j-o-neill"),
        ("O’Neill", "j-j-o-neill"),
        ("Otto Gruu", "otto-grau"),
        ("Mara Lindqvits", "mara-lindqvist"),
        ("Ferrera-Lopes Ana", None),
        ("Ana Ferrera-Lopes", "ana-ferreira-lopes"),
        ("person:otto-grau", "otto-grau"),
        ("person/otto-grau", "otto-grau"),
        ("otto-grau", "otto-grau"),
        (f"{PERSON}otto-grau", "otto-grau"),
        (f"<{PERSON}otto-grau>", "otto-grau"),
    ],
)
def test_names_find_forgives_what_people_leave_out(small: Store, name: str, slug: str | None) -> None:
    if slug is None:
        with pytest.raises(LookupFailedError):
            find(small, name)
    else:
        assert find(small, name).iri == PERSON + slug


def test_names_find_describes_what_it_found(small: Store) -> None:
    entity = find(small, "Mara Lindqvist")
    assert (entity.kind, entity.label) == ("person", "Mara Lindqvist")
    assert entity.description == "athlete, Sweden, Harbour Harriers"


def test_names_find_lists_the_bearers_of_a_shared_surname(small: Store) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        find(small, "Lindqvist")
    assert {label for _, label, _ in caught.value.candidates} == {"Mara Lindqvist", "Elin Lindqvist"}
    assert "\n" not in str(caught.value)
    assert "athlete, Sweden" in str(caught.value)


def test_names_find_names_the_nearest_for_an_unknown_name(small: Store) -> None:
    with pytest.raises(LookupFailedError, match="Otto Grau") as caught:
        find(small, "Otmar Graun")
    assert not isinstance(caught.value, AmbiguousNameError)


def test_names_find_does_not_take_another_year_for_a_typing_error(small: Store) -> None:
    assert find(small, "World Championships 2019").kind == "edition"
    with pytest.raises(LookupFailedError):
        find(small, "World Championships 2018")


def test_names_find_prefers_people_to_headlines_that_hold_the_word(small: Store) -> None:
    assert find(small, "Sisters on the track").kind == "article"
    assert find(small, "Harbour").kind == "club"
    assert find(small, "Sweden").kind == "country"
    assert find(small, "SWE").label == "Sweden"


def test_names_find_keeps_to_the_kinds_asked_for(small: Store) -> None:
    with pytest.raises(LookupFailedError):
        find(small, "Sweden", kinds={"person"})
    with pytest.raises(LookupFailedError):
        find(small, "country:SWE", kinds={"person"})


@pytest.mark.parametrize(
    "name", ["", "   ", "...", "?x } DROP ALL", "person:", "person:a b", "<>", "http://[", "a:b:c"]
)
def test_names_find_answers_nonsense_with_one_line(small: Store, name: str) -> None:
    with pytest.raises(LookupFailedError) as caught:
        find(small, name)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=40))
@settings(max_examples=60)
def test_names_find_never_fails_otherwise(small: Store, name: str) -> None:
    with suppress(LookupFailedError):
        assert find(small, name).label


def test_names_search_gives_the_best_first(small: Store) -> None:
    hits = search(small, "lindq")
    assert {hit.entity.label for hit in hits[:2]} == {"Mara Lindqvist", "Elin Lindqvist"}
    assert hits[0].score >= hits[-1].score > 0
    assert search(small, "mara lindqvist")[0].entity.label == "Mara Lindqvist"
    assert search(small, "lindkvits")[0].entity.label == "Mara Lindqvist"


def test_names_search_keeps_to_its_limit_and_may_find_nothing(small: Store) -> None:
    assert len(search(small, "a", limit=2)) <= 2
    assert search(small, "zzzzqqqq") == ()
    assert search(small, "  ") == ()


def test_names_search_knows_what_came_and_went_since_it_was_asked_last() -> None:
    text = "Marta Lindqvist won the women's 1500m in Torrevale on Saturday in 4:05.10.\n"
    article = Article("came-later", text, hashlib.sha256(text.encode()).hexdigest(), "came-later.txt")
    with memory_store() as store:
        assert search(store, "marta lindqvist") == ()
        assert [report.outcome for report in ingest(store, [article])] == ["added"]
        assert search(store, "marta lindqvist")[0].entity.label == "Marta Lindqvist"
        retract(store, "came-later", "it never took place")
        assert search(store, "marta lindqvist") == ()
