"""What counts as the same name, competition, discipline and mark: the same as for the guide's scorer."""

from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.evaluation.matching import same_club, same_competition, same_discipline, same_mark, same_name

WORDS = st.sampled_from(
    [
        "Marta",
        "Márta",
        "Martta",
        "Mrata",
        "M.",
        "Lindqvist",
        "Lindqvst",
        "LINDQVIST",
        "O'Brien",
        "O’Brien",
        "Gjørv",
        "Vane",
        "",
    ]
)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
COMPETITION_WORDS = [
    *("World", "European", "Commonwealth", "Indoor", "Cross", "Country", "U20", "Championships", "Champs", "Olympic"),
    *("Olympics", "Games", "National", "AAA", "2004", "the", "Norwich", "Union", "Birmingham", "GP", "Grand", "Prix"),
]
COMPETITIONS = st.lists(st.sampled_from(COMPETITION_WORDS), max_size=5).map(" ".join)
PLACES = st.sampled_from([None, "London", "london", "Birmingham"])
DISCIPLINES = st.sampled_from(
    ["60m", "60 metres", "60m hurdles", "hurdles", "men's 5,000m", "5000m", "5000 meters", "10,000m", "10k", "10km",
     "4km cross country", "cross country", "the indoor mile", "mile", "high jump"]
)  # fmt: skip
MARKS = st.one_of(
    st.sampled_from(
        ["2:23", "2:23:00", "143", "9.58", "9.58s", "4.89m", "4.89", "6952 pts", "6,952 points", "6952", "no mark", ""]
    ),
    st.from_regex(r"\A([0-9]{1,2}:){0,2}[0-9]{1,2}(\.[0-9]{1,2})?\Z"),
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Narve Gilje Nordås", "narve gilje nordas", True),
        ("Narve Gilje Nordås", "Narve Nordås", True),
        ("Marta Lindqvist", "Marta Lindqvst", True),
        ("Marta Lindqvist", "Lindqvist", False),
        ("Marta Lindqvist", "Karin Lindqvist", False),
        ("M. Lindqvist", "M Lindqvist", True),
        ("Kim Li", "Kim Lo", False),
        ("", "", False),
    ],
)
def test_matching_compares_names(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Olympic Games", "2004 Olympic Games", True),
        ("World Championships", "World Champs", True),
        ("World Championships", "European Championships", False),
        ("World Indoor Championships", "World Championships", False),
        ("Norwich Union Birmingham Grand Prix", "Birmingham GP", True),
        ("London Marathon", "", False),
    ],
)
def test_matching_compares_competitions(one: str, other: str, same: bool) -> None:
    assert same_competition(one, other) is same


def test_matching_takes_the_place_for_a_competition_that_shares_a_word() -> None:
    assert not same_competition("Torrevale Night Meeting", "Torrevale International Spring Games")
    assert same_competition("Torrevale Night Meeting", "Torrevale International Spring Games", "Torrevale", "Torrevale")


def test_matching_compares_clubs_without_their_generic_words() -> None:
    assert same_club("Norbridge Harriers", "Norbridge AC")
    assert not same_club("Norbridge Harriers", "Saltby Harriers")
    assert same_club("Athletic Club", "Athletic Club")


def test_matching_compares_disciplines_and_marks() -> None:
    assert same_discipline("1500 metres", "men's 1500m")
    assert same_discipline("4km cross country", "cross country")
    assert not same_discipline("100m", "100m hurdles")
    assert same_mark("3:29.38", "209.38")
    assert same_mark("2:23", "2:23:00")
    assert same_mark("6952 pts", "6,952 points")
    assert not same_mark("9.58", "9.59")


@pytest.mark.shared
@given(NAMES, NAMES)
def test_matching_names_as_the_scorer_does(scorer: ModuleType, one: str, other: str) -> None:
    assert same_name(one, other) is scorer.same_name(one, other)


@pytest.mark.shared
@given(st.text("abcdé", max_size=8), st.text("abcdé", max_size=8))
def test_matching_words_as_the_scorer_does(scorer: ModuleType, one: str, other: str) -> None:
    assert same_name(one, other) is scorer.same_name(one, other)


@pytest.mark.shared
@settings(max_examples=300)
@given(COMPETITIONS, COMPETITIONS, PLACES, PLACES)
def test_matching_competitions_as_the_scorer_does(
    scorer: ModuleType, one: str, other: str, place: str | None, other_place: str | None
) -> None:
    assert same_competition(one, other, place, other_place) is scorer.same_competition(one, other, place, other_place)


@pytest.mark.shared
@given(DISCIPLINES, DISCIPLINES)
def test_matching_disciplines_as_the_scorer_does(scorer: ModuleType, one: str, other: str) -> None:
    assert same_discipline(one, other) is scorer.same_discipline(one, other)


@pytest.mark.shared
@settings(max_examples=300)
@given(MARKS, MARKS)
def test_matching_marks_as_the_scorer_does(scorer: ModuleType, one: str, other: str) -> None:
    assert same_mark(one, other) is scorer.same_mark(one, other)
