"""The part of the graph around two things that a search has read from the store so far, as a networkx graph."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import log10
from typing import TYPE_CHECKING

from graph.browsing import bonds

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from graph.browsing.bonds import Backing, Edge
    from graph.store.base import Source

_FEW = 300  # with more neighbours it is passed only between the two that were asked about
_FREE = 5  # neighbours that cost nothing to pass; a club of fifty costs half a step, one of three hundred nearly one


def _graph() -> nx.Graph[str]:
    import networkx as nx  # a tenth of a second, which most processes are spared

    return nx.Graph()


@dataclass(frozen=True, slots=True)
class Years:
    """From and to which year, both included; None for no bound."""

    since: int | None = None
    until: int | None = None

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None

    def hold(self, years: Iterable[int]) -> bool:
        """Whether any of the years lies within."""
        return any(
            (self.since is None or year >= self.since) and (self.until is None or year <= self.until) for year in years
        )


@dataclass(slots=True)
class Reach:
    """What was read: nodes are expanded on demand, many at a time, and edges weighed when it matters.

    An edge that was not weighed yet has the least weight it can have, a node that was not expanded no toll. `most`
    bounds how many nodes are ever expanded.
    """

    source: Source
    ends: frozenset[str]
    kinds: frozenset[str]
    years: Years
    most: int
    graph: nx.Graph[str] = field(default_factory=_graph)
    expanded: set[str] = field(default_factory=set)
    crowded: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.graph.add_nodes_from(self.ends)

    @property
    def full(self) -> bool:
        """Whether no more may be read."""
        return len(self.expanded) >= self.most

    def expand(self, nodes: Iterable[str]) -> None:
        """Reads the edges of nodes."""
        new = sorted(set(nodes) - self.expanded)[: max(0, self.most - len(self.expanded))]
        if not new:
            return
        found = bonds.edges(self.source, new, self.kinds)
        for end in self.ends & set(new):
            found += bonds.members(self.source, end, self.kinds)
        if self.years:
            found = self._of_the_years(found)
        self.expanded.update(new)
        self._find_crowds(new, found)
        for edge in found:
            self._add(edge)

    def weigh(self, paths: Iterable[tuple[str, ...]]) -> None:
        """Makes the weights of paths what they are: reads the evidence of their edges, and who is at their nodes."""
        taken = list(paths)
        self.expand({node for path in taken for node in path[1:-1]})
        pairs = {pair for path in taken for pair in pairwise(path) if not self._weighed(pair)}
        asked = [edge for pair in sorted(pairs) for edge in self.graph.edges[pair]["edges"]]
        found = bonds.backing(self.source, asked)
        for pair in pairs:
            data = self.graph.edges[pair]
            prices = [(found[edge].price(edge.base), bonds.order(edge), edge) for edge in data["edges"]]
            data["weight"], _, best = min(prices, key=lambda price: price[:2])
            data["edge"], data["backing"] = best, found[best]

    def weighed(self, path: tuple[str, ...]) -> bool:
        """Whether the weight of a path is known."""
        known = all(node in self.expanded for node in path[1:-1]) or self.full
        return known and all(map(self._weighed, pairwise(path)))

    def edge(self, pair: tuple[str, str]) -> tuple[Edge, Backing]:
        """The edge that makes a weighed pair what it weighs."""
        data = self.graph.edges[pair]
        return data["edge"], data["backing"]

    def _weighed(self, pair: tuple[str, str]) -> bool:
        # A pair that crowding took away is not to be weighed.
        return not self.graph.has_edge(*pair) or "edge" in self.graph.edges[pair]

    def _add(self, edge: Edge) -> None:
        pair = {edge.start, edge.end}
        if edge.start == edge.end or (pair & self.crowded and not pair & self.ends):
            return
        if not self.graph.has_edge(edge.start, edge.end):
            self.graph.add_edge(edge.start, edge.end, weight=edge.base, edges=[edge])
            return
        data = self.graph.edges[edge.start, edge.end]
        if edge.stated not in {known.stated for known in data["edges"]} and "edge" not in data:
            data["edges"].append(edge)
            data["weight"] = min(data["weight"], edge.base)

    def _find_crowds(self, new: list[str], found: list[Edge]) -> None:
        neighbours: dict[str, set[str]] = {node: set() for node in new}
        for edge in found:
            if edge.start in neighbours:
                neighbours[edge.start].add(edge.end)
        for node, others in neighbours.items():
            self.graph.add_node(node, toll=max(0.0, log10(max(1, len(others)) / _FREE) / 2))
            if len(others) > _FEW and node not in self.ends:
                self.crowded.add(node)
                self.graph.remove_edges_from([(node, other) for other in self.graph[node] if other not in self.ends])

    def _of_the_years(self, found: list[Edge]) -> list[Edge]:
        dated = {iri for edge in found for iri in (edge.start, edge.end, edge.tie.node if edge.tie else None) if iri}
        spans = bonds.years(self.source, dated)
        said = bonds.backing(self.source, (edge for edge in found if edge.kind != bonds.RACES))
        kept = []
        for edge in found:
            about = {edge.tie.node} if edge.tie else {edge.start, edge.end}
            known = {year for iri in about for year in spans.get(iri or "", ())}
            if edge in said:
                known |= said[edge].years
            if self.years.hold(known):
                kept.append(edge)
        return kept
