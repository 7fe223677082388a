"""A small part of the graph as a picture: chosen things, what is next to them, and the ties between all of these."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import bonds, wording
from graph.browsing.describing import describe, local
from graph.browsing.telling import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.browsing.bonds import Edge
    from graph.browsing.values import Entity, Step
    from graph.store.base import Source

_MOST_OPENED = 20  # things whose neighbours one picture shows


@dataclass(frozen=True, slots=True)
class Spot:
    """A thing in a picture; `hidden` neighbours of it are not, `plain` are its values: name of the property, value."""

    entity: Entity
    opened: bool
    hidden: int
    plain: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class GraphPicture:
    """Spots, opened ones first, and the ties between them, seen from the thing that comes first."""

    spots: tuple[Spot, ...]
    ties: tuple[Step, ...]

    @property
    def hidden(self) -> int:
        """How many neighbours of opened things are not in the picture."""
        return sum(spot.hidden for spot in self.spots if spot.opened)


def graph_picture(
    source: Source,
    opened: Sequence[str],
    kinds: Iterable[str],
    *,
    shown: Sequence[str] = (),
    room: int = 100,
    sentences: bool = False,
) -> GraphPicture:
    """Things (IRIs), their neighbours by the given kinds of ties, and the ties between all of them and those `shown`.

    No more than `room` things in all: direct ties go before races, what is tied to more of the opened things before
    what is tied to fewer. The answer leaves out what was shown already, apart from the opened ones.
    """
    asked = frozenset(kinds)
    middle = list(dict.fromkeys(opened))[:_MOST_OPENED]
    near = [edge for iri in middle for edge in bonds.members(source, iri, asked)] if asked & bonds.BASE.keys() else []
    near += bonds.edges(source, middle, asked)
    fresh = _chosen(near, middle, {*shown, *middle}, room - len({*shown, *middle}))
    further = bonds.edges(source, fresh, asked) if fresh else []
    inside = {*middle, *fresh, *shown}
    lines = _lines([*near, *further], inside, [*middle, *fresh])
    backing = bonds.backing(source, lines.values())
    entities, steps = told(source, {pair: (edge, backing[edge]) for pair, edge in lines.items()}, sentences=sentences)
    around = _neighbours([*near, *further])
    if alone := {*middle, *fresh} - entities.keys():
        entities |= {iri: found.entity for iri, found in describe(source, alone).items()}
    plain = _plain(source, [*middle, *fresh])
    spots = tuple(
        Spot(entities[iri], iri in middle, len(around.get(iri, set()) - inside), plain.get(iri, ()))
        for iri in (*middle, *fresh)
    )
    return GraphPicture(spots, tuple(steps.values()))


def between(source: Source, one: str, other: str) -> tuple[Step, ...]:
    """All ties between two neighbours, with their sentences."""
    kinds = frozenset(bond.kind for bond in wording.kinds_of_ties())
    # What belongs to a hub is read from below, so both are asked.
    found = {
        edge.stated: edge
        for edge in bonds.edges(source, [one, other], kinds)
        if {edge.start, edge.end} == {one, other} and edge.start != edge.end
    }
    backing = bonds.backing(source, found.values())
    steps: dict[str, Step] = {}
    for edge in found.values():
        _, said = told(source, {(edge.start, edge.end): (edge, backing[edge])})
        for step in said.values():
            steps.setdefault(step.node or "|".join(sorted((step.start, step.end, step.kind))), step)
    return tuple(steps.values())


def _chosen(near: list[Edge], middle: list[str], taken: set[str], room: int) -> list[str]:
    kinds = [bond.kind for bond in wording.kinds_of_ties()]
    rank: dict[str, int] = {}
    ties: dict[str, set[str]] = defaultdict(set)
    for edge in near:
        other, here = (edge.end, edge.start) if edge.start in middle else (edge.start, edge.end)
        if other not in taken:
            rank[other] = min(rank.get(other, len(kinds)), kinds.index(edge.kind))
            ties[other].add(here)
    return sorted(rank, key=lambda iri: (-len(ties[iri]), rank[iri], iri))[: max(0, room)]


def _lines(found: Iterable[Edge], inside: set[str], order: list[str]) -> dict[tuple[str, str], Edge]:
    """One edge between two things, the closest, seen from what comes first."""
    place = {iri: number for number, iri in enumerate(order)}
    lines: dict[frozenset[str], Edge] = {}
    for edge in sorted(found, key=lambda edge: (edge.base, bonds.order(edge))):
        if edge.start in inside and edge.end in inside and edge.start != edge.end:
            lines.setdefault(frozenset({edge.start, edge.end}), edge)
    last = len(order)
    return {
        (edge.start, edge.end)
        if place.get(edge.start, last) <= place.get(edge.end, last)
        else (edge.end, edge.start): edge
        for edge in lines.values()
    }


def _neighbours(found: Iterable[Edge]) -> Mapping[str, set[str]]:
    around: dict[str, set[str]] = defaultdict(set)
    for edge in found:
        around[edge.start].add(edge.end)
        around[edge.end].add(edge.start)
    return around


def _plain(source: Source, iris: list[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    rows = source.select(queries.with_values(queries.load("literals"), "x", [URIRef(iri) for iri in iris])).rows
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        found[str(row["x"])].add((wording.property_name(local(str(row["p"]))), str(row["o"])))
    return {iri: tuple(sorted(values)) for iri, values in found.items()}
