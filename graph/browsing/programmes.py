"""Contests side by side, each with its first three: the programme of an edition, champions by year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing.almanac import discipline_order, named
from graph.browsing.describing import as_date, local
from graph.browsing.values import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graph.browsing.almanac import Contest
    from graph.store.base import Row, Source

SEX_ORDER = ("F", "M", "X", None)


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody among the first three: `mark` as written, disputed ones side by side."""

    result: str
    who: Piece
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A contest in a list: who was first, second and third (several share a place or are in dispute; none where no
    article says so), and its other rounds.
    """

    race: Piece
    contest: Contest
    discipline: Piece
    date: date | None = None
    category: str = ""
    first: tuple[Placed, ...] = ()
    second: tuple[Placed, ...] = ()
    third: tuple[Placed, ...] = ()
    rounds: tuple[Piece, ...] = ()

    @property
    def places(self) -> tuple[tuple[Placed, ...], ...]:
        return self.first, self.second, self.third


def events(source: Source, contests: Iterable[Contest]) -> tuple[Event, ...]:
    """The contests as events, by sex and discipline; other rounds stand with their final where there is one."""
    contests = tuple(contests)
    if not contests:
        return ()
    terms = [URIRef(contest.race) for contest in contests]
    told = {
        str(row["race"]): row for row in source.select(queries.with_values(queries.load("race-days"), "race", terms))
    }
    podium = _podium(source, [contest.race for contest in contests if contest.final])
    disciplines = named(source, {contest.discipline for contest in contests if contest.discipline})
    finals = {_key(contest) for contest in contests if contest.final}
    rounds: dict[tuple[object, ...], list[Piece]] = defaultdict(list)
    for contest in contests:
        if not contest.final and _key(contest) in finals:
            rounds[_key(contest)].append(_name(contest, told))
    shown = [contest for contest in contests if contest.final or _key(contest) not in finals]
    found = [
        _event(contest, told, podium, disciplines, tuple(sorted(rounds[_key(contest)], key=lambda piece: piece.text)))
        for contest in shown
    ]
    return tuple(sorted(found, key=_order))


def _key(contest: Contest) -> tuple[object, ...]:
    return contest.series, contest.year, contest.discipline, contest.sex


def _order(event: Event) -> tuple[int, tuple[int, str], str, str]:
    contest = event.contest
    return SEX_ORDER.index(contest.sex), discipline_order(contest.discipline), event.category, contest.race


def _name(contest: Contest, told: dict[str, Row]) -> Piece:
    row = told.get(contest.race)
    return Piece(str(row["label"]) if row else local(contest.race), contest.race)


def _event(
    contest: Contest,
    told: dict[str, Row],
    podium: dict[tuple[str, int], tuple[Placed, ...]],
    disciplines: dict[str, Piece],
    rounds: tuple[Piece, ...],
) -> Event:
    row = told.get(contest.race, {})
    return Event(
        _name(contest, told),
        contest,
        disciplines.get(contest.discipline or "", Piece("")),
        as_date(str(row["date"])) if "date" in row else None,
        str(row.get("category", "")),
        first=podium.get((contest.race, 1), ()),
        second=podium.get((contest.race, 2), ()),
        third=podium.get((contest.race, 3), ()),
        rounds=rounds,
    )


def _podium(source: Source, races: list[str]) -> dict[tuple[str, int], tuple[Placed, ...]]:
    """Race and place -> who has that place there."""
    if not races:
        return {}
    query = queries.with_values(queries.load("podium-places"), "race", map(URIRef, races))
    marks: dict[tuple[str, int, str], set[str]] = defaultdict(set)
    people: dict[str, Piece] = {}
    for row in source.select(query):
        key = str(row["race"]), int(str(row["position"])), str(row["result"])
        marks[key] |= {str(row["shown"])} if "shown" in row else set()
        people[key[2]] = Piece(str(row.get("name", local(str(row["who"])))), str(row["who"]))
    found: dict[tuple[str, int], list[Placed]] = defaultdict(list)
    for (race, place, result), written in sorted(marks.items()):
        found[race, place].append(Placed(result, people[result], " or ".join(sorted(written))))
    return {key: tuple(placed) for key, placed in found.items()}
