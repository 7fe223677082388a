"""Chains of ties as a picture: from one end at the top to the other at the bottom, each chain in a lane of its own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.browsing.values import Entity, Path, Step

_LANE = 118  # units between lanes; three fit a phone without being scaled down
_ROW = 92
_TOP = 30
_LANES = 3
_BADGE = 0.72  # of the way down a line
_LINE = 17  # characters of a line of a label
_LINES = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """A thing at its place; `lines` are its label as it is written under it."""

    entity: Entity
    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A step as a line between two spots, with the badge that leads to its sentences."""

    step: Step
    x1: float
    y1: float
    x2: float
    y2: float
    number: str
    target: str

    @property
    def badge(self) -> tuple[float, float]:
        """Where the badge sits: below the label of the upper end."""
        return round(self.x1 + _BADGE * (self.x2 - self.x1), 1), round(self.y1 + _BADGE * (self.y2 - self.y1), 1)


@dataclass(frozen=True, slots=True)
class Picture:
    """Spots and lines in a box of `width` by `height` units; `left_out` chains are not drawn."""

    width: int
    height: int
    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    left_out: int


def picture(paths: Sequence[Path]) -> Picture:
    """The first three chains; what several share is drawn once."""
    drawn = paths[:_LANES]
    width = max(2, len(drawn)) * _LANE
    rows = max(len(path.nodes) for path in drawn) - 1
    places: dict[str, Spot] = {}
    for lane, path in enumerate(drawn):
        last = len(path.nodes) - 1
        for number, entity in enumerate(path.nodes):
            x = width / 2 if number in {0, last} else (lane + 0.5) * width / len(drawn)
            y = _TOP + number * rows * _ROW / last
            places.setdefault(entity.iri, Spot(entity, round(x, 1), round(y, 1), lines_of(entity.label)))
    lines: dict[frozenset[str], Line] = {}
    for number, path in enumerate(drawn, 1):
        for position, (pair, step) in enumerate(zip(pairwise(path.nodes), path.steps, strict=True), 1):
            one, other = (places[entity.iri] for entity in pair)
            line = Line(step, one.x, one.y, other.x, other.y, str(position), f"step-{number}-{position}")
            lines.setdefault(frozenset({step.start, step.end}), line)
    height = _TOP + rows * _ROW + 60
    return Picture(width, height, tuple(places.values()), tuple(lines.values()), len(paths) - len(drawn))


def lines_of(label: str) -> tuple[str, ...]:
    """A label in lines short enough to stand under a spot; what does not fit is left out with a mark."""
    lines = [""]
    for word in label.split():
        if not lines[-1] or len(lines[-1]) + 1 + len(word) <= _LINE:
            lines[-1] = f"{lines[-1]} {word}".strip()
        else:
            lines.append(word)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]} …"]
    return tuple(line if len(line) <= _LINE + 2 else f"{line[: _LINE - 1]}…" for line in lines)
