"""Who is who across articles: names -> the slugs that people have in the graph.

A name is its slug, which already takes accents, case and broken encodings away. Two slugs are one person where two
spellings stand for one place in one race, or where they differ by one typing error, share a country or a tie, and
nothing speaks against it; one slug is two people where both country and sex differ. Everything is worked out anew from
all articles, so the order in which they came does not matter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from graph.facts import RaceKey
from graph.identity.likeness import alike, inner_error
from graph.identity.races import race_keys
from ontology import vocabulary
from ontology.names import fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.model import Extraction, Person, Sex

_NOT_LETTERS = re.compile(r"[^a-z]+")
_MIN_LETTERS = 10  # a shorter name may well differ by one letter from another person's

Place = tuple[str, int]  # a race and a position in it


@dataclass(frozen=True, slots=True)
class Bearer:
    """What one article says of one person that helps to tell people apart.

    `ties` are relations to others ("coach of", "narve-nordas"), `written` the parts of the name in all its mentions.
    """

    slug: str
    country: str | None = None
    sex: Sex | None = None
    places: frozenset[Place] = frozenset()
    ties: frozenset[tuple[str, str]] = frozenset()
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Witness:
    """The people of one article."""

    article: str
    bearers: tuple[Bearer, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """`aliases`: slug -> the slug that stands for it; `namesakes`: (article, slug) -> the slug of the other person."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    namesakes: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def person(self, article: str, name: str) -> str:
        """The slug of the person whom the article calls so."""
        return self.resolve(article, slug(name))

    def resolve(self, article: str, bare: str) -> str:
        """The slug of the person for whose name the article has the slug `bare`."""
        return self.namesakes.get((article, bare)) or self.aliases.get(bare, bare)


def witness(extraction: Extraction) -> Witness:
    """What the extraction of one article brings to settling names."""
    known = {slug(person.name): person for person in extraction.people}
    first: dict[str, str] = {}
    for result in extraction.results:
        first.setdefault(result.race, result.team or slug(result.athlete))
    races = race_keys(extraction, first)
    places: defaultdict[str, set[Place]] = defaultdict(set)
    for result in extraction.results:
        race = races.get(result.race)
        if isinstance(result.position, int) and isinstance(race, RaceKey) and not result.team and not _relay(race):
            places[slug(result.athlete)].add((race.slug, result.position))
    ties = _ties(extraction)
    return Witness(
        extraction.article,
        tuple(
            Bearer(
                name,
                known[name].country if name in known else None,
                known[name].sex if name in known else None,
                frozenset(places.get(name, ())),
                frozenset(ties.get(name, ())),
                _written(known[name]) if name in known else (),
            )
            for name in sorted(known.keys() | places.keys() | ties.keys())
        ),
    )


def _ties(extraction: Extraction) -> dict[str, set[tuple[str, str]]]:
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for coaching in extraction.coaching:
        found[slug(coaching.coach)].add(("coach of", slug(coaching.athlete)))
        found[slug(coaching.athlete)].add(("athlete of", slug(coaching.coach)))
    for tie in extraction.family:
        found[slug(tie.person)].add((tie.relation, slug(tie.of)))
    for membership in extraction.memberships:
        found[slug(membership.athlete)].add(("member of", slug(membership.club)))
    return found


def _written(person: Person) -> tuple[str, ...]:
    return tuple(part for mention in person.mentions for part in _NOT_LETTERS.split(fold(mention.written)) if part)


def mint(witnesses: Iterable[Witness], copies: Mapping[str, str] | None = None) -> Names:
    """The people behind the names of all articles, the same whatever order these come in.

    `copies` leads from an article to that of which it is a copy; they count as one.
    """
    evidence = _Evidence(sorted(witnesses, key=lambda entry: entry.article), copies or {})
    aliases = _representatives(evidence, _variants(evidence))
    return Names(aliases, _namesakes(evidence, aliases))


class _Evidence:
    """All bearers by slug."""

    def __init__(self, witnesses: list[Witness], copies: Mapping[str, str]) -> None:
        self._copies = copies
        self.articles: defaultdict[str, set[str]] = defaultdict(set)
        self.countries: defaultdict[str, set[str]] = defaultdict(set)
        self.sexes: defaultdict[str, set[str]] = defaultdict(set)
        self.at: defaultdict[Place, set[str]] = defaultdict(set)
        self.ties: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        self.written: defaultdict[str, set[str]] = defaultdict(set)  # part of a name -> articles
        self.said: defaultdict[str, list[tuple[str, Bearer]]] = defaultdict(list)
        for entry in witnesses:
            for bearer in entry.bearers:
                self.articles[bearer.slug].add(entry.article)
                self.said[bearer.slug].append((entry.article, bearer))
                self.ties[bearer.slug] |= bearer.ties
                for part in (*bearer.slug.split("-"), *bearer.written):
                    self.written[part].add(entry.article)
                if bearer.country:
                    self.countries[bearer.slug].add(bearer.country)
                if bearer.sex:
                    self.sexes[bearer.slug].add(bearer.sex)
                for place in bearer.places:
                    self.at[place].add(bearer.slug)

    def witnesses(self, articles: set[str]) -> int:
        """How many articles these are, all copies of one text counted once."""
        return len({self._copies.get(article, article) for article in articles})

    def may_be_one(self, one: str, other: str) -> bool:
        """Nothing speaks against it: not two sexes, and no article that names both."""
        sexes = self.sexes[one] | self.sexes[other]
        return len(sexes) < 2 and self.articles[one].isdisjoint(self.articles[other])


def _variants(evidence: _Evidence) -> Iterator[tuple[str, str]]:
    """Pairs of slugs that are one person."""
    for slugs in evidence.at.values():
        for one, other in combinations(sorted(slugs), 2):
            if alike(one, other) and evidence.may_be_one(one, other):
                yield one, other
    for one, other in _one_error_apart(sorted(evidence.articles)):
        shared = evidence.countries[one] & evidence.countries[other] or evidence.ties[one] & evidence.ties[other]
        if shared and evidence.may_be_one(one, other):
            yield one, other


def _one_error_apart(slugs: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of full names with one typing error inside one long part, not at its ends (Martin is not Martina)."""
    # Two words one edit apart share what is left when one letter is dropped (or none), so only such pairs are compared.
    by_rest: defaultdict[str, set[str]] = defaultdict(set)
    for name in slugs:
        if len(name) >= _MIN_LETTERS and "-" in name:
            for at in range(len(name)):
                by_rest[name[:at] + name[at + 1 :]].add(name)
            by_rest[name].add(name)
    seen = set()
    for group in by_rest.values():
        for pair in combinations(sorted(group), 2):
            if pair not in seen:
                seen.add(pair)
                if inner_error(*pair):
                    yield pair


def _representatives(evidence: _Evidence, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Slug -> the slug that stands for its group.

    It is the fullest; of equally full ones that of most articles, then the one whose parts most articles write, of
    anybody (a father's name tells the misprint of his son's), then the shorter.
    """
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.get(name, name) != name:
            name = parent[name]
        return name

    def rank(name: str) -> tuple[int, int, int, int, str]:
        parts = name.split("-")
        full = sum(len(part) > 1 for part in parts)
        return (
            -full,
            -evidence.witnesses(evidence.articles[name]),
            -sum(evidence.witnesses(evidence.written[part]) for part in parts),
            len(name),
            name,
        )

    for one, other in pairs:
        best, rest = sorted((root(one), root(other)), key=rank)
        parent[rest] = best
    return {name: root(name) for name in parent if root(name) != name}


def _namesakes(evidence: _Evidence, aliases: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """(article, slug) -> a slug with the country behind `--`, for the less written-about of two people of one name."""
    found: dict[tuple[str, str], str] = {}
    for name, said in evidence.said.items():
        kinds = Counter((bearer.country, bearer.sex) for _, bearer in said if bearer.country and bearer.sex)
        if len(kinds) < 2:
            continue
        ranked = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
        chief_country, chief_sex = ranked[0]
        for article, bearer in said:
            other_country = bearer.country is not None and bearer.country != chief_country
            if bearer.country and other_country and bearer.sex and bearer.sex != chief_sex:
                found[article, name] = f"{aliases.get(name, name)}--{bearer.country.lower()}"
    return found


def _relay(race: RaceKey) -> bool:
    discipline = vocabulary.discipline(race.discipline)
    return discipline is not None and discipline.relay
