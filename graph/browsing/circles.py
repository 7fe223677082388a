"""Who and what is one or two steps away by chosen ties: clubmates, training partners, opponents, family."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.browsing import bonds
from graph.browsing.describing import describe
from graph.browsing.telling import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.browsing.bonds import Edge
    from graph.browsing.values import Entity, Step
    from graph.store.base import Source

_MOST_READ = 400  # things next to the one in the middle whose own neighbours are read


@dataclass(frozen=True, slots=True)
class Near:
    """What is near, over what (None for one step), over how many things in all, and the steps that lead there."""

    entity: Entity
    steps: tuple[Step, ...]
    via: Entity | None = None
    ways: int = 1


@dataclass(frozen=True, slots=True)
class Circle:
    """A page of what is so many steps away; `total` of all pages. `complete` unless too much lay between."""

    entity: Entity
    near: tuple[Near, ...]
    total: int
    complete: bool = True


def around(
    source: Source,
    iri: str,
    kinds: Iterable[str],
    steps: int = 1,
    page: int = 1,
    size: int = 25,
    *,
    sentences: bool = True,
) -> Circle:
    """What is exactly `steps` (1 or 2) away from a thing by the kinds of ties given.

    Those to whom most ways lead come first, then by name; pages of `size` count from 1. Without `sentences` only their
    articles are counted.
    """
    asked = frozenset(kinds)
    first = _leading(bonds.edges(source, [iri], asked) + bonds.members(source, iri, asked), iri)
    chains = {end: [[edge]] for end, edge in first.items()}
    complete = len(first) <= _MOST_READ
    if steps > 1:
        middle = sorted(first)[:_MOST_READ]
        chains = defaultdict(list)
        distinct = {(edge.start, edge.end): edge for edge in bonds.edges(source, middle, asked)}
        for edge in distinct.values():
            if edge.end != iri and edge.end not in first:
                chains[edge.end].append([first[edge.start], edge])
    order = sorted(chains, key=lambda end: (-len(chains[end]), end.rpartition("/")[2]))
    shown = {end: chains[end] for end in order[(page - 1) * size : page * size]}
    taken = {end: ways[0] for end, ways in shown.items()}
    edges = [edge for way in taken.values() for edge in way]
    backing = bonds.backing(source, edges)
    entities, found = told(
        source, {(edge.start, edge.end): (edge, backing[edge]) for edge in edges}, sentences=sentences
    )
    near = tuple(
        Near(
            entities[end],
            tuple(found[(edge.start, edge.end)] for edge in way),
            entities[way[-1].start] if len(way) > 1 else None,
            len(shown[end]),
        )
        for end, way in taken.items()
    )
    return Circle(describe(source, [iri])[iri].entity, near, len(chains), complete)


def _leading(edges: Iterable[Edge], iri: str) -> dict[str, Edge]:
    """What each neighbour is reached by first; what belongs to a hub is seen from there, and leads here."""
    found: dict[str, Edge] = {}
    for edge in edges:
        other = edge.end if edge.start == iri else edge.start
        if other != iri:
            found.setdefault(other, edge)
    return found
