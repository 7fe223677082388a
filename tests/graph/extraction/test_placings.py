"""Places and victories told by noun phrases."""

from typing import Any

import pytest
from told import positions, tell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Callum Vane earned a second-place finish in the mile.", {("Callum Vane", 2)}),
        ("Fourth-placed Callum Vane ran well in the mile.", {("Callum Vane", 4)}),
        ("Callum Vane spoke of his fourth place in the mile.", {("Callum Vane", 4)}),
        ("Callum Vane, whose fine victory in the mile pleased all, left early.", {("Callum Vane", 1)}),
        ("There were gold medals for Callum Vane and Ines Sorel in the mile.", {("Callum Vane", 1), ("Ines Sorel", 1)}),
        ("Victory in the men's mile for Callum Vane came late.", {("Callum Vane", 1)}),
        ("There were silvers from Callum Vane and Ines Sorel in the mile.", {("Callum Vane", 2), ("Ines Sorel", 2)}),
        ("There was a fine mile win by the ever improving Ines Sorel.", {("Ines Sorel", 1)}),
        ("A fine run gave Ines Sorel second place in the mile.", {("Ines Sorel", 2)}),
        ("Ines Sorel was an altogether emphatic winner in the mile.", {("Ines Sorel", 1)}),
        ("Callum Vane hopes for his second place in the mile.", set()),
        ("Callum Vane landed 21.75m in the third in the shot put.", set()),
    ],
)
def test_placings_of_noun_phrases(text: str, expected: set[tuple[str, int]]) -> None:
    assert {(who, place) for who, _, place in positions(tell(text))} == expected


def rows(text: str) -> set[tuple[Any, ...]]:
    return {(r.athlete, r.position, r.mark) for r in tell(text).results}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Callum Ferris led Norbridge with a fourth-place finish in 3:51.21 in the mile.",
            {("Callum Ferris", 4, "3:51.21")},
        ),
        ("Callum Ferris added a 19th place finish in the mile.", {("Callum Ferris", 19, None)}),
        ("Norbridge were led by the sixth-place finish of Callum Ferris in the mile.", {("Callum Ferris", 6, None)}),
        (
            "Callum Ferris (6th, 3:51.10) and Joao Brandt (7th) closed the scoring in the mile.",
            {("Callum Ferris", 6, "3:51.10"), ("Joao Brandt", 7, None)},
        ),
        (
            "Callum Ferris and Joao Brandt were second and third in the mile in 3:51.10 and 3:51.25.",
            {("Callum Ferris", 2, "3:51.10"), ("Joao Brandt", 3, "3:51.25")},
        ),
        (
            "Per Haugland edged Callum Ferris and Joao Brandt to second and third in 3:51.10 and 3:51.25 in the mile.",
            {("Per Haugland", 1, None), ("Callum Ferris", 2, "3:51.10"), ("Joao Brandt", 3, "3:51.25")},
        ),
        (
            "The mile was led by Callum Ferris, Joao Brandt and Erik Dahl, who finished in 3rd, 4th and 5th places.",
            {("Callum Ferris", 3, None), ("Joao Brandt", 4, None), ("Erik Dahl", 5, None)},
        ),
        ("Callum Ferris emerged winner in the mile.", {("Callum Ferris", 1, None)}),
        ("Callum Ferris finished runner-up in the mile.", {("Callum Ferris", 2, None)}),
        ("Callum Ferris ran out a clear winner of the mile in 4:01.10.", {("Callum Ferris", 1, "4:01.10")}),
    ],
)
def test_placings_beside_names_and_of_several(sentence: str, expected: set[tuple[Any, ...]]) -> None:
    assert expected <= rows(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Callum Ferris improved on a fourth-place finish in the mile.",
        "Callum Ferris hopes for a fourth-place finish in the mile.",
        "Callum Ferris ran the mile after a fourth-place finish in the 800m.",
        "Callum Ferris (left) and Joao Brandt ran the mile.",
        "Callum Ferris came home behind the winner of the mile.",
    ],
)
def test_placings_that_are_not_the_subjects_of_this_race_are_left(sentence: str) -> None:
    assert {row for row in rows(sentence) if row[0] == "Callum Ferris" and row[1] is not None} == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Callum Vane (mile) and Ines Sorel (long jump) won gold.",
         {("Callum Vane", "mile"), ("Ines Sorel", "long jump")}),
        ("A throw of 61.20m earned Callum Vane victory in the discus.", {("Callum Vane", "discus")}),
        ("The mile was won by Callum Vane, with Per Haugland pushed into second place.", {("Callum Vane", "mile")}),
    ],
)  # fmt: skip
def test_placings_of_winners(text: str, expected: set[tuple[str, str]]) -> None:
    assert {(who, discipline) for who, discipline, place in positions(tell(text)) if place == 1} == expected
