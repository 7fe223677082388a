"""The forms of articles: reports, round-ups, lists of results, previews, profiles, news of coaches and clubs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from world.slots import SLOTS, race_of, term_of
from world.telling import Figure, Part, Teller

if TYPE_CHECKING:
    import random
    from datetime import date

    from world.values import Person, Race, Rates, World

_LETTERS = "ABCDE"
_LAPSE = timedelta(days=20)  # what somebody did less long ago is not told as the past


class Desk:
    """Writes one article in one of the forms; each gives the headline first."""

    def __init__(self, world: World, today: date, rates: Rates, dice: random.Random) -> None:
        self._world = world
        self._today = today
        self._rates = rates
        self._dice = dice
        self._teller = Teller(world, today, rates, dice, SLOTS)
        self._told: set[tuple[str, str]] = set()

    def report(self, races: list[Race]) -> list[Part]:
        """Of one race, with the past of two who were in it."""
        cast = self._cast(races[0])
        medals = races[0].meeting.medals
        title = bool(races[0].meeting.attributive)
        parts = [self._say("lead-title" if title else "lead", **cast)]
        parts.append(self._say("follow-medal" if medals and self._dice.random() < 0.6 else "follow", **cast))
        if self._dice.random() < 0.5 and len(cast) == len(_LETTERS):
            parts.append(self._say("rest", **cast))
        parts += self._padding("quote", cast, 1) + self._padding("colour", cast, self._dice.randint(2, 5))
        parts += self._background(cast["A"].person, self._dice.randint(3, 5))
        parts += self._padding("quote", cast, self._dice.randint(1, 2))
        parts += self._background(cast[self._dice.choice("BC")].person, self._dice.randint(2, 3))
        parts += self._padding("colour", cast, self._dice.randint(2, 4))
        return [self._say("headline", **cast), *parts]

    def round_up(self, races: list[Race]) -> list[Part]:
        """Of several races of one day at one meeting."""
        casts = [self._cast(race) for race in races]
        parts = [self._say("lead", **casts[0]), self._say("follow", **casts[0])]
        for cast in casts[1:]:
            self._teller.imply(parts[0], cast["A"])
            parts.append(self._say("round", **cast))
            if self._dice.random() < 0.15:
                parts += self._background(cast["A"].person, 1)
        parts += self._padding("quote", casts[-1], 1) + self._padding("colour", casts[-1], self._dice.randint(3, 6))
        return [self._say("headline", **casts[0]), *parts]

    def results(self, races: list[Race]) -> list[Part]:
        """Rows under a line that names the competition, place and day, as agencies send them."""
        cast = self._cast(races[0])
        parts = [self._say("results-lead", **cast)]
        for race in races:
            parts.append(Part(f"\n\n{'Women' if race.sex == 'F' else 'Men'}'s {race.event}"))
            self._teller.imply(parts[0], Figure(cast["A"].person, race))
            for entry in race.entries[: self._dice.randint(3, 8)]:
                row = self._teller.row(Figure(self._world.people[entry.person], race, entry.place, entry.mark))
                parts.append(replace(row, text=f"\n{row.text}"))
        return [self._say("results-head", **cast), *parts]

    def preview(self, races: list[Race]) -> list[Part]:
        """Of a race to come: nothing of it is asserted, only what its athletes have done."""
        cast = self._cast(races[0])
        parts = [self._say("preview", **cast)]
        for letter in "ABC":
            parts += self._background(cast[letter].person, self._dice.randint(2, 4))
        parts += self._padding("colour", cast, self._dice.randint(2, 4))
        return [self._say("headline-preview", **cast), *parts, *self._padding("preview-end", cast, 2)]

    def profile(self, person: Person) -> list[Part]:
        """Of somebody's career, at its end as well."""
        cast = {"S": Figure(person)}
        over = self._today.year >= person.last
        parts = [self._say("retire" if over else "profile", **cast)]
        parts += self._background(person, self._dice.randint(6, 10))
        parts += self._padding("more", cast, self._dice.randint(5, 8))
        return [self._say("headline-profile", **cast), *parts]

    def change(self, person: Person) -> list[Part]:
        """Of a new coach or club."""
        cast = {"S": Figure(person)}
        new_coach = len(person.coaches) > 1 and person.coaches[1].first == self._today.year
        parts = [self._say("news-coach" if new_coach else "news-club", **cast)]
        parts += self._padding("more", cast, self._dice.randint(4, 6))
        parts += self._background(person, self._dice.randint(4, 7))
        return [self._say("headline-profile", **cast), *parts, *self._padding("more", cast, 3)]

    def _cast(self, race: Race) -> dict[str, Figure]:
        """The first of the race by letter."""
        figures = [Figure(self._world.people[entry.person], race, entry.place, entry.mark) for entry in race.entries]
        return dict(zip(_LETTERS, figures, strict=False))

    def _say(self, kind: str, **cast: Figure) -> Part:
        return self._teller.say(kind, **cast)

    def _padding(self, kind: str, cast: dict[str, Figure], number: int) -> list[Part]:
        parts = []
        for _ in range(number):
            part = self._say(kind, **cast)
            if (kind, part.text) not in self._told:
                self._told.add((kind, part.text))
                parts.append(part)
        return parts

    def _background(self, person: Person, number: int) -> list[Part]:
        """Up to so many sentences on coach, club, brother or sister, and what the person did before."""
        subject = Figure(person)
        past = [
            ("past", race)
            for race in (self._world.races[at] for at in self._world.careers.get(person.id, ()))
            if race.day < self._today - _LAPSE
        ]
        about: list[tuple[str, Race | None]] = list(self._dice.sample(past, min(len(past), number)))
        for kind, terms in (("coach", person.coaches), ("club", person.clubs)):
            term = term_of(terms, self._today)
            if term and term.last >= self._today.year and self._dice.random() < 0.45:
                about.insert(0, (kind, None))
        if person.siblings and self._dice.random() < 0.4:
            about.insert(0, ("brother", None))
        parts: list[Part] = []
        for kind, race in about[:number]:
            told = (kind, f"{person.id} {race.slug if race else ''}")
            if told not in self._told:
                self._told.add(told)
                parts.append(self._past(subject, race, again=bool(parts)) if race else self._say(kind, S=subject))
        return parts

    def _past(self, subject: Figure, race: Race, *, again: bool) -> Part:
        """What the person did in a race; `again`: the sentence before was of the same person, so a pronoun may do."""
        entry = next(entry for entry in race.entries if entry.person == subject.person.id)
        past = Figure(subject.person, race, entry.place, entry.mark)
        kind = "past"
        if entry.place == 1:
            kind = "past-title" if race_of(past).meeting.attributive and self._dice.random() < 0.6 else "past-win"
        elif entry.place <= 3 and race.meeting.medals and self._dice.random() < 0.7:
            kind = "past-medal"
        if again and kind in ("past", "past-win") and self._dice.random() < 0.4:
            kind = f"{kind}-he"
        return self._say(kind, S=subject, P=past)
