"""Which discipline a result is in where its clause names none."""

import pytest
from told import results, tell


def told(text: str) -> set[tuple[str, str | None, object]]:
    return {(athlete, discipline, position or mark) for athlete, discipline, position, mark in results(tell(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # what the bearer of a title does in the sentence says in what the title was won
            "Callum Vane won the 800m. Olympic champion Joao Brandt won the 400m.",
            {("Callum Vane", "800m", 1), ("Joao Brandt", "400m", 1)},
        ),
        (
            "Olympic champion Joao Brandt came back. Callum Vane won the 800m. Joao Brandt was third in the 400m.",
            {("Joao Brandt", "400m", 1), ("Callum Vane", "800m", 1), ("Joao Brandt", "400m", 3)},
        ),
        (  # whose race was told goes on with it, whatever was told between
            "Callum Vane won the mile. Marta Lindqvist won the shot put.\n\nCallum Vane finished ahead of Joao Brandt.",
            {("Callum Vane", "mile", 1), ("Marta Lindqvist", "shot put", 1), ("Joao Brandt", "mile", None)},
        ),
        (  # nobody reported on runs the 100m in 19.74
            "Callum Vane won the 200m. Joao Brandt won the 100m. Per Haugland clocked 19.74.",
            {("Callum Vane", "200m", 1), ("Joao Brandt", "100m", 1), ("Per Haugland", "200m", "19.74")},
        ),
    ],
)
def test_disciplines_come_from_what_else_is_told(text: str, expected: set[tuple[str, str, object]]) -> None:
    assert told(text) >= expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hurdles star Marta Lindqvist won in 52.18 in Torrevale.",
            {("Marta Lindqvist", "400m hurdles", 1)},
        ),
        ("Hurdles star Marta Lindqvist won in 12.58 in Torrevale.", {("Marta Lindqvist", "100m hurdles", 1)}),
        ("Hurdles star Marta Lindqvist won in Torrevale.", {("Marta Lindqvist", None, 1)}),
    ],
)
def test_disciplines_of_hurdlers_depend_on_the_mark(text: str, expected: set[tuple[str, str | None, object]]) -> None:
    assert told(text) == expected


def test_disciplines_two_told_of_an_athlete_decide_nothing() -> None:
    text = "Olympic champion Joao Brandt came back. Joao Brandt won the 400m. Joao Brandt was third in the 800m."
    assert ("Joao Brandt", "400m", 1) in told(text)
    assert [r.discipline for r in tell(text).races if r.competition] == [None]


def test_disciplines_marks_of_combined_events_are_of_their_parts() -> None:
    text = (
        "Marta Lindqvist won the heptathlon with 6,402 points. "
        "She threw 43.93m on her second attempt. She leapt 6.31m. She clocked 13.20."
    )
    assert told(text) == {
        ("Marta Lindqvist", "heptathlon", 1),
        ("Marta Lindqvist", "javelin", "43.93m"),
        ("Marta Lindqvist", "long jump", "6.31m"),
        ("Marta Lindqvist", None, "13.20"),  # a shot or hurdles
    }


def test_disciplines_whoever_stops_in_a_part_does_not_finish_the_whole() -> None:
    text = "Callum Vane won the decathlon with 8,402 points. Joao Brandt did not finish the pole vault."
    assert ("Joao Brandt", "decathlon", "DNF") in told(text)


def test_disciplines_whoever_stops_elsewhere_stops_there() -> None:
    text = "Callum Vane won the decathlon. Per Haugland won the mile. Joao Brandt did not finish the 1500m."
    assert ("Joao Brandt", "1500m", "DNF") in told(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Olympic 50km champion, Joao Brandt, is ill.", {("Joao Brandt", "50km walk", 1)}),
        ("Joao Brandt won the 20km in Torrevale.", {("Joao Brandt", "20km", 1)}),
    ],
)
def test_disciplines_of_what_only_walkers_contest(text: str, expected: set[tuple[str, str, int]]) -> None:
    assert told(text) == expected


def test_disciplines_of_the_medal_before_are_those_of_who_beat_its_winner() -> None:
    text = "Marta Lindqvist won the high jump. Ines Sorel took 60m silver in a final won by Achieng Otiwa."
    assert ("Achieng Otiwa", "60m", 1) in told(text)


def test_disciplines_stand_in_parentheses() -> None:
    text = "Callum Vane (hammer), Joao Brandt (discus) and Marta Lindqvist (shot) were disqualified."
    assert told(text) == {
        ("Callum Vane", "hammer", "DQ"),
        ("Joao Brandt", "discus", "DQ"),
        ("Marta Lindqvist", "shot put", "DQ"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The 4x100m was won by Italy. Olympic relay gold medallist Callum Vane won the 60m.",
            {("Italy", "4x100m", 1), ("Callum Vane", "60m", 1), ("Callum Vane", "4x100m", 1)},
        ),
        (
            "Olympic relay gold medallist Callum Vane won the 800m.",
            {("Callum Vane", "800m", 1), ("Callum Vane", None, 1)},
        ),
    ],
)
def test_disciplines_of_relay_medals_are_relays(text: str, expected: set[tuple[str, str | None, int]]) -> None:
    assert told(text) == expected


def test_disciplines_women_contest_no_decathlon() -> None:
    text = "The heptathlon and the decathlon were close. Marta Lindqvist was second with 6,742 points as she tired."
    assert told(text) == {("Marta Lindqvist", "heptathlon", 2)}


def test_disciplines_of_hurdles_need_a_sex() -> None:
    assert told("The Olympic hurdles champion, Zed Ashby, is ill.") == {("Zed Ashby", None, 1)}
