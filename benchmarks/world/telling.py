"""Writes the sentences of one article and notes all that they name and assert."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from world.spelling import Spelling, spell
from world.values import Named, Said

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping
    from datetime import date
    from typing import TypeAlias

    from world.values import Kind, Person, Race, Rates, World

    Slots: TypeAlias = "Mapping[str, Callable[[Teller, Figure], str]]"

_SLOT = re.compile(r"\{([A-Z])(?:\.(\w+))?(?:\|([^}]*))?\}")
_CHOICE = re.compile(r"<([^>]+)>")
_SENTENCE = re.compile(r"(?:^|(?<=\. ))[a-z]")
_AGAIN_IN_FULL = 0.12  # how often somebody whom the article has named is named in full once more


@cache
def phrases() -> dict[str, list[str]]:
    """The sentences of `phrases.yaml`."""
    table: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("phrases.yaml").read_text("utf-8"))
    return table


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody in a sentence, with what they did in a race where it is about one."""

    person: Person
    race: Race | None = None
    place: int = 0
    mark: float = 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an article with what it names and asserts."""

    text: str
    names: frozenset[Named] = frozenset()
    facts: frozenset[Said] = frozenset()


class Teller:
    """Writes one article, part by part."""

    def __init__(self, world: World, today: date, rates: Rates, dice: random.Random, slots: Slots) -> None:
        self.world = world
        self.today = today
        self.rates = rates
        self.dice = dice
        self._slots = slots
        self._names: set[Named] = set()  # of the part that is being written
        self._facts: set[Said] = set()
        self._spellings: dict[str, Spelling] = {}
        self._introduced: set[str] = set()
        self._values: dict[tuple[str, ...], str] = {}

    def say(self, kind: str, **cast: Figure) -> Part:
        """A sentence of that kind about these people."""
        fitting = [text for text in phrases()[kind] if all(letter in cast for letter, _, _ in _SLOT.findall(text))]
        form = _CHOICE.sub(lambda choice: self.dice.choice(choice[1].split("|")), self.dice.choice(fitting))
        text = _SLOT.sub(lambda slot: self._fill(cast[slot[1]], slot[2], slot[3]), form)
        return self._part(_SENTENCE.sub(lambda start: start[0].upper(), text))

    def row(self, figure: Figure) -> Part:
        """A line of a list of results."""
        slots = self._slots
        position, code = slots["number"](self, figure), slots["code"](self, figure)
        return self._part(f"{position}. {self.full_name(figure.person)} ({code}) {slots['mark'](self, figure)}")

    def _part(self, text: str) -> Part:
        part = Part(text, frozenset(self._names), frozenset(self._facts))
        self._names, self._facts = set(), set()
        return part

    def _fill(self, figure: Figure, slot: str | None, words: str | None) -> str:
        if words is not None:
            self.note("place", str(figure.place), figure)
            return words
        return self._slots[slot](self, figure) if slot else self.name(figure.person)

    def imply(self, part: Part, figure: Figure) -> None:
        """The day and town that an earlier part gave for one race of a meeting hold for this one too."""
        for said in part.facts:
            if said.kind in ("date", "venue"):
                self.note(said.kind, said.value, figure, error=said.error)

    def note(self, kind: Kind, value: str, figure: Figure, *, error: bool = False) -> None:
        """The article asserts this value."""
        race = figure.race.slug if figure.race and kind in ("place", "mark", "date", "venue") else None
        who = figure.person.id if kind not in ("date", "venue") else None
        self._facts.add(Said(kind, value, who, race, error))

    def once(self, key: tuple[str, ...], value: str, other: Callable[[], str], rate: float) -> str:
        """The value or, at that rate, another; the same whenever the article comes to speak of it again."""
        if key not in self._values:
            self._values[key] = other() if self.dice.random() < rate else value
        return self._values[key]

    def name(self, person: Person) -> str:
        """The full name at first, the surname from then on unless somebody else in the article has it too."""
        spelling = self._spelling(person)
        if person.id in self._introduced and self._alone(person) and self.dice.random() >= _AGAIN_IN_FULL:
            return self._named(spelling.short, person, spelling.variant)
        return self.full_name(person)

    def full_name(self, person: Person) -> str:
        """As it is written where somebody is spoken of for the first time."""
        spelling = self._spelling(person)
        self._introduced.add(person.id)
        return self._named(spelling.full, person, spelling.variant)

    def surname(self, person: Person) -> str:
        """As in a headline."""
        spelling = self._spelling(person)
        return self._named(spelling.short, person, spelling.variant)

    def club(self, who: str) -> str:
        """The name of a club or, at a rate, another that it goes by."""
        name = self.world.clubs[who].name
        written = self.once(("club", who), name, lambda: _other_club_name(name), self.rates.other_club_name)
        self.call(written, who, plain=written == name)
        return written

    def call(self, written: str, who: str, *, plain: bool) -> None:
        """The article writes the name of a club or competition so."""
        self._names.add(Named(written, who, "plain" if plain else "other name"))

    def _alone(self, person: Person) -> bool:
        mine = self._spelling(person).short
        return all(other.short != mine for who, other in self._spellings.items() if who != person.id)

    def _spelling(self, person: Person) -> Spelling:
        if person.id not in self._spellings:
            self._spellings[person.id] = spell(person, self.today.year, self.rates, self.dice)
        return self._spellings[person.id]

    def _named(self, text: str, person: Person, variant: str) -> str:
        if variant == "plain" and person.namesake:
            variant = f"namesake, {person.namesake}"
        self._names.add(Named(text, person.id, variant))
        return text


def _other_club_name(name: str) -> str:
    """Spelt out where it is short, and short where it is spelt out."""
    if name.endswith(" AC"):
        return name.removesuffix("AC") + "Athletic Club"
    if name.endswith(" Athletics Club"):
        return name.removesuffix("Athletics Club") + "AC"
    return name + " AC" if name.endswith(("Harriers", "Striders")) else name
