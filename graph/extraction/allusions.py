"""Competitions told without a name of their own: "the 1996 Games", "the Athens Games", "Beijing 2008", "the national
athletics championships".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.contests import Competition, competition_of_series
from ontology import vocabulary

if TYPE_CHECKING:
    from ontology.entries import Edition, Series

# Those whose editions news calls by town or year alone, in the order in which they are thought of.
_BY_TOWN: Final = ("olympic-games", "world-championships", "commonwealth-games", "european-championships")
_BY_YEAR: Final = ("olympic-games", "commonwealth-games")
_GAMES: Final = (*_BY_YEAR, "pan-american-games", "asian-games", "african-games")
_HELD: Final = {"championships": "Championships", "championship": "Championships", "champs": "Championships",
                "trials": "Trials"}  # fmt: skip
_KINDS: Final = {"Championships": "championships", "Trials": "trials"}
_OF_A_NATION: Final = ("setting", "surface", "category", "discipline")
_OF_A_NATION_WORDS: Final = {"athletics", "outdoor", "track", "and", "field", "senior", "open", "road", "-", "&",
                             "collegiate", "university", "under", "underage"}  # fmt: skip
_SAID_ANYWAY: Final = {"athletics", "outdoor", "track", "and", "field", "senior", "-", "&"}


def allusion(chunks: list[Chunk], index: int) -> tuple[Chunk, int] | None:
    """The competition that the words at `index` allude to, as one chunk, and where they end."""
    chunk = chunks[index]
    if chunk.text == "Games" and chunk.kind == "word":
        return _games(chunks, index)
    if chunk.kind == "place":
        return _place(chunks, index)
    if chunk.kind == "level" and chunk.lemma == "national":
        return _nationals(chunks, index)
    return None


def _games(chunks: list[Chunk], index: int) -> tuple[Chunk, int] | None:
    """ "the 1996 Games" """
    before = at(chunks, index - 1)
    if before is None or before.kind != "year":
        return None
    site = at(chunks, index + 2) if lemma_at(chunks, index + 1) in ("in", "at") else None
    for slug in _GAMES if site is not None and site.kind == "place" else _BY_YEAR:
        edition = vocabulary.edition(slug, before.value.year)
        where = vocabulary.editions_at(slug, site.value.slug) if site is not None and site.kind == "place" else None
        if edition is not None and (where is None or edition in where):
            return _made(chunks[index], chunks[index], slug, None), index + 1
    return None


def _place(chunks: list[Chunk], index: int) -> tuple[Chunk, int] | None:
    """ "the Athens Games", "Beijing 2008" """
    place, after = chunks[index], at(chunks, index + 1)
    if after is None:
        return None
    if after.text == "Games":
        held = [e for slug in _GAMES for e in vocabulary.editions_at(slug, place.value.slug)]
        latest = max(held, key=_year, default=None)
        return (_made(place, after, latest.series, place), index + 2) if latest is not None else None
    if after.kind == "year" and after.start == place.end + 1:
        for slug in _BY_TOWN:
            edition = vocabulary.edition(slug, after.value.year)
            if edition is not None and edition in vocabulary.editions_at(slug, place.value.slug):
                return _made(place, place, slug, place), index + 1
    return None


def _year(edition: Edition) -> int:
    return edition.year


def _nationals(chunks: list[Chunk], index: int) -> tuple[Chunk, int] | None:
    """ "the national indoor championships", "Norway's national championships" """
    end = index + 1
    while end < len(chunks) and (chunks[end].kind in _OF_A_NATION or chunks[end].lemma in _OF_A_NATION_WORDS):
        end += 1
    held = _HELD.get(lemma_at(chunks, end))
    if held is None or (end == index + 1 and held == "Trials"):
        return None
    inside = chunks[index + 1 : end]
    series = _of_country(_nation(chunks, index), inside, held)
    if series is not None:
        value = competition_of_series(series)
    else:
        words = " ".join(w.capitalize() if w.islower() else w for c in inside for w in c.text.split())
        name = " ".join(f"National {words} {held}".split()).replace(" And ", " and ").replace(" - ", "-")
        surface = any(c.kind == "surface" for c in inside)
        indoor = any(c.kind == "setting" for c in inside)
        kind, discipline = _KINDS[held], "cross-country" if surface else None
        value = Competition(name, indoor=indoor, kind=kind, discipline=discipline)
    first, last = chunks[index], chunks[end]
    return Chunk("competition", value.name, first.start, last.end, value=value), end + 1


def _nation(chunks: list[Chunk], index: int) -> str | None:
    """Whose championships: of the adjective before, else of the possessor."""
    before = at(chunks, index - 1)
    if before is not None and before.lemma in ("'s", "'", "’s"):
        before = at(chunks, index - 2)
    return str(before.value) if before is not None and before.kind in ("demonym", "country") else None


def _of_country(code: str | None, inside: list[Chunk], held: str) -> Series | None:
    """The series of a country's championships that the words between "national" and "championships" mean."""
    country = vocabulary.country(code) if code else None
    if country is None:
        return None
    words = " ".join(c.text.capitalize() for c in inside if c.lemma not in _SAID_ANYWAY)
    adjectives = ("US",) if code == "USA" else country.adjectives
    found = (vocabulary.series_named(" ".join(f"{adjective} {words} {held}".split())) for adjective in adjectives)
    return next((series for series in found if series is not None), None)


def _made(first: Chunk, last: Chunk, slug: str, place: Chunk | None) -> Chunk:
    """A chunk of an edition of a series, with the place that tells which."""
    series = vocabulary.series_named(slug)
    assert series is not None  # noqa: S101  # the slug is one of the registry
    known = competition_of_series(series)
    value = Competition(
        known.name, known.series, place.value.name if place else None, known.indoor, known.medals, known.kind
    )
    return Chunk("competition", known.name, first.start, last.end, value=value)
