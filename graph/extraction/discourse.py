"""Where a result belongs: a clause's contest, completed from its sentence, its paragraph and the article's subject."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from graph.extraction.contests import NOTHING, Competition, Contest, identity, indoors
from graph.extraction.disciplines import Topics, one_of
from graph.extraction.editions import (
    are_near,
    can_be_at,
    held_in,
    may_be_told,
    may_have,
    road_race_at,
    was_at,
    was_held,
    was_there,
)
from ontology import vocabulary

if TYPE_CHECKING:
    from datetime import date

    from graph.extraction.people import Entity
    from graph.extraction.quantities import Mark
    from graph.model import Round, Sex
    from ontology.entries import Discipline

_WALKS: Final = ("20km", "35km", "50km")
_APART = 3  # days: what happened longer before the competition being told of was not at it
_JUST_OVER = timedelta(days=10)  # how long ago an edition may have begun to end that an article reports as news


class Settled(NamedTuple):
    """A contest with one discipline, and whether context (not the sentence) gave part of it."""

    discipline: Discipline | None
    competition: Competition | None
    year: int | None
    place: str | None
    sex: Sex | None
    round: Round | None
    day: date | None
    category: str | None
    indoor: bool
    contextual: bool
    guessed: bool
    """Whether the discipline is not that of the result's own words or sentence."""


class Discourse:
    """The state of the telling: which competition, discipline and sex the article speaks of at this point."""

    def __init__(
        self, published: date | None, title: Contest, dominant: tuple[Discipline, ...], only: Contest | None = None
    ) -> None:
        """`only`: the one competition that the article names at all, however it does."""
        self._published = published
        current = only is not None and (published is None or only.year == published.year)
        self._only = only if only is not None and current else Contest()
        self._topics = Topics(title.disciplines, dominant)
        self.main: Contest | None = None
        self._setting = Contest()
        self._paragraph = Contest()
        self._planned: Contest | None = None
        self.places: tuple[str, ...] = ()
        """The places that the article names."""
        self.host = Contest()
        """The championship that the calendar has where and when the article was written."""

    def paragraph(self) -> None:
        """A new paragraph: sex and discipline are told anew, the competition goes on."""
        self._paragraph = Contest()

    def heard(self, contest: Contest, *, real: bool = True, won: bool = False) -> None:
        """Remember what a clause said of contests. Plans, and what happened in other years, do not move the scene.

        `won`: the competition is that of a title or medal, whose year need not be that of the scene.
        """
        if contest is NOTHING:
            return
        other_year = contest.year is not None and self._published is not None and contest.year != self._published.year
        other_year = other_year or not may_be_told(contest.competition, self._published)
        if contest.competition and (contest.future or not real):
            self._planned = self._planned or contest._replace(disciplines=(), round=None, sex=None, year=None, day=None)
        elif contest.competition and not other_year and not self._background(contest):
            if self.main is None:
                self.main = contest
            if not self._is_of_scene(contest):
                self._setting = contest._replace(disciplines=(), round=None, sex=None)
        elif contest.competition and self.main is None and not self._setting.competition:
            past = won and other_year and self._is_due(contest.competition)
            told = contest._replace(year=None, day=None, place=None) if past else contest
            self._setting = told._replace(disciplines=(), round=None, sex=None)
        elif contest.place and not contest.competition and not other_year and self._may_be_at(contest.place):
            self._setting = self._setting._replace(place=contest.place)
        elif self.main is not None and not may_have(self._setting.competition, contest.disciplines):
            self._setting = self.main._replace(disciplines=(), round=None, sex=None)  # a road race was told of between
        self._topics.named(contest.disciplines)
        if contest.sex not in (None, self._paragraph.sex):
            self._paragraph = self._paragraph._replace(length=None)  # women run another distance than men
        self._paragraph = contest._replace(competition=None, year=None, place=None).over(self._paragraph)

    def _is_due(self, competition: Competition) -> bool:
        """Whether the calendar has a championship in the year of the article."""
        if not competition.series or self._published is None:
            return False
        edition = vocabulary.edition(competition.series, self._published.year)
        return edition is not None and may_be_told(competition, self._published)

    def _may_be_at(self, place: str) -> bool:
        """Whether the competition being told of, whose place is not told, can be there."""
        held = self._setting.competition
        if held is None or self._setting.place is not None:
            return False
        return self._published is None or was_there(held, self._published.year, place)

    def named(self, disciplines: list[tuple[Discipline, ...]]) -> None:
        """The disciplines that a sentence named, in order."""
        for named in disciplines:
            self._topics.named(named)

    def _background(self, contest: Contest) -> bool:
        """What another competition was, in the report of one: a championship that no day places, or days before it."""
        if contest.competition is None or self.main is None:
            return False
        if identity(self.main.competition) == identity(contest.competition):
            return False
        if contest.day is None:
            unnamed = contest.competition.series is None and contest.competition.kind == "championships"
            return contest.competition.medals or unnamed
        return self.main.day is not None and (self.main.day - contest.day).days >= _APART

    def _is_of_scene(self, contest: Contest) -> bool:
        """A circuit is no scene of its own beside one of its meetings, nor another name of what is held there."""
        scene, other = self._setting, contest.competition
        if scene.competition is None or other is None or scene.competition.kind == "circuit":
            return False
        town, here = other.place or contest.place, scene.place or scene.competition.place
        if other.kind == "circuit":
            return town in (None, here)
        return scene.competition.kind == other.kind == "meeting" and town is not None and town == here

    def settle(
        self,
        own: Contest,
        sentence: Contest,
        athlete: Entity,
        *,
        title: bool = False,
        mark: Mark | None = None,
        together: bool = False,
    ) -> Settled:
        """Complete a contest. A title keeps to its own words, but for the discipline, which its bearer's may give."""
        around = Contest(disciplines=sentence.disciplines, length=sentence.length) if title else sentence
        told = around.competition if can_be_at(around.competition, own.place) else None
        competition = indoors(own.competition or road_race_at(told, own.place), own.disciplines, own.place)
        competition = competition if title or own.year else self._same_meeting(competition)
        borrowed = False
        if competition is None:
            competition = self._borrowed(own)
            borrowed = competition is not None
        disciplines, known = own.disciplines, False
        if not disciplines and own.relay:
            disciplines = self._topics.of_relay(athlete)
        elif not disciplines and title:
            disciplines, known = self._topics.of_title(around, athlete, competition)
        elif not disciplines:
            disciplines, known = self._topics.choose(
                around, self._paragraph, athlete, competition, mark, together=together
            )
        sex = self._sex(own, around, athlete, title=title)
        indoor = own.indoor or bool(competition and competition.indoor)
        discipline = one_of(disciplines, sex, mark, indoor=indoor)
        discipline = self._measured(discipline, competition, own, around)
        if discipline is not None and not title:
            self._topics.told(athlete, competition, discipline, guessed=known)
        place = own.place or (None if title else self._place(around, competition, borrowed))
        year = own.year or (None if title else self._year(own, around, competition, borrowed))
        if year is None and competition is not None and competition.medals and competition.series and place:
            edition = vocabulary.edition_at(competition.series, place, self._published)
            year = edition.held if edition else None
        year = held_in(competition, year)
        if year is not None and not was_held(competition, year):
            year = None
        if place is not None and not was_there(competition, year, place):
            place = None
        if place is None and not title:
            place = self._known_place(competition, year)
        day = own.day or (around.day if not own.year else None)  # "who won in June, said yesterday"
        if day is None and borrowed and not own.year:
            day = self._setting.day
        if day is not None and year is not None and day.year != year:
            day = None  # of the report, not of the race that it recalls
        return Settled(
            discipline,
            competition,
            year,
            place,
            sex or (discipline.sex if discipline is not None else None),
            "final" if title else _round_of(own, around, competition, discipline),
            day,
            own.category,
            indoor,
            borrowed or known,
            known,
        )

    def _same_meeting(self, competition: Competition | None) -> Competition | None:
        """A country's trials and championships are one meeting: the title won there goes by the name of the scene."""
        scene = self._setting.competition
        if competition is None or scene is None or not (competition.series and scene.series):
            return competition
        one, other = vocabulary.series_named(competition.series), vocabulary.series_named(scene.series)
        if one is None or other is None or one.country != other.country or one.country is None:
            return competition
        trials = {one.kind, other.kind} == {"trials", "championships"} and not (one.category or other.category)
        return scene if trials and one.level == other.level == "national" else competition

    def _known_place(self, competition: Competition | None, year: int | None) -> str | None:
        """Of the places that the article names, the one where the register has the championship of that year."""
        if competition is None or not competition.series or year is None:
            return None
        edition = vocabulary.edition(competition.series, year)
        found = (p for p in self.places if edition in vocabulary.editions_at(competition.series, p))
        return next(found, None) if edition is not None and edition.held == year else None

    def _borrowed(self, own: Contest) -> Competition | None:
        """The competition being told of, unless the contest took place elsewhere or cannot be part of it."""
        setting = (
            self._setting if self._setting.competition else (self.main or self._planned or self._only or self.host)
        )
        apart = own.place and (setting.place or setting is self._only) and own.place != setting.place
        if not may_have(setting.competition, own.disciplines):
            return None
        if not apart or are_near(own.place or "", setting.place or ""):
            return setting.competition
        return setting.competition if own.year and was_at(setting.competition, own.year, own.place or "") else None

    def _sex(self, own: Contest, around: Contest, athlete: Entity, *, title: bool) -> Sex | None:
        sex = own.sex or around.sex or athlete.sex or (None if title else self._paragraph.sex)
        if not own.sex and athlete.likely_sex and sex in ("M", "F"):
            return athlete.likely_sex
        return sex or athlete.likely_sex

    def _measured(
        self, discipline: Discipline | None, competition: Competition | None, own: Contest, around: Contest
    ) -> Discipline | None:
        """Of cross country, the race of the length that is told; of what only walkers contest there, the walk."""
        length = own.length or around.length or self._paragraph.length
        if discipline is not None and own.surface is None and length and discipline.group == "cross-country-running":
            discipline = vocabulary.discipline(f"{length} cross country") or discipline
        if competition is None:
            return discipline
        if discipline is None:
            told = f"{length} cross country" if length else "cross country"
            return vocabulary.discipline(told) if competition.kind == "cross country" else None
        if competition.discipline == "cross-country" and discipline.group in ("road-running", "long-distance"):
            kilometres = (discipline.distance_metres or 0) / 1000
            return vocabulary.discipline(f"{kilometres:g}km cross country") or discipline
        walked = competition.medals and competition.discipline is None and discipline.name in _WALKS
        return vocabulary.discipline(f"{discipline.name} walk" if walked else discipline.name) or discipline

    def opened(self, settled: Settled) -> Settled:
        """What the opening of an article told before it named the competition, if nothing sets it apart."""
        scene = self.main
        if scene is None or scene.competition is None:
            return settled
        where = scene.place or scene.competition.place
        apart = settled.place and settled.place != where and not are_near(settled.place, where or "")
        year = self._year(Contest(), scene, scene.competition, borrowed=True)
        if apart or settled.year not in (None, year) or settled.indoor > scene.competition.indoor:
            return settled
        return settled._replace(
            competition=scene.competition,
            year=year,
            place=settled.place or where,
            round=_round(settled.round, scene.competition),
            contextual=True,
        )

    def unfinished(self, settled: Settled) -> Settled:
        """Whoever stops in a part of a combined event does not finish the whole."""
        whole = self._topics.whole(settled.discipline) if settled.discipline is not None else None
        return settled._replace(discipline=whole) if whole is not None else settled

    def reigning(self, settled: Settled, *, before: bool = False) -> Settled:
        """A title held at the time of writing was won at the last edition of a championship, by the calendar.

        One that is defended (`before`) was won at the edition before the one that is going on or just over.
        """
        competition = settled.competition
        if competition is None or not competition.series or self._published is None:
            return settled
        if competition.kind not in ("games", "championships"):
            return settled
        day = self._published - _JUST_OVER if before else self._published
        edition = vocabulary.latest_edition(competition.series, day)
        return settled._replace(year=edition.held, day=None, contextual=True) if edition else settled

    def _year(self, own: Contest, sentence: Contest, competition: Competition | None, borrowed: bool) -> int | None:
        if (sentence.year and not own.competition) or (
            sentence.year and identity(sentence.competition) == identity(own.competition)
        ):
            return sentence.year
        setting = (
            self._setting
            if identity(self._setting.competition) == identity(competition)
            else self.main
            if self.main and identity(self.main.competition) == identity(competition)
            else self._only
            if self._only.competition and identity(self._only.competition) == identity(competition)
            else None
        )
        where = own.place or (competition.place if competition is not None and competition.medals else None)
        dated = self._published is not None or (competition is not None and competition.medals)
        if competition is not None and where and competition.series and dated:
            edition = vocabulary.edition_at(competition.series, where, self._published)
            if edition:
                return edition.held
        if setting is not None and setting.year:
            return setting.year
        if borrowed or competition is None or setting is not None:
            return self._current(setting)
        if competition.series and self._published:
            edition = vocabulary.latest_edition(competition.series, self._published)
            running = vocabulary.edition(competition.series, self._published.year)
            if running and (running.start is None or running.start <= self._published) and competition.kind != "games":
                return running.held
            return edition.held if edition else self._published.year
        return self._published.year if self._published else None

    def _current(self, setting: Contest | None) -> int | None:
        if setting is not None and setting.place and setting.competition and setting.competition.series:
            edition = vocabulary.edition_at(setting.competition.series, setting.place, self._published)
            if edition:
                return edition.held
        return self._published.year if self._published else None

    def _place(self, sentence: Contest, competition: Competition | None, borrowed: bool) -> str | None:
        if sentence.place and (sentence.competition is None or identity(sentence.competition) == identity(competition)):
            return sentence.place
        if competition is not None and competition.place:
            return competition.place
        if borrowed or identity(self._setting.competition) == identity(competition):
            return self._setting.place
        return self.main.place if self.main and identity(self.main.competition) == identity(competition) else None


def _round_of(
    own: Contest, around: Contest, competition: Competition | None, discipline: Discipline | None
) -> Round | None:
    """The round that is told, but for one that was reached by the result; that of a throw or jump is an attempt."""
    told = (None if own.onward else own.round) or around.round
    if told in ("heat", "quarter-final") and discipline is not None and discipline.mark_kind == "distance":
        told = None
    return told if own.onward or around.onward else _round(told, competition)


def _round(told: Round | None, competition: Competition | None) -> Round | None:
    """A result at a championship is one of the final unless a round is told."""
    if told is None and competition is not None and competition.kind in ("games", "championships", "trials"):
        return "final"
    return told
