"""What the vocabulary consists of: countries, places, disciplines, series and their editions, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

MarkKind = Literal["time", "distance", "points"]
Sex = Literal["M", "F", "X"]
SeriesKind = Literal["games", "championships", "trials", "team", "circuit", "meeting", "road race", "cross country"]
Level = Literal["world", "continental", "international", "national", "student", "invitational"]


@dataclass(frozen=True, slots=True)
class Country:
    """A country with an athletics federation, a state of the past, or (with `part_of`) a home nation.

    `names` begins with `name`; `adjectives` ("Dutch") and `inhabitants` ("Dutchman", "Kenyans") as news writes them.
    `other_codes` are three-letter codes also met in results (former IOC codes, ISO 3166). `home_nations` of Great
    Britain are countries with codes of their own (ENG, SCO) and `part_of` "GBR".
    """

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    inhabitants: tuple[str, ...] = ()
    other_codes: tuple[str, ...] = ()
    historic: bool = False
    part_of: str | None = None
    home_nations: tuple[Country, ...] = ()

    @property
    def demonyms(self) -> tuple[str, ...]:
        """Adjectives and nouns, each once."""
        return tuple(dict.fromkeys(self.adjectives + self.inhabitants))

    @property
    def spellings(self) -> tuple[str, ...]:
        """All the words for the country and its people, those of its home nations included."""
        return self.names + self.demonyms + tuple(word for nation in self.home_nations for word in nation.spellings)


@dataclass(frozen=True, slots=True)
class Place:
    """A town, region or stadium. `within` is the slug of the place that a stadium or town lies in."""

    slug: str
    name: str
    aliases: tuple[str, ...]
    country: str
    home_nation: str | None = None
    within: str | None = None
    venue: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Discipline:
    """A discipline in the spelling of the evaluation guide.

    `best` and `worst` bound what a competitor of any class may plausibly achieve: seconds, metres or points by
    `mark_kind`; for times `best` is the smaller number. `sex` is set where only one sex contests it. `distance_metres`
    of a relay is that of the whole race.
    """

    slug: str
    name: str
    aliases: tuple[str, ...]
    mark_kind: MarkKind
    group: str
    distance_metres: float | None = None
    best: float | None = None
    worst: float | None = None
    sex: Sex | None = None
    indoors: bool = False
    relay: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    def plausible(self, value: float) -> bool:
        """Whether a mark in seconds, metres or points can be one of this discipline."""
        if self.best is None or self.worst is None:
            return True
        return min(self.best, self.worst) <= value <= max(self.best, self.worst)


@dataclass(frozen=True, slots=True)
class Edition:
    """One holding of a series. `year` is the nominal one (Tokyo's Games: 2020), `start` and `end` the actual days.

    `places` are slugs, the host town first, then the places it lies in.
    """

    series: str
    year: int
    places: tuple[str, ...]
    country: str
    start: date | None = None
    end: date | None = None

    @property
    def slug(self) -> str:
        return f"{self.series}_{self.year}"

    @property
    def held(self) -> int:
        """The calendar year in which it took place."""
        return self.start.year if self.start else self.year


@dataclass(frozen=True, slots=True)
class Series:
    """A competition that recurs.

    `country` and `place` are set where it always has the same; `discipline` (a slug) where it consists of one contest,
    as a marathon does; `category` ("U20", "para") where it is not for open senior athletes; `month` (1-12) where it is
    held at about the same time each year. `attributives` stand before "champion", "title" or "final" instead of a name:
    "Olympic", "world indoor", "British".
    """

    slug: str
    name: str
    aliases: tuple[str, ...]
    kind: SeriesKind
    level: Level
    attributives: tuple[str, ...] = ()
    awards_medals: bool = False
    indoor: bool = False
    category: str | None = None
    discipline: str | None = None
    country: str | None = None
    place: str | None = None
    month: int | None = None
    editions: tuple[Edition, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)
