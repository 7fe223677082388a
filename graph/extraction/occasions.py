"""Where and when one result happened that happened more than once: at each competition listed, in each year."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.contests import NOTHING, Contest, describe, identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.clauses import Clause

_LINKS: Final = {",", "and", "&", "as", "well", "plus", "in", "at", "the", "'s", "both", "also", "again"}
_JOINING: Final = {"and", "&", "plus", "well", ","}


def occasions(chunks: list[Chunk], contest: Contest) -> list[Contest]:
    """The contest at each of the competitions or in each of the years that are listed."""
    held = [i for i, c in enumerate(chunks) if c.kind in ("series", "competition")]
    if len(held) > 1 and all(_are_joined(chunks, a, b) for a, b in itertools.pairwise(held)):
        return list(_apart(chunks, held, contest))
    years = [c for c in chunks if _is_year(c)]
    if not are_listed(chunks, years) or contest.year not in (None, years[0].value.year):
        return [contest]
    return [
        contest._replace(year=c.value.year, day=None, place=contest.place if n == 0 else None)
        for n, c in enumerate(years)
    ]


def when(clause: Clause) -> Contest:
    """When and where what a "when" introduces was: as the clause before tells, "fifth at Torrevale in 2022, when"."""
    begun: Clause | None = clause
    if clause.connective in ("and", ",", "") and clause.previous is not None:
        begun = clause.previous
    if begun is None or begun.connective != "when" or begun.previous is None:
        return NOTHING
    told = describe(begun.previous.chunks)
    return Contest(competition=told.competition, year=told.year, place=told.place, day=told.day)


def at_the_time(own: Contest, told: Contest) -> Contest:
    """A contest, with what is `told` of when and where it was (`when`) unless that was another competition."""
    if told is NOTHING or (
        own.competition and told.competition and identity(own.competition) != identity(told.competition)
    ):
        return own
    return own._replace(
        competition=own.competition or told.competition,
        year=own.year or told.year,
        day=own.day or (told.day if own.year is None else None),
        place=own.place or told.place,
    )


def _apart(chunks: list[Chunk], held: list[int], contest: Contest) -> Iterator[Contest]:
    """The contest at each competition in each of its years."""
    shared = contest._replace(competition=None, year=None, day=None, place=None)
    if not any(c.kind == "discipline" for c in chunks[: held[0]]):
        shared = shared._replace(disciplines=())
    no_year: list[int | None] = [None]
    for number, index in enumerate(held):
        begin = held[number - 1] + 1 if number else 0
        end = held[number + 1] if number + 1 < len(held) else len(chunks)
        years: list[int | None] = [*_years_before(chunks, begin, index), *_years_behind(chunks, index + 1, end)]
        for year in years or no_year:
            yield describe([chunks[index]])._replace(year=year).over(shared)


def _years_before(chunks: list[Chunk], begin: int, held: int) -> list[int]:
    """ "the 2002 and 2003 Torrevale Marathons", "November's Torrevale Marathon" """
    found: list[int] = []
    index = held - 1
    while index >= begin and (_is_year(chunks[index]) or chunks[index].lemma in ("and", ",", "'s")):
        if _is_year(chunks[index]):
            found.insert(0, chunks[index].value.year)
        elif begin and not _is_year(at(chunks, index - 1)):
            break
        index -= 1
    return found


def _years_behind(chunks: list[Chunk], begin: int, end: int) -> list[int]:
    """ "the Torrevale Marathon in 2002 and 2003" """
    found: list[int] = []
    opened = begin < end and (chunks[begin].lemma in ("in", "of") or _is_year(chunks[begin]))
    index = begin + (opened and not _is_year(chunks[begin]))
    while opened and index < end and (_is_year(chunks[index]) or chunks[index].lemma in ("and", ",")):
        if _is_year(chunks[index]):
            found.append(chunks[index].value.year)
        elif not _is_year(at(chunks, index + 1)):
            break
        index += 1
    return found if index == end or lemma_at(chunks, index) != "'s" else found[:-1]


def _are_joined(chunks: list[Chunk], one: int, other: int) -> bool:
    """Links, years and towns alone stand between two competitions; "the Trials and Championships" may be one."""
    between = chunks[one + 1 : other]
    if not any(c.lemma in _JOINING for c in between):
        return False
    if all(c.lemma in ("and", "&") for c in between) and not _is_told_by_town(chunks[one], chunks[other]):
        return False
    return all(c.lemma in _LINKS or _is_year(c) or c.kind == "place" for c in between)


def _is_told_by_town(one: Chunk, other: Chunk) -> bool:
    """Races of the same kind in two towns: "the Norbridge and Torrevale Marathons"."""
    first, second = describe([one]).competition, describe([other]).competition
    if first is None or second is None or first.place == second.place:
        return False
    return first.discipline is not None and first.discipline == second.discipline


def _is_year(chunk: Chunk | None) -> bool:
    return chunk is not None and chunk.kind in ("year", "date") and bool(chunk.value.year) and not chunk.value.future


def are_listed(chunks: list[Chunk], found: list[Chunk]) -> bool:
    """Two or more, each close to the one before."""
    if len(found) < 2:
        return False
    places = [chunks.index(c) for c in found]
    return all(b - a <= 3 for a, b in itertools.pairwise(places))
