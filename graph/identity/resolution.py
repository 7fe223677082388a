"""Contests known only in part -> the full contests they are, where that can be told.

Two rules, each giving the same whatever order the articles came in. *Calendar*: a title held at the time of writing
("the reigning champion") was won at the last edition over by then. *Corroboration*: exactly one full contest fits every
slot that is known, and one of its athletes has the same stated value (position, medal or mark) in it, and none another.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox
from ontology.namespaces import ATH

from graph.facts import Fact, Key, Mark, PartialRace, RaceKey, ResultKey
from ontology import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from graph.facts import Claim

# One athlete's statements about one contest, normalised: ("place", "1") for a win and for a gold medal alike.
_Stated: TypeAlias = frozenset[tuple[str, str]]

_PLACES = {str(ATH.Gold): "1", str(ATH.Silver): "2", str(ATH.Bronze): "3"}


@dataclass(frozen=True, slots=True)
class Resolution:
    """`races`: what was identified; `candidates`: the full contests that fit where several do."""

    races: Mapping[PartialRace, RaceKey] = field(default_factory=dict)
    candidates: Mapping[PartialRace, tuple[RaceKey, ...]] = field(default_factory=dict)

    def key(self, key: Key) -> Key:
        """The key with a partly known race, or that of a result in one, replaced by the full one."""
        if isinstance(key, PartialRace):
            return self.races.get(key, key)
        if isinstance(key, ResultKey) and isinstance(key.race, PartialRace) and key.race in self.races:
            return ResultKey(self.races[key.race], key.who, key.team)
        return key

    def fact(self, fact: Fact) -> Fact:
        value = fact.object
        if not isinstance(value, ox.NamedNode | ox.Literal):
            value = self.key(value)
        return Fact(self.key(fact.subject), fact.predicate, value)


def resolve(claims: Collection[Claim]) -> Resolution:
    """Which of the partly known contests in the claims are which of the full ones."""
    partial = sorted(_partial_races(claims), key=lambda race: race.slug)
    days = {claim.article: claim.as_of for claim in claims}
    by_calendar = {race: full for race in partial if (full := _reigning(race, days.get(race.article)))}
    stated = _stated(claims)
    known: defaultdict[str, defaultdict[RaceKey, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for (race, who), values in stated.items():
        full = by_calendar.get(race) if isinstance(race, PartialRace) else race
        if full is not None:
            known[who][full] |= values
    athletes: defaultdict[PartialRace, dict[str, _Stated]] = defaultdict(dict)
    for (race, who), values in stated.items():
        if isinstance(race, PartialRace):
            athletes[race][who] = frozenset(values)
    races, candidates = dict(by_calendar), {}
    for race in partial:
        if race in races or race.series is None:
            continue
        fitting = _fitting(race, athletes[race], known)
        if len(fitting) == 1:
            races[race] = fitting[0]
        elif fitting:
            candidates[race] = fitting
    return Resolution(races, candidates)


def _partial_races(claims: Collection[Claim]) -> set[PartialRace]:
    found = set()
    for claim in claims:
        for value in (claim.fact.subject, claim.fact.object):
            race = value.race if isinstance(value, ResultKey) else value
            if isinstance(race, PartialRace):
                found.add(race)
    return found


def _reigning(race: PartialRace, as_of: date | None) -> RaceKey | None:
    if not race.reigning or as_of is None or race.series is None or race.discipline is None or race.sex is None:
        return None
    edition = vocabulary.latest_edition(race.series, as_of)
    if edition is None:
        return None
    return RaceKey(race.series, edition.year, race.discipline, race.sex, "final", None, race.category)


def _stated(claims: Collection[Claim]) -> dict[tuple[RaceKey | PartialRace, str], set[tuple[str, str]]]:
    """(race, athlete) -> what is stated of the two."""
    found: defaultdict[tuple[RaceKey | PartialRace, str], set[tuple[str, str]]] = defaultdict(set)
    for claim in claims:
        subject = claim.fact.subject
        if isinstance(subject, ResultKey):
            statement = _normalised(claim.fact)
            if statement:
                found[subject.race, subject.who].add(statement)
    return found


def _normalised(fact: Fact) -> tuple[str, str] | None:
    value = fact.object
    if isinstance(value, Mark):
        return "mark", value.slug
    if fact.predicate == str(ATH.medalColour) and isinstance(value, ox.NamedNode):
        return "place", _PLACES[value.value]
    if fact.predicate in (str(ATH.position), str(ATH.outcome)) and isinstance(value, ox.NamedNode | ox.Literal):
        return "place", value.value
    return None


def _fitting(
    race: PartialRace,
    athletes: Mapping[str, _Stated],
    known: Mapping[str, Mapping[RaceKey, set[tuple[str, str]]]],
) -> tuple[RaceKey, ...]:
    found = set()
    for who, values in athletes.items():
        for full, other in known.get(who, {}).items():
            if values & other and _fits(race, full):
                found.add(full)
    agreed = [
        full
        for full in found
        if not any(_contradict(values, known.get(who, {}).get(full, set())) for who, values in athletes.items())
    ]
    return tuple(sorted(agreed, key=lambda full: full.slug))


def _fits(race: PartialRace, full: RaceKey) -> bool:
    """Every slot that is known is the same; a category that is not named is the open one."""
    slots = ("series", "year", "discipline", "sex", "round", "number")
    known = all(getattr(race, slot) in (None, getattr(full, slot)) for slot in slots)
    return known and race.category == full.category


def _contradict(values: _Stated, other: Collection[tuple[str, str]]) -> bool:
    places = {value for kind, value in values if kind == "place"}
    return bool(places) and any(kind == "place" and value not in places for kind, value in other)
