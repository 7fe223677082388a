"""All races and medals of a source by what they are sorted by: competition, year, discipline, sex, country.

Four queries for each version of the source, some 200 ms at 10,000 articles; pages then only choose and count.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graph import queries
from graph.browsing.describing import local
from graph.browsing.keeping import kept
from graph.browsing.performances import labelled
from graph.browsing.values import Piece
from ontology import vocabulary
from ontology.iris import kind_and_slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store.base import Source

COLOURS = ("gold", "silver", "bronze")
SEXES = {"Male": "M", "Female": "F", "Mixed": "X"}


@dataclass(frozen=True, slots=True)
class Contest:
    """A race by its key; all but `race` are IRIs or None where they are not known. `sex` is M, F or X.

    Of a `partial` one articles do not name the key in full, so that it may be the same as another.
    """

    race: str
    series: str | None = None
    edition: str | None = None
    year: int | None = None
    discipline: str | None = None
    sex: str | None = None
    final: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Won:
    """A medal: the result that brought it, by whom, and the countries of the winner (several where in dispute)."""

    result: str
    who: str
    colour: str
    contest: Contest
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Almanac:
    """`awarding` are the series whose finals bring medals."""

    contests: dict[str, Contest]
    medals: tuple[Won, ...]
    awarding: frozenset[str]


@kept
def almanac(source: Source) -> Almanac:
    """All races and medals of the source as it is."""
    contests: dict[str, Contest] = {}
    for row in source.select(queries.load("almanac-races")):
        iri = str(row["race"])
        texts = {name: str(row[name]) for name in ("series", "edition", "discipline") if name in row}
        year = str(row.get("year", ""))
        contests[iri] = Contest(  # of disputed values the last; races have hardly any, as these are their key
            iri,
            **texts,
            year=int(year) if year.lstrip("-").isdigit() else None,
            sex=SEXES.get(local(str(row["sex"]))) if "sex" in row else None,
            final=local(str(row.get("round", ""))) == "Final",
            partial=str(row["partial"]) == "true",
        )
    countries: dict[str, set[str]] = defaultdict(set)
    for row in source.select(queries.load("almanac-countries")):
        countries[str(row["who"])].add(str(row["country"]))
    medals = []
    for row in source.select(queries.load("almanac-medals")):
        who, race = str(row["who"]), str(row["race"])
        nation = {who} if _is_country(who, source.base) else countries.get(who, ())
        colour = local(str(row["colour"])).lower()
        contest = contests.get(race) or Contest(race)
        medals.append(Won(str(row["result"]), who, colour, contest, tuple(sorted(nation))))
    awarding = frozenset(str(row["series"]) for row in source.select(queries.load("awarding-series")))
    return Almanac(contests, tuple(medals), awarding)


def _is_country(iri: str, base: str) -> bool:
    parts = kind_and_slug(iri, base)
    return parts is not None and parts[0] == "country"


def named(source: Source, iris: Iterable[str]) -> dict[str, Piece]:
    """What things are called, linked to them; what has no label goes by its slug."""
    wanted = sorted(set(iris))
    labels = labelled(source, wanted)
    return {iri: Piece(labels.get(iri, local(iri)), iri) for iri in wanted}


def discipline_order(iri: str | None) -> tuple[int, str]:
    """Sorts disciplines as programmes list them: track by distance, then field, combined events and the road."""
    slug = local(iri) if iri else ""
    return (_places().get(slug, len(_places())), slug)


@cache
def _places() -> dict[str, int]:
    return {entry.slug: place for place, entry in enumerate(vocabulary.disciplines())}
