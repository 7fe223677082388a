"""Clubs and competitions by their names."""

from __future__ import annotations

import pytest

from graph.identity import clubs, competitions
from graph.identity.profiles import Profile, profile

NOTHING: Profile = profile([])


def one_club(one: str, other: str, *shared: str) -> bool:
    return clubs.agreement(one, other, NOTHING, NOTHING, frozenset(shared)) is not None


def one_series(one: str, other: str, *shared: str) -> bool:
    return competitions.agreement(one, other, NOTHING, NOTHING, frozenset(shared)) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("torrevale-ac", "torrevale-athletic-club"),
        ("norbridge-and-vale-harriers", "norbridge-vale-harriers"),
        ("university-of-torrevale", "torrevale-university"),
        ("torre-vale-ac", "torrevale-ac"),
    ],
)
def test_clubs_are_one_but_for_small_words(one: str, other: str) -> None:
    assert one_club(one, other)
    assert clubs.keys(one) & clubs.keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("torrevale-harriers", "torrevale-harriers-ac"),
        ("sunbright-norbridge-runners", "norbridge-runners"),
        ("norbridge-and-torrevale-harriers", "nth"),
        ("norbridge-harriers", "norbrigde-harriers"),
    ],
)
def test_clubs_are_one_if_they_share_a_member(one: str, other: str) -> None:
    assert not one_club(one, other)
    assert one_club(one, other, "has member jo-berg")
    assert clubs.keys(one) & clubs.keys(other)


def test_clubs_of_two_forms_are_two() -> None:
    assert not one_club("torrevale-ac", "torrevale-track-club", "has member jo-berg")
    assert not one_club("torrevale-harriers", "norbridge-harriers", "has member jo-berg")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("torrevale-grand-prix-2023", "torrevale-grand-prix"),
        ("43rd-torrevale-marathon", "torrevale-marathon"),
        ("torrevale-gp", "torrevale-grand-prix"),
        ("torre-vale-marathon", "torrevale-marathon"),
    ],
)
def test_competitions_are_one_but_for_years(one: str, other: str) -> None:
    assert one_series(one, other)
    assert competitions.keys(one) & competitions.keys(other)


def test_competitions_are_one_without_the_sponsor_if_they_had_one_winner() -> None:
    pair = "norbridge-bank-torrevale-grand-prix", "torrevale-grand-prix"
    assert not one_series(*pair)
    assert not one_series(*pair, "place torrevale")
    assert one_series(*pair, "place torrevale", "month 7")
    assert one_series(*pair, "won 2021 1500m by jo-berg")
    assert competitions.keys(pair[0]) & competitions.keys(pair[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("torrevale-indoor-grand-prix", "torrevale-grand-prix"),
        ("torrevale-half-marathon", "torrevale-marathon"),
        ("torrevale-grand-prix", "norbridge-grand-prix"),
        ("world-championships", "world-indoor-championships"),
    ],
)
def test_competitions_of_two_kinds_are_two(one: str, other: str) -> None:
    assert not one_series(one, other, "won 2021 1500m by jo-berg")


def test_competitions_are_called_as_the_ontology_does() -> None:
    assert competitions.rank("world-championships") < competitions.rank("torrevale-games")
    assert competitions.rank("torrevale-games") < competitions.rank("torrevale-games-2023")
