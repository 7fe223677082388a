"""Chains of ties between two entities.

The graph is read from the store on demand: from both ends at once, a frontier at a time by one or two queries, into a
networkx graph that holds no more than was asked for; networkx then finds the lightest simple paths. Countries, places,
editions and series tie almost everything to everything: they are left out at first, and taken, at a high price, only if
nothing else joins the two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice, pairwise
from math import log10
from typing import TYPE_CHECKING

import networkx as nx
from rdflib import URIRef

from graph import queries
from graph.browsing import evidence, results, ties, wording
from graph.browsing.describing import Described, describe, local
from graph.browsing.evidence import Support, Triple
from graph.browsing.values import Path, Step, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.browsing.results import Node
    from graph.browsing.ties import Tie
    from graph.store.base import Source

_LONGEST = 6  # steps; a tie over more tells a reader nothing
_MOST_NODES = 20_000  # read at most; a few seconds
_FEW = 300  # a race or club with more neighbours is reached but not passed through, unless a path starts there
_RACE = 1.0  # the price of one leg; a race takes two, so a direct tie is nearer than a shared race
_PRICES = {"country": 3.0, "place": 4.0, "edition": 3.0, "series": 4.0, "discipline": 6.0}
_FORMER = 1.25  # "used to coach" is a little further than "coaches"
_SAID = ("position", "outcome", "mark", "medalColour")  # what tells best how somebody did in a race


@dataclass(frozen=True, slots=True)
class _Edge:
    """What joins two neighbours: a tie, a result node, or a plain triple."""

    start: str
    end: str
    price: float
    tie: Tie | None = None
    node: str | None = None
    predicate: str | None = None


@dataclass(slots=True)
class _Side:
    """How far the search has come from one end."""

    reached: set[str]
    frontier: set[str] = field(default_factory=set)
    steps: int = 0


def path(source: Source, a: str, b: str, k: int = 3, longest: int = _LONGEST) -> tuple[Path, ...]:
    """Up to `k` chains between two entities (IRIs), the closest first; empty if none has at most `longest` steps."""
    if a == b:
        return ()
    for wide in (False, True):
        graph = _between(source, a, b, k, longest, wide=wide)
        found = _chains(graph, a, b, k, longest)
        if found:
            return _told(source, graph, found)
    return ()


def _between(source: Source, a: str, b: str, k: int, longest: int, *, wide: bool) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from((a, b))
    sides = (_Side({a}, {a}), _Side({b}, {b}))
    while sum(side.steps for side in sides) < longest and len(graph) < _MOST_NODES:
        open_sides = [side for side in sides if side.frontier]
        if not open_sides or len(_chains(graph, a, b, k, longest)) >= k:
            break
        side = min(open_sides, key=lambda side: len(side.frontier))
        _expand(source, graph, side, {a, b}, wide=wide)
    return graph


def _expand(source: Source, graph: nx.Graph[str], side: _Side, ends: set[str], *, wide: bool) -> None:
    """Reads the neighbours of a frontier and makes them the next one."""
    edges = _edges(source, side.frontier, ends, wide=wide)
    degree: dict[str, int] = {}
    for edge in edges:
        degree[edge.start] = degree.get(edge.start, 0) + 1
    following: set[str] = set()
    for edge in edges:
        if degree[edge.start] > _FEW and edge.start not in ends and edge.end not in ends:
            continue
        price = edge.price * (1 + log10(degree[edge.start]) / 10)
        known = graph.get_edge_data(edge.start, edge.end)
        if known is None or known["weight"] > price:
            graph.add_edge(edge.start, edge.end, weight=price, edge=edge)
        if edge.end not in side.reached:
            following.add(edge.end)
    side.reached |= following
    side.frontier = following
    side.steps += 1


def _edges(source: Source, nodes: Iterable[str], ends: set[str], *, wide: bool) -> list[_Edge]:
    terms = [URIRef(iri) for iri in sorted(nodes)]
    found = [
        _Edge(tie.subject, tie.object, _FORMER if tie.former else 1.0, tie=tie)
        for tie in ties.load(source, [str(term) for term in terms])
    ]
    rows = source.select(queries.with_values(queries.load("neighbours"), "x", terms)).rows
    found += [_Edge(str(row["x"]), str(row["y"]), _RACE, node=str(row["node"])) for row in rows]
    if wide:
        rows = source.select(queries.with_values(queries.load("hubs"), "x", terms)).rows
        for end in ends & {str(term) for term in terms}:
            rows += source.select(queries.load("hub-members"), {"y": URIRef(end)}).rows
        for row in rows:
            start, predicate, end = str(row["x"]), str(row["p"]), str(row["y"])
            price = _PRICES[local(predicate)]
            if start in nodes:
                found.append(_Edge(start, end, price, predicate=predicate))
            else:
                found.append(_Edge(end, start, price, predicate=predicate))
    return sorted(found, key=lambda edge: (edge.start, edge.end, edge.price, edge.node or "", edge.predicate or ""))


def _chains(graph: nx.Graph[str], a: str, b: str, k: int, longest: int) -> list[list[str]]:
    if not nx.has_path(graph, a, b):
        return []
    chains = nx.shortest_simple_paths(graph, a, b, weight="weight")
    # Looked at in order of weight; a few too long ones may come before the k-th that is short enough.
    return list(islice((chain for chain in islice(chains, k * 4) if len(chain) <= longest + 1), k))


def _told(source: Source, graph: nx.Graph[str], chains: list[list[str]]) -> tuple[Path, ...]:
    """The chains in words; the evidence of all their edges comes in one go."""
    edges = {pair: graph.edges[pair]["edge"] for chain in chains for pair in pairwise(chain)}
    people = {end for edge in edges.values() if edge.node for end in (edge.start, edge.end)}
    nodes = {node.iri: node for node in results.nodes(source, people)} if people else {}
    subjects: set[str] = set()
    wanted = {iri for chain in chains for iri in chain}
    for edge in edges.values():
        subjects |= {*edge.tie.subjects} if edge.tie else {edge.node} if edge.node else {edge.start, edge.end}
        if edge.node:
            wanted |= {edge.node} | nodes[edge.node].named
    described = describe(source, wanted)
    support = evidence.load(source, subjects)
    return tuple(
        Path(
            tuple(described[iri].entity for iri in chain),
            tuple(_step(pair, edges[pair], nodes, described, support) for pair in pairwise(chain)),
            round(sum(graph.edges[pair]["weight"] for pair in pairwise(chain)), 3),
        )
        for chain in chains
    )


def _step(
    pair: tuple[str, str], edge: _Edge, nodes: dict[str, Node], described: dict[str, Described], support: Support
) -> Step:
    start, end = pair
    if edge.tie:
        return Step(start, end, edge.tie.seen_from(start).words(described), support.of(edge.tie.claimed))
    if edge.node:
        node = nodes[edge.node]
        return Step(start, end, _did(node, described, support), support.about(edge.node))
    return _plain_step(start, end, edge, described, support)


def _did(node: Node, described: dict[str, Described], support: Support) -> Words:
    """What somebody did in a race, by the most telling thing known."""
    for slot in _SAID:
        if value := node.first(slot):
            return results.node_fact(node, slot, value, described, support).text
    slots = described[node.iri].placeholders()
    return wording.sentence("person", "race", {"subject": slots["who"], "object": slots["race"]})


def _plain_step(start: str, end: str, edge: _Edge, described: dict[str, Described], support: Support) -> Step:
    """A triple that may have been read from either end: the article-supported direction, else the one that exists."""
    predicate = edge.predicate or ""
    subject, value = (edge.start, edge.end) if _is_subject(edge, described) else (edge.end, edge.start)
    slots = {"subject": described[subject].name, "object": described[value].name}
    words = wording.sentence(described[subject].kind, local(predicate), slots)
    return Step(start, end, words, support.of(Triple(subject, predicate, value)))


def _is_subject(edge: _Edge, described: dict[str, Described]) -> bool:
    return any(piece.iri == edge.end for piece in described[edge.start].slots.get(local(edge.predicate or ""), ()))
