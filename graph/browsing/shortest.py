"""The lightest simple paths of a weighted graph that take no more than some number of steps."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx


def lightest(graph: nx.Graph[str], a: str, b: str, longest: int) -> Iterator[tuple[float, tuple[str, ...]]]:
    """The simple paths of at most `longest` steps with their weights, the lightest first, then by their nodes.

    An edge weighs its `weight`, a node that is passed its `toll` (neither below 0). networkx's `shortest_simple_paths`
    knows no bound of the steps: it may give thousands that are too long first.
    """
    rest = _rests(graph, a, b, longest)
    if a not in rest[-1]:
        return
    waiting: list[tuple[float, tuple[str, ...], float]] = [(rest[-1][a], (a,), 0.0)]
    while waiting:
        _, path, so_far = heappop(waiting)
        last = path[-1]
        if last == b:
            yield round(so_far, 9), path
            continue
        ahead = rest[longest - len(path)]
        for node, edge in graph.adj[last].items():
            if node in ahead and node not in path:
                weight = so_far + edge["weight"] + (0.0 if node == b else graph.nodes[node].get("toll", 0.0))
                # Rounded, so that of equally light paths the one first by name comes first.
                heappush(waiting, (round(weight + ahead[node], 9), (*path, node), weight))


def weight_of(graph: nx.Graph[str], path: tuple[str, ...]) -> float:
    """What a path weighs: its edges and the nodes that it passes."""
    steps = sum(graph.edges[pair]["weight"] for pair in pairwise(path))
    return float(steps + sum(graph.nodes[node].get("toll", 0.0) for node in path[1:-1]))


def _rests(graph: nx.Graph[str], a: str, b: str, longest: int) -> list[dict[str, float]]:
    """By the steps left (0 to `longest`): the node -> what the way on to `b` weighs at least.

    Only nodes from which `b` can be reached in time, as far as they are from `a`.
    """
    near = _distances(graph, a, longest)
    rests: list[dict[str, float]] = [{b: 0.0}]
    for steps in range(1, longest + 1):
        rest = dict(rests[-1])
        for node, onward in rests[-1].items():
            toll = 0.0 if node == b else graph.nodes[node].get("toll", 0.0)
            for other, edge in graph.adj[node].items():
                if near.get(other, inf) <= longest - steps:
                    rest[other] = min(rest.get(other, inf), edge["weight"] + toll + onward)
        rests.append(rest)
    return rests


def _distances(graph: nx.Graph[str], start: str, furthest: int) -> dict[str, int]:
    found = {start: 0}
    edge = [start]
    for steps in range(1, furthest + 1):
        edge = [other for node in edge for other in graph.adj[node] if found.setdefault(other, steps) == steps]
        edge = list(dict.fromkeys(edge))
    return found
