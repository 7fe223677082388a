"""Which discipline a result was in: that of its sentence or paragraph, of the athlete's results, of the article."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from graph.extraction.combined import contests, has_part, is_combined, part_of
from graph.extraction.contests import identity
from graph.extraction.quantities import Mark, mark_of
from ontology import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.extraction.contests import Competition, Contest
    from graph.extraction.people import Entity
    from graph.model import Sex
    from ontology.entries import Discipline

_Disciplines = tuple["Discipline", ...]

# How far from the best mark possible those stay who are reported on: times so many times it, lengths such a part of it.
_SLOWEST: Final = 1.4
_SHORTEST: Final = 0.5


class Topics:
    """The disciplines that an article has spoken of so far, and whose results it told in them."""

    def __init__(self, title: _Disciplines, dominant: _Disciplines) -> None:
        self._title = title
        self._dominant = dominant
        self._seen: list[_Disciplines] = []
        self._last: Discipline | None = None
        self._told: dict[tuple[Entity, str | None], Discipline] = {}

    def named(self, disciplines: _Disciplines) -> None:
        """A discipline was named."""
        if disciplines and (not self._seen or self._seen[-1] != disciplines):
            self._seen.append(disciplines)

    def told(self, athlete: Entity, competition: Competition | None, discipline: Discipline, *, guessed: bool) -> None:
        """A sentence told what somebody did in a discipline at a competition."""
        self._last = self.whole(discipline) or discipline
        if not (guessed or discipline.relay or athlete.team):
            self._told[athlete, identity(competition)] = discipline

    def choose(
        self,
        around: Contest,
        paragraph: Contest,
        athlete: Entity,
        competition: Competition | None,
        mark: Mark | None,
        *,
        together: bool = False,
    ) -> tuple[_Disciplines, bool]:
        """The disciplines that a result may be in whose clause names none, and whether they come from elsewhere."""
        fixed = _fixed(competition, around)
        if fixed is not None:
            return (fixed,), False
        if athlete.team or together:
            run = next((s for s in (around.disciplines, *self._relays()) if any(_runs(mark, d) for d in s)), ())
            if run or athlete.team:
                return run, True
        usual = _usual(athlete)
        recent = [ds for ds in reversed(self._seen) if not any(d.relay for d in ds)]
        own = usual if usual in (*recent[:1], ()) or "role" in athlete.licences else ()
        field = own if any(d.mark_kind == "distance" for d in own) else ()  # a pole vaulter is not told of in the 100m
        told = self._told.get((athlete, identity(competition)))
        before = (told,) if told is not None else ()
        elsewhere = tuple({d for (who, _), d in self._told.items() if who is athlete})
        any_told = elsewhere if len(elsewhere) == 1 else ()
        told_of = (around.disciplines, field, paragraph.disciplines, before, own, any_told, self._title)
        relays = self._relays() if mark is not None else ()
        sources = (*told_of, *recent, usual, self._dominant, *relays)
        for fits in (_likely, _possible):
            for source in sources:
                whole = next((d for d in source if is_combined(d)), None)
                if whole is not None and not contests(whole, athlete.likely_sex):
                    continue
                if whole is not None and mark is not None and mark.kind != "points":
                    part = part_of(whole, mark, athlete.likely_sex or around.sex)
                    return ((part,) if part is not None else ()), True
                if source and (mark is None or any(fits(mark, d) for d in source)):
                    return source, source is not around.disciplines
        return (), True

    def _relays(self) -> Iterator[_Disciplines]:
        """The relays named so far, the last first."""
        return (named for named in reversed(self._seen) if any(d.relay for d in named))

    def whole(self, part: Discipline) -> Discipline | None:
        """The combined event that a discipline is part of, where the last result told was one of it."""
        last = self._last
        return last if last is not None and is_combined(last) and has_part(last, part) else None

    def of_relay(self, athlete: Entity) -> _Disciplines:
        """Which relay is meant where none is named: the one that the article names, else the one that sprinters run."""
        named = list(dict.fromkeys(self._relays()))
        if len(named) == 1:
            return named[0]
        told = {d for (who, _), d in self._told.items() if who is athlete}
        sprinter = bool(told) and all((d.distance_metres or 999) < 400 for d in told)
        return _spellings()["4x100m"] if sprinter and not named else ()

    def of_title(self, around: Contest, athlete: Entity, competition: Competition | None) -> tuple[_Disciplines, bool]:
        """The same for a title held: its bearer's discipline, not the last one told."""
        fixed = _fixed(competition, around)
        if fixed is not None:
            return (fixed,), False
        return _usual(athlete) or around.disciplines or self._dominant, True


def _fixed(competition: Competition | None, around: Contest) -> Discipline | None:
    """The one discipline of a competition that has but one."""
    if competition is None or not competition.discipline:
        return None
    if competition.discipline == "cross-country" and around.disciplines:
        return None
    return vocabulary.discipline(competition.discipline)


def _usual(athlete: Entity) -> _Disciplines:
    """The disciplines of an athlete as far as the article said."""
    found = _spellings().get(athlete.discipline or "", ())
    one_lap = vocabulary.discipline("400m hurdles")
    return (*found, one_lap) if athlete.discipline == "hurdles" and one_lap is not None else found


@cache
def _spellings() -> Mapping[str, _Disciplines]:
    return vocabulary.discipline_spellings()


def _runs(mark: Mark | None, discipline: Discipline) -> bool:
    """Whether a discipline is a relay, in which the mark can have been run."""
    return discipline.relay and (mark is None or _possible(mark, discipline))


def _possible(mark: Mark, discipline: Discipline) -> bool:
    return mark_of(mark, discipline) is not None


def _likely(mark: Mark, discipline: Discipline) -> bool:
    """Whether a mark is one of those that are reported in a discipline: 19.74 is none of the 100m."""
    fitting = mark_of(mark, discipline)
    if fitting is None or discipline.best is None:
        return fitting is not None
    if discipline.mark_kind == "time":
        return fitting.value <= discipline.best * _SLOWEST
    return fitting.value >= discipline.best * _SHORTEST


def one_of(disciplines: _Disciplines, sex: Sex | None, mark: Mark | None, *, indoor: bool) -> Discipline | None:
    """The one of several disciplines of a name ("hurdles") that sex, setting and mark leave."""
    if len(disciplines) < 2:
        return disciplines[0] if disciplines else None
    fitting = [d for d in disciplines if sex is None or d.sex in (None, sex)] or list(disciplines)
    fitting = [d for d in fitting if (d.name == "60m hurdles") == indoor] or fitting
    if mark is not None and len(fitting) > 1:
        fitting = [d for d in fitting if _likely(mark, d)] or fitting
    return fitting[0] if len(fitting) == 1 else None
