"""How somebody's marks went over the years, for each discipline."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.browsing.describing import local

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.browsing.performances import Mark, Performance, Unit
    from graph.browsing.values import Piece

_MIDDLE = (7, 1)  # month and day that stand for a year of which no more is known


@dataclass(frozen=True, slots=True)
class Point:
    """A mark at a time. `exact` says whether the day is known or only the year; `disputed` marks count for no best."""

    when: date
    exact: bool
    mark: Mark
    race: Piece
    competition: str
    place: str
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Progression:
    """All marks in one discipline, the oldest first; `season_bests` holds the best of each year."""

    discipline: Piece
    indoor: bool
    unit: Unit
    points: tuple[Point, ...]
    season_bests: tuple[Point, ...]

    @property
    def best(self) -> Point | None:
        """The first of the best marks."""
        return min(self.season_bests, key=lambda point: (point.mark.key, point.when), default=None)

    @property
    def key(self) -> str:
        """Names it in an address."""
        return f"{local(self.discipline.iri or '')}{'-indoors' if self.indoor else ''}"

    @property
    def name(self) -> str:
        return f"{self.discipline.text}, indoors" if self.indoor else self.discipline.text


def progressions(results: Iterable[Performance]) -> tuple[Progression, ...]:
    """A progression for each discipline, indoors apart; those with the most marks first.

    Marks without a year are left out.
    """
    grouped: dict[tuple[str, bool, Unit], list[tuple[Piece, Point]]] = defaultdict(list)
    for one in results:
        if one.season is None or not one.discipline.iri:
            continue
        day = one.date if one.date and one.date.year == one.season else None
        for mark in one.marks:
            point = Point(
                day or date(one.season, *_MIDDLE),
                day is not None,
                mark,
                one.race,
                one.competition.text,
                one.place,
                disputed=len(one.marks) > 1,
            )
            grouped[one.discipline.iri, one.indoor, mark.unit].append((one.discipline, point))
    made = [_progression(key, found) for key, found in grouped.items()]
    return tuple(sorted(made, key=lambda made: (-len(made.points), made.name)))


def _progression(key: tuple[str, bool, Unit], found: Sequence[tuple[Piece, Point]]) -> Progression:
    points = sorted((point for _, point in found), key=lambda point: (point.when, point.race.text, point.mark.key))
    bests: dict[int, Point] = {}
    for point in points:
        held = bests.get(point.when.year)
        if not point.disputed and (held is None or point.mark.key < held.mark.key):
            bests[point.when.year] = point
    return Progression(found[0][0], key[1], key[2], tuple(points), tuple(bests[year] for year in sorted(bests)))
