"""Chains of ties between two entities: the k lightest, with their evidence.

The graph is read from the store on demand, from both ends at once, a frontier at a time (`reach`), and of what was read
the lightest paths are found (`shortest`). A step costs more the less is said for it (`bonds.Backing`), passing what has
many neighbours costs more than passing what has few. Only what may be among the answers is weighed: everything else has
the least weight it can have. Countries, places and competitions tie almost everything to everything: they are left out
at first, and taken, at a high price, only if nothing else joins the two or they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from graph.browsing import evidence, results, wording
from graph.browsing.describing import Described, describe, local
from graph.browsing.evidence import Support, Triple
from graph.browsing.reach import Reach, Years
from graph.browsing.shortest import lightest, weight_of
from graph.browsing.values import Connections, Path, Step, Words
from graph.errors import LookupFailedError
from ontology.iris import NS
from ontology.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.browsing.bonds import Backing, Edge
    from graph.browsing.results import Node
    from graph.browsing.wording import Bond
    from graph.store.base import Source

_LONGEST = 6  # steps; a tie over more tells a reader nothing
_MOST_READ = 3_000  # nodes whose neighbours are read at most, half a second of a store on disk
_SAID = ("position", "outcome", "mark", "medalColour")  # what tells best how somebody did in a race


@dataclass(slots=True)
class _Side:
    """How far the search has come from one end."""

    reached: set[str]
    frontier: set[str] = field(default_factory=set)
    steps: int = 0


def path(source: Source, a: str, b: str, k: int = 3, longest: int = _LONGEST) -> tuple[Path, ...]:
    """Up to `k` chains between two entities (IRIs), the closest first; empty if none has at most `longest` steps."""
    return connect(source, a, b, k, longest=longest).paths


def connect(
    source: Source,
    a: str,
    b: str,
    k: int = 3,
    *,
    kinds: Iterable[str] = (),
    since: int | None = None,
    until: int | None = None,
    longest: int = _LONGEST,
    most: int = _MOST_READ,
) -> Connections:
    """The `k` closest chains between two entities (IRIs), each of at most `longest` steps.

    `kinds` limits the ties (`kinds_asked`); without it all count, those that join almost everybody only where nothing
    else does. With `since` or `until` (years, included) only races of these years count, and other ties that began,
    ended or were written about in them. No more than `most` nodes are read; what was found is then not `complete`.
    """
    if a == b:
        return Connections()
    asked = frozenset(kinds)
    narrow = frozenset(bond.kind for bond in wording.kinds_of_ties() if not bond.wide)
    every = frozenset(bond.kind for bond in wording.kinds_of_ties())
    complete, read = True, 0
    for taken in (asked,) if asked else (narrow, every):
        reach = Reach(source, frozenset({a, b}), taken, Years(since, until), most)
        found = _search(reach, a, b, k, longest)
        complete, read = complete and not reach.full, read + len(reach.expanded)
        if found:
            return Connections(_told(reach, found), complete=complete, read=read)
    return Connections(complete=complete, read=read)


def kinds_asked(words: Iterable[str]) -> tuple[str, ...]:
    """The kinds of ties that words name; raises LookupFailedError for a word that names none."""
    found = []
    for word in words:
        key = name_key(word)
        kinds = [bond.kind for bond in wording.kinds_of_ties() if key in _names(bond)]
        if not kinds:
            known = ", ".join(bond.kind for bond in wording.kinds_of_ties())
            raise LookupFailedError(word, f"'{word}' is no kind of tie; say one of: {known}.")
        found += kinds
    return tuple(dict.fromkeys(found))


def _names(bond: Bond) -> set[str]:
    return {bond.kind, bond.name, *map(name_key, bond.properties)}


def _search(reach: Reach, a: str, b: str, k: int, longest: int) -> list[tuple[str, ...]]:
    """Reads until no chain that was not read can be lighter than the `k` that were found."""
    sides = (_Side({a}, {a}), _Side({b}, {b}))
    while True:
        steps = sum(side.steps for side in sides)
        waiting = [side for side in sides if side.frontier]
        at_end = steps >= longest or not waiting or reach.full
        # What was not read has more steps, each of which weighs 1 or more.
        if at_end or _all_below(reach, a, b, k, longest, steps + 1):
            found = _weighed(reach, a, b, k, longest)
            if at_end or (len(found) == k and weight_of(reach.graph, found[-1]) <= steps + 1):
                return found
        _widen(reach, min(waiting, key=lambda side: len(side.frontier)))


def _widen(reach: Reach, side: _Side) -> None:
    """Reads a frontier; what it leads to is the next."""
    reach.expand(side.frontier)
    ahead = {other for node in side.frontier for other in reach.graph.adj.get(node, ())}
    side.frontier = ahead - side.reached
    side.reached |= side.frontier
    side.steps += 1


def _all_below(reach: Reach, a: str, b: str, k: int, longest: int, bound: int) -> bool:
    """Whether `k` chains may weigh no more than `bound`."""
    found = list(islice(lightest(reach.graph, a, b, longest), k))
    return len(found) == k and found[-1][0] <= bound


def _weighed(reach: Reach, a: str, b: str, k: int, longest: int) -> list[tuple[str, ...]]:
    """The lightest chains of what was read. Those that look lightest are weighed until none that was not can be."""
    more = 4 * k
    while True:
        found = [way for _, way in islice(lightest(reach.graph, a, b, longest), more)]
        if all(map(reach.weighed, found[:k])):
            return found[:k]
        reach.weigh(found)
        more *= 2


def _told(reach: Reach, chains: list[tuple[str, ...]]) -> tuple[Path, ...]:
    """The chains in words; the evidence of all their edges comes in one go."""
    source = reach.source
    edges = {pair: reach.edge(pair) for chain in chains for pair in pairwise(chain)}
    mine = {edge.node for edge, _ in edges.values() if edge.node}
    nodes = {node.iri: node for node in results.these(source, mine)} if mine else {}
    wanted = {iri for chain in chains for iri in chain} | set(nodes)
    wanted |= {iri for node in nodes.values() for iri in node.named}
    described = describe(source, wanted)
    support = evidence.load(source, {iri for edge, _ in edges.values() for iri in _subjects(edge)})
    return tuple(
        Path(
            tuple(described[iri].entity for iri in chain),
            tuple(_step(pair, *edges[pair], nodes, described, support) for pair in pairwise(chain)),
            round(weight_of(reach.graph, chain), 3),
        )
        for chain in chains
    )


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
