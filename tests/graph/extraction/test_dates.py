"""Days and years, absolute and relative to the day of publication."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import PUBLISHED, tell

from graph.extraction.dates import When, when_at


def day(written: str, *, future: bool = False) -> When:
    found = date.fromisoformat(written)
    return When(found, found.year, future)


def year(number: int, *, future: bool = False) -> When:
    return When(year=number, future=future)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12 August 2023", day("2023-08-12")),
        ("12th of August, 2023", day("2023-08-12")),
        ("August 12, 2023", day("2023-08-12")),
        ("Sept. 3 2021", day("2021-09-03")),
        ("19-27 August 2023", day("2023-08-19")),
        ("July 4th", day("2024-07-04", future=True)),
        ("12 Aug", day("2024-08-12", future=True)),
        ("25 December", day("2023-12-25")),
        ("1 January", day("2024-01-01")),
        ("June 10", day("2024-06-10")),
        ("June 11", day("2024-06-11", future=True)),
        ("29 February 2023", year(2023)),
        ("August 2023", year(2023)),
        ("August", year(2023)),
        ("June", year(2024)),
        ("last August", year(2023)),
        ("next December", year(2024, future=True)),
        ("next June", year(2025, future=True)),
        ("1983", year(1983)),
        ("2004", year(2004)),
        ("today", day("2024-06-10")),
        ("tonight", day("2024-06-10")),
        ("yesterday", day("2024-06-09")),
        ("last night", day("2024-06-09")),
        ("this afternoon", day("2024-06-10")),
        ("tomorrow", day("2024-06-11", future=True)),
        ("on Saturday", day("2024-06-08")),
        ("Sunday", day("2024-06-09")),
        ("on Monday", day("2024-06-10")),
        ("last Monday", day("2024-06-03")),
        ("last Saturday", day("2024-06-08")),
        ("next Saturday", day("2024-06-15", future=True)),
        ("last year", year(2023)),
        ("this year", year(2024)),
        ("next year", year(2025, future=True)),
        ("last summer", year(2023)),
        ("last season", year(2023)),
        ("last indoor season", year(2023)),
        ("the previous year", year(2023)),
        ("next week", year(2024, future=True)),
        ("next month", year(2024, future=True)),
        ("last month", year(2024)),
        ("three years ago", year(2021)),
        ("a year ago", year(2023)),
        ("40 years ago", year(1984)),
        ("ten days ago", day("2024-05-31")),
        ("a day earlier", day("2024-06-09")),
        ("six months ago", year(2023)),
        ("2100 weeks ago", year(1984)),
    ],
)
def test_dates_are_read_from_the_day_of_publication(written: str, expected: When) -> None:
    when, end = when_at(written + ", she", 0, PUBLISHED) or pytest.fail("no date")
    assert (when, end) == (expected, len(written))


@pytest.mark.parametrize(
    ("published", "written", "expected"),
    [
        ("2024-01-05", "last month", 2023),
        ("2024-01-03", "last week", 2023),
        ("2023-12-20", "next month", 2024),
        ("2024-01-01", "yesterday", 2023),
        ("2023-12-31", "tomorrow", 2024),
        ("2024-01-02", "December", 2023),
        ("2024-02-10", "last summer", 2023),
        ("2024-10-10", "last summer", 2024),
        ("2024-01-02", "30 December", 2023),
        ("2023-12-30", "2 January", 2024),
    ],
)
def test_dates_cross_the_turn_of_the_year(published: str, written: str, expected: int) -> None:
    when, _ = when_at(written, 0, date.fromisoformat(published)) or pytest.fail("no date")
    assert when.year == expected


@pytest.mark.parametrize("written", ["last year", "on Saturday", "12 August", "three years ago", "yesterday", "August"])
def test_dates_without_publication_stay_open(written: str) -> None:
    when, _ = when_at(written, 0, None) or pytest.fail("no date")
    assert (when.day, when.year, when.future) == (None, None, False)


@pytest.mark.parametrize("written", ["next week", "next Saturday", "next year", "next June", "tomorrow"])
def test_dates_ahead_are_future_without_publication(written: str) -> None:
    when, _ = when_at(written, 0, None) or pytest.fail("no date")
    assert when == When(future=True, words=when.words)


@pytest.mark.parametrize(
    "written", ["1500 points", "1983m", "2004 metres", "1234", "May", "march", "2005.5", "the day", "saturdays"]
)
def test_dates_leave_what_is_no_date(written: str) -> None:
    assert when_at(written, 0, PUBLISHED) is None


def test_dates_count_on_from_a_year_named_before() -> None:
    when, _ = when_at("two years later", 0, PUBLISHED) or pytest.fail("no date")
    assert when == When(words="later:2")


PIECES = [
    "12",
    "31",
    "0",
    "29",
    "1983",
    "2023",
    " ",
    ", ",
    "th",
    "of ",
    "May",
    "August",
    "Feb.",
    "last ",
    "next ",
    "this ",
    "on ",
    "Saturday",
    "year",
    "summer",
    "weekend",
    "three ",
    "a ",
    "years ago",
    "9999 ",
    "weeks ago",
    "months later",
    "yesterday",
    "tomorrow",
    "-",
]


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=6).map("".join)),
    st.none() | st.dates(date(1850, 1, 1), date(2200, 12, 31)),
)
def test_dates_read_any_text_at_any_place(text: str, published: date | None) -> None:
    for place in range(len(text)):
        found = when_at(text, place, published)
        if found is None:
            continue
        when, end = found
        assert place < end <= len(text)
        assert when.day is None or when.year == when.day.year
        if published and when.day:
            assert when.future == (when.day > published)


@pytest.mark.parametrize(
    ("published", "written"),
    [
        ("0001-01-01", "on Sunday"),
        ("0001-01-01", "yesterday"),
        ("0001-01-01", "two weeks ago"),
        ("0001-01-01", "last week"),
        ("9999-12-31", "tomorrow"),
        ("9999-12-31", "next Sunday"),
        ("9999-12-31", "next year"),
        ("0001-01-01", "12 August"),
    ],
)
def test_dates_bear_the_ends_of_the_calendar(published: str, written: str) -> None:
    assert when_at(written, 0, date.fromisoformat(published)) is not None


def test_dates_place_a_result() -> None:
    races = tell("Marta Lindqvist won the 1500m at the Torrevale Grand Prix on Saturday.").races
    assert [(r.competition, r.date, r.year) for r in races] == [("Torrevale Grand Prix", date(2024, 6, 8), 2024)]


def test_dates_of_last_year_do_not_become_todays() -> None:
    races = tell("Marta Lindqvist won the 1500m at last year's World Championships.").races
    assert [(r.competition, r.year, r.date) for r in races] == [("World Championships", 2023, None)]


@pytest.mark.parametrize("when", ["next week", "next month", "tomorrow", "next Saturday", "on 12 August 2024"])
def test_dates_ahead_bring_no_results(when: str) -> None:
    assert tell(f"Marta Lindqvist runs the 1500m in Oslo {when}.").results == ()


def test_dates_of_datelines_are_not_those_of_races() -> None:
    found = tell("OSLO, 29 August 2023 – Callum Vane won the 1500m at the World Championships in 3:29.10.")
    assert {race.date for race in found.races} == {None}
