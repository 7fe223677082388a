"""What is known of all who bear one name, added up so that it does not grow with the articles."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.identity.minting import Bearer

CAREER = 30  # years between two results that are hardly of one person
_SEVERAL = 4  # articles, of which some may err
_PART = 0.25
_FEW = 2
_LOPSIDED = 8

# Kinds of disciplines that one athlete may well contest.
_NEIGHBOURS = frozenset(
    frozenset(pair)
    for pair in (
        ("sprints", "hurdles"),
        ("sprints", "jumps"),
        ("sprints", "middle distance"),
        ("hurdles", "jumps"),
        ("middle distance", "long distance"),
        ("combined events", "jumps"),
        ("combined events", "throws"),
        ("combined events", "sprints"),
        ("combined events", "hurdles"),
    )
)


@dataclass(frozen=True, slots=True)
class Strand:
    """Those articles that say the same of who bears a name.

    `mark` is a curator's, who holds its bearer for another person. `weight` is the number of binary digits of the
    number of articles, which changes seldom; `since` sorts as the earliest of them does; `traits` are only filled where
    they are needed.
    """

    slug: str
    key: str
    sex: str
    country: str
    groups: frozenset[str]
    era: int | None
    mark: str
    weight: int
    since: str
    traits: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def size(self) -> int:
        """About the number of articles: the least of so many binary digits."""
        return 1 << (self.weight - 1)

    def with_traits(self, traits: frozenset[str]) -> Strand:
        return replace(self, traits=traits)


def strand_key(bearer: Bearer, mark: str) -> str:
    """The key of the strand that an article's bearer belongs to."""
    era = "" if bearer.era is None else str(bearer.era)
    return "|".join((bearer.sex, bearer.country, ",".join(sorted(bearer.groups)), era, mark))


def strand(slug: str, key: str, articles: int, since: str) -> Strand:
    """The strand with that key."""
    sex, country, groups, era, mark = key.split("|")
    kinds = frozenset(groups.split(",")) if groups else frozenset()
    return Strand(slug, key, sex, country, kinds, int(era) if era else None, mark, articles.bit_length(), since)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a person: sexes, countries, kinds of disciplines, decades of results, all as said somewhere.

    `size` is about the number of articles, `groups` leads from kinds of disciplines to about the number of theirs.
    """

    size: int
    sexes: frozenset[str]
    countries: frozenset[str]
    groups: Mapping[str, int]
    eras: frozenset[int]
    marks: frozenset[tuple[str, str]]  # (slug, curator's mark)
    traits: frozenset[str]

    def __or__(self, other: Profile) -> Profile:
        return Profile(
            self.size + other.size,
            self.sexes | other.sexes,
            self.countries | other.countries,
            {key: self.groups.get(key, 0) + other.groups.get(key, 0) for key in self.groups.keys() | other.groups},
            self.eras | other.eras,
            self.marks | other.marks,
            self.traits | other.traits,
        )

    def is_whole(self) -> bool:
        """Whether nothing in it speaks for two people."""
        slugs = {slug for slug, _ in self.marks}
        return (
            len(self.sexes) < 2
            and len(self.countries) < 2
            and len(self.marks) == len(slugs)
            and not self.is_too_long()
            and not self.is_too_wide()
        )

    def is_too_long(self) -> bool:
        """Whether there are more years between results than one career has."""
        return len(self.eras) > 1 and max(self.eras) - min(self.eras) > CAREER

    def is_too_wide(self) -> bool:
        """Whether there are disciplines that hardly one person contests, each in several articles."""
        if len(self.groups) < 2 or "combined events" in self.groups:  # of which each discipline may be reported alone
            return False
        usual = self.usual_groups()
        return any(_strangers(one, other) for one in usual for other in usual)

    def usual_groups(self) -> frozenset[str]:
        """The kinds of disciplines of several articles, and of no small part of them."""
        least = max(_SEVERAL, max(self.groups.values(), default=0) * _PART)
        return frozenset(group for group, number in self.groups.items() if number >= least)


def profile(strands: Iterable[Strand]) -> Profile:
    """What all the strands say together."""
    every = tuple(strands)
    size, groups = 0, dict[str, int]()
    for entry in every:
        number = entry.size
        size += number
        for group in entry.groups:
            groups[group] = groups.get(group, 0) + number
    return Profile(
        size,
        frozenset({entry.sex for entry in every} - {""}),
        frozenset({entry.country for entry in every} - {""}),
        groups,
        frozenset({entry.era for entry in every if entry.era is not None}),
        frozenset({(entry.slug, entry.mark) for entry in every}),
        frozenset().union(*[entry.traits for entry in every if entry.traits]),
    )


def objection(one: Profile, other: Profile, shared: frozenset[str]) -> str | None:
    """Why the two cannot be one person, in plain words; `shared` are the traits of both. None where nothing says so."""
    marked = {mark for _, mark in one.marks}, {mark for _, mark in other.marks}
    same_slug = bool({slug for slug, _ in one.marks} & {slug for slug, _ in other.marks})
    if same_slug and marked[0] != marked[1]:
        return "a curator told them apart"
    foreign = bool(one.countries and other.countries) and not one.countries & other.countries
    other_sex = bool(one.sexes and other.sexes) and not one.sexes & other.sexes
    if other_sex and (foreign or not same_slug or not (shared or _is_slip(one, other))):
        return "a man and a woman"
    if not one.is_too_long() and not other.is_too_long() and (one | other).is_too_long():
        years = sorted(one.eras | other.eras)
        return f"results of the {years[0]}s and of the {years[-1]}s are not of one career"
    left, right = one.usual_groups(), other.usual_groups()
    if left and right and all(_strangers(mine, theirs) for mine in left for theirs in right):
        return f"in {_listed(left)} and in {_listed(right)}, each in several articles"
    if foreign and not shared and not one.groups.keys() & other.groups:
        countries = f"{' or '.join(sorted(one.countries))} and {' or '.join(sorted(other.countries))}"
        if one.groups and other.groups:
            return f"for {countries}, in {_listed(one.groups)} and in {_listed(other.groups)}"
        return f"for {countries}, with nothing in common"
    return None


def lopsided(one: Profile, other: Profile) -> bool:
    """Whether there are so many more articles on one of the two that the other may be an error of theirs."""
    few, many = sorted((one.size, other.size))
    return few * _LOPSIDED <= many


def at_odds(one: Profile, other: Profile) -> bool:
    """Whether hardly anybody contests disciplines of both kinds; unknown ones are never at odds."""
    if not one.groups or not other.groups:
        return False
    return all(_strangers(left, right) for left in one.groups for right in other.groups)


def _strangers(one: str, other: str) -> bool:
    return one != other and frozenset((one, other)) not in _NEIGHBOURS


def _is_slip(one: Profile, other: Profile) -> bool:
    """Whether what one of the two says may be one article's error."""
    return min(one.size, other.size) < _FEW or lopsided(one, other)


def _listed(groups: Iterable[str]) -> str:
    return " and ".join(sorted(groups))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two names are one thing's: the rule in plain words, and what the articles of both say of it."""

    rule: str
    evidence: tuple[str, ...] = ()
    score: int = 0
