"""Edges (`bonds.Edge`) in words and with their sentences, for many at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.browsing import evidence, results, wording
from graph.browsing.describing import Described, describe, local
from graph.browsing.evidence import Support, Triple
from graph.browsing.values import Entity, Step, Words
from ontology.iris import NS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.browsing.bonds import Backing, Edge
    from graph.browsing.results import Node
    from graph.store.base import Source

_SAID = ("position", "outcome", "mark", "medalColour")  # what tells best how somebody did in a race
Pair = tuple[str, str]


def told(
    source: Source, edges: Mapping[Pair, tuple[Edge, Backing]], *, sentences: bool = True
) -> tuple[dict[str, Entity], dict[Pair, Step]]:
    """What is at the ends of edges, by IRI, and the edges as steps seen from the first of each pair.

    Without `sentences` they are not read, which is most of the work; `Step.articles` says how many articles there are.
    """
    results_of = {edge.node for edge, _ in edges.values() if edge.node}
    nodes = {node.iri: node for node in results.these(source, results_of)} if results_of else {}
    wanted = {iri for pair in edges for iri in pair} | set(nodes)
    wanted |= {iri for node in nodes.values() for iri in node.named}
    described = describe(source, wanted)
    subjects = {iri for edge, _ in edges.values() for iri in _subjects(edge)} if sentences else set()
    support = evidence.load(source, subjects)
    steps = {pair: _step(pair, *edges[pair], nodes, described, support) for pair in edges}
    return {iri: described[iri].entity for pair in edges for iri in pair}, steps


def _subjects(edge: Edge) -> tuple[str, ...]:
    if edge.tie:
        return edge.tie.subjects
    return (edge.node,) if edge.node else (edge.start, edge.end)


def _step(
    pair: tuple[str, str],
    edge: Edge,
    backing: Backing,
    nodes: dict[str, Node],
    described: dict[str, Described],
    support: Support,
) -> Step:
    start, end = pair
    if edge.tie:
        seen = edge.tie.seen_from(start)
        claimed = seen.claimed
        views, dispute = support.of(claimed), support.dispute(claimed.subject, claimed.predicate)
        words, stated = seen.words(described), edge.node or edge.tie.node
        former = seen.former
    elif edge.node:
        node = nodes[edge.node]
        words, views, stated, former = _did(node, described, support), support.about(edge.node), edge.node, False
        dispute = next((found for (subject, _), found in support.disputes.items() if subject == edge.node), None)
        claimed = Triple(edge.node, f"{NS}race", node.first("race") or "")
    else:
        claimed, words = _plain(edge, described)
        views, dispute, stated, former = support.of(claimed), support.dispute(*_key(claimed)), None, False
    return Step(
        start, end, words, views, kind=edge.kind, former=former, dispute=dispute,
        articles=backing.articles, node=stated, triple=(claimed.subject, claimed.predicate, claimed.object),
    )  # fmt: skip


def _key(triple: Triple) -> tuple[str, str]:
    return triple.subject, triple.predicate


def _did(node: Node, described: dict[str, Described], support: Support) -> Words:
    """What somebody did in a race, by the most telling thing known."""
    for slot in _SAID:
        if value := node.first(slot):
            return results.node_fact(node, slot, value, described, support).text
    slots = described[node.iri].placeholders()
    return wording.sentence("person", "race", {"subject": slots["who"], "object": slots["race"]})


def _plain(edge: Edge, described: dict[str, Described]) -> tuple[Triple, Words]:
    slots = {"subject": described[edge.start].name, "object": described[edge.end].name}
    words = wording.sentence(described[edge.start].kind, local(edge.predicate), slots)
    return Triple(edge.start, edge.predicate, edge.end), words
