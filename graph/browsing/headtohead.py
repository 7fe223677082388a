"""Two people against each other: the races both ran, who was ahead, and by how much."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.browsing import contests, results
from graph.browsing.performances import newest_first, performances

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal

    from graph.browsing.contests import Meeting, Order
    from graph.browsing.performances import Performance, Unit
    from graph.store.base import Source


@dataclass(frozen=True, slots=True)
class Margin:
    """How far apart two marks of one race are, in the unit of the marks; `resolution` is the coarser one's."""

    value: Decimal
    unit: Unit
    resolution: Decimal


@dataclass(frozen=True, slots=True)
class Duel:
    """A race of both, with their results. `order` says how the first stood to the other; `unknown` also where the
    articles disagree.
    """

    mine: Performance
    theirs: Performance
    order: Order

    @property
    def margin(self) -> Margin | None:
        """Between the marks; None unless both have one, of a kind and not in dispute."""
        one, other = self.mine.mark, self.theirs.mark
        if one is None or other is None or one.unit != other.unit:
            return None
        return Margin(abs(one.value - other.value), one.unit, max(one.resolution, other.resolution))


@dataclass(frozen=True, slots=True)
class Score:
    """In how many of some races the first was ahead, the other was, or nobody can tell; `name` says of which races."""

    name: str
    ahead: int
    behind: int
    unknown: int

    @property
    def races(self) -> int:
        return self.ahead + self.behind + self.unknown


@dataclass(frozen=True, slots=True)
class Versus:
    """All races of two people, the newest first, counted over all, by discipline and by year."""

    duels: tuple[Duel, ...]
    overall: Score
    disciplines: tuple[Score, ...]
    years: tuple[Score, ...]


def versus(source: Source, one: str, other: str) -> Versus:
    """The races that two people (IRIs) both ran."""
    met = contests.meetings(source, one, [other]).get(other, ())
    found = (
        {result.result: result for result in performances(source, results.these(source, _results(met)))} if met else {}
    )
    duels = [
        Duel(found[meeting.mine], found[meeting.theirs], meeting.order)
        for meeting in met
        if meeting.mine in found and meeting.theirs in found
    ]
    duels.sort(key=lambda duel: newest_first(duel.mine))
    disciplines = _scores(duels, lambda duel: duel.mine.discipline.text or "discipline not known")
    years = _scores(duels, lambda duel: str(duel.mine.season or "year not known"))
    return Versus(
        tuple(duels),
        _score("", duels),
        tuple(sorted(disciplines, key=lambda score: (-score.races, score.name))),
        tuple(sorted(years, key=lambda score: score.name, reverse=True)),
    )


def _results(met: Iterable[Meeting]) -> set[str]:
    return {result for meeting in met for result in (meeting.mine, meeting.theirs)}


def _scores(duels: Iterable[Duel], name: Callable[[Duel], str]) -> list[Score]:
    grouped: dict[str, list[Duel]] = defaultdict(list)
    for duel in duels:
        grouped[name(duel)].append(duel)
    return [_score(named, found) for named, found in grouped.items()]


def _score(name: str, duels: Iterable[Duel]) -> Score:
    orders = [duel.order for duel in duels]
    return Score(name, orders.count("ahead"), orders.count("behind"), orders.count("unknown"))
