"""Who coaches whom, as trees: from a coach down to athletes who coach others, and up to who coached the coach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph import queries
from graph.browsing import bonds
from graph.browsing.describing import describe, local
from graph.browsing.keeping import kept
from graph.browsing.telling import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.browsing.bonds import Edge
    from graph.browsing.values import Entity, Step
    from graph.store.base import Source

_COACHING = frozenset({"coaching"})
_DOWN = frozenset({"coaches", "formerlyCoached"})
_UP = frozenset({"coachedBy", "formerlyCoachedBy"})
_DEPTH = 5  # generations either way
_MOST = 60  # coachings of one tree: each comes with its sentences


@dataclass(frozen=True, slots=True)
class Branch:
    """Somebody in a tree, the coaching that leads there, and whom they lead to.

    `again` marks who stands elsewhere in the tree already, with all below; so coaching in a circle ends.
    """

    entity: Entity
    step: Step
    branches: tuple[Branch, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class CoachTree:
    """Whom somebody coaches or coached (`down`), and by whom they were (`up`); `left_out` coachings found no room."""

    entity: Entity
    down: tuple[Branch, ...]
    up: tuple[Branch, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Coach:
    """A coach (IRI) with the number of athletes, `former` ones of them included."""

    iri: str
    athletes: int
    former: int


@dataclass(slots=True)
class _Grown:
    """A tree as it is read: from each node the edges that lead on."""

    onward: dict[str, list[Edge]] = field(default_factory=dict)
    left_out: int = 0


def coach_tree(source: Source, iri: str, most: int = _MOST) -> CoachTree:
    """The tree around a person, at most `most` coachings of it: the nearest."""
    down = _grown(source, iri, _DOWN, most)
    up = _grown(source, iri, _UP, most - sum(map(len, down.onward.values())))
    edges = {(edge.start, edge.end): edge for grown in (down, up) for edge in _all(grown)}
    entities, steps = _told(source, edges, sentences=True)
    entity = entities.get(iri) or describe(source, [iri])[iri].entity
    return CoachTree(
        entity,
        _branches(iri, down, entities, steps, {iri}),
        _branches(iri, up, entities, steps, {iri}),
        down.left_out + up.left_out,
    )


@kept
def coaches(source: Source) -> tuple[Coach, ...]:
    """All coaches, who has most athletes first."""
    rows = source.select(queries.load("coach-counts"))
    found = (Coach(str(row["coach"]), int(str(row["athletes"])), int(str(row["former"]))) for row in rows)
    return tuple(sorted(found, key=lambda coach: (-coach.athletes, coach.iri)))


def squads(source: Source, iris: Iterable[str]) -> tuple[CoachTree, ...]:
    """Whom each of some coaches (IRIs) coaches or coached, one generation, without the sentences."""
    wanted = list(iris)
    found = [edge for edge in bonds.edges(source, wanted, _COACHING) if _leads(edge, _DOWN)]
    edges = {(edge.start, edge.end): edge for edge in found}
    entities, steps = _told(source, edges, sentences=False)
    grown = _Grown({iri: [edge for edge in edges.values() if edge.start == iri] for iri in wanted})
    return tuple(
        CoachTree(entities[iri], _branches(iri, grown, entities, steps, set(wanted)), ())
        for iri in wanted
        if iri in entities
    )


def _told(
    source: Source, edges: Mapping[tuple[str, str], Edge], *, sentences: bool
) -> tuple[dict[str, Entity], dict[tuple[str, str], Step]]:
    return told(source, {pair: (edge, bonds.Backing()) for pair, edge in edges.items()}, sentences=sentences)


def _leads(edge: Edge, words: frozenset[str]) -> bool:
    return edge.tie is not None and local(edge.tie.predicate) in words


def _grown(source: Source, iri: str, words: frozenset[str], most: int) -> _Grown:
    """Reads generation by generation until there is no more, or no more room."""
    grown = _Grown()
    frontier, reached = [iri], {iri}
    for _ in range(_DEPTH):
        found = [edge for edge in bonds.edges(source, frontier, _COACHING) if _leads(edge, words)] if frontier else []
        # Where articles disagree on whether it has ended, one of the two.
        distinct = {(edge.start, edge.end): edge for edge in sorted(found, key=_current_first, reverse=True)}
        kept = sorted(distinct.values(), key=_current_first)[: max(0, most)]
        grown.left_out += len(distinct) - len(kept)
        most -= len(kept)
        for edge in kept:
            grown.onward.setdefault(edge.start, []).append(edge)
        frontier = sorted({edge.end for edge in kept} - reached)
        reached.update(frontier)
    return grown


def _current_first(edge: Edge) -> tuple[bool, tuple[str, ...]]:
    return edge.tie is not None and edge.tie.former, bonds.order(edge)


def _all(grown: _Grown) -> Iterator[Edge]:
    for edges in grown.onward.values():
        yield from edges


def _branches(
    iri: str, grown: _Grown, entities: dict[str, Entity], steps: dict[tuple[str, str], Step], seen: set[str]
) -> tuple[Branch, ...]:
    """`seen` grows: who is shown once with all below is only named later."""
    found = []
    for edge in sorted(grown.onward.get(iri, ()), key=lambda edge: (_current_first(edge)[0], entities[edge.end].label)):
        step = steps[edge.start, edge.end]
        again = edge.end in seen
        seen.add(edge.end)
        below = () if again else _branches(edge.end, grown, entities, steps, seen)
        found.append(Branch(entities[edge.end], step, below, again and bool(grown.onward.get(edge.end))))
    return tuple(found)
