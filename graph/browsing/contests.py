"""Who raced whom: the races two people share, and who was ahead."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rdflib import URIRef

from graph import queries

if TYPE_CHECKING:
    from graph.store.base import Row, Source

Order = Literal["ahead", "behind", "unknown"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One race of two people: both results, and how the first stood to the other."""

    race: str
    other: str
    mine: str
    theirs: str
    order: Order


def meetings(source: Source, iri: str) -> dict[str, tuple[Meeting, ...]]:
    """Every opponent of a person with the races they share, opponents and races in a stable order."""
    found: dict[tuple[str, str], set[Meeting]] = defaultdict(set)
    for row in source.select(queries.load("shared-races"), {"x": URIRef(iri)}):
        meeting = Meeting(str(row["race"]), str(row["other"]), str(row["mine"]), str(row["theirs"]), _order(row))
        found[meeting.other, meeting.race].add(meeting)
    opponents: dict[str, list[Meeting]] = defaultdict(list)
    for (other, _), rows in sorted(found.items()):
        opponents[other].append(_settled(rows))
    return {other: tuple(opponents[other]) for other in sorted(opponents)}


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
