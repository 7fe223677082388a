"""One season of a person: results in order, bests, medals, places."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.browsing import results
from graph.browsing.describing import describe
from graph.browsing.performances import performances, sourced
from graph.browsing.progress import Point, progressions
from graph.errors import LookupFailedError

if TYPE_CHECKING:
    from graph.browsing.performances import Performance
    from graph.browsing.values import Entity
    from graph.store.base import Source

_COUNTED = 8  # places counted one by one


@dataclass(frozen=True, slots=True)
class SeasonBest:
    """The best mark of a season in one discipline; `record` says whether no earlier or later mark is better."""

    discipline: str
    point: Point
    record: bool


@dataclass(frozen=True, slots=True)
class Season:
    """The results of a calendar year, the oldest first; `places` are places and outcomes in words, and how often."""

    entity: Entity
    year: int
    results: tuple[Performance, ...]
    bests: tuple[SeasonBest, ...]
    medals: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]
    previous: int | None
    following: int | None


def season(source: Source, iri: str, year: int) -> Season:
    """One season of a person; raises LookupFailedError where no result of that year is known."""
    career = performances(source, results.nodes(source, [iri]))
    mine = tuple(one for one in reversed(career) if one.season == year)
    if not mine:
        raise LookupFailedError(iri, f"no article gives a result of {year} for {iri}.")
    years = sorted({one.season for one in career if one.season})
    medals = Counter(one.medal for one in mine if len(one.medals) == 1)
    bests = [
        SeasonBest(progression.name, point, point is progression.best)
        for progression in progressions(career)
        for point in progression.season_bests
        if point.when.year == year
    ]
    return Season(
        describe(source, [iri])[iri].entity,
        year,
        sourced(source, mine),
        tuple(bests),
        tuple((colour, medals[colour]) for colour in ("gold", "silver", "bronze") if medals[colour]),
        _places(mine),
        max((one for one in years if one < year), default=None),
        min((one for one in years if one > year), default=None),
    )


def _places(mine: tuple[Performance, ...]) -> tuple[tuple[str, int], ...]:
    counted = Counter(one.position for one in mine if one.position)
    found = [(str(place), counted[place]) for place in sorted(counted) if place <= _COUNTED]
    lower = sum(number for place, number in counted.items() if place > _COUNTED)
    outcomes = Counter(one.outcomes[0] for one in mine if len(one.outcomes) == 1 and not one.positions)
    return (*found, *([(f"below {_COUNTED}", lower)] if lower else []), *sorted(outcomes.items()))
