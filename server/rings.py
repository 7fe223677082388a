"""A graph picture as rings around what was asked for, drawn by the server: what shows where no script runs."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

from server.chainpictures import lines_of

if TYPE_CHECKING:
    from graph.browsing.pictures import GraphPicture, Spot
    from graph.browsing.values import Step

_RADIUS = 135  # of the first ring; each further one is as much wider
_SPACE = 74  # units of a ring that one label takes
_MOST = 40  # things drawn; the list beside has all
_MARGIN = 60


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing at its place, with the lines of its label."""

    spot: Spot
    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tie between two places."""

    step: Step
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Rings:
    """A drawing of `size` by `size` units; `left_out` things are only in the list."""

    size: int
    spots: tuple[Placed, ...]
    ties: tuple[Drawn, ...]
    left_out: int


def rings(picture: GraphPicture) -> Rings:
    """What is opened in the middle, all else around it, what belongs to one kind side by side."""
    middle = [spot for spot in picture.spots if spot.opened]
    outer = [spot for spot in picture.spots if not spot.opened][: _MOST - len(middle)]
    outer.sort(key=lambda spot: (spot.entity.kind, spot.entity.label))
    circles = [(0 if len(middle) == 1 else _RADIUS * 0.55, middle)]
    reach = circles[0][0]
    while outer:
        reach += _RADIUS
        places = int(2 * pi * reach / _SPACE)
        circles.append((reach, outer[:places]))
        outer = outer[places:]
    centre = reach + _MARGIN
    placed = {}
    for number, (radius, spots) in enumerate(circles):
        for position, spot in enumerate(spots):
            angle = 2 * pi * position / len(spots) - pi / 2 + number * 0.2
            x, y = centre + radius * cos(angle), centre + radius * sin(angle)
            placed[spot.entity.iri] = Placed(spot, round(x, 1), round(y, 1), lines_of(spot.entity.label))
    ties = []
    for step in picture.ties:
        if step.start in placed and step.end in placed:
            one, other = placed[step.start], placed[step.end]
            ties.append(Drawn(step, one.x, one.y, other.x, other.y))
    return Rings(round(2 * centre), tuple(placed.values()), tuple(ties), len(picture.spots) - len(placed))
