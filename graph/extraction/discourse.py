"""Where a result belongs: the contest of a clause, completed from its sentence, its paragraph and the article's subject."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from graph.extraction.contests import Competition, Contest, indoors
from graph.extraction.quantities import Mark, fitted
from ontology import vocabulary

if TYPE_CHECKING:
    from datetime import date

    from graph.extraction.people import Entity


@dataclass(frozen=True, slots=True)
class Settled:
    """A contest with one discipline, and whether context (not the sentence) gave part of it."""

    discipline: Any
    competition: Competition | None
    year: int | None
    place: str | None
    sex: str | None
    round: str | None
    day: date | None
    category: str | None
    indoor: bool
    contextual: bool
    surface: str | None = None


def identity(competition: Competition | None) -> str | None:
    """What two mentions of one competition share, however each is spelt."""
    return (competition.series or competition.name) if competition is not None else None


def possible(mark: Mark, discipline: Any) -> bool:
    """Whether a mark can have been achieved in a discipline: the right kind, and in its range."""
    fitting = fitted(mark, discipline.mark_kind)
    return fitting is not None and bool(discipline.plausible(fitting.value))


class Discourse:
    """The state of the telling: which competition, discipline and sex the article speaks of at this point."""

    def __init__(self, published: date | None, title: Contest) -> None:
        self._published = published
        self._title = title
        self.main: Contest | None = None
        self._setting = Contest()
        self._paragraph = Contest()
        self._planned: Contest | None = None
        self._seen_disciplines: list[tuple[Any, ...]] = []
        self.dominant: tuple[Any, ...] = ()

    def paragraph(self) -> None:
        """A new paragraph: sex and discipline are told anew, the competition goes on."""
        self._paragraph = Contest()

    def heard(self, contest: Contest, *, real: bool = True) -> None:
        """Remember what a clause said of contests. Plans, and what happened in other years, do not move the scene."""
        other_year = contest.year is not None and self._published is not None and contest.year != self._published.year
        if contest.competition and (contest.future or not real):
            self._planned = self._planned or replace(contest, disciplines=(), round=None, sex=None, year=None, day=None)
        elif contest.competition and not other_year and not self._background(contest):
            if self.main is None:
                self.main = contest
            self._setting = replace(contest, disciplines=(), round=None, sex=None)
        elif contest.competition and self.main is None and not self._setting.competition:
            self._setting = replace(contest, disciplines=(), round=None, sex=None)
        elif (
            contest.place
            and not contest.competition
            and self._setting.competition is not None
            and self._setting.place is None
        ):
            self._setting = replace(self._setting, place=contest.place)
        if contest.disciplines and (not self._seen_disciplines or self._seen_disciplines[-1] != contest.disciplines):
            self._seen_disciplines.append(contest.disciplines)
        self._paragraph = replace(contest, competition=None, year=None, place=None).over(self._paragraph)

    def named(self, disciplines: list[tuple[Any, ...]]) -> None:
        """The disciplines that a sentence named, in order."""
        self._seen_disciplines += disciplines

    def _background(self, contest: Contest) -> bool:
        """Another championship named in the report of a competition is the past, unless a day places it."""
        assert contest.competition is not None
        return (
            contest.competition.medals
            and self.main is not None
            and contest.day is None
            and identity(self.main.competition) != identity(contest.competition)
        )

    def settle(
        self,
        own: Contest,
        sentence: Contest,
        athlete: Entity,
        *,
        title: bool = False,
        final: bool = False,
        mark: Mark | None = None,
    ) -> Settled:
        """Complete a contest. A title keeps to its own words, but for the discipline, which its bearer's may give."""
        competition = own.competition
        contextual = False
        if competition is None and not title:
            competition = sentence.competition
        borrowed = False
        competition = indoors(competition, own.disciplines)
        if competition is None:
            setting = self._setting if self._setting.competition else (self.main or self._planned or Contest())
            if not (
                own.place and setting.place and own.place != setting.place and not self._within(own.place, setting)
            ):
                competition = setting.competition
                borrowed = competition is not None
                contextual = contextual or borrowed
        disciplines = own.disciplines
        if not disciplines:
            disciplines, known = self._discipline(sentence, athlete, title, competition, mark)
            contextual = contextual or known
        sex = own.sex or (None if title else sentence.sex) or athlete.sex or (None if title else self._paragraph.sex)
        if not own.sex and athlete.likely_sex and sex in ("M", "F") and sex != athlete.likely_sex:
            sex = athlete.likely_sex
        sex = sex or athlete.likely_sex
        discipline = self._one(disciplines, sex, own.indoor or bool(competition and competition.indoor))
        length = own.length or sentence.length or self._paragraph.length
        if discipline is not None and own.surface is None and length and discipline.group == "cross-country-running":
            discipline = vocabulary.discipline(f"{length} cross country") or discipline
        if (
            competition is not None
            and competition.discipline == "cross-country"
            and discipline is not None
            and discipline.group == "road-running"
        ):
            discipline = vocabulary.discipline(f"{discipline.name} cross country") or discipline
        if competition is not None and competition.kind == "cross country" and discipline is None:
            discipline = vocabulary.discipline(f"{length} cross country" if length else "cross country")
        year = own.year or (None if title else self._year(own, sentence, competition, borrowed))
        place = own.place or (None if title else self._place(sentence, competition, borrowed))
        if year is None and competition is not None and competition.series and place:
            edition = vocabulary.edition_at(competition.series, place, self._published)
            year = edition.held if edition else None
        if year is not None and not self._held(competition, year):
            year = None
        if sex is None and discipline is not None:
            sex = discipline.sex
        round_ = own.round or (None if title else sentence.round)
        if (
            title
            or final
            or (round_ is None and competition is not None and competition.kind in ("games", "championships", "trials"))
        ):
            round_ = "final"
        day = own.day or (None if title else sentence.day if not own.year or sentence.year == own.year else None)
        if day is None and borrowed and not own.year:
            day = self._setting.day
        return Settled(
            discipline,
            competition,
            year,
            place,
            sex,
            round_,
            day,
            own.category,
            own.indoor or bool(competition and competition.indoor),
            contextual,
            own.surface,
        )

    def reigning(self, settled: Settled) -> Settled:
        """A title held at the time of writing was won at the last edition of a championship, by the calendar."""
        competition = settled.competition
        if (
            competition is None
            or not competition.series
            or competition.kind not in ("games", "championships")
            or self._published is None
        ):
            return settled
        edition = vocabulary.latest_edition(competition.series, self._published)
        return replace(settled, year=edition.held, contextual=True) if edition else settled

    def _held(self, competition: Competition | None, year: int) -> bool:
        """Whether a championship took place in a year, as far as the register of editions knows."""
        if competition is None or not competition.series or not competition.medals:
            return True
        series = vocabulary.series_named(competition.series)
        known = [y for e in series.editions for y in (e.year, e.held)] if series else []
        return not known or year in known or year > max(known) or year < min(known)

    def _within(self, place: str, setting: Contest) -> bool:
        town = vocabulary.place(place)
        other = vocabulary.place(setting.place or "")
        return town is not None and other is not None and (town.within == other.slug or other.within == town.slug)

    def _discipline(
        self, sentence: Contest, athlete: Entity, title: bool, competition: Competition | None, mark: Mark | None
    ) -> tuple[tuple[Any, ...], bool]:
        if competition is not None and competition.discipline:
            fixed = vocabulary.discipline(competition.discipline)
            if fixed is not None and not (competition.discipline == "cross-country" and sentence.disciplines):
                return (fixed,), False
        if athlete.team:
            relays = [
                source
                for source in (sentence.disciplines, *reversed(self._seen_disciplines))
                if any(d.relay for d in source)
            ]
            return (relays[0] if relays else ()), True
        if title:
            return self._usual(athlete) or sentence.disciplines or self.dominant, True
        last = self._seen_disciplines[-1] if self._seen_disciplines else ()
        usual = self._usual(athlete)
        for source in (
            sentence.disciplines,
            self._paragraph.disciplines,
            usual if usual in (last, ()) or "role" in athlete.licences else (),
            self._title.disciplines,
            last,
            usual,
            self.dominant,
        ):
            if source and (mark is None or any(possible(mark, d) for d in source)):
                return source, source is not sentence.disciplines
        return (), True

    def _usual(self, athlete: Entity) -> tuple[Any, ...]:
        found = vocabulary.discipline_spellings().get(athlete.discipline or "", ())
        return tuple(found)

    def _one(self, disciplines: tuple[Any, ...], sex: str | None, indoor: bool) -> Any:
        if len(disciplines) > 1:
            fitting = [d for d in disciplines if d.sex in (None, sex)] or list(disciplines)
            sprint = (
                [d for d in fitting if d.name == "60m hurdles"]
                if indoor
                else [d for d in fitting if d.name != "60m hurdles"]
            )
            fitting = sprint or fitting
            return fitting[0] if len(fitting) == 1 else None
        return disciplines[0] if disciplines else None

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
            else None
        )
        if competition is not None and own.place and competition.series:
            edition = vocabulary.edition_at(competition.series, own.place, self._published)
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
