"""What joins two things (coaching, a club, family, a race ...): edges, read many at a time, and who says them.

An edge has a price before anything is known of its evidence (`BASE`); doubt makes it dearer (`Backing.price`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from graph import queries
from graph.browsing import ties, wording
from graph.browsing.describing import kind_of, local
from graph.browsing.evidence import Triple
from graph.browsing.ties import Tie

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.store.base import Row, Source

RACES: Final = "races"
# The price of a step: a race takes two, so a direct tie is nearer than a shared race. All are 1 or more: the search for
# the lightest chains counts on it.
BASE: Final[Mapping[str, float]] = {"competitions": 3.0, "country": 3.0, "place": 4.0, "discipline": 6.0}
FORMER: Final = 1.25  # "used to coach" is a little further than "coaches"
_DISPUTED = 0.5  # what a disagreement that nobody settled adds
_TRUST = 0.6  # how much of its confidence one article is good for: two are better than a sure one
_UNKNOWN = 0.5  # confidence of a claim that has none
_BATCH = 1000  # subjects in one VALUES block
# The variables of neighbours.rq -> the kind of thing that is looked for by each.
_ROLES: Final[Mapping[str, str]] = {
    "relative": "person",
    "athlete": "person",
    "coach": "person",
    "club": "club",
    "race": "race",
}
_ANY: Final = "term"  # the kind of what has none in its name: it may be anything


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """What joins two neighbours: a tie, a result (`node`), or a plain triple (`predicate`, from `start`)."""

    start: str
    end: str
    kind: str
    predicate: str = ""
    node: str = ""
    tie: Tie | None = None

    @property
    def base(self) -> float:
        """The price of the step where its evidence could not be better."""
        price = BASE.get(self.kind, 1.0)
        return price * FORMER if self.tie and self.tie.former else price

    @property
    def stated(self) -> str | Triple:
        """Whose claims are its evidence: those of a node, or those of one triple."""
        if self.node:
            return self.node
        if self.tie:
            return self.tie.node or self.tie.claimed
        return Triple(self.start, self.predicate, self.end)


@dataclass(frozen=True, slots=True)
class Backing:
    """How well an edge is supported: by how many independent articles, with what doubt (0..1), and when."""

    articles: int = 0
    doubt: float = 1.0
    disputed: bool = False
    years: frozenset[int] = frozenset()

    def price(self, base: float) -> float:
        """The price of a step: half as much again where nobody says it, nearly `base` where many do."""
        return base * (1 + self.doubt / 2) + (_DISPUTED if self.disputed else 0)


_STRUCTURE = Backing(doubt=0.0)  # a race's edition follows from its key: nobody need say it


def edges(source: Source, nodes: Iterable[str], kinds: frozenset[str]) -> list[Edge]:
    """All edges of the given kinds at the nodes (IRIs), seen from them, in a stable order.

    Of what belongs to a country, place, competition or discipline only the way up is read, but see `members`.
    """
    terms = [URIRef(iri) for iri in sorted(nodes)]
    found: list[Edge] = []
    for start in range(0, len(terms), _BATCH):
        batch = terms[start : start + _BATCH]
        if RACES in kinds:
            found += [edge for edge in _neighbours(source, batch) if edge.kind in kinds]
        elif kinds & wording.tie_kinds():
            tied = map(_tied, ties.load(source, [str(term) for term in batch]))
            found += [edge for edge in tied if edge.kind in kinds]
        if kinds & BASE.keys():
            found += _upward(source.select(queries.with_values(queries.load("hubs"), "x", batch)), kinds)
    return sorted(set(found), key=order)


def members(source: Source, hub: str, kinds: frozenset[str]) -> list[Edge]:
    """What belongs to a country, place, competition or discipline: the first 500 by name, seen from each of them."""
    if not kinds & BASE.keys():
        return []
    return sorted(_upward(source.select(queries.load("hub-members"), {"y": URIRef(hub)}), kinds, hub), key=order)


def order(edge: Edge) -> tuple[str, str, str, str, str]:
    """Sorts edges."""
    return (edge.start, edge.end, edge.kind, edge.node, edge.tie.predicate if edge.tie else edge.predicate)


def backing(source: Source, wanted: Iterable[Edge]) -> dict[Edge, Backing]:
    """How well each edge is supported, with three queries for every thousand of them."""
    asked = {edge: edge.stated for edge in wanted}
    nodes = sorted({stated for stated in asked.values() if isinstance(stated, str)})
    triples = {stated for edge, stated in asked.items() if isinstance(stated, Triple) and not _structural(edge)}
    said: dict[str | Triple, list[Row]] = defaultdict(list)
    for row in _batched(source, "backing", nodes):
        said[str(row["s"])].append(row)
    for row in _batched(source, "backing-triples", sorted({end for t in triples for end in (t.subject, t.object)})):
        said[Triple(str(row["s"]), str(row["p"]), str(row["o"]))].append(row)
    subjects = sorted({*nodes, *(triple.subject for triple in triples)})
    disputed = {
        (str(row["s"]), local(str(row["p"]))) for row in _batched(source, "disputed", subjects) if "choice" not in row
    }
    return {
        edge: _STRUCTURE if _structural(edge) else _backing(stated, _rows(said, stated), disputed)
        for edge, stated in asked.items()
    }


def years(source: Source, things: Iterable[str]) -> dict[str, frozenset[int]]:
    """The years that races are of, and that coachings and memberships are known to span, by IRI."""
    found: dict[str, set[int]] = defaultdict(set)
    for row in _batched(source, "terms", sorted(set(things)), "x"):
        if (year := str(row["value"])[:4]).isdigit():
            found[str(row["x"])].add(int(year))
    return {iri: frozenset(range(min(known), max(known) + 1)) for iri, known in found.items()}


def _neighbours(source: Source, batch: list[URIRef]) -> Iterator[Edge]:
    """All ties, and the results that tie athletes to races."""
    query = queries.load("neighbours")
    kinds = [(term, kind_of(source, str(term))) for term in batch]
    for role, wanted in _ROLES.items():
        query = queries.with_values(query, role, [term for term, kind in kinds if kind in (wanted, _ANY)])
    joined: list[tuple[str, tuple[str, str], tuple[str, str]]] = []
    statuses: dict[str, set[str | None]] = defaultdict(set)
    for row in source.select(query):
        role = next(role for role in _ROLES if role in row)
        start, other, end = str(row[role]), local(str(row["p"])), str(row["y"])
        if "node" not in row:
            yield _tied(Tie(start, str(row["p"]), end))
            continue
        node = str(row["node"])
        if other == "status":
            statuses[node].add(end)
        else:
            joined.append((node, (role, other), (start, end)))
        if "status" in row:
            statuses[node].add(str(row["status"]))
    for node, roles, ends in joined:
        if "race" in roles:
            yield Edge(*ends, RACES, node=node)
        else:
            yield from (_tied(ties.of_node(node, roles, ends, status)) for status in statuses.get(node, {None}))


def _tied(tie: Tie) -> Edge:
    return Edge(tie.subject, tie.object, wording.tie_kind(local(tie.predicate)), tie=tie)


def _upward(rows: Iterable[Row], kinds: frozenset[str], hub: str = "") -> list[Edge]:
    found = (
        Edge(str(row["x"]), hub or str(row["y"]), wording.tie_kind(local(str(row["p"]))), predicate=str(row["p"]))
        for row in rows
    )
    return [edge for edge in found if edge.kind in kinds]


def _structural(edge: Edge) -> bool:
    return edge.kind in {"competitions", "discipline"}


def _batched(source: Source, name: str, iris: list[str], variable: str = "s") -> Iterable[Row]:
    for start in range(0, len(iris), _BATCH):
        terms = [URIRef(iri) for iri in iris[start : start + _BATCH]]
        yield from source.select(queries.with_values(queries.load(name), variable, terms))


def _rows(said: Mapping[str | Triple, list[Row]], stated: str | Triple) -> list[Row]:
    if isinstance(stated, str):
        return said.get(stated, [])
    inverse = wording.inverse_of(local(stated.predicate))
    other = Triple(stated.object, stated.predicate.replace(local(stated.predicate), inverse or ""), stated.subject)
    return said.get(stated, []) + (said.get(other, []) if inverse and other != stated else [])


def _backing(stated: str | Triple, rows: list[Row], disputed: set[tuple[str, str]]) -> Backing:
    best: dict[str, float] = {}
    for row in rows:
        sure = float(str(row["best"])) if "best" in row else _UNKNOWN
        best[str(row["witness"])] = max(sure, best.get(str(row["witness"]), 0.0))
    doubt = 1.0
    for sure in best.values():
        doubt *= 1 - _TRUST * sure
    known = {int(str(row[name])[:4]) for row in rows for name in ("first", "last") if name in row}
    contested = (
        any(subject == stated for subject, _ in disputed)
        if isinstance(stated, str)
        else (stated.subject, local(stated.predicate)) in disputed
    )
    return Backing(len(best), doubt, contested, frozenset(known))
