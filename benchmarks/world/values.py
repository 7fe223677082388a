"""What the invented world consists of, what is written about it, and what is true of each article."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from graph.model import Article

Sex = Literal["M", "F"]
MeetingKind = Literal["championships", "national", "meeting", "marathon"]
Kind = Literal["place", "mark", "date", "venue", "country", "coach", "club", "kin"]


@dataclass(frozen=True, slots=True)
class Term:
    """Something held from one year to another, the last included: a coach or a club by its id."""

    who: str
    first: int
    last: int


@dataclass(slots=True)
class Person:
    """An athlete, or a coach where there is no `event`. `level` is 0 to 1; `first` and `last` are years of the career.

    `married` is the surname taken and the year; `namesake` says how somebody of the same name differs.
    """

    id: str
    given: str
    surname: str
    sex: Sex
    country: str
    first: int
    last: int
    event: str | None = None
    level: float = 0.0
    middle: str | None = None
    married: tuple[str, int] | None = None
    namesake: str | None = None
    coaches: tuple[Term, ...] = ()
    clubs: tuple[Term, ...] = ()
    siblings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.given} {self.surname}"


@dataclass(frozen=True, slots=True)
class Club:
    id: str
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One holding of a competition; `year` is the nominal one, `countries` those that may take part (empty: all)."""

    series: str
    name: str
    year: int
    start: date
    town: str
    kind: MeetingKind
    attributive: str | None = None
    medals: bool = False
    real: bool = True
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody did in a race: the place from 1, the mark in seconds, metres or points."""

    person: str
    place: int
    mark: float


@dataclass(frozen=True, slots=True)
class Race:
    """A final. `slug` is that of its key in the graph."""

    meeting: Meeting
    event: str
    discipline: str
    sex: Sex
    day: date
    entries: tuple[Entry, ...]

    @property
    def slug(self) -> str:
        return f"{self.meeting.series}_{self.meeting.year}_{self.discipline}_{self.sex.lower()}_final"


@dataclass(frozen=True, slots=True)
class Named:
    """The article writes a name so; `who` is the id of a person, club or competition, `variant` how it was changed."""

    written: str
    who: str
    variant: str = "plain"


@dataclass(frozen=True, slots=True)
class Said:
    """The article asserts a value: of a race (its slug), of somebody (an id) or of both. `error`: it is not true.

    Values: a place "1", a mark "3:58.41", a day in ISO form, a slug of a town, an IOC code, the id of a coach or club.
    """

    kind: Kind
    value: str
    who: str | None = None
    race: str | None = None
    error: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """An article with what is true of it.

    `copied` is the id of the article that it repeats; `corrects` marks a later version of an article of the same id;
    `service` names the organisers' list of results that it prints.
    """

    article: Article
    names: tuple[Named, ...]
    facts: tuple[Said, ...]
    form: str
    copied: str | None = None
    corrects: bool = False
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Rates:
    """How often the news errs: shares of names, of values or of articles.

    The first group is of names in an article: the share of articles in which the name is changed so, among the people
    to whom it can happen (with an accent, a nickname, a middle name, a married name, a Japanese or Ukrainian name).
    """

    typo: float = 0.015
    accents_dropped: float = 0.25
    broken_encoding: float = 0.02
    initial: float = 0.015
    nickname: float = 0.15
    middle_dropped: float = 0.5
    married_ignored: float = 0.35
    surname_first: float = 0.08
    transliterated: float = 0.2

    namesakes: float = 0.03  # of athletes, who share their name with another
    middle_names: float = 0.06  # of athletes
    married: float = 0.06  # of women
    siblings: float = 0.05  # of athletes, who have a brother or sister in the sport

    wrong_mark: float = 0.015
    wrong_place: float = 0.006
    wrong_date: float = 0.006
    wrong_venue: float = 0.004
    wrong_country: float = 0.004
    rounded_mark: float = 0.03

    whole_copy: float = 0.04  # of articles
    near_copy: float = 0.08
    corrected: float = 0.015
    other_competition_name: float = 0.08  # an alias, a sponsor or the year in the name
    other_club_name: float = 0.08


@dataclass(slots=True)
class World:
    """People and clubs by id, races in order of time, and what each athlete did."""

    seed: int
    people: dict[str, Person] = field(default_factory=dict)
    clubs: dict[str, Club] = field(default_factory=dict)
    races: list[Race] = field(default_factory=list)
    careers: dict[str, list[int]] = field(default_factory=dict)  # person -> places in `races`
