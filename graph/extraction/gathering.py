"""Which results are of one race: what is said of it agrees, and nobody did two things in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.extraction.contests import identity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.extraction.drafts import ResultDraft
    from graph.extraction.people import Entity


def compatible(a: object, b: object) -> bool:
    """Whether two values may be one: they are equal, or one is not known."""
    return a is None or b is None or a == b


def by_race(drafts: Iterable[ResultDraft]) -> list[list[ResultDraft]]:
    """The drafts race by race, in the order in which the races come up."""
    races: list[_Race] = []
    alike: defaultdict[tuple[object, ...], list[_Race]] = defaultdict(list)
    for draft in drafts:
        contest = draft.contest
        known = alike[identity(contest.competition), contest.discipline, contest.year, contest.category]
        race = next((race for race in known if race.may_hold(draft)), None)
        if race is None:
            race = _Race()
            races.append(race)
            known.append(race)
        race.add(draft)
    return [race.drafts for race in races]


class _Race:
    """The results of one race so far; the first says what race it is."""

    def __init__(self) -> None:
        self.drafts: list[ResultDraft] = []
        self._of: defaultdict[Entity, list[ResultDraft]] = defaultdict(list)
        self._at: defaultdict[int, set[Entity]] = defaultdict(set)

    def add(self, draft: ResultDraft) -> None:
        self.drafts.append(draft)
        self._of[draft.athlete].append(draft)
        if isinstance(draft.position, int):
            self._at[draft.position].add(draft.athlete)

    def may_hold(self, draft: ResultDraft) -> bool:
        """Whether a result of the same competition, discipline, year and category may be of this race."""
        a, b, athlete = self.drafts[0].contest, draft.contest, draft.athlete
        if a.discipline is None and self.drafts[0].athlete is not athlete:
            return False
        if not (compatible(a.round, b.round) and compatible(a.sex, b.sex) and compatible(a.place, b.place)):
            return False
        for other in self._of.get(athlete, ()):
            if not compatible(other.position, draft.position) or not compatible(other.mark, draft.mark):
                return False
        shared = a.competition is not None or (a.discipline is not None and a.discipline.relay)
        if isinstance(draft.position, int) and not shared:
            return self._at.get(draft.position, set()) <= {athlete}
        return True
