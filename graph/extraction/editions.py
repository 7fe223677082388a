"""What the register of editions knows: whether a championship can have been at a place, in a year, or just now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from graph.extraction.contests import Contest, competition_of_series
from ontology import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graph.extraction.contests import Competition
    from ontology.entries import Discipline

_OVERNIGHT: Final = timedelta(days=1)
_TOLD_FOR: Final = timedelta(days=30)  # how long after its end a championship is still reported on


def may_be_told(competition: Competition | None, published: date | None) -> bool:
    """Whether a report of that day can be one of the competition, as far as the calendar of championships knows."""
    series = vocabulary.series_named(competition.series) if competition is not None and competition.series else None
    if series is None or published is None or not (series.awards_medals and series.editions):
        return True
    return any(
        entry.held == published.year
        if entry.start is None or entry.end is None
        else entry.start <= published <= entry.end + _TOLD_FOR
        for entry in series.editions
    )


def may_have(competition: Competition | None, disciplines: tuple[Discipline, ...]) -> bool:
    """Whether a competition can have a race of one of the disciplines: a road race has but one."""
    race = competition.discipline if competition is not None else None
    return race in (None, "cross-country") or not disciplines or race in {d.slug for d in disciplines}


def under_way(places: Iterable[str], day: date | None) -> Contest:
    """The one championship with medals that the calendar has at one of the places on a day or the day before it."""
    if day is None:
        return Contest()
    near = {day, day - _OVERNIGHT}
    found = {
        series.slug: Contest(competition=competition_of_series(series), place=place)
        for place in places
        for series in vocabulary.series()
        if series.awards_medals
        for held in vocabulary.editions_at(series.slug, place)
        if held.start is not None and held.end is not None and any(held.start <= one <= held.end for one in near)
    }
    return next(iter(found.values())) if len(found) == 1 else Contest()


def was_there(competition: Competition | None, year: int | None, place: str) -> bool:
    """Whether a championship of a year can have been at a place, as far as the register of editions knows."""
    if competition is None or not competition.series or year is None:
        return True
    edition = vocabulary.edition(competition.series, year)
    if edition is None or edition.held != year:
        return True
    return edition in vocabulary.editions_at(competition.series, place)


def was_at(competition: Competition | None, year: int, place: str) -> bool:
    """Whether the register has a championship at a place in a year."""
    if competition is None or not competition.series:
        return False
    return any(edition.held == year for edition in vocabulary.editions_at(competition.series, place))


def can_be_at(competition: Competition | None, place: str | None) -> bool:
    """Whether a championship can ever have been at a place, as far as the register of editions knows."""
    if competition is None or not (competition.series and competition.medals) or place is None:
        return True
    series = vocabulary.series_named(competition.series)
    return series is None or not series.editions or bool(vocabulary.editions_at(competition.series, place))


def held_in(competition: Competition | None, year: int | None) -> int | None:
    """The year in which the edition that bears a year took place: the Games called Tokyo 2020 were in 2021."""
    if competition is None or competition.series is None or year is None:
        return year
    edition = vocabulary.edition(competition.series, year)
    return edition.held if edition is not None and edition.year == year else year


def was_held(competition: Competition | None, year: int) -> bool:
    """Whether a championship took place in a year, as far as the register of editions knows."""
    if competition is None or not competition.series or not competition.medals:
        return True
    series = vocabulary.series_named(competition.series)
    known = [y for e in series.editions for y in (e.year, e.held)] if series else []
    return not known or year in known or year > max(known) or year < min(known)


def are_near(place: str, other: str) -> bool:
    """Whether one of two places lies in the other."""
    one, two = vocabulary.place(place), vocabulary.place(other)
    return one is not None and two is not None and (one.within == two.slug or two.within == one.slug)


def road_race_at(told: Competition | None, place: str | None) -> Competition | None:
    """A road race told of with another town is that town's: "second in Chicago, he won the Rotterdam Marathon"."""
    elsewhere = told is not None and told.kind == "road race" and place is not None and told.place not in (None, place)
    if told is None or place is None or not elsewhere or are_near(place, told.place or ""):
        return told
    noun = {"marathon": "Marathon", "half-marathon": "Half Marathon"}.get(told.discipline or "")
    series = vocabulary.series_named(f"{place} {noun}") if noun else None
    return competition_of_series(series) if series is not None else None
