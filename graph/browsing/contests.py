"""Who raced whom: the races two people share, and who was ahead."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rdflib import URIRef

from graph import queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store.base import Row, Source

_BATCH = 1000  # terms in one VALUES block

Order = Literal["ahead", "behind", "unknown"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One race of two people: both results, and how the first stood to the other."""

    race: str
    other: str
    mine: str
    theirs: str
    order: Order


@dataclass(frozen=True, slots=True)
class Opponent:
    """Somebody (IRI) who ran in as many of a person's races as `races` says."""

    iri: str
    races: int


def opponents(source: Source, iri: str) -> tuple[Opponent, ...]:
    """Whom a person raced, those met most often first."""
    rows = source.select(queries.load("opponents"), {"x": URIRef(iri)})
    found = [Opponent(str(row["other"]), int(str(row["races"]))) for row in rows]
    return tuple(sorted(found, key=lambda one: (-one.races, one.iri)))


def meetings(source: Source, iri: str, others: Iterable[str] | None = None) -> dict[str, tuple[Meeting, ...]]:
    """The races that a person shares with each of the others, or with anybody; people and races in a stable order."""
    wanted = [one.iri for one in opponents(source, iri)] if others is None else [*others]
    found: dict[tuple[str, str], set[Meeting]] = defaultdict(set)
    query = queries.load("shared-races")
    for start in range(0, len(wanted), _BATCH):
        terms = [URIRef(other) for other in wanted[start : start + _BATCH]]
        for row in source.select(queries.with_values(query, "other", terms), {"x": URIRef(iri)}):
            meeting = Meeting(str(row["race"]), str(row["other"]), str(row["mine"]), str(row["theirs"]), _order(row))
            found[meeting.other, meeting.race].add(meeting)
    shared: dict[str, list[Meeting]] = defaultdict(list)
    for (other, _), rows in sorted(found.items()):
        shared[other].append(_settled(rows))
    return {other: tuple(shared[other]) for other in sorted(shared)}


def _order(row: Row) -> Order:
    mine, theirs = _position(row, "mp"), _position(row, "tp")
    if str(row.get("ahead")) == "true" or (mine and theirs and mine < theirs) or (mine and "tout" in row):
        return "ahead"
    if str(row.get("behind")) == "true" or (mine and theirs and mine > theirs) or (theirs and "mout" in row):
        return "behind"
    return "unknown"


def _position(row: Row, name: str) -> int | None:
    return int(str(row[name])) if name in row else None


def _settled(rows: set[Meeting]) -> Meeting:
    """One meeting out of several rows (two disputed positions make two): its order is unknown where they differ."""
    first, *rest = sorted(rows, key=lambda meeting: meeting.order)
    if any(meeting.order != first.order for meeting in rest):
        return Meeting(first.race, first.other, first.mine, first.theirs, "unknown")
    return first
