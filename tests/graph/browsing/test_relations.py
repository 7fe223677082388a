import pytest

from graph.browsing import path, related
from graph.browsing.values import plain
from graph.errors import LookupFailedError
from graph.store.embedded import Store

PERSON = "https://w3id.org/podium/id/person/"
CLUB = "https://w3id.org/podium/id/club/"


@pytest.mark.parametrize(
    ("who", "word", "expected"),
    [
        ("tor-akesson", "coaches", ["Mara Lindqvist"]),
        ("tor-akesson", "formerly coached", ["Ana Ferreira-Lopes"]),
        ("tor-akesson", "athletes", ["Mara Lindqvist", "Ana Ferreira-Lopes"]),
        ("mara-lindqvist", "coached by", ["Tor Åkesson"]),
        ("mara-lindqvist", "Coached By", ["Tor Åkesson"]),
        ("mara-lindqvist", "coachedBy", ["Tor Åkesson"]),
        ("mara-lindqvist", "ath:coachedBy", ["Tor Åkesson"]),
        ("mara-lindqvist", "club", ["Harbour Harriers"]),
        ("j-j-o-neill", "club", ["Harbour Harriers"]),
        ("j-j-o-neill", "member of", []),
        ("mara-lindqvist", "sister", ["Elin Lindqvist"]),
        ("elin-lindqvist", "sibling", ["Mara Lindqvist"]),
        ("tor-akesson", "child", ["Siv Åkesson"]),
        ("siv-akesson", "parent", ["Tor Åkesson"]),
        ("mara-lindqvist", "raced against", ["Ana Ferreira-Lopes"]),
        ("mara-lindqvist", "beat", ["Ana Ferreira-Lopes"]),
        ("mara-lindqvist", "lost to", ["Ana Ferreira-Lopes"]),
        ("otto-grau", "beat", []),
        ("mara-lindqvist", "country", ["Sweden"]),
    ],
)
def test_relations_answer_a_word(small: Store, who: str, word: str, expected: list[str]) -> None:
    assert [item.other.label for item in related(small, PERSON + who, word)] == expected


def test_relations_count_races_and_name_them(small: Store) -> None:
    (met,) = related(small, PERSON + "mara-lindqvist", "raced against")
    assert met.count == 2
    assert "Harbour Mile 2021" in plain(met.text)
    assert "World Championships 2019" in plain(met.text)
    (beat,) = related(small, PERSON + "mara-lindqvist", "beat")
    assert plain(beat.text) == (
        "Mara Lindqvist beat Ana Ferreira-Lopes in World Championships 2019, women's 800m, final"
    )
    assert {view.article.rpartition("/")[2] for view in beat.evidence} == {"one", "two"}


def test_relations_without_a_word_give_all_with_evidence(small: Store) -> None:
    found = related(small, PERSON + "mara-lindqvist")
    assert [item.word for item in found] == [
        "coached by", "member of", "sibling of", "raced against", "beat", "lost to", "won", "competes for",
    ]  # fmt: skip
    assert all(item.evidence for item in found if item.word in {"coached by", "member of", "sibling of", "won"})


def test_relations_of_clubs_are_their_members(small: Store) -> None:
    assert [item.other.label for item in related(small, CLUB + "harbour-harriers", "members")] == [
        "Mara Lindqvist",
        "J. J. O'Neill",
    ]


def test_relations_refuse_a_word_that_is_none(small: Store) -> None:
    with pytest.raises(LookupFailedError, match="'admires' names no relation; say one of: coaches"):
        related(small, PERSON + "mara-lindqvist", "admires")


def test_paths_go_by_the_closest_tie_first(small: Store) -> None:
    found = path(small, PERSON + "siv-akesson", PERSON + "elin-lindqvist")
    assert [node.label for node in found[0].nodes] == ["Siv Åkesson", "Tor Åkesson", "Mara Lindqvist", "Elin Lindqvist"]
    assert [plain(step.text) for step in found[0].steps][1:] == [
        "Tor Åkesson coaches Mara Lindqvist",
        "Mara Lindqvist is a sibling of Elin Lindqvist",
    ]
    assert [len(step.evidence) for step in found[0].steps] == [0, 2, 1]
    assert list(found) == sorted(found, key=lambda way: way.weight)


def test_paths_lead_over_races(small: Store) -> None:
    ways = path(small, PERSON + "elin-lindqvist", PERSON + "ana-ferreira-lopes", k=5)
    assert any([node.kind for node in way.nodes] == ["person", "person", "race", "person"] for way in ways)
    steps = [step for way in ways for step in way.steps]
    said = {plain(step.text): {view.claim.rpartition("/")[2] for view in step.evidence} for step in steps}
    assert said["Mara Lindqvist finished 1st in World Championships 2019, women's 800m, final"] == {
        "one_position",
        "two_position",
    }


def test_paths_use_editions_and_countries_only_where_nothing_else_leads(small: Store) -> None:
    near = path(small, PERSON + "mara-lindqvist", PERSON + "ana-ferreira-lopes")
    assert all(node.kind in {"person", "race", "club"} for way in near for node in way.nodes)
    (far, *_) = path(small, PERSON + "otto-grau", PERSON + "elin-lindqvist")
    assert any(node.kind in {"edition", "series"} for node in far.nodes)


def test_paths_are_none_where_nothing_connects(small: Store) -> None:
    assert path(small, PERSON + "otto-grau", CLUB + "old-mill-ac") == ()
    assert path(small, PERSON + "otto-grau", PERSON + "otto-grau") == ()


def test_paths_keep_to_the_number_asked_for_and_repeat_nothing(small: Store) -> None:
    ways = path(small, PERSON + "mara-lindqvist", PERSON + "ana-ferreira-lopes", k=2)
    assert len(ways) == 2
    assert all(len({node.iri for node in way.nodes}) == len(way.nodes) for way in ways)
