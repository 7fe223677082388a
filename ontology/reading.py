"""From the nodes of the data files to the entries of the vocabulary."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from ontology.entries import Country, Discipline, Edition, Level, MarkKind, Place, Series, SeriesKind, Sex
from ontology.resources import COMPETITIONS, COUNTRIES, DISCIPLINES, PLACES
from ontology.turtle import Node, nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARK_KINDS: Final[dict[str, MarkKind]] = {"TimeMark": "time", "DistanceMark": "distance", "PointsMark": "points"}
_SEXES: Final[dict[str | None, Sex]] = {"Male": "M", "Female": "F", "Mixed": "X"}
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


def read_countries() -> tuple[Country, ...]:
    """All countries, home nations only inside the country that they are part of."""
    every = [_country(node) for node in nodes(COUNTRIES)]
    parts: defaultdict[str, list[Country]] = defaultdict(list)
    for entry in every:
        if entry.part_of:
            parts[entry.part_of].append(entry)
    return tuple(replace(entry, home_nations=tuple(parts[entry.code])) for entry in every if not entry.part_of)


def _country(node: Node) -> Country:
    name = node.required("rdfs:label")
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


def read_places() -> tuple[Place, ...]:
    """All towns, regions and venues."""
    return tuple(
        Place(
            slug=node.slug,
            name=node.required("rdfs:label"),
            aliases=node.all("skos:altLabel"),
            country=node.required("ath:country"),
            home_nation=node.one("ath:homeNation"),
            within=node.one("ath:within"),
            venue="Venue" in node.all("rdf:type"),
        )
        for node in nodes(PLACES)
    )


def read_disciplines() -> tuple[Discipline, ...]:
    """All disciplines; the groups they belong to are left out."""
    return tuple(
        Discipline(
            slug=node.slug,
            name=node.required("skos:prefLabel"),
            aliases=node.all("skos:altLabel"),
            mark_kind=_MARK_KINDS[node.required("ath:markClass")],
            group=node.required("skos:broader"),
            distance_metres=node.number("ath:distanceMetres"),
            best=node.number("ath:plausibleBest"),
            worst=node.number("ath:plausibleWorst"),
            sex=_SEXES.get(node.one("ath:sex")),
            indoors=node.is_true("ath:heldIndoors"),
            relay=node.is_true("ath:isRelay"),
        )
        for node in nodes(DISCIPLINES)
        if "Discipline" in node.all("rdf:type")
    )


def read_series(places: Mapping[str, Place]) -> tuple[Series, ...]:
    """All series with their editions by year; `places` by slug."""
    every = list(nodes(COMPETITIONS))
    editions: defaultdict[str, list[Edition]] = defaultdict(list)
    for node in every:
        if node.kind == "edition":
            edition = _edition(node, places)
            editions[edition.series].append(edition)
    return tuple(_series(node, editions[node.slug]) for node in every if node.kind == "series")


def _series(node: Node, editions: list[Edition]) -> Series:
    month = node.one("ath:month")
    return Series(
        slug=node.slug,
        name=node.required("rdfs:label"),
        aliases=node.all("skos:altLabel"),
        kind=_KINDS[node.required("ath:seriesKind")],
        level=_LEVELS[node.required("ath:level")],
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


def _edition(node: Node, places: Mapping[str, Place]) -> Edition:
    place = node.required("ath:place")
    return Edition(
        series=node.required("ath:series"),
        year=int(node.required("ath:year")),
        places=_surroundings(place, places),
        country=places[place].country,
        start=_day(node.one("schema:startDate")),
        end=_day(node.one("schema:endDate")),
    )


def _surroundings(slug: str | None, places: Mapping[str, Place]) -> tuple[str, ...]:
    """The place, and what it lies in."""
    found: list[str] = []
    while slug:
        found.append(slug)
        slug = places[slug].within
    return tuple(found)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
