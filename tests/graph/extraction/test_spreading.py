"""One result told of several contests or years."""

import pytest
from told import tell


def told(text: str) -> set[tuple[str | None, str | None, int | None, object]]:
    found = tell(text)
    race = {r.id: r for r in found.races}
    return {(race[r.race].competition, race[r.race].discipline, race[r.race].year, r.position) for r in found.results}


OLYMPICS, WORLDS, EUROPEANS = "Olympic Games", "World Championships", "European Championships"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Callum Vane won Commonwealth pole vault bronze in 2006 and silver in 2010.",
            {("Commonwealth Games", "pole vault", 2006, 3), ("Commonwealth Games", "pole vault", 2010, 2)},
        ),
        (
            "Callum Vane won 1500m gold at Beijing 2008 and London 2012.",
            {(OLYMPICS, "1500m", 2008, 1), (OLYMPICS, "1500m", 2012, 1)},
        ),
        (
            "Callum Vane won the 1500m at the 2019 World Championships and the 2022 European Championships.",
            {(WORLDS, "1500m", 2019, 1), (EUROPEANS, "1500m", 2022, 1)},
        ),
        (
            "Marta Lindqvist won both the 100m and 200m titles at the 2008 and 2012 Olympics.",
            {(OLYMPICS, d, y, 1) for d in ("100m", "200m") for y in (2008, 2012)},
        ),
        (
            "Marta Lindqvist won the European 800m title in 2022 and the world title in 2023.",
            {(EUROPEANS, "800m", 2022, 1), (WORLDS, "800m", 2023, 1)},
        ),
    ],
)
def test_spreading_gives_each_occasion_a_result(
    text: str, expected: set[tuple[str | None, str | None, int | None, object]]
) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Callum Vane won the 1500m at the 2022 European Championships in the best time since 2019.",
            {(EUROPEANS, "1500m", 2022, 1)},
        ),
        (
            "Callum Vane won the 1500m at the 2022 European Championships and hopes to win the world title in 2025.",
            {(EUROPEANS, "1500m", 2022, 1)},
        ),
    ],
)
def test_spreading_leaves_other_years_alone(
    text: str, expected: set[tuple[str | None, str | None, int | None, object]]
) -> None:
    assert told(text) == expected


SECOND_AND_THIRD = {("Joao Brandt", 2), ("Marc Orr", 3)}


@pytest.mark.parametrize(
    "text",
    [
        "Last night Joao Brandt and Marc Orr finished second and third in the mile.",
        "On Sunday Joao Brandt and Marc Orr were second and third in the mile.",
        "Half an hour earlier Joao Brandt and Marc Orr had finished second and third in the mile.",
        "In the mile Joao Brandt and Marc Orr came second and third.",
        "At the Torrevale Games Joao Brandt and Marc Orr were second and third in the mile.",
        "Joao Brandt and Marc Orr won silver and bronze in the mile.",
        "At the Torrevale Games Joao Brandt and Marc Orr took silver and bronze in the mile.",
    ],
)
def test_spreading_gives_each_of_two_a_place_in_their_order(text: str) -> None:
    assert {(result.athlete, result.position) for result in tell(text).results} == SECOND_AND_THIRD


def test_spreading_gives_each_medallist_a_mark_of_the_list() -> None:
    told = tell("Joao Brandt and Marc Orr took gold and silver in 3:50.10 and 3:51.20 in the mile.").results
    assert {(result.athlete, result.medal, result.mark) for result in told} == {
        ("Joao Brandt", "gold", "3:50.10"),
        ("Marc Orr", "silver", "3:51.20"),
    }


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("After beating Joao Brandt and Marc Orr, Callum Vane won the mile.", 1),
        ("Behind Joao Brandt and Marc Orr, Callum Vane was third in the mile.", 3),
    ],
)
def test_spreading_places_nobody_of_whom_the_opening_tells(text: str, place: int) -> None:
    assert {(r.athlete, r.position) for r in tell(text).results if r.position} == {("Callum Vane", place)}
