"""What an article knows of a contest -> the key it has in the graph, full or partial."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.facts import AnyRace, PartialRace, RaceKey
from ontology import vocabulary
from ontology.names import fold, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph.model import Extraction, Race, Round, Sex
    from ontology.entries import Series

# Competitions whose contests have rounds: there an unnamed round is unknown. At all others it is the only one.
_WITH_ROUNDS = {"games", "championships", "trials"}


def series_slug(series: str | None, competition: str | None) -> str | None:
    """The slug of a competition: the ontology's where it is known, else minted from its name."""
    if series:
        return series
    if not competition:
        return None
    known = vocabulary.series_named(competition)
    return known.slug if known else slug(competition)


def discipline_slug(name: str, sex: Sex | None = None, *, indoor: bool = False) -> str:
    """The slug of a discipline: the ontology's where it is known, else minted from its name."""
    known = vocabulary.discipline(name, sex, indoor=indoor)
    return known.slug if known else slug(name)


def place_slug(name: str) -> str:
    """The slug of a place: the ontology's where it is known, else minted from its name."""
    known = vocabulary.place(name)
    return known.slug if known else slug(name)


def nominal_year(series: str | None, year: int) -> int:
    """The year an edition is named after, given the one it took place in (Tokyo's Games: 2021 -> 2020)."""
    edition = vocabulary.edition(series, year) if series else None
    return edition.year if edition else year


def race_keys(
    extraction: Extraction, first: Mapping[str, str], settled: Callable[[str], str] = str
) -> dict[str, AnyRace]:
    """Local id -> key, for the races of one article.

    `first` gives for each local id the slug of the athlete (or code of the team) that the article names first in it;
    races without one are left out. `settled` leads from the slug of a competition's name to that of the competition. A
    race for which a medal is stated is a final where its round is not.
    """
    finals = {result.race for result in extraction.results if result.medal}
    keys: dict[str, AnyRace] = {}
    taken: set[str] = set()
    for race in extraction.races:
        if race.id not in first:
            continue
        partial = _partial(race, extraction.article, first[race.id], settled)
        if partial.round is None and race.id in finals:
            partial = replace(partial, round="final")
        full = race_key(partial)
        if full is None:
            while partial.slug in taken:
                partial = replace(partial, ordinal=partial.ordinal + 1)
            taken.add(partial.slug)
        keys[race.id] = full or partial
    return keys


def _partial(race: Race, article: str, who: str, settled: Callable[[str], str]) -> PartialRace:
    named = series_slug(race.series, race.competition)
    series = settled(named) if named else None
    known = vocabulary.series_named(series) if series else None
    discipline = race.discipline or (known.discipline if known else None)
    category = _category(race.category) if race.category else None
    if category and known and known.category and fold(category) == fold(known.category):
        category = None  # the series says it already
    return PartialRace(
        article=article,
        who=who,
        series=series,
        year=None if race.year is None else nominal_year(series, race.year),
        discipline=discipline_slug(discipline, race.sex, indoor=race.indoor) if discipline else None,
        sex=race.sex,
        round=race.round or _only_round(series, known),
        number=race.heat,
        category=category,
        reigning=race.reigning,
    )


def _category(written: str) -> str:
    """One spelling for all that have the same slug: U20, wheelchair."""
    words = slug(written).replace("-", " ")
    return words.upper() if any(sign.isdigit() for sign in words) else words


def _only_round(series: str | None, known: Series | None) -> Round | None:
    if series is None or (known is not None and known.kind in _WITH_ROUNDS):
        return None
    return "final"


def race_key(race: PartialRace) -> RaceKey | None:
    """The full key, or None where a slot of it is missing: heats without a number cannot be told apart."""
    if race.series is None or race.year is None or race.discipline is None or race.sex is None or race.round is None:
        return None
    if race.round != "final" and race.number is None:
        return None
    number = None if race.round == "final" else race.number
    return RaceKey(race.series, race.year, race.discipline, race.sex, race.round, number, race.category)
