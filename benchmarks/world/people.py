"""Athletes, their coaches, clubs and siblings, as many as the news is to speak of."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from world.values import Club, Person, Term

if TYPE_CHECKING:
    from world.values import Rates, Sex, World

_HERE = Path(__file__).parent
_UNISEX = ("Jordan", "Jamie", "Robin", "Alex", "Morgan")  # first names under which both sexes compete
_MANY_STATES = ("english", "nordic")  # languages in which two countries share their names


@cache
def names() -> dict[str, Any]:
    """The tables of `names.yaml`."""
    tables: dict[str, Any] = yaml.safe_load((_HERE / "names.yaml").read_text("utf-8"))
    return tables


@cache
def calendar() -> dict[str, Any]:
    """The tables of `calendar.yaml`."""
    tables: dict[str, Any] = yaml.safe_load((_HERE / "calendar.yaml").read_text("utf-8"))
    return tables


def populate(world: World, athletes: int, years: tuple[int, int], events: list[tuple[str, Sex]], rates: Rates) -> None:
    """Fills the world with athletes spread over the events, a coach for about five of them and a club for twelve."""
    register = _Register(world, years, rates)
    register.clubs(max(6, athletes // 12))
    coaches = register.coaches(max(4, athletes // 5))
    per_event = -(-athletes // len(events))
    for number in range(athletes):
        event, sex = events[number % len(events)]
        level = 1 - 0.9 * (number // len(events)) / per_event
        register.athlete(event, sex, level, coaches)
    register.siblings()
    register.namesakes()


class _Register:
    """Whom there is, and which names are taken."""

    def __init__(self, world: World, years: tuple[int, int], rates: Rates) -> None:
        self._world = world
        self._years = years
        self._rates = rates
        self._dice = random.Random(f"people {world.seed}")  # noqa: S311
        self._taken: set[str] = set()

    def clubs(self, number: int) -> None:
        towns, patterns = calendar()["towns"], calendar()["club_names"]
        pairs = [(town, pattern) for town in towns for pattern in patterns]
        chosen = self._dice.sample(pairs, min(number, len(pairs)))
        for town, pattern in chosen:
            name = pattern.format(town)
            club = Club(f"club/{len(self._world.clubs)}", name, towns[town])
            self._world.clubs[club.id] = club

    def coaches(self, number: int) -> list[Person]:
        return [self._add(self._dice.choice("MMMF"), self._country(), *self._years) for _ in range(number)]

    def athlete(self, event: str, sex: Sex, level: float, coaches: list[Person]) -> None:
        start, end = self._years
        length = self._dice.randint(7, 14)
        first = self._dice.randint(start - 6, end - 3)
        person = self._add(sex, self._country(), first, first + length)
        person.event, person.level = event, round(level * self._dice.uniform(0.97, 1.03), 4)
        if self._dice.random() < self._rates.middle_names:
            person.middle = self._dice.choice([name for name in self._given(person) if name != person.given])
        if sex == "F" and self._dice.random() < self._rates.married:
            person.married = (self._surname(person), first + self._dice.randint(3, 8))
        fitting = [coach for coach in self._dice.sample(coaches, min(8, len(coaches))) if coach.sex] or coaches
        fitting.sort(key=lambda coach: coach.country != person.country)
        person.coaches = self._terms([coach.id for coach in fitting], first, person.last)
        home = [club.id for club in self._world.clubs.values() if club.country == person.country]
        person.clubs = self._terms(self._dice.sample(home, len(home)), first, person.last) if home else ()

    def _terms(self, whom: list[str], first: int, last: int) -> tuple[Term, ...]:
        """One for the whole career, or two one after the other."""
        if len(whom) < 2 or self._dice.random() < 0.6:
            return (Term(whom[0], first, last),)
        change = self._dice.randint(first + 2, last - 2)
        return (Term(whom[0], first, change - 1), Term(whom[1], change, last))

    def siblings(self) -> None:
        """Gives some athletes a brother or sister among the others, whose surname becomes theirs."""
        athletes = [person for person in self._world.people.values() if person.event and not person.married]
        for number in range(int(len(athletes) * self._rates.siblings / 2)):
            one, other = athletes[2 * number], athletes[-1 - 2 * number]
            language = names()["countries"]
            if one.siblings or other.siblings or language[one.country] != language[other.country]:
                continue
            if self._free(f"{other.given} {one.surname}") and one.given != other.given:
                other.surname, other.country = one.surname, one.country
                one.siblings, other.siblings = (other.id,), (one.id,)

    def namesakes(self) -> None:
        """Gives some athletes the name of another: of other country and event, of other sex, or of the same country."""
        athletes = [person for person in self._world.people.values() if person.event and not person.siblings]
        self._dice.shuffle(athletes)
        wanted = int(len(athletes) * self._rates.namesakes / 2)
        for person in athletes:
            if wanted <= 0:
                return
            kind = self._dice.choices(("other country", "other sex", "same country"), (60, 20, 20))[0]
            twin = next((other for other in athletes if _may_share(person, other, kind)), None)
            if twin is None:
                continue
            if kind == "other sex":
                twin.given = self._dice.choice(_UNISEX)
            person.given, person.surname, person.middle, person.married = twin.given, twin.surname, None, None
            twin.middle = twin.married = None
            person.namesake = twin.namesake = kind
            wanted -= 1

    def _add(self, sex: str, country: str, first: int, last: int) -> Person:
        number = len(self._world.people)
        person = Person(f"person/{number}", "", "", "F" if sex == "F" else "M", country, first, last)
        while True:
            person.given, person.surname = self._dice.choice(self._given(person)), self._surname(person)
            if self._free(person.name):
                break
        self._world.people[person.id] = person
        return person

    def _free(self, name: str) -> bool:
        if name in self._taken:
            return False
        self._taken.add(name)
        return True

    def _country(self) -> str:
        countries: list[str] = list(names()["countries"])
        return self._dice.choice(countries)

    def _given(self, person: Person) -> list[str]:
        language = names()["languages"][names()["countries"][person.country]]
        given: list[str] = language[person.sex]
        return given

    def _surname(self, person: Person) -> str:
        language = names()["languages"][names()["countries"][person.country]]
        begin, end = self._dice.choice(language["begin"]), self._dice.choice(language["end"])
        surname: str = begin if " " in begin else begin + end
        endings: dict[str, str] = language.get("feminine", {}) if person.sex == "F" else {}
        for ending, other in endings.items():
            if surname.endswith(ending):
                return surname[: len(surname) - len(ending)] + other
        return surname


def _may_share(one: Person, other: Person, kind: str) -> bool:
    if one is other or one.namesake or other.namesake or one.event == other.event:
        return False
    language = names()["countries"]
    if kind == "same country":
        return one.country == other.country and one.sex == other.sex
    if language[one.country] != language[other.country] or language[one.country] not in _MANY_STATES:
        return False
    return one.country != other.country and (one.sex == other.sex) == (kind == "other country")
