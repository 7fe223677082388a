"""What one article says that helps to tell who and what its names mean, and the slugs they lead to.

A name is its slug, which already takes accents, case and broken encodings away. Which slugs are one person, club or
competition, and which are several, the articles settle together: `graph.ledger.naming`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from graph.facts import RaceKey
from graph.identity.likeness import likeness, near
from graph.identity.races import race_keys, series_slug
from ontology import vocabulary
from ontology.names import fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.model import Extraction, Person, Race, Result

Kind = Literal["person", "club", "series"]

_NOT_LETTERS = re.compile(r"[^a-z]+")
_MIN_PART = 4  # letters

# What athletes of one kind contest; those of one group are easily one person.
_GROUPS = {
    "sprints": "sprints",
    "hurdles": "hurdles",
    "middle-distance": "middle distance",
    "steeplechasing": "long distance",
    "long-distance": "long distance",
    "road-running": "long distance",
    "cross-country-running": "long distance",
    "race-walking": "race walking",
    "vertical-jumps": "jumps",
    "horizontal-jumps": "jumps",
    "throws": "throws",
    "combined-events": "combined events",
}


@dataclass(frozen=True, slots=True)
class Bearer:
    """What one article says of whoever bears a name in it; of clubs and competitions only `traits` are known.

    `groups` are kinds of disciplines, `era` is the first year of a decade with a result. `traits` are what two bearers
    may have in common: `member of x`, `at RACE_POSITION`, `place x`, ...; `also x`: the article calls them x, too;
    `written y`: it spells a part of the name so.
    """

    slug: str
    sex: str = ""
    country: str = ""
    groups: frozenset[str] = frozenset()
    era: int | None = None
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Witness:
    """All who bear a name in one article, by slug; a slug stands once."""

    people: tuple[Bearer, ...] = ()
    clubs: tuple[Bearer, ...] = ()
    series: tuple[Bearer, ...] = ()

    def bearers(self) -> Iterator[tuple[Kind, Bearer]]:
        yield from (("person", bearer) for bearer in self.people)
        yield from (("club", bearer) for bearer in self.clubs)
        yield from (("series", bearer) for bearer in self.series)


@dataclass(frozen=True, slots=True)
class Names:
    """Where the names of one article lead, by kind: slug -> slug; what is not there leads to itself."""

    elsewhere: Mapping[Kind, Mapping[str, str]] = field(default_factory=dict)

    def person(self, name: str) -> str:
        """The slug of the person whom the article calls so."""
        return self._resolved("person", slug(name))

    def club(self, name: str) -> str:
        """The slug of the club that the article calls so."""
        return self._resolved("club", slug(name))

    def series(self, bare: str) -> str:
        """The slug of the competition for whose name the article has the slug `bare`."""
        return self._resolved("series", bare)

    def _resolved(self, kind: Kind, bare: str) -> str:
        return self.elsewhere[kind].get(bare, bare) if kind in self.elsewhere else bare


def witness(extraction: Extraction) -> Witness:
    """What the extraction of one article brings to settling names."""
    reader = _Reader(extraction)
    return Witness(reader.people(), reader.clubs(), reader.series())


class _Reader:
    """Gathers what an extraction says of each name."""

    def __init__(self, extraction: Extraction) -> None:
        self._extraction = extraction
        self._races = {race.id: race for race in extraction.races}
        self._known = {slug(person.name): person for person in extraction.people}
        first: dict[str, str] = {}
        for result in extraction.results:
            first.setdefault(result.race, result.team or slug(result.athlete))
        self._keys = race_keys(extraction, first)

    def people(self) -> tuple[Bearer, ...]:
        traits = self._traits()
        groups, eras = self._careers()
        names = {*self._known, *traits, *groups, *map(slug, self._others())}
        found = []
        for name in sorted(names):
            person = self._known.get(name)
            found.append(
                Bearer(
                    name,
                    person.sex if person and person.sex in ("M", "F") else "",
                    (person.country if person else None) or "",
                    frozenset(groups[name]),
                    min(eras[name]) // 10 * 10 if eras[name] else None,
                    frozenset(traits[name]),
                )
            )
        return tuple(found)

    def _others(self) -> Iterator[str]:
        """People of whom hardly more than the name is said."""
        facts = self._extraction
        for result in facts.results:
            yield from result.ahead_of
        yield from (missed.athlete for missed in facts.did_not_reach)
        yield from (tally.athlete for tally in facts.tallies)
        for pair in facts.trained_with:
            yield from (pair.athlete, pair.partner)

    def _traits(self) -> defaultdict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for result in self._extraction.results:
            race = self._keys.get(result.race)
            if result.team or race is None or _relay(self._races[result.race]):
                continue
            found[slug(result.athlete)].update(
                {f"at {race.slug}_{result.position}"}
                if isinstance(race, RaceKey) and isinstance(result.position, int)
                else ()
            )
        for coaching in self._extraction.coaching:
            coach, athlete = slug(coaching.coach), slug(coaching.athlete)
            found[coach].add(f"coach of {athlete}")
            found[athlete].add(f"coached by {coach}")
        for tie in self._extraction.family:
            found[slug(tie.person)].add(f"{tie.relation} of {slug(tie.of)}")
            found[slug(tie.of)].add(f"has {tie.relation} {slug(tie.person)}")
        for member in self._extraction.memberships:
            found[slug(member.athlete)].add(f"member of {slug(member.club)}")
        for name, person in self._known.items():
            found[name].update(f"also {other}" for other in _also(name, person))
            found[name].update(f"written {part}" for part in _written(name, person))
        return found

    def _careers(self) -> tuple[defaultdict[str, set[str]], defaultdict[str, set[int]]]:
        """By slug: the kinds of disciplines and the years of results."""
        groups: defaultdict[str, set[str]] = defaultdict(set)
        years: defaultdict[str, set[int]] = defaultdict(set)
        for result in self._extraction.results:
            race = self._races.get(result.race)
            if result.team or race is None:
                continue
            name = slug(result.athlete)
            groups[name] |= _group(race.discipline)
            if race.year:
                years[name].add(race.year)
        for best in self._extraction.bests:
            if best.team is None:
                groups[slug(best.athlete)] |= _group(best.discipline)
        for ranking in self._extraction.rankings:
            groups[slug(ranking.athlete)] |= _group(ranking.discipline)
        return groups, years

    def clubs(self) -> tuple[Bearer, ...]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for club in self._extraction.clubs:
            found[slug(club.name)].update({f"place {slug(club.place)}"} if club.place else ())
        for member in self._extraction.memberships:
            found[slug(member.club)].add(f"has member {slug(member.athlete)}")
        return tuple(Bearer(name, traits=frozenset(found[name])) for name in sorted(found))

    def series(self) -> tuple[Bearer, ...]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for race in self._extraction.races:
            name = series_slug(race.series, race.competition)
            if name:
                found[name] |= _occasion(race)
        for result in self._extraction.results:
            race_of = self._races.get(result.race)
            name = series_slug(race_of.series, race_of.competition) if race_of else None
            if race_of and name and race_of.year and race_of.discipline and result.position == 1:
                found[name].add(f"won {race_of.year} {race_of.discipline} by {_who(result)}")
        for tally in self._extraction.tallies:
            found[series_slug(tally.series, tally.competition) or slug(tally.competition)].update(())
        return tuple(Bearer(name, traits=frozenset(found[name])) for name in sorted(found))


def _also(name: str, person: Person) -> set[str]:
    """Other full names by which the article calls the person."""
    written = {mention.written for mention in person.mentions if " " in mention.written}
    others = {slug(text) for text in written if any(letter.isalnum() for letter in text)}
    return {other for other in others if other != name and likeness(name, other)}


def _written(name: str, person: Person) -> set[str]:
    """Parts of the name that the article also spells in another way."""
    own = name.split("-")
    parts = {part for mention in person.mentions for part in _NOT_LETTERS.split(fold(mention.written))}
    return {part for part in parts.difference(own) if len(part) >= _MIN_PART and any(near(part, mine) for mine in own)}


def _who(result: Result) -> str:
    return result.team or slug(result.athlete)


def _occasion(race: Race) -> set[str]:
    found = set()
    if race.place:
        found.add(f"place {slug(race.place)}")
    if race.date:
        found |= {f"held on {race.date.isoformat()}", f"month {race.date.month}"}
    return found


def _group(discipline: str | None) -> set[str]:
    known = vocabulary.discipline(discipline) if discipline else None
    return {_GROUPS[known.group]} if known and known.group in _GROUPS else set()


def _relay(race: Race) -> bool:
    known = vocabulary.discipline(race.discipline) if race.discipline else None
    return known is not None and known.relay
