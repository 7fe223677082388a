"""Competitions told by their towns: "the Torrevale and Norbridge marathons", "the 2011 Torrevale race"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.extraction.chunks import Chunk, at
from graph.extraction.contests import Competition, competition_of_series
from ontology import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLURALS: Final = {
    "marathons": "Marathon",
    "half marathons": "Half Marathon",
    "half-marathons": "Half Marathon",
    "grands prix": "Grand Prix",
    "grand prix": "Grand Prix",
    "marathon": "Marathon",
    "half marathon": "Half Marathon",
    "half-marathon": "Half Marathon",
}
_DISCIPLINES: Final = {"Marathon": "marathon", "Half Marathon": "half-marathon", "Grand Prix": None}
_LINKS: Final = {",", "and", "&"}
_RACES: Final = {"race", "races", "event", "events", "marathons"}
_NOT_THE_RACE: Final = {"director", "directors", "organiser", "organisers", "organizer", "organizers", "day", "week",
                        "weekend", "official", "officials", "series", "promoter", "boss", "chief", "-"}  # fmt: skip


def join_listed(chunks: list[Chunk]) -> list[Chunk]:
    """`chunks` with each town of "the Boston and Tokyo marathons" as the competition that is meant."""
    ends = [i for i, c in enumerate(chunks) if c.lemma in _PLURALS and c.kind != "series"]
    if not ends:
        return chunks
    out = list(chunks)
    for end in ends:
        towns = _towns(chunks, end)
        noun = _PLURALS[chunks[end].lemma]
        if len(towns) < (1 if chunks[end].lemma.endswith("s") else 2):
            continue
        for index in towns:
            first = chunks[index]
            last = chunks[end] if index == towns[-1] else first
            name = f"{first.text} {noun}"
            value = _known(name, first, _DISCIPLINES[noun])
            out[index] = Chunk("competition", name, first.start, last.end, value=value)
    joined = {i for i in ends if i and out[i - 1] is not chunks[i - 1]}
    return [c for i, c in enumerate(out) if i not in joined]


def _towns(chunks: list[Chunk], end: int) -> list[int]:
    """Where the towns stand that are listed before a plural; none unless an article or a year opens the list."""
    found: list[int] = []
    index = end - 1
    while index >= 0:
        chunk = chunks[index]
        if not _is_town(chunk):
            break
        found.insert(0, index)
        index -= 1
        while index >= 0 and chunks[index].lemma in _LINKS and _is_town(at(chunks, index - 1)):
            index -= 1
        if index >= 0 and not (_is_town(chunks[index]) and chunks[index + 1].lemma in _LINKS):
            break
    opening = at(chunks, index)
    opened = opening is not None and (opening.lemma in ("the", "both", "'s") or opening.kind == "year")
    return found if opened else []


def _is_town(chunk: Chunk | None) -> bool:
    if chunk is None:
        return False
    return chunk.kind == "place" or (chunk.kind == "word" and chunk.text[0].isupper() and chunk.text.isalpha())


def _known(name: str, town: Chunk, discipline: str | None) -> Competition:
    series = vocabulary.series_named(name)
    if series is not None:
        return competition_of_series(series)
    place = town.value.name if town.kind == "place" else town.text
    return Competition(name, place=place, discipline=discipline)


def name_town_races(rows: Iterable[list[Chunk]]) -> None:
    """Make "the London race" the only race or meeting at London that the article names."""
    rows = list(rows)
    held: dict[str, Competition | None] = {}
    for row in rows:
        for chunk in row:
            known = _competition(chunk)
            if known is not None and known.place is not None and known.kind in ("road race", "meeting", None):
                same = known.place not in held or held[known.place] == known
                held[known.place] = known if same else None
    for row in rows if held else ():
        for index in range(len(row) - 2, 0, -1):
            competition = held.get(row[index].value.name) if row[index].kind == "place" else None
            if competition is not None and _is_race(row, index):
                first, last = row[index], row[index + 1]
                row[index : index + 2] = [
                    Chunk("competition", competition.name, first.start, last.end, value=competition)
                ]


def _competition(chunk: Chunk) -> Competition | None:
    if chunk.kind == "series":
        return competition_of_series(chunk.value[0])
    return chunk.value if chunk.kind == "competition" and isinstance(chunk.value, Competition) else None


def _is_race(row: list[Chunk], index: int) -> bool:
    """Whether "race" follows a town and "the" or a time precedes: "this year's London event"."""
    before, after = row[index - 1], at(row, index + 2)
    if row[index + 1].text.lower() not in _RACES or (after is not None and after.text.lower() in _NOT_THE_RACE):
        return False
    told = before.lemma == "the" or before.kind == "year"
    return told or (before.lemma == "'s" and index > 1 and row[index - 2].kind == "date")
