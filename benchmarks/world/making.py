"""A world of the size that so many articles can tell of."""

from __future__ import annotations

from typing import Final

from world.people import populate
from world.press import Press
from world.seasons import events, hold
from world.values import Rates, World

_LAST_YEAR: Final = 2024
_ARTICLES_PER_ATHLETE: Final = 4.5
_ARTICLES_PER_RACE: Final = 5
_ATHLETES_OF_AN_EVENT: Final = 18  # at least, so that its races have fields


def make(size: int, *, seed: int = 1, rates: Rates | None = None) -> Press:
    """The press of a world of which `size` articles are written."""
    rates = rates or Rates()
    athletes = max(72, round(size / _ARTICLES_PER_ATHLETE))
    held = events()[: max(4, min(len(events()), athletes // _ATHLETES_OF_AN_EVENT))]
    seasons = max(4, min(16, size // 100))
    years = (_LAST_YEAR - seasons + 1, _LAST_YEAR)
    world = World(seed)
    populate(world, athletes, years, held, rates)
    hold(world, years, max(20, round(size / _ARTICLES_PER_RACE)))
    return Press(world, size, rates)
