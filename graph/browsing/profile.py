"""What the pages of people and clubs show, as values: all frozen, lists cut to pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.browsing.sifting import Sift

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.browsing.mentions import Mentioned
    from graph.browsing.paging import Page
    from graph.browsing.performances import Performance
    from graph.browsing.progress import Progression
    from graph.browsing.sifting import Choice
    from graph.browsing.timeline import Event, Year
    from graph.browsing.values import Entity, Fact, Piece


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of a person: which results, and by the names of sections which pages of them."""

    sift: Sift = field(default_factory=Sift)
    pages: Mapping[str, int] = field(default_factory=dict, hash=False)

    def page(self, section: str) -> int:
        return self.pages.get(section, 1)


@dataclass(frozen=True, slots=True)
class Tied:
    """A tie as a line of its section: to whom, since when or until when as far as known."""

    other: Entity
    fact: Fact
    when: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The ties of one sort; `part` is the heading that groups of a kind stand under."""

    name: str
    part: str
    heading: str
    page: Page[Tied]


@dataclass(frozen=True, slots=True)
class Rival:
    """An opponent: in how many races they met, and in how many the person was ahead, behind, or nobody can tell."""

    other: Entity
    races: int
    ahead: int
    behind: int
    unknown: int


@dataclass(frozen=True, slots=True)
class BestMark:
    """A best as the head of a page names it; `about` has the evidence, `stated` says whether an article calls it so."""

    discipline: str
    mark: str
    about: str | None
    stated: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """What the head of the page says."""

    countries: tuple[Piece, ...] = ()
    disciplines: tuple[Piece, ...] = ()
    clubs: tuple[Piece, ...] = ()
    coaches: tuple[Piece, ...] = ()
    bests: tuple[BestMark, ...] = ()
    medals: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """All that the page about a person shows; lists are cut to pages. `career` counts all results."""

    entity: Entity
    aliases: tuple[str, ...]
    glance: Glance
    facts: tuple[Fact, ...]
    groups: tuple[Group, ...]
    rivals: Page[Rival]
    medals: tuple[Fact, ...]
    medals_total: int
    bests: tuple[Fact, ...]
    rankings: tuple[Fact, ...]
    absences: tuple[Fact, ...]
    choices: dict[str, tuple[Choice, ...]] = field(hash=False)
    career: int
    results: Page[Performance]
    progressions: tuple[Progression, ...]
    timeline: tuple[Year, ...]
    timeline_page: Page[Event]
    seasons: tuple[int, ...]
    articles: Page[Mentioned]


@dataclass(frozen=True, slots=True)
class ClubCoach:
    """Who coaches members of a club, and whom."""

    coach: Piece
    members: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Club:
    """All that the page about a club shows; `medals` are of members, in years in which articles call them so."""

    entity: Entity
    aliases: tuple[str, ...]
    facts: tuple[Fact, ...]
    groups: tuple[Group, ...]
    coaches: Page[ClubCoach]
    medals: Page[Performance]
    colours: tuple[tuple[str, int], ...]
    articles: Page[Mentioned]
