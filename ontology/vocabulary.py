"""The countries, places, disciplines and competitions that athletics news speaks of, with look-ups.

Read once from the Turtle files beside this module, within some 50 ms. Every look-up takes the text as an article has it
and is forgiving about case, accents, hyphens, full stops and a leading "the"; abbreviations of up to three capitals
("US", "GB", "NED") count only as capitals. A text that fits several values gives None, unless an argument can decide.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from ontology.entries import Country, Discipline, Edition, Level, MarkKind, Place, Series, SeriesKind, Sex
from ontology.names import fold, slug
from ontology.reading import read_countries, read_disciplines, read_places, read_series
from ontology.spellings import Index, key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = [
    "Country",
    "Discipline",
    "Edition",
    "Level",
    "MarkKind",
    "Place",
    "Series",
    "SeriesKind",
    "Sex",
    "countries",
    "country",
    "country_spellings",
    "discipline",
    "discipline_spellings",
    "disciplines",
    "edition",
    "edition_at",
    "editions_at",
    "home_nation",
    "latest_edition",
    "place",
    "place_spellings",
    "places",
    "series",
    "series_named",
    "series_spellings",
    "town",
]

_YEAR: Final = re.compile(r"^(?:18|19|20)\d\d (?=\D)|(?<=\D) (?:18|19|20)\d\d$")
_CROSS_COUNTRY: Final = re.compile(
    r"^(\d+(?:\.\d+)?) ?(?:km|k|kilometres?|kilometers?) (?:cross country|xc)(?: race)?$"
)
# m/s: faster than any cross-country race has been run, and a walk
_FASTEST_CROSS_COUNTRY: Final = 7.2
_SLOWEST_CROSS_COUNTRY: Final = 1.5

_Value = TypeVar("_Value")


def _only(values: list[_Value]) -> _Value | None:
    return values[0] if len(values) == 1 else None


# ---- countries


@cache
def countries() -> tuple[Country, ...]:
    """All countries, historic ones included; home nations only inside the country they compete for."""
    return read_countries()


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


@cache
def places() -> tuple[Place, ...]:
    """All towns, regions and venues."""
    return read_places()


@cache
def _places_by_slug() -> dict[str, Place]:
    return {entry.slug: entry for entry in places()}


@cache
def _place_index() -> Index[Place]:
    return Index(places(), lambda entry: entry.spellings)


def place(text: str) -> Place | None:
    """The town, region or venue of that name or slug."""
    return _only(_place_index().find(text)) or _places_by_slug().get(text)


def place_spellings() -> Mapping[str, tuple[Place, ...]]:
    """Every name of a place, in the case of a text -> the places that bear it."""
    return _place_index().spellings()


def town(slug: str) -> str:
    """The slug of the town that a venue stands in; any other place's own."""
    entry = _places_by_slug().get(slug)
    return entry.within if entry and entry.venue and entry.within else slug


# ---- disciplines


@cache
def disciplines() -> tuple[Discipline, ...]:
    """All disciplines, cross-country races of a stated length excepted."""
    return read_disciplines()


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
    best, worst = metres / _FASTEST_CROSS_COUNTRY, metres / _SLOWEST_CROSS_COUNTRY
    return Discipline(slug(name), name, (), "time", "cross-country-running", metres, best, worst)


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


@cache
def series() -> tuple[Series, ...]:
    """All series, each with its editions by year."""
    return read_series(_places_by_slug())


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
    editions = _editions(series_slug)
    nominal = next((entry for entry in editions if entry.year == year), None)
    return nominal or next((entry for entry in editions if entry.held == year), None)


@lru_cache(maxsize=4096)
def editions_at(series_slug: str, where: str) -> tuple[Edition, ...]:
    """The editions held at a town, venue, region or country, by year."""
    nation, site = country(where), place(where)
    slugs = {site.slug, town(site.slug)} if site else set()
    return tuple(
        entry
        for entry in _editions(series_slug)
        if slugs & set(entry.places) or (nation and entry.country == nation.code)
    )


def edition_at(series_slug: str, where: str, before: date | None = None) -> Edition | None:
    """The latest edition held there: "the Athens Olympics". With `before`, the latest that had begun by that day."""
    begun = [entry for entry in editions_at(series_slug, where) if before is None or _has_begun(entry, before)]
    return begun[-1] if begun else None


def latest_edition(series_slug: str, before: date) -> Edition | None:
    """The last edition that was over before that day: whose champion is the reigning one.

    An edition without dates counts from the month after that in which its series is usually held, else from January.
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
