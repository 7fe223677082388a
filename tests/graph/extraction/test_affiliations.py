"""Clubs, schools and places behind names, as no register knows them."""

import pytest
from told import tell


def members(text: str) -> set[tuple[str, str]]:
    return {(m.athlete, m.club) for m in tell(text).memberships}


def people(text: str) -> list[str]:
    return [person.name for person in tell(text).people]


@pytest.mark.parametrize(
    ("text", "club"),
    [
        ("Callum Ferris (Norbridge) won the mile.", "Norbridge"),
        ("Callum Ferris (Norbridge H) won the mile.", "Norbridge Harriers"),
        ("Callum Ferris (Norbridge; coach: Per Haugland) won the mile.", "Norbridge"),
        ("Callum Ferris of Moorland Milers won the mile.", "Moorland Milers"),
        ("Callum Ferris of the Torrevale Shamrocks won the mile.", "Torrevale Shamrocks"),
        ("Callum Ferris of TVP won the mile.", "TVP"),
    ],
)
def test_affiliations_are_clubs(text: str, club: str) -> None:
    assert members(text) == {("Callum Ferris", club)}
    assert "Callum Ferris" in people(text)
    assert club not in people(text)


@pytest.mark.parametrize(
    "text",
    [
        "Callum Ferris (Kenya) won the mile.",
        "Callum Ferris (Ken) won the mile.",
        "Callum Ferris (London) won the mile.",
        "Callum Ferris (Le Vale Catholic School) won the mile.",
        "Callum Ferris (right) won the mile.",
        "Callum Ferris from Trans Torre won the mile.",
        "Callum Ferris of Norbridge won the mile.",
        "Callum Ferris of UKA spoke after the mile that Callum Ferris won.",
    ],
)
def test_affiliations_to_countries_places_schools_and_bodies_are_no_memberships(text: str) -> None:
    assert members(text) == set()
    assert people(text) == ["Callum Ferris"]


def test_affiliations_leave_people_in_parentheses() -> None:
    assert people("Callum Ferris won the mile. His rival (Joao Brandt) was second.") == ["Callum Ferris", "Joao Brandt"]
    assert people("Joao Brandt was second in the mile. Callum Ferris (Joao Brandt) won.") == [
        "Joao Brandt",
        "Callum Ferris",
    ]


def test_affiliations_tell_the_country_by_a_code_in_parentheses() -> None:
    assert [p.country for p in tell("Callum Ferris (Nor) won the mile.").people] == ["NOR"]


def test_affiliations_nicknames_of_teams_are_nobody() -> None:
    assert people("The Cougars had 20 points. Callum Ferris was twelfth in the mile for the Cougars.") == [
        "Callum Ferris"
    ]


def test_affiliations_and_coaches_stand_in_one_parenthesis() -> None:
    found = tell("Callum Ferris (Norbridge; Per Haugland) won the mile.")
    assert [(c.coach, c.athlete) for c in found.coaching] == [("Per Haugland", "Callum Ferris")]
    assert tell("Callum Ferris (Norbridge, Per Haugland) won the mile.").coaching == ()


def test_affiliations_of_a_paragraph_that_opens_with_a_club() -> None:
    text = (
        "Club notes\n\nNORBRIDGE HARRIERS had fun. Callum Ferris won the mile, ahead of Joao Brandt of Portugal. "
        "Kenya's Achieng Otiwa won the 800m.\n\nTORREVALE AC's Ines Sorel won the 1500m.\n\nPer Haugland won the 400m."
    )
    assert members(text) == {("Callum Ferris", "Norbridge Harriers"), ("Ines Sorel", "Torrevale AC")}


def test_affiliations_of_a_column_go_on_with_their_runners() -> None:
    column = (
        "Club notes\n\nNORBRIDGE HARRIERS cheered Callum Ferris to second place in the mile.\n\n"
        "Closer to home, their veteran Ines Sorel won the marathon.\n\n{}Joao Brandt won the 400m."
    )
    norbridge = {("Callum Ferris", "Norbridge Harriers"), ("Ines Sorel", "Norbridge Harriers")}
    assert members(column.format("TORREVALE AC had fun. ")) == {*norbridge, ("Joao Brandt", "Torrevale AC")}
    assert members(column.format("")) == {("Callum Ferris", "Norbridge Harriers")}


def test_affiliations_of_clubmates() -> None:
    text = "Callum Ferris (Norbridge Harriers) beat his clubmate Joao Brandt in the mile."
    assert ("Joao Brandt", "Norbridge Harriers") in members(text)
    assert members("Callum Ferris beat his clubmate Joao Brandt in the mile.") == set()
    assert members("Callum Ferris (Norbridge Harriers) beat his team-mate Joao Brandt in the mile.") == {
        ("Callum Ferris", "Norbridge Harriers")
    }
