"""Contests known only in part -> the full contests they are, where that can be told.

Three rules, each giving the same whatever order the articles came in. *Completion*: where only the sex is unknown, it
is that of the athletes (as any article has it) or of the discipline. *Calendar*: a title held at the time of writing
("the reigning champion") was won at the last edition over by then. *Corroboration*: exactly one full contest fits every
slot that is known, and one of its athletes has the same stated value (position, medal or mark) in it, and none another.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from graph.facts import Fact, Key, Mark, PartialRace, RaceKey, ResultKey
from graph.identity.races import race_key
from ontology import vocabulary
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from graph.model import Sex

Who = TypeVar("Who", bound=Hashable)  # an athlete or a team, however the caller tells them apart

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


def sex_of(value: object) -> Sex | None:
    """The sex that a term of the ontology stands for."""
    return _SEXES.get(value.value) if isinstance(value, ox.NamedNode) else None


def completed(race: PartialRace, sexes: Collection[Sex | None]) -> PartialRace:
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


def full_race(race: PartialRace, as_of: date | None) -> RaceKey | None:
    """The full key of a race that lacks nothing, or of which only the edition is to be found in the calendar."""
    if race.series is None or race.discipline is None or race.sex is None:
        return None
    if race.year is None:
        edition = vocabulary.latest_edition(race.series, as_of) if race.reigning and as_of else None
        if edition is None:
            return None
        return RaceKey(race.series, edition.year, race.discipline, race.sex, "final", None, race.category)
    return race_key(race)


def statement(fact: Fact) -> tuple[str, str] | None:
    """What a fact about a result states of its athlete, alike for all ways to say it; None where that is nothing."""
    value = fact.object
    if isinstance(value, Mark):
        return "mark", value.slug
    if fact.predicate == str(ATH.medalColour) and isinstance(value, ox.NamedNode):
        return "place", _PLACES[value.value]
    if fact.predicate in (str(ATH.position), str(ATH.outcome)) and isinstance(value, ox.NamedNode | ox.Literal):
        return "place", value.value
    return None


def fitting(
    race: PartialRace,
    athletes: Mapping[Who, Collection[tuple[str, str]]],
    known: Mapping[Who, Mapping[RaceKey, Collection[tuple[str, str]]]],
) -> tuple[RaceKey, ...]:
    """The full contests that a partly known one may be, by what is stated of its athletes there and elsewhere."""
    found = set()
    for who, values in athletes.items():
        for full, other in known.get(who, {}).items():
            if not set(values).isdisjoint(other) and _fits(race, full):
                found.add(full)
    agreed = [
        full
        for full in found
        if not any(_contradict(values, known.get(who, {}).get(full, ())) for who, values in athletes.items())
    ]
    return tuple(sorted(agreed, key=lambda full: full.slug))


def _fits(race: PartialRace, full: RaceKey) -> bool:
    """Every slot that is known is the same; a category that is not named is the open one."""
    slots = ("series", "year", "discipline", "sex", "round", "number")
    known = all(getattr(race, slot) in (None, getattr(full, slot)) for slot in slots)
    return known and race.category == full.category


def _contradict(values: Collection[tuple[str, str]], other: Collection[tuple[str, str]]) -> bool:
    places = {value for kind, value in values if kind == "place"}
    return bool(places) and any(kind == "place" and value not in places for kind, value in other)
