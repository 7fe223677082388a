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

from graph.browsing import wording
from graph.browsing.reach import Reach, Years
from graph.browsing.shortest import lightest, weight_of
from graph.browsing.telling import told
from graph.browsing.values import Connections, Path
from graph.errors import LookupFailedError
from ontology.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.browsing.wording import Bond
    from graph.store.base import Source

_LONGEST = 6  # steps; a tie over more tells a reader nothing
_MOST_READ = 3_000  # nodes whose neighbours are read at most, half a second of a store on disk


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
    reach.expand({a, b})  # both in one query; either is read next
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
    entities, steps = told(reach.source, {pair: reach.edge(pair) for chain in chains for pair in pairwise(chain)})
    return tuple(
        Path(
            tuple(entities[iri] for iri in chain),
            tuple(steps[pair] for pair in pairwise(chain)),
            round(weight_of(reach.graph, chain), 3),
        )
        for chain in chains
    )
