from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.browsing.paging import paged
from graph.browsing.performances import Mark, Performance
from graph.browsing.progress import progressions
from graph.browsing.sifting import SORTS, Sift, choices, sifted
from graph.browsing.values import Piece

_BASE = "https://example.org/id/"


def _thing(kind: str, names: list[str]) -> st.SearchStrategy[Piece]:
    return st.sampled_from([Piece("")] + [Piece(name, f"{_BASE}{kind}/{name.lower()}") for name in names])


@st.composite
def performances(draw: st.DrawFn) -> Performance:
    number = draw(st.integers(0, 10_000))
    year = draw(st.none() | st.integers(2000, 2004))
    day = draw(st.none() | st.dates(date(2000, 1, 1), date(2004, 12, 31)))
    values = draw(st.lists(st.decimals("200", "260", places=2), max_size=2, unique=True))
    series = draw(_thing("series", ["Games", "Cup"]))
    return Performance(
        f"{_BASE}result/{number}",
        Piece("Marta Lindqvist", f"{_BASE}person/marta-lindqvist"),
        Piece(f"race {number}", f"{_BASE}race/{number}"),
        Piece(series.text or "a competition not named", series.iri),
        series if series.iri else None,
        year,
        day,
        draw(_thing("discipline", ["1500m", "Mile"])),
        draw(st.sampled_from(["", "final", "heat"])),
        indoor=draw(st.booleans()),
        positions=tuple(draw(st.lists(st.integers(1, 12), max_size=2, unique=True).map(sorted))),
        outcomes=tuple(draw(st.lists(st.sampled_from(["did not finish"]), max_size=1))),
        marks=tuple(Mark(str(value), value, "s") for value in values),
        medals=tuple(
            draw(st.lists(st.sampled_from(["bronze", "gold", "silver"]), max_size=2, unique=True).map(sorted))
        ),
    )


_MANY = st.lists(performances(), max_size=12, unique_by=lambda one: one.result)


@given(results=_MANY, sort=st.sampled_from(sorted(SORTS)), reverse=st.booleans())
def test_sifting_without_a_filter_loses_nothing_and_turns_round(
    results: list[Performance], sort: str, reverse: bool
) -> None:
    found = sifted(results, Sift(sort=sort, reverse=reverse))
    assert sorted(one.result for one in found) == sorted(one.result for one in results)
    key = SORTS[sort]
    having = [key(one) for one in found if key(one) is not None]
    assert [key(one) is None for one in found] == sorted(key(one) is None for one in found)
    assert having == sorted(having, reverse=reverse)


@given(results=_MANY)
def test_sifting_every_choice_leaves_as_many_as_it_says(results: list[Performance]) -> None:
    for name, found in choices(results).items():
        for choice in found:
            passing = sifted(results, Sift(**{name: choice.value}))
            if name != "medal" or choice.value == "any":
                assert len(passing) == choice.count > 0
            else:  # a disputed medal passes for each of its colours, and counts for none
                assert len(passing) >= choice.count


@given(results=_MANY)
def test_sifting_progress_has_the_best_undisputed_mark_of_each_year(results: list[Performance]) -> None:
    for progression in progressions(results):
        clear = [point for point in progression.points if not point.disputed]
        assert {point.when.year for point in progression.season_bests} == {point.when.year for point in clear}
        for best in progression.season_bests:
            assert best.mark.key == min(point.mark.key for point in clear if point.when.year == best.when.year)
        if clear:
            assert progression.best is not None
            assert progression.best.mark.key == min(point.mark.key for point in clear)
        assert list(progression.points) == sorted(progression.points, key=lambda point: point.when)


def test_sifting_longer_throws_are_better_and_shorter_times() -> None:
    assert Mark("8.31", Decimal("8.31"), "m").key < Mark("8.05", Decimal("8.05"), "m").key
    assert Mark("3:58.37", Decimal("238.37"), "s").key < Mark("4:01.20", Decimal("241.20"), "s").key


@pytest.mark.parametrize(
    ("nominal", "day", "season"),
    [
        (2020, date(2021, 8, 7), 2021),
        (2020, date(2024, 8, 6), 2020),
        (None, date(2019, 1, 1), 2019),
        (None, None, None),
    ],
)
def test_sifting_a_season_is_that_of_the_day_unless_the_day_cannot_be(
    nominal: int | None, day: date | None, season: int | None
) -> None:
    assert Performance("r", Piece(""), Piece(""), Piece(""), year=nominal, date=day).season == season


@given(total=st.integers(0, 200), number=st.integers(-3, 300), size=st.integers(1, 30))
def test_sifting_pages_hold_everything_once(total: int, number: int, size: int) -> None:
    items = list(range(total))
    first = paged(items, 1, size)
    everything = [item for page in range(1, first.pages + 1) for item in paged(items, page, size).items]
    assert everything == items
    asked = paged(items, number, size)
    assert 1 <= asked.number <= asked.pages
    assert asked.total == total
