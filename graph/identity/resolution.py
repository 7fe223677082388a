"""Contests known only in part -> the full contests they are, where that can be told.

Three rules, each giving the same whatever order the articles came in. *Completion*: where only the sex is unknown, it
is that of the athletes (as any article has it) or of the discipline. *Calendar*: a title held at the time of writing
("the reigning champion") was won at the last edition over by then. *Corroboration*: exactly one full contest fits every
slot that is known, and one of its athletes has the same stated value (position, medal or mark) in it, and none another.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from graph.facts import Fact, Key, Mark, PartialRace, RaceKey, ResultKey
from graph.identity.races import race_key
from ontology import vocabulary
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from graph.facts import Claim
    from graph.model import Sex

# One athlete's statements about one contest, normalised: ("place", "1") for a win and for a gold medal alike.
_Stated: TypeAlias = frozenset[tuple[str, str]]

_SEXES: dict[str, Sex] = {str(ATH.Male): "M", str(ATH.Female): "F"}
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
    stated = _stated(claims)
    athletes: defaultdict[PartialRace, dict[str, _Stated]] = defaultdict(dict)
    for (race, who), values in stated.items():
        if isinstance(race, PartialRace):
            athletes[race][who] = frozenset(values)
    sexes = _sexes(claims)
    days = {claim.article: claim.as_of for claim in claims}
    completed = {race: _completed(race, {sexes.get(who) for who in (race.who, *athletes[race])}) for race in partial}
    races = {race: full for race in partial if (full := _full(completed[race], days.get(race.article))) is not None}
    known: defaultdict[str, defaultdict[RaceKey, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for (race, who), values in stated.items():
        identified = races.get(race) if isinstance(race, PartialRace) else race
        if identified is not None:
            known[who][identified] |= values
    candidates = {}
    for race in partial:
        if race in races or race.series is None:
            continue
        fitting = _fitting(completed[race], athletes[race], known)
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


def _sexes(claims: Collection[Claim]) -> dict[str, Sex]:
    """The sex of each person of whom all articles say the same."""
    said: defaultdict[str, set[Sex]] = defaultdict(set)
    for claim in claims:
        value = claim.fact.object
        if claim.fact.predicate == str(ATH.sex) and isinstance(value, ox.NamedNode) and value.value in _SEXES:
            said[claim.fact.subject.slug].add(_SEXES[value.value])
    return {person: next(iter(sexes)) for person, sexes in said.items() if len(sexes) == 1}


def _completed(race: PartialRace, sexes: Collection[Sex | None]) -> PartialRace:
    """The race with its sex, where only that of its athletes or its discipline can be meant."""
    if race.sex is not None or race.discipline is None:
        return race
    discipline = vocabulary.discipline(race.discipline)
    if discipline is not None and discipline.sex is not None:
        return replace(race, sex=discipline.sex)
    told = {sex for sex in sexes if sex is not None}
    if len(told) != 1 or (discipline is not None and discipline.relay):  # a relay may be a mixed one
        return race
    return replace(race, sex=told.pop())


def _full(race: PartialRace, as_of: date | None) -> RaceKey | None:
    """The full key of a race that lacks nothing, or of which only the edition is to be found in the calendar."""
    if race.series is None or race.discipline is None or race.sex is None:
        return None
    if race.year is None:
        edition = vocabulary.latest_edition(race.series, as_of) if race.reigning and as_of else None
        if edition is None:
            return None
        return RaceKey(race.series, edition.year, race.discipline, race.sex, "final", None, race.category)
    return race_key(race)


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
