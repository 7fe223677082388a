"""The chart of somebody's marks in one discipline over the years; the better mark is always the higher one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from server.charts import Scale, Tick, mark_text, mark_values, years

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.browsing.progress import Point, Progression

WIDTH, HEIGHT = 640, 260  # of the drawing, in its own units
_LEFT, _RIGHT, _TOP, _BOTTOM = 66, 24, 22, 30  # the room around the plot
FEWEST = 2  # marks that make a chart
_KINDS = ("other", "disputed", "season", "best")  # of points, as they lie over each other
_MOST = 150  # points drawn: the seasons' bests first, then the newest


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark as drawn; `label` says all of it in words."""

    x: float
    y: float
    iri: str | None
    label: str
    kind: str  # best, season, other or disputed


@dataclass(frozen=True, slots=True)
class ProgressChart:
    """All that a template needs to draw a progression. `line` is the path over the seasons' bests, `best` the best mark
    of all; `left_out` counts marks that are not drawn.
    """

    name: str
    title: str
    summary: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    spots: tuple[Spot, ...]
    line: str
    best: Spot | None
    best_text: str
    left_out: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    top: int = _TOP
    bottom: int = HEIGHT - _BOTTOM

    @property
    def best_anchor(self) -> str:
        """On which side of its point the best mark is written, so that it stays in the drawing."""
        return "end" if self.best and self.best.x > self.width * 0.75 else "start"


def progress_chart(progression: Progression, who: str) -> ProgressChart:
    """A progression of at least one mark as a chart."""
    drawn = _drawn(progression)
    first, last = progression.points[0].when.year, progression.points[-1].when.year
    marks = mark_values(
        min(point.mark.value for point in drawn), max(point.mark.value for point in drawn), progression.unit
    )
    across = Scale(date(first, 1, 1).toordinal(), date(last + 1, 1, 1).toordinal(), _LEFT, WIDTH - _RIGHT)
    ends = (_TOP, HEIGHT - _BOTTOM) if progression.unit == "s" else (HEIGHT - _BOTTOM, _TOP)
    up = Scale(float(marks[0]), float(marks[-1]), *ends)
    best = progression.best
    seasonal = set(progression.season_bests)

    def spot(point: Point) -> Spot:
        kind = "disputed" if point.disputed else "best" if point is best else "season" if point in seasonal else "other"
        return Spot(across(point.when.toordinal()), up(float(point.mark.value)), point.race.iri, _said(point), kind)

    bests = [spot(point) for point in progression.season_bests]
    return ProgressChart(
        name=progression.name,
        title=f"{progression.name}: marks of {who}, {first}{f' to {last}' if last > first else ''}",
        summary=_summary(progression),
        across=tuple(Tick(across(date(year, 1, 1).toordinal()), str(year)) for year in years(first, last + 1)),
        up=tuple(Tick(up(float(value)), mark_text(value, progression.unit)) for value in marks),
        spots=tuple(sorted(map(spot, drawn), key=lambda spot: _KINDS.index(spot.kind))),
        line=" ".join(f"{one.x},{one.y}" for one in bests) if len(bests) > 1 else "",
        best=spot(best) if best else None,
        best_text=best.mark.text if best else "",
        left_out=len(progression.points) - len(drawn),
    )


def _drawn(progression: Progression) -> Sequence[Point]:
    if len(progression.points) <= _MOST:
        return progression.points
    kept = set(progression.season_bests)
    others = [point for point in progression.points if point not in kept]
    return [*progression.season_bests, *others[-(_MOST - len(kept)) :]]


def _said(point: Point) -> str:
    when = f"{point.when.day} {point.when:%B %Y}" if point.exact else str(point.when.year)
    place = f", place {point.place}" if point.place else ""
    return f"{point.mark.text}, {point.competition}, {when}{place}{', disputed' if point.disputed else ''}"


def _summary(progression: Progression) -> str:
    """The chart in words, for who cannot see it."""
    seasons = ", ".join(f"{point.when.year} {point.mark.text}" for point in progression.season_bests)
    best = progression.best
    first = f"Best {best.mark.text}, {best.competition}, {best.when.year}. " if best else ""
    return f"{len(progression.points)} marks. {first}Best of each season: {seasons}."
