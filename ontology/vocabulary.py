"""The countries, places, disciplines and competitions that athletics news speaks of, with look-ups.

Read once from the Turtle files beside this module, within some 50 ms. Every look-up takes the text as an article has it
and is forgiving about case, accents, hyphens, full stops and a leading "the"; abbreviations of up to three capitals
("US", "GB", "NED") count only as capitals. A text that fits several values gives None, unless an argument can decide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final, TypeVar

from ontology.entries import Country, Discipline, Edition, Level, MarkKind, Place, Series, SeriesKind, Sex
from ontology.names import fold, slug
from ontology.resources import COMPETITIONS, COUNTRIES, DISCIPLINES, PLACES
from ontology.spellings import Index, key
from ontology.turtle import Node, nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARK_KINDS: Final[dict[str, MarkKind]] = {"TimeMark": "time", "DistanceMark": "distance", "PointsMark": "points"}
_SEXES: Final[dict[str, Sex]] = {"Male": "M", "Female": "F", "Mixed": "X"}
_KINDS: Final[dict[str, SeriesKind]] = {
    "Games": "games",
    "Championships": "championships",
    "Trials": "trials",
    "TeamCompetition": "team",
    "Circuit": "circuit",
    "Meeting": "meeting",
    "RoadRace": "road race",
    "CrossCountryRace": "cross country",
}
_LEVELS: Final[dict[str, Level]] = {
    "World": "world",
    "Continental": "continental",
    "International": "international",
    "National": "national",
    "Student": "student",
    "Invitational": "invitational",
}


_YEAR: Final = re.compile(r"^(?:18|19|20)\d\d (?=\D)|(?<=\D) (?:18|19|20)\d\d$")
_CROSS_COUNTRY: Final = re.compile(
    r"^(\d+(?:\.\d+)?) ?(?:km|k|kilometres?|kilometers?) (?:cross country|xc)(?: race)?$"
)

_Value = TypeVar("_Value")


def _only(values: list[_Value]) -> _Value | None:
    return values[0] if len(values) == 1 else None


# ---- countries


def _country(node: Node) -> Country:
    name = node.one("rdfs:label") or node.slug
    return Country(
        code=node.slug,
        name=name,
        names=(name, *node.all("skos:altLabel")),
        adjectives=node.all("ath:adjective"),
        inhabitants=node.all("ath:inhabitant"),
        other_codes=node.all("ath:otherCode"),
        historic=node.is_true("ath:historic"),
        part_of=node.one("ath:partOf"),
    )


@cache
def countries() -> tuple[Country, ...]:
    """All countries, historic ones included; home nations only inside the country they compete for."""
    every = [_country(node) for node in nodes(COUNTRIES)]
    parts: defaultdict[str, list[Country]] = defaultdict(list)
    for entry in every:
        if entry.part_of:
            parts[entry.part_of].append(entry)
    return tuple(
        Country(
            entry.code, entry.name, entry.names, entry.adjectives, entry.inhabitants, entry.other_codes, entry.historic,
            home_nations=tuple(parts[entry.code]),
        )
        for entry in every
        if not entry.part_of
    )  # fmt: skip


def _with_codes(entry: Country) -> tuple[str, ...]:
    codes = [code for nation in (entry, *entry.home_nations) for code in (nation.code, *nation.other_codes)]
    return (*entry.spellings, *codes)


@cache
def _country_index() -> Index[Country]:
    return Index(countries(), _with_codes)


@cache
def _home_nation_index() -> Index[Country]:
    return Index((nation for entry in countries() for nation in entry.home_nations), _with_codes)


def country(text: str) -> Country | None:
    """The country that a code, name, adjective or word for its people means; a home nation gives Great Britain."""
    return _only(_country_index().find(text))


def home_nation(text: str) -> Country | None:
    """The home nation that a code, name, adjective or word for its people means."""
    return _only(_home_nation_index().find(text))


def country_spellings() -> Mapping[str, tuple[Country, ...]]:
    """Every code, name and demonym, in the case of a text -> the countries it may mean."""
    return _country_index().spellings()


# ---- places


def _place(node: Node) -> Place:
    return Place(
        slug=node.slug,
        name=node.one("rdfs:label") or node.slug,
        aliases=node.all("skos:altLabel"),
        country=node.one("ath:country") or "",
        home_nation=node.one("ath:homeNation"),
        within=node.one("ath:within"),
        venue="Venue" in node.all("rdf:type"),
    )


@cache
def places() -> tuple[Place, ...]:
    """All towns, regions and venues."""
    return tuple(_place(node) for node in nodes(PLACES))


@cache
def _places_by_slug() -> dict[str, Place]:
    return {entry.slug: entry for entry in places()}


@cache
def _place_index() -> Index[Place]:
    return Index(places(), lambda entry: entry.spellings)


def place(text: str) -> Place | None:
    """The town, region or stadium of that name or slug."""
    return _only(_place_index().find(text)) or _places_by_slug().get(text)


def place_spellings() -> Mapping[str, tuple[Place, ...]]:
    """Every name of a place, in the case of a text -> the places that bear it."""
    return _place_index().spellings()


def town(slug: str) -> str:
    """The slug of the town that a venue stands in; any other place's own."""
    entry = _places_by_slug().get(slug)
    return entry.within if entry and entry.venue and entry.within else slug


def _surroundings(slug: str | None) -> tuple[str, ...]:
    found: list[str] = []
    while slug:
        found.append(slug)
        entry = _places_by_slug().get(slug)
        slug = entry.within if entry else None
    return tuple(found)


# ---- disciplines


def _discipline(node: Node) -> Discipline:
    return Discipline(
        slug=node.slug,
        name=node.one("skos:prefLabel") or node.slug,
        aliases=node.all("skos:altLabel"),
        mark_kind=_MARK_KINDS[node.one("ath:markClass") or ""],
        group=node.one("skos:broader") or "",
        distance_metres=node.number("ath:distanceMetres"),
        best=node.number("ath:plausibleBest"),
        worst=node.number("ath:plausibleWorst"),
        sex=_SEXES.get(node.one("ath:sex") or ""),
        indoors=node.is_true("ath:heldIndoors"),
        relay=node.is_true("ath:isRelay"),
    )


@cache
def disciplines() -> tuple[Discipline, ...]:
    """All disciplines, cross-country races of a stated length excepted."""
    return tuple(_discipline(node) for node in nodes(DISCIPLINES) if "Discipline" in node.all("rdf:type"))


@cache
def _discipline_index() -> Index[Discipline]:
    return Index(disciplines(), lambda entry: (*entry.spellings, entry.slug))


def _measured_cross_country(text: str) -> Discipline | None:
    """Cross-country courses have any length; each length is a discipline of its own, made as it is met."""
    found = _CROSS_COUNTRY.match(fold(text).strip().replace("-", " "))
    if not found:
        return None
    name = f"{found[1]}km cross country"
    metres = float(found[1]) * 1000
    # 7.2 and 1.5 m/s: faster than any cross-country race has been run, and a walk.
    return Discipline(slug(name), name, (), "time", "cross-country-running", metres, metres / 7.2, metres / 1.5)


def discipline(text: str, sex: Sex | None = None, *, indoor: bool = False) -> Discipline | None:
    """The discipline that an article writes so; `sex` and `indoor` decide between the sprint hurdles."""
    found = _discipline_index().find(text)
    if len(found) > 1:
        found = [entry for entry in found if entry.indoors == indoor] or found
        found = [entry for entry in found if sex is None or entry.sex in (None, sex)]
    return _only(found) or _measured_cross_country(text)


def discipline_spellings() -> Mapping[str, tuple[Discipline, ...]]:
    """Every name of a discipline, in the case of a text -> the disciplines it may mean."""
    return _discipline_index().spellings()


# ---- competitions


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _edition(node: Node) -> Edition:
    where = _surroundings(node.one("ath:place"))
    return Edition(
        series=node.one("ath:series") or "",
        year=int(node.one("ath:year") or 0),
        places=where,
        country=_places_by_slug()[where[0]].country,
        start=_day(node.one("schema:startDate")),
        end=_day(node.one("schema:endDate")),
    )


def _series(node: Node, editions: list[Edition]) -> Series:
    month = node.one("ath:month")
    return Series(
        slug=node.slug,
        name=node.one("rdfs:label") or node.slug,
        aliases=node.all("skos:altLabel"),
        kind=_KINDS[node.one("ath:seriesKind") or ""],
        level=_LEVELS[node.one("ath:level") or ""],
        attributives=node.all("ath:attributive"),
        awards_medals=node.is_true("ath:awardsMedals"),
        indoor=node.is_true("ath:indoor"),
        category=node.one("ath:category"),
        discipline=node.one("ath:discipline"),
        country=node.one("ath:country"),
        place=node.one("ath:place"),
        month=int(month) if month else None,
        editions=tuple(sorted(editions, key=lambda edition: edition.year)),
    )


@cache
def series() -> tuple[Series, ...]:
    """All series, each with its editions by year."""
    every = list(nodes(COMPETITIONS))
    editions: defaultdict[str, list[Edition]] = defaultdict(list)
    for node in every:
        if node.kind == "edition":
            edition = _edition(node)
            editions[edition.series].append(edition)
    return tuple(_series(node, editions[node.slug]) for node in every if node.kind == "series")


@cache
def _series_by_slug() -> dict[str, Series]:
    return {entry.slug: entry for entry in series()}


@cache
def _series_index() -> Index[Series]:
    return Index(series(), lambda entry: (*entry.spellings, entry.slug))


def series_named(text: str) -> Series | None:
    """The series of that name, alias or slug; a year before or after the name is passed over."""
    index = _series_index()
    return _only(index.find(text)) or _only(index.find(_YEAR.sub("", key(text))))


def series_spellings() -> Mapping[str, tuple[Series, ...]]:
    """Every name of a series, in the case of a text -> the series it may mean."""
    return _series_index().spellings()


def _editions(series_slug: str) -> tuple[Edition, ...]:
    entry = _series_by_slug().get(series_slug)
    return entry.editions if entry else ()


def edition(series_slug: str, year: int) -> Edition | None:
    """The edition of that nominal year, else the one that took place in it."""
    return next(
        (found for match in ("year", "held") for found in _editions(series_slug) if getattr(found, match) == year), None
    )


def editions_at(series_slug: str, where: str) -> tuple[Edition, ...]:
    """The editions held at a town, stadium, region or country, by year."""
    held_in = country(where)
    found = place(where)
    slugs = {found.slug, town(found.slug)} if found else set()
    return tuple(
        edition
        for edition in _editions(series_slug)
        if slugs & set(edition.places) or (held_in and edition.country == held_in.code)
    )


def edition_at(series_slug: str, where: str, before: date | None = None) -> Edition | None:
    """The latest edition held there: "the Athens Olympics". With `before`, the latest that had begun by that day."""
    begun = [entry for entry in editions_at(series_slug, where) if before is None or _has_begun(entry, before)]
    return begun[-1] if begun else None


def latest_edition(series_slug: str, before: date) -> Edition | None:
    """The last edition that was over before that day: whose champion is the reigning one.

    An edition without dates counts from the month its series is usually held in, else from the next January.
    """
    over = [entry for entry in _editions(series_slug) if _is_over(entry, before)]
    return over[-1] if over else None


def _has_begun(entry: Edition, day: date) -> bool:
    return entry.start <= day if entry.start else entry.year <= day.year


def _is_over(entry: Edition, day: date) -> bool:
    if entry.end:
        return entry.end < day
    month = _series_by_slug()[entry.series].month
    return (entry.year, month or 12) < (day.year, day.month)
