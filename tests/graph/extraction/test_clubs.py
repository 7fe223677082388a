"""Clubs, training groups and university teams, and who belongs to them."""

import pytest
from told import chunks_of, tell

from graph.extraction.clubs import is_college


def members(text: str) -> set[tuple[str, str, str]]:
    return {(m.athlete, m.club, m.status) for m in tell(text).memberships}


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("He runs for Norbridge Harriers.", "Norbridge Harriers", "club"),
        ("He runs for Torrevale AC.", "Torrevale AC", "club"),
        ("He runs for Torrevale Athletic Club.", "Torrevale Athletic Club", "club"),
        ("He runs for the Norbridge & Torrevale Striders.", "Norbridge & Torrevale Striders", "club"),
        ("He is a Norbridge Harrier.", "Norbridge Harriers", "club"),
        ("He trains with the Brooks Beasts.", "Brooks Beasts", "training-group"),
        ("He trains with Bowerman Track Club.", "Bowerman Track Club", "training-group"),
        ("He runs for Stanford University.", "Stanford University", "university"),
    ],
)
def test_clubs_are_known_by_their_names(sentence: str, name: str, kind: str) -> None:
    clubs = [chunk.value for chunk in chunks_of(sentence) if chunk.kind == "club"]
    assert [(club.name, club.kind) for club in clubs] == [(name, kind)]


@pytest.mark.parametrize(
    "sentence",
    [
        "He left the track.",
        "The harriers ran on.",
        "He ran in Oregon.",
        "She went to a running club.",
        "He ran at Norbridge.",
    ],
)
def test_clubs_need_a_name(sentence: str) -> None:
    assert [chunk for chunk in chunks_of(sentence) if chunk.kind == "club"] == []


@pytest.mark.parametrize(
    ("sentence", "club", "status"),
    [
        ("Callum Ferris of the Norbridge Harriers won the mile.", "Norbridge Harriers", "current"),
        ("Norbridge Harriers' Callum Ferris won the mile.", "Norbridge Harriers", "current"),
        ("Callum Ferris (Norbridge Harriers) won the mile in 3:58.10.", "Norbridge Harriers", "current"),
        ("Callum Ferris won the mile. The Norbridge Harrier clocked 3:58.10.", "Norbridge Harriers", "current"),
        ("Callum Ferris, who runs for Torrevale AC, won the mile.", "Torrevale AC", "current"),
        ("Callum Ferris of Blackheath & Bromley won the mile.", "Blackheath & Bromley", "current"),
        ("Torrevale Milers' Callum Ferris won the mile.", "Torrevale Milers", "current"),
        ("Callum Ferris trains with the Bowerman Track Club.", "Bowerman Track Club", "current"),
        ("Callum Ferris has joined Norbridge Harriers.", "Norbridge Harriers", "current"),
        ("Callum Ferris has left Norbridge Harriers.", "Norbridge Harriers", "former"),
        ("Callum Ferris, a former member of Norbridge Harriers, won the mile.", "Norbridge Harriers", "former"),
        ("The Norbridge Harrier Callum Ferris won the mile.", "Norbridge Harriers", "current"),
        ("Callum Ferris won the mile. The Torrevale AC athlete, new to it, ran 3:58.10.", "Torrevale AC", "current"),
        ("Callum Ferris won the mile. The Norbridge Harriers runner clocked 3:58.10.", "Norbridge Harriers", "current"),
    ],
)
def test_clubs_have_members(sentence: str, club: str, status: str) -> None:
    assert members(sentence) == {("Callum Ferris", club, status)}


def test_clubs_go_with_their_own_athlete() -> None:
    assert members("Norbridge Harriers' Callum Ferris beat Joao Brandt of Brooks Beasts in the mile.") == {
        ("Callum Ferris", "Norbridge Harriers", "current"),
        ("Joao Brandt", "Brooks Beasts", "current"),
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Callum Ferris refused to join Norbridge Harriers.",
        "Callum Ferris may join Norbridge Harriers.",
        "Callum Ferris is not a member of Norbridge Harriers.",
        "Callum Ferris has not left Norbridge Harriers.",
        "Norbridge Harriers want Callum Ferris.",
    ],
)
def test_clubs_have_no_members_by_hopes_and_denials(sentence: str) -> None:
    assert members(sentence) == set()


def test_clubs_are_changed() -> None:
    for text in (
        "{} has moved from Norbridge AC to Torrevale Harriers.",
        "{} left Norbridge AC for Torrevale Harriers.",
    ):
        assert members(text.format("Callum Ferris")) == {
            ("Callum Ferris", "Norbridge AC", "former"),
            ("Callum Ferris", "Torrevale Harriers", "current"),
        }


def test_clubs_carry_their_kind_and_sentence() -> None:
    text = "It rained. Callum Ferris has joined the Brooks Beasts."
    club = tell(text).clubs[0]
    assert (club.name, club.kind) == ("Brooks Beasts", "training-group")
    assert [evidence.quote for evidence in club.evidence] == [text[11:]]


def test_clubs_universities_are_teams_in_college_sport_only() -> None:
    college, other = "the NCAA Championships", "the Torrevale Grand Prix"
    assert is_college(college)
    assert not is_college(other)
    text = "Callum Ferris won the mile at {}. Oregon's Joao Brandt was second."
    assert members(text.format(college)) == {("Joao Brandt", "Oregon", "current")}
    assert members(text.format(other)) == set()
