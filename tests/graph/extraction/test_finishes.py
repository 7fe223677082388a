"""Finishes told the other way round: who came home first, by whom somebody was followed, who completed the top five."""

from typing import Any

import pytest
from told import tell


def rows(text: str) -> set[tuple[Any, ...]]:
    found = tell(text)
    sex = {race.id: race.sex for race in found.races}
    return {(r.athlete, r.position, r.mark, sex[r.race]) for r in found.results}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("First home in the 10km was Callum Ferris in 31:10.", {("Callum Ferris", 1, "31:10", "M")}),
        ("Second woman home in the 10km was Ines Sorel (33:10).", {("Ines Sorel", 2, "33:10", "F")}),
        ("Third female in the 10km was Ines Sorel with a time of 33:10.", {("Ines Sorel", 3, "33:10", "F")}),
        ("The first Briton home in the 10km was Callum Ferris in 12th.", {("Callum Ferris", 12, None, "M")}),
        (
            "Callum Ferris won the 10km, followed by Joao Brandt in 31:10.",
            {("Callum Ferris", 1, None, "M"), ("Joao Brandt", 2, "31:10", "M")},
        ),
        (
            "Callum Ferris was fourth in the 10km. He was followed home by Joao Brandt in seventh.",
            {("Callum Ferris", 4, None, "M"), ("Joao Brandt", 7, None, "M")},
        ),
        (
            "Callum Ferris and Joao Brandt completed the top five in the 10km.",
            {("Callum Ferris", 4, None, "M"), ("Joao Brandt", 5, None, "M")},
        ),
        ("Callum Ferris rounded out the podium in the 10km.", {("Callum Ferris", 3, None, "M")}),
        ("Second was Joao Brandt, from Torre, who ran the 10km in 31:10.", {("Joao Brandt", 2, "31:10", "M")}),
        ("Queenslander Callum Ferris strode to victory in the 10km.", {("Callum Ferris", 1, None, "M")}),
        ("Callum Ferris finally triumphed in the 10km.", {("Callum Ferris", 1, None, "M")}),
        ("The winner of the 10km was Callum Ferris in 31:10.", {("Callum Ferris", 1, "31:10", "M")}),
        (
            "Callum Ferris was unbeaten in the 10km and won by 22 seconds in 31:10.",
            {("Callum Ferris", 1, "31:10", "M")},
        ),
        ("Callum Ferris won by just two seconds in the 10km.", {("Callum Ferris", 1, None, "M")}),
        (
            "The first two home in the 10km were Callum Ferris and Joao Brandt (31:10).",
            {("Callum Ferris", 1, None, "M"), ("Joao Brandt", 2, "31:10", "M")},
        ),
        (
            "Callum Ferris won the 10km in 31:10, with compatriot Joao Brandt a minute back in third.",
            {("Callum Ferris", 1, "31:10", "M"), ("Joao Brandt", 3, None, "M")},
        ),
        ("Runner-up in the 10km was Callum Ferris (31:10).", {("Callum Ferris", 2, "31:10", "M")}),
        (
            "Callum Ferris and Joao Brandt were placed fourth and fifth respectively in the 10km.",
            {("Callum Ferris", 4, None, "M"), ("Joao Brandt", 5, None, "M")},
        ),
    ],
)
def test_finishes_are_read(sentence: str, expected: set[tuple[Any, ...]]) -> None:
    assert expected <= rows(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The first Briton home in the 10km will be Callum Ferris.",
        "The first race of the 10km series was Callum Ferris's best.",
        "Callum Ferris completed the first lap of the 10km.",
        "Callum Ferris reached 5km in 15:10 in the 10km.",
        "Callum Ferris was second home for the team after the 10km.",
        "Callum Ferris hopes to complete the podium in the 10km.",
        "Joao Brandt was not followed home in the 10km by Callum Ferris.",
        "Joao Brandt's team won the 10km with 31 points, followed by Callum Ferris (40).",
    ],
)
def test_finishes_that_did_not_happen_are_not_read(sentence: str) -> None:
    assert {row for row in rows(sentence) if row[0] == "Callum Ferris"} == set()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A throw of 61.20m earned Callum Vane silver in the discus.", ("Callum Vane", 2, "61.20m")),
        ("A time of 9.98 gave Callum Vane victory in the 100m.", ("Callum Vane", 1, "9.98")),
        ("Joao Brandt's 9.90 denied Callum Vane gold in the 100m.", ("Callum Vane", None, None)),
    ],
)
def test_finishes_a_mark_is_whose_it_earned_something(sentence: str, expected: tuple[Any, ...]) -> None:
    assert expected in {row[:3] for row in rows(sentence)}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "In the 400m, Iva Holt ran 52.10 to finish ahead of Ann Falk's 52.44.",
            {("Iva Holt", None, "52.10"), ("Ann Falk", None, "52.44")},
        ),
        ("Marc Orr's fourth-round effort of 8.40m secured victory in the long jump.", {("Marc Orr", 1, "8.40m")}),
        ("Joao Brandt cleared 2.36m at the third attempt to take the high jump title.", {("Joao Brandt", 1, "2.36m")}),
        (
            "With a final throw of 88.10m, Marc Orr snatched javelin gold from Joao Brandt (87.95m).",
            {("Marc Orr", 1, "88.10m"), ("Joao Brandt", None, "87.95m")},
        ),
        ("In a time of 3:50.10 Callum Vane won the mile.", {("Callum Vane", 1, "3:50.10")}),
        ("With a first lap of 58.10, Callum Vane won the mile.", {("Callum Vane", 1, None)}),
        ("Former world record-holder Marc Orr was fourth in the marathon in 2:06:20.", {("Marc Orr", 4, "2:06:20")}),
        ("Marc Orr failed in his third attempt to win the mile.", set()),
    ],
)
def test_finishes_every_mark_is_of_whom_it_is_told(sentence: str, expected: set[tuple[Any, ...]]) -> None:
    told = tell(sentence)
    assert {(r.athlete, r.position, r.mark) for r in told.results} == expected
    assert not told.bests
