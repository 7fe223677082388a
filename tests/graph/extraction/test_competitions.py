"""Competitions, of the register and others, with year and place."""

from typing import Any

import pytest
from told import chunks_of, tell


def contests(text: str) -> list[tuple[Any, ...]]:
    return [(race.competition, race.year, race.place) for race in tell(text).races]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("She won at the Ridge Invitational.", ["Ridge Invitational"]),
        ("She won the Torrevale Grand Prix.", ["Torrevale Grand Prix"]),
        ("She won the Great Torrevale Run.", ["Great Torrevale Run"]),
        ("She won the Great Torrevale Cross Country.", ["Great Torrevale Cross Country"]),
        ("She won the Torrevale marathon.", ["Torrevale marathon"]),
        ("She won the race.", []),
        ("She won the Marathon.", []),
        ("Kenyan marathon runners won.", []),
    ],
)
def test_competitions_of_no_register(sentence: str, names: list[str]) -> None:
    assert [chunk.text for chunk in chunks_of(sentence) if chunk.kind == "competition"] == names


@pytest.mark.parametrize(
    ("words", "contest"),
    [
        ("the 2022 European Championships in Munich", ("European Championships", 2022, "Munich")),
        ("the Athens Olympics", ("Olympic Games", 2004, "Athens")),
        ("the Tokyo Olympics", ("Olympic Games", 2021, "Tokyo")),
        ("the 2022 Commonwealth Games", ("Commonwealth Games", 2022, None)),
        ("the Commonwealth Games in Birmingham", ("Commonwealth Games", 2022, "Birmingham")),
        ("the 2019 world championships", ("World Championships", 2019, None)),
        ("the Torrevale Grand Prix", ("Torrevale Grand Prix", 2024, None)),
        ("the Norwich Union Grand Prix in Birmingham", ("Grand Prix", 2024, "Birmingham")),
    ],
)
def test_competitions_place_a_result(words: str, contest: tuple[Any, ...]) -> None:
    assert contests(f"Callum Ferris won the 100m at {words}.") == [contest]


def test_competitions_that_are_their_own_discipline() -> None:
    race = tell("Callum Ferris won the London Marathon in 2:05:10.").races[0]
    assert (race.competition, race.discipline, race.place) == ("London Marathon", "marathon", "London")


def test_competitions_told_by_an_adjective() -> None:
    race = tell("Callum Ferris won the 2019 world 100m title.").races[0]
    assert (race.series, race.year, race.discipline, race.round) == ("world-championships", 2019, "100m", "final")


@pytest.mark.parametrize(
    ("words", "medal"),
    [
        ("at the 2022 European Championships", "gold"),
        ("at the Torrevale Grand Prix", None),
        ("in her heat at the 2022 European Championships", None),
    ],
)
def test_competitions_give_medals_in_finals_of_championships(words: str, medal: str | None) -> None:
    result = tell(f"Marta Lindqvist won the 1500m {words}.").results[0]
    assert (result.position, result.medal) == (1, medal)


def test_competitions_go_on_through_an_article() -> None:
    found = tell(
        "Callum Ferris won the 100m at the Torrevale Grand Prix.\n\nJoao Brandt was second in 10.15.\n\n"
        "In the 200m, Erik Dahl won in 20.15."
    )
    assert {(race.competition, race.discipline) for race in found.races} == {
        ("Torrevale Grand Prix", "100m"),
        ("Torrevale Grand Prix", "200m"),
    }


def test_competitions_of_the_past_do_not_take_over() -> None:
    found = tell(
        "Callum Ferris won the 100m at the Torrevale Grand Prix. He took gold at the 2022 European Championships. "
        "Joao Brandt was second in the 100m in 10.15."
    )
    race = {race.id: race for race in found.races}
    assert {(r.athlete, r.position, race[r.race].competition) for r in found.results} == {
        ("Callum Ferris", 1, "Torrevale Grand Prix"),
        ("Callum Ferris", 1, "European Championships"),
        ("Joao Brandt", 2, "Torrevale Grand Prix"),
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Marta Lindqvist won the 1500m in Torrevale from Ines Sorel.",
        "Marta Lindqvist won the 1500m from Ines Sorel.",
        "Marta Lindqvist won the 1500m ahead of Ines Sorel.",
    ],
)
def test_competitions_a_distance_before_a_preposition_is_the_race(sentence: str) -> None:
    found = tell(sentence)
    assert [(r.athlete, r.position) for r in found.results if r.position] == [("Marta Lindqvist", 1)]
    assert {race.discipline for race in found.races} == {"1500m"}


def test_competitions_are_no_stadiums() -> None:
    found = tell("Callum Vane won the mile at the Torrevale International Arena.")
    assert [race.competition for race in found.races] == [None]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Callum Vane won the Torrevale 10km in 28:14.", "Torrevale 10km"),
        ("Callum Vane won the Vale Road 10km on Sunday in 28:14.", "Vale Road 10km"),
        ("Callum Vane was second in the Norbridge Parkway 5k.", "Norbridge Parkway 5k"),
        ("Hannah Vane was fourth in the Fell Foot Half Marathon.", "Fell Foot Half Marathon"),
        ("Callum Vane won the British 10km in 28:14.", None),
        ("Callum Vane broke the Torrevale 10km record in 28:14.", None),
    ],
)
def test_competitions_end_in_a_distance_on_the_road(text: str, named: str | None) -> None:
    assert {race.competition for race in tell(text).races} == {named}


def test_competitions_on_the_road_are_no_scene_for_races_on_the_track() -> None:
    text = (
        "Callum Vane won the mile at the Torrevale International on Saturday. Closer to home, Marta Lindqvist won the "
        "Vale Road 10km in 34:14.\n\nJoao Brandt was second in the 1500m. He finished in 3:39.06."
    )
    told = tell(text)
    of = {race.id: race.competition for race in told.races}
    assert {(result.athlete, of[result.race]) for result in told.results} == {
        ("Callum Vane", "Torrevale International"),
        ("Marta Lindqvist", "Vale Road 10km"),
        ("Joao Brandt", "Torrevale International"),
    }
