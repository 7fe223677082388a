"""A result among those of an extraction: in a race that is there, completing a result that is there, or of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.proposals.proposing import Rejected

if TYPE_CHECKING:
    from graph.model import Extraction, Race, Result

_SLOTS: Final = ("position", "mark", "medal")
_PLACES: Final = {"gold": 1, "silver": 2, "bronze": 3}
_REST: Final = ("race", "ahead_of")  # what a sentence supports that gives neither position nor mark nor medal


def with_result(extraction: Extraction, result: Result, race: Race) -> Extraction:
    """The extraction with the result; raises Rejected where results that are there know it, or know better."""
    races = {held.id: held for held in extraction.races}
    _check_sex(extraction, result, race)
    own = [r for r in extraction.results if r.athlete == result.athlete and _may_be(races[r.race], race)]
    agreeing = [r for r in own if not any(_differs(r, result, slot) for slot in _SLOTS)]
    if own and not agreeing:
        raise Rejected("conflict", _told(own[0]))
    _check_others(extraction, result, race, races)
    if len(agreeing) > 1:
        agreeing = [r for r in agreeing if _shared(races[r.race], race) == _most(races, agreeing, race)]
    if len(agreeing) > 1:
        raise Rejected("ambiguous", "several results that are known")
    if agreeing:
        return _completed(extraction, agreeing[0], result)
    return _entered(extraction, result, race)


def _completed(extraction: Extraction, held: Result, result: Result) -> Extraction:
    """The held result with what only the new one says."""
    told = {s: getattr(result, s) for s in _SLOTS if getattr(held, s) is None and getattr(result, s) is not None}
    if not told:
        raise Rejected("known")
    own = tuple(replace(e, slots=e.slots or _REST) for e in held.evidence)
    more = tuple(replace(e, slots=tuple(told)) for e in result.evidence)
    changed = replace(held, **told, evidence=own + more)
    if changed.medal is not None and changed.position not in (None, _PLACES[changed.medal]):
        raise Rejected("conflict", _told(held))
    return replace(extraction, results=tuple(changed if r is held else r for r in extraction.results))


def _entered(extraction: Extraction, result: Result, race: Race) -> Extraction:
    """A new result, in the one race that is the same, else in one of its own."""
    places = {(e.start, e.end) for e in result.evidence}
    same = [held for held in extraction.races if _is(held, race, places)]
    if len(same) > 1:
        raise Rejected("ambiguous", "several races that are known")
    races = extraction.races
    if not same:
        same = [replace(race, id=_free(extraction), evidence=result.evidence)]
        races = (*races, *same)
    told = tuple(s for s in _SLOTS if getattr(result, s) is not None)
    evidence = tuple(replace(e, slots=told) for e in result.evidence)
    entered = replace(result, race=same[0].id, evidence=evidence)
    return replace(extraction, races=races, results=(*extraction.results, entered))


def _check_sex(extraction: Extraction, result: Result, race: Race) -> None:
    sex = next((p.sex for p in extraction.people if p.name == result.athlete), None)
    if sex is not None and race.sex not in (None, sex, "X"):
        raise Rejected("conflict", f"sex {race.sex}")


def _check_others(extraction: Extraction, result: Result, race: Race, races: dict[str, Race]) -> None:
    """No two have one place in a race, and no two the mark of one sentence."""
    places = {(e.start, e.end) for e in result.evidence}
    for other in extraction.results:
        held = races[other.race]
        if other.athlete == result.athlete or not _may_be(held, race):
            continue
        beside = not places.isdisjoint((e.start, e.end) for e in other.evidence)
        if not (beside or (held.discipline is not None and held.discipline == race.discipline)):
            continue
        placed = isinstance(result.position, int) and result.position == other.position
        if placed or (beside and result.mark is not None and result.mark == other.mark):
            raise Rejected("conflict", _told(other))


def _differs(one: Result, other: Result, slot: str) -> bool:
    return None not in (getattr(one, slot), getattr(other, slot)) and getattr(one, slot) != getattr(other, slot)


def _contest(race: Race) -> tuple[object, ...]:
    return (race.series or race.competition, race.discipline, race.year, race.round, race.sex, race.place, race.date)


def _may_be(one: Race, other: Race) -> bool:
    """Whether nothing known of the two tells them apart."""
    return all(None in (a, b) or a == b for a, b in zip(_contest(one), _contest(other), strict=True))


def _shared(one: Race, other: Race) -> int:
    return sum(a is not None and a == b for a, b in zip(_contest(one), _contest(other), strict=True))


def _most(races: dict[str, Race], results: list[Result], race: Race) -> int:
    return max(_shared(races[r.race], race) for r in results)


def _is(held: Race, race: Race, places: set[tuple[int, int]]) -> bool:
    """Whether two races are one: the same contest by name, or told of in the same sentence."""
    if held.discipline is None or held.discipline != race.discipline or not _may_be(held, race):
        return False
    named = race.competition is not None and held.competition is not None
    return named or not places.isdisjoint((e.start, e.end) for e in held.evidence)


def _free(extraction: Extraction) -> str:
    taken = {race.id for race in extraction.races}
    return next(name for n in range(1, len(taken) + 2) if (name := f"r{n}") not in taken)


def _told(result: Result) -> str:
    told = (str(getattr(result, slot)) for slot in _SLOTS if getattr(result, slot) is not None)
    return f"{result.athlete}: {', '.join(told) or 'no place'}"
