"""What fills the slots of `phrases.yaml`, each noting what it asserts and erring at the given rates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ontology import vocabulary
from ontology.names import slug
from world.people import calendar
from world.writing import RANKS, clocking, misprinted, performance, rounded, written_day, written_mark

if TYPE_CHECKING:
    from world.telling import Figure, Slots, Teller
    from world.values import Person, Race, Term

MEDALS = {1: "gold", 2: "silver", 3: "bronze"}
_SAID = {  # where news does not use the first name of the tables
    "USA": ("the United States", "America's"),
    "NED": ("the Netherlands", "the Netherlands'"),
    "GBR": ("Britain", "Britain's"),
    "CZE": ("the Czech Republic", "the Czech Republic's"),
}
_THROWS = ("shot put", "discus", "hammer", "javelin")


# ---- people


def _his(_: Teller, figure: Figure) -> str:
    return "Her" if figure.person.sex == "F" else "His"


def _role(_: Teller, figure: Figure) -> str:
    event = figure.person.event or ""
    if event in _THROWS:
        return "thrower"
    roles = {
        "jump": "jumper",
        "vault": "vaulter",
        "hurdles": "hurdler",
        "decathlon": "athlete",
        "heptathlon": "athlete",
    }
    return roles.get(event.rpartition(" ")[2], "runner")


def _country(teller: Teller, figure: Figure) -> str:
    code = figure.person.country
    others = sorted({*calendar()["towns"].values()} - {code})
    said = teller.once(
        ("country", figure.person.id), code, lambda: teller.dice.choice(others), teller.rates.wrong_country
    )
    teller.note("country", said, figure, error=said != code)
    return said


def _nation(teller: Teller, figure: Figure) -> str:
    code = _country(teller, figure)
    return _SAID[code][0] if code in _SAID else _known(code).name


def _nations(teller: Teller, figure: Figure) -> str:
    code = _country(teller, figure)
    return _SAID[code][1] if code in _SAID else f"{_known(code).name}'s"


def _adjective(teller: Teller, figure: Figure) -> str:
    return _known(_country(teller, figure)).adjectives[0]


def _known(code: str) -> vocabulary.Country:
    country = vocabulary.country(code)
    if country is None:
        raise KeyError(code)
    return country


def term_of(terms: tuple[Term, ...], day: date) -> Term | None:
    """The one that was running, or had been the last."""
    begun = [term for term in terms if term.first <= day.year]
    return begun[-1] if begun else None


def _coach(teller: Teller, figure: Figure) -> str:
    term = term_of(figure.person.coaches, teller.today)
    assert term is not None  # noqa: S101
    teller.note("coach", term.who, figure)
    return teller.name(teller.world.people[term.who])


def _old_coach(teller: Teller, figure: Figure) -> str:
    return teller.name(teller.world.people[figure.person.coaches[0].who])


def _club(teller: Teller, figure: Figure) -> str:
    term = term_of(figure.person.clubs, teller.today)
    assert term is not None  # noqa: S101
    teller.note("club", term.who, figure)
    return teller.club(term.who)


def _old_club(teller: Teller, figure: Figure) -> str:
    return teller.club(figure.person.clubs[0].who)


def _sibling(teller: Teller, figure: Figure) -> Person:
    other = teller.world.people[figure.person.siblings[0]]
    teller.note("kin", other.id, figure)
    return other


# ---- races


def race_of(figure: Figure) -> Race:
    """The race that a slot speaks of."""
    if figure.race is None:
        raise ValueError(f"{figure.person.id}: the sentence speaks of a race that it was not given")
    return figure.race


def _event(_: Teller, figure: Figure) -> str:
    race = race_of(figure)
    return f"{'women' if race.sex == 'F' else 'men'}'s {race.event}"


def competition(teller: Teller, race: Race) -> str:
    """Its name or, at a rate, an alias that news uses or a sponsor's before it."""

    def other() -> str:
        known = vocabulary.series_named(race.meeting.series) if race.meeting.real else None
        if known is None:
            return f"{teller.dice.choice(calendar()['sponsors'])} {race.meeting.name}"
        aliases = [alias for alias in known.aliases if alias[0].isupper() and len(alias) > 8]
        return teller.dice.choice(aliases) if aliases else known.name

    key, name = ("competition", race.meeting.series), race.meeting.name
    said = teller.once(key, name, other, teller.rates.other_competition_name)
    teller.call(said.removeprefix("The "), f"series/{race.meeting.series}", plain=said == name)
    return said


def _comp(teller: Teller, figure: Figure) -> str:
    return f"the {competition(teller, race_of(figure)).removeprefix('The ')}"


def _past_comp(teller: Teller, figure: Figure) -> str:
    return f"the {race_of(figure).meeting.year} {competition(teller, race_of(figure)).removeprefix('The ')}"


def _meet(teller: Teller, figure: Figure) -> str:
    return _meet_in(teller, figure) if teller.dice.random() < 0.5 else _comp(teller, figure)


def _meet_in(teller: Teller, figure: Figure) -> str:
    meeting = race_of(figure).meeting
    if not meeting.town or slug(meeting.town) in slug(meeting.name):
        return _comp(teller, figure)
    return f"{_comp(teller, figure)} in {_town(teller, figure)}"


def _town(teller: Teller, figure: Figure) -> str:
    """Where the race was; of a race to come, and in a headline, nothing is asserted."""
    said = _place_name(teller, figure)
    if race_of(figure).day <= teller.today:
        teller.note("venue", said, figure, error=said != race_of(figure).meeting.town)
    return said


def _place_name(teller: Teller, figure: Figure) -> str:
    race = race_of(figure)
    others = [town for town in calendar()["towns"] if town != race.meeting.town]
    return teller.once(
        ("venue", race.slug), race.meeting.town, lambda: teller.dice.choice(others), teller.rates.wrong_venue
    )


def _day(teller: Teller, figure: Figure) -> str:
    race = race_of(figure)

    def other() -> str:
        return (race.day + timedelta(days=teller.dice.choice((-1, 1)))).isoformat()

    said = teller.once(("date", race.slug), race.day.isoformat(), other, teller.rates.wrong_date)
    day = date.fromisoformat(said)
    teller.note("date", said, figure, error=day != race.day)
    recent = 0 <= (teller.today - day).days < 6
    return f"on {day:%A}" if recent and teller.dice.random() < 0.7 else f"on {written_day(day)}"


def _coming(_: Teller, figure: Figure) -> str:
    return f"on {written_day(race_of(figure).day)}"


# ---- results


def mark(teller: Teller, figure: Figure) -> str:
    """The mark; misprinted or rounded at the given rates."""
    race = race_of(figure)
    true = written_mark(race.event, figure.mark)
    key = ("mark", race.slug, figure.person.id)
    near = teller.once((*key, "rounded"), true, lambda: rounded(true), teller.rates.rounded_mark)
    said = teller.once(key, near, lambda: misprinted(true, teller.dice), teller.rates.wrong_mark)
    teller.note("mark", said, figure, error=said not in (true, near))
    return said


def place(teller: Teller, figure: Figure) -> int:
    """The place; that of a neighbour at the given rate."""
    race = race_of(figure)
    true = str(figure.place)
    wrong = str(figure.place + 1) if figure.place < 3 else str(figure.place - 1)
    said = teller.once(("place", race.slug, figure.person.id), true, lambda: wrong, teller.rates.wrong_place)
    teller.note("place", said, figure, error=said != true)
    return int(said)


def _medal(teller: Teller, figure: Figure) -> str:
    teller.note("place", str(figure.place), figure)
    return MEDALS[figure.place]


SLOTS: Slots = {
    "full": lambda teller, figure: teller.full_name(figure.person),
    "short": lambda teller, figure: teller.surname(figure.person),
    "His": _his,
    "He": lambda _, figure: "She" if figure.person.sex == "F" else "He",
    "he": lambda _, figure: "she" if figure.person.sex == "F" else "he",
    "role": _role,
    "code": _country,
    "nation": _nation,
    "nations": _nations,
    "adj": _adjective,
    "coach": _coach,
    "oldcoach": _old_coach,
    "club": _club,
    "oldclub": _old_club,
    "sibling": lambda teller, figure: "sister" if _sibling(teller, figure).sex == "F" else "brother",
    "siblingof": lambda _, figure: "sister" if figure.person.sex == "F" else "brother",
    "brother": lambda teller, figure: teller.full_name(_sibling(teller, figure)),
    "event": _event,
    "dist": lambda _, figure: race_of(figure).event,
    "year": lambda _, figure: str(race_of(figure).meeting.year),
    "title": lambda _, figure: f"{race_of(figure).meeting.attributive} {race_of(figure).event}",
    "comp": _comp,
    "pastmeet": _past_comp,
    "meet": _meet,
    "meetin": _meet_in,
    "town": _town,
    "where": _place_name,
    "day": _day,
    "coming": _coming,
    "in": lambda teller, figure: performance(race_of(figure).event, mark(teller, figure)),
    "clocking": lambda teller, figure: clocking(race_of(figure).event, mark(teller, figure), teller.dice),
    "mark": mark,
    "number": lambda teller, figure: str(place(teller, figure)),
    "rank": lambda teller, figure: RANKS[place(teller, figure)],
    "medal": _medal,
}
