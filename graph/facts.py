"""The values between extraction and the store: what the graph is about, what is claimed of it, and what holds.

A key says what a thing is by the fields that identify it; `kind` and `slug` make its IRI (`ontology.iris.iri`). Slugs
join fields with `_`, which no field contains. Names of people and clubs are slugs here, settled by
`graph.ledger.naming`. Everything is frozen, hashable and free of I/O.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

import pyoxigraph as ox

from ontology.names import slug as slug_of

if TYPE_CHECKING:
    from datetime import date

    from graph.model import Basis, RecordKind, Round, Sex

Scope = Literal["all-time", "season"]
TallyOf = Literal["gold", "silver", "bronze", "title"]
Unit = Literal["seconds", "metres", "points"]

_UNIT_LETTERS: dict[Unit, str] = {"seconds": "t", "metres": "l", "points": "p"}


@dataclass(frozen=True, slots=True)
class Entity:
    """Something known by one name or code: a person, club, country, place, series or discipline."""

    kind: Literal["person", "club", "country", "place", "series", "discipline"]
    slug: str


@dataclass(frozen=True, slots=True)
class RaceKey:
    """A contest that is fully known. `year` is the nominal year of the edition (Tokyo's Games: 2020)."""

    series: str
    year: int
    discipline: str
    sex: Sex
    round: Round
    number: int | None = None
    category: str | None = None

    kind: ClassVar[str] = "race"

    @property
    def slug(self) -> str:
        number = "" if self.number is None else f"-{self.number}"
        category = f"_{slug_of(self.category)}" if self.category else ""
        return f"{self.series}_{self.year}_{self.discipline}_{self.sex.lower()}_{self.round}{number}{category}"


@dataclass(frozen=True, slots=True)
class PartialRace:
    """A contest known only in part: never the same as another article's, nor as another's of this article.

    `who` is the slug of the athlete (or code of the team) named first; `ordinal` tells two apart of which the article
    says the same of the same athlete.
    """

    article: str
    who: str
    series: str | None = None
    year: int | None = None
    discipline: str | None = None
    sex: Sex | None = None
    round: Round | None = None
    number: int | None = None
    category: str | None = None
    reigning: bool = False
    ordinal: int = 1

    kind: ClassVar[str] = "race"

    @property
    def slug(self) -> str:
        known = [
            self.series,
            self.year,
            self.discipline,
            self.sex and self.discipline and self.sex.lower(),
            self.round if self.round != "final" else None,
            self.number,
            slug_of(self.category) if self.category else None,
            f"n{self.ordinal}" if self.ordinal > 1 else None,
        ]
        return "_".join(["u", self.article, *(str(field) for field in known if field), self.who])

    @property
    def key(self) -> str:
        """What is known, as one literal: `series=olympic-games|discipline=1500m|...`."""
        slots = {
            "series": self.series,
            "year": self.year,
            "discipline": self.discipline,
            "category": self.category,
            "sex": self.sex,
            "round": self.round,
            "number": self.number,
            "athlete": self.who,
            "reigning": "true" if self.reigning else None,
        }
        return "|".join(f"{slot}={value}" for slot, value in slots.items() if value is not None)


AnyRace: TypeAlias = RaceKey | PartialRace


@dataclass(frozen=True, slots=True)
class ResultKey:
    """What one athlete (a slug) or, with `team`, one national team (an IOC code) did in a race."""

    race: AnyRace
    who: str
    team: bool = False

    kind: ClassVar[str] = "result"

    @property
    def slug(self) -> str:
        if isinstance(self.race, PartialRace) and self.race.who == self.who:
            return self.race.slug
        return f"{self.race.slug}_{self.who}"


@dataclass(frozen=True, slots=True)
class CoachingKey:
    coach: str
    athlete: str

    kind: ClassVar[str] = "coaching"

    @property
    def slug(self) -> str:
        return f"{self.coach}_{self.athlete}"


@dataclass(frozen=True, slots=True)
class MembershipKey:
    athlete: str
    club: str

    kind: ClassVar[str] = "membership"

    @property
    def slug(self) -> str:
        return f"{self.athlete}_{self.club}"


@dataclass(frozen=True, slots=True)
class BestKey:
    """A record or personal mark. `area` is part of the key where one athlete may hold several: CR and MR."""

    record: RecordKind
    discipline: str
    athlete: str
    indoor: bool = False
    area: str | None = None

    kind: ClassVar[str] = "best"

    @property
    def slug(self) -> str:
        fields = [self.record.lower(), self.discipline, self.area, "indoor" if self.indoor else None, self.athlete]
        return "_".join(field for field in fields if field)


@dataclass(frozen=True, slots=True)
class RankingKey:
    scope: Scope
    discipline: str
    athlete: str

    kind: ClassVar[str] = "ranking"

    @property
    def slug(self) -> str:
        return f"{self.scope}_{self.discipline}_{self.athlete}"


@dataclass(frozen=True, slots=True)
class TallyKey:
    series: str
    of: TallyOf
    athlete: str

    kind: ClassVar[str] = "tally"

    @property
    def slug(self) -> str:
        return f"{self.series}_{self.of}_{self.athlete}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A time, length or score with the precision it was given in: 3:26.00 is `206.00` seconds.

    `digits` is the number as text, so that 206.0 and 206.00 are two marks.
    """

    unit: Unit
    digits: str

    kind: ClassVar[str] = "mark"

    @property
    def slug(self) -> str:
        return f"{_UNIT_LETTERS[self.unit]}-{self.digits}"

    @property
    def value(self) -> Decimal:
        return Decimal(self.digits)

    @property
    def resolution(self) -> Decimal:
        """The unit of the last digit given."""
        return Decimal(1).scaleb(-len(self.digits.partition(".")[2]))

    @property
    def sort_key(self) -> Decimal:
        """Ascends towards better in every discipline."""
        return self.value if self.unit == "seconds" else -self.value


Key: TypeAlias = (
    Entity | RaceKey | PartialRace | ResultKey | CoachingKey | MembershipKey | BestKey | RankingKey | TallyKey | Mark
)
Value: TypeAlias = Key | ox.NamedNode | ox.Literal  # a thing of the graph, a term of the ontology, a literal


@dataclass(frozen=True, slots=True)
class Fact:
    """One triple; `predicate` is an IRI."""

    subject: Key
    predicate: str
    object: Value


@dataclass(frozen=True, slots=True)
class Claim:
    """One article says one triple.

    `sentences` are (start, end) in its stored text; `as_of` is the day it speaks for; `copied` is the article of which
    its text is a copy; `proposer` is the optional extractor behind it where no rule read it.
    """

    article: str
    fact: Fact
    sentences: tuple[tuple[int, int], ...]
    rules: tuple[str, ...]
    confidence: float
    basis: Basis
    as_of: date | None = None
    copied: str | None = None
    proposer: str | None = None

    @property
    def witness(self) -> str:
        """The article that stands for all copies of one text."""
        return self.copied or self.article

    @property
    def slug(self) -> str:
        """The article and a hash of the triple without the data namespace: the same whenever it is extracted again."""
        triple = " ".join(map(plain, (self.fact.subject, self.fact.predicate, self.fact.object)))
        return f"{self.article}_{hashlib.sha256(triple.encode()).hexdigest()[:12]}"


def plain(value: Value | str) -> str:
    """A value as text that does not depend on the data namespace; also what values are put in order by."""
    if isinstance(value, str):
        return value
    if isinstance(value, ox.NamedNode | ox.Literal):
        return str(value)
    return f"{value.kind}/{value.slug}"
