"""Which articles there will be, and on what day."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from world.values import Rates, World

Form = Literal["report", "round-up", "results", "preview", "profile", "change", "whole copy", "near copy", "correction"]

_SHARES: dict[Form, float] = {
    "report": 0.46,
    "round-up": 0.12,
    "results": 0.06,
    "preview": 0.1,
    "profile": 0.17,
    "change": 0.09,
}
_WRITTEN_OF = {"championships": 5, "marathon": 2, "meeting": 2, "national": 1}  # reports of a race, in proportion


@dataclass(frozen=True, slots=True)
class Item:
    """An article to be written: of `races` (places in the world's list), of a person, or after another item."""

    day: date
    number: int
    form: Form
    races: tuple[int, ...] = ()
    person: str = ""
    source: int = -1


def plan(world: World, size: int, rates: Rates) -> list[Item]:
    """All articles to come, the originals first, as many of each form as its share says; places are their numbers."""
    planner = _Planner(world)
    repeats: list[tuple[Form, float]] = [
        ("whole copy", rates.whole_copy),
        ("near copy", rates.near_copy),
        ("correction", rates.corrected),
    ]
    originals = size - sum(int(size * rate) for _, rate in repeats)
    items: list[Item] = []
    for form, share in _SHARES.items():
        items += [planner.item(len(items) + more, form) for more in range(int(originals * share))]
    items += [planner.item(number, "report") for number in range(len(items), originals)]
    for form, rate in repeats:
        for source in planner.dice.sample(range(originals), int(size * rate)):
            later = planner.dice.randint(1, 4) if form == "correction" else planner.dice.randint(0, 2)
            items.append(Item(items[source].day + timedelta(days=later), len(items), form, source=source))
    return items


class _Planner:
    def __init__(self, world: World) -> None:
        self._world = world
        self.dice = random.Random(f"press {world.seed}")  # noqa: S311
        self._weights = list(accumulate(_WRITTEN_OF[race.meeting.kind] for race in world.races))
        groups: defaultdict[tuple[str, int, date], list[int]] = defaultdict(list)
        for at, race in enumerate(world.races):
            groups[race.meeting.series, race.meeting.year, race.day].append(at)
        self._groups = [group for group in groups.values() if len(group) > 1]
        athletes = (person for person in world.people.values() if person.event and person.id in world.careers)
        years = range(world.races[0].day.year, world.races[-1].day.year + 1)
        self._movers = [
            (person.id, terms[1].first)
            for person in athletes
            for terms in (person.coaches, person.clubs)
            if len(terms) > 1 and terms[1].first in years
        ]

    def item(self, number: int, form: Form) -> Item:
        if form == "profile":
            return self._profile(number)
        if form == "change" and self._movers:
            return self._change(number)
        if form in ("round-up", "results") and self._groups:
            group = self.dice.choice(self._groups)
            chosen = self.dice.sample(group, min(len(group), self.dice.randint(3, 6)))
            day = self._world.races[group[0]].day + timedelta(days=self.dice.randint(0, 1))
            return Item(day, number, form, tuple(chosen))
        at = self.dice.choices(range(len(self._world.races)), cum_weights=self._weights)[0]
        days = -self.dice.randint(1, 5) if form == "preview" else self.dice.randint(0, 2)
        return Item(self._world.races[at].day + timedelta(days=days), number, form, (at,))

    def _profile(self, number: int) -> Item:
        """Who has raced often, and well, is the more likely to be asked."""
        race = self.dice.choice(self._world.races)
        entry = race.entries[min(int(self.dice.expovariate(0.6)), len(race.entries) - 1)]
        return Item(race.day + timedelta(days=self.dice.randint(25, 200)), number, "profile", person=entry.person)

    def _change(self, number: int) -> Item:
        """In the first weeks of the year in which the new coach or club begins."""
        person, year = self.dice.choice(self._movers)
        return Item(date(year, 1, 1) + timedelta(days=self.dice.randrange(60)), number, "change", person=person)
