"""Competitions of each season and who did what in them."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from ontology import vocabulary
from ontology.names import slug
from world.people import calendar
from world.values import Entry, Meeting, Race, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontology.vocabulary import Series
    from world.values import MeetingKind as Kind
    from world.values import Person, Sex

_FIELD = 8  # athletes of a race that are told of
_EVENTS_OF_A_MEETING = 6
_WEIGHTS = {"championships": 6, "marathon": 1, "meeting": 2, "national": 1}


def events() -> list[tuple[str, Sex]]:
    """All events of men and women, those of which most is written first."""
    table = calendar()["events"]
    first = [
        "1500m",
        "100m",
        "800m",
        "5000m",
        "pole vault",
        "400m",
        "long jump",
        "marathon",
        "3000m steeplechase",
        "shot put",
    ]
    ordered = [*first, *(name for name in table if name not in first)]
    return [(name, sex) for name in ordered for sex in ("M", "F") if sex in table[name]]


def hold(world: World, years: tuple[int, int], races: int) -> None:
    """Adds the competitions of the years with `races` races in all, in order of time."""
    dice = random.Random(f"seasons {world.seed}")  # noqa: S311
    athletes: defaultdict[tuple[str, Sex], list[Person]] = defaultdict(list)
    for person in world.people.values():
        if person.event:
            athletes[person.event, person.sex].append(person)
    seasons = years[1] - years[0] + 1
    found: list[Race] = []
    for year in range(years[0], years[1] + 1):
        wanted = races // seasons
        races_of_year = (
            _race(meeting, event, sex, athletes[event, sex], dice)
            for meeting, event, sex in _programmes(year, wanted, list(athletes), dice)
        )
        found += islice((race for race in races_of_year if race is not None), wanted)
    found.sort(key=lambda race: (race.day, race.slug))
    world.races = found
    world.careers = {}
    for number, race in enumerate(found):
        for entry in race.entries:
            world.careers.setdefault(entry.person, []).append(number)


def _programmes(
    year: int, races: int, all_events: list[tuple[str, Sex]], dice: random.Random
) -> Iterator[tuple[Meeting, str, Sex]]:
    """What is contested at the meetings of a season, those that most is written of first; more than so many races."""
    meetings = _meetings(year, max(2, races // 8), dice)
    meetings.sort(key=lambda meeting: -(dice.random() ** (1 / _WEIGHTS[meeting.kind])))
    for meeting in meetings:
        programme = _programme(meeting, all_events)
        limit = max(4, races // 3) if meeting.kind == "championships" else _EVENTS_OF_A_MEETING
        for event, sex in dice.sample(programme, min(len(programme), limit)):
            yield meeting, event, sex


def _meetings(year: int, invented: int, dice: random.Random) -> list[Meeting]:
    table = calendar()
    found = [meeting for name in table["championships"] for meeting in _championships(name, year)]
    groups: tuple[tuple[Kind, str], ...] = (
        ("meeting", "meetings"),
        ("marathon", "marathons"),
        ("national", "nationals"),
    )
    for kind, group in groups:
        found += [_yearly(name, kind, year, dice) for name in table[group]]
    pairs = [(town, name) for name in table["meeting_names"] for town in table["towns"]]
    for town, name in pairs[:invented]:
        title = name.format(town)
        start = date(year, dice.randint(5, 9), dice.randint(1, 28))
        found.append(Meeting(slug(title), title, year, start, town, "meeting", real=False))
    return found


def _championships(name: str, year: int) -> Iterator[Meeting]:
    """The editions of a real championships that began in that year."""
    series = _series(name)
    for edition in series.editions:
        if edition.start and edition.start.year == year:
            yield Meeting(
                name,
                series.name,
                edition.year,
                edition.start,
                _town(edition.places[0]),
                "championships",
                min(series.attributives, key=len, default=None),
                medals=True,
                countries=tuple(calendar()["continents"].get(name, ())),
            )


def _yearly(name: str, kind: Kind, year: int, dice: random.Random) -> Meeting:
    """A real competition whose days and, where it moves, town are invented."""
    series = _series(name)
    start = date(year, series.month or 7, 1) + timedelta(days=dice.randrange(27))
    at_home = [town for town, country in calendar()["towns"].items() if country == series.country]
    town = _town(series.place) if series.place else dice.choice(at_home or [""])
    countries = (series.country,) if kind == "national" and series.country else ()
    return Meeting(name, series.name, year, start, town, kind, countries=countries)


def _series(name: str) -> Series:
    series = vocabulary.series_named(name)
    if series is None:
        raise KeyError(name)
    return series


def _town(name: str) -> str:
    place = vocabulary.place(name)
    return place.name if place else name.replace("-", " ").title()


def _programme(meeting: Meeting, all_events: list[tuple[str, Sex]]) -> list[tuple[str, Sex]]:
    if meeting.kind == "marathon":
        return [pair for pair in all_events if pair[0] == "marathon"]
    if meeting.kind in ("championships", "national"):
        return all_events
    return [pair for pair in all_events if pair[0] not in ("marathon", "decathlon", "heptathlon")]


def _race(meeting: Meeting, event: str, sex: Sex, athletes: list[Person], dice: random.Random) -> Race | None:
    """The race with the best of those who may come; None where too few do."""
    year = meeting.start.year
    may = [
        p for p in athletes if p.first <= year <= p.last and (not meeting.countries or p.country in meeting.countries)
    ]
    if meeting.kind not in ("championships", "national"):
        may = [person for person in may if dice.random() < 0.5]
    form = {person.id: person.level + dice.gauss(0, 0.07) - _age_cost(person, year) for person in may}
    first = sorted(may, key=lambda person: -form[person.id])[:_FIELD]
    if len(first) < 3:
        return None
    known = vocabulary.discipline(event)
    assert known is not None  # noqa: S101
    return Race(meeting, event, known.slug, sex, _day(meeting, dice), _entries(event, sex, first, form, dice))


def _age_cost(person: Person, year: int) -> float:
    """Form rises to the middle of a career and falls after it."""
    middle = (person.first + person.last) / 2
    return 0.006 * (year - middle) ** 2


def _day(meeting: Meeting, dice: random.Random) -> date:
    if meeting.kind == "championships":
        return meeting.start + timedelta(days=dice.randrange(5))
    return meeting.start + timedelta(days=dice.randrange(2) if meeting.kind == "national" else 0)


def _entries(
    event: str, sex: Sex, first: list[Person], form: dict[str, float], dice: random.Random
) -> tuple[Entry, ...]:
    """Marks fall behind the best in the world by up to a tenth, and no two are alike."""
    table = calendar()["events"][event]
    best, step = float(table[sex]), float(table["step"])
    slack = 0.05 if step > 0 else -0.14
    found: list[Entry] = []
    previous = None
    for place, person in enumerate(first, start=1):
        behind = max(0.0, 1.02 - form[person.id])
        mark = best * (1 + slack * behind + abs(slack) * dice.uniform(-0.01, 0.01))
        mark = round(mark, 2) if abs(step) < 1 else round(mark)
        if previous is not None and (mark - previous) * step <= 0:
            mark = round(previous + step * dice.randint(1, 9), 2)
        previous = mark
        found.append(Entry(person.id, place, mark))
    return tuple(found)
