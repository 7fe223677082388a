"""The people of a selection as a network: who is central, and which communities they fall into.

Two people are tied by each race, club and coach that they share and by coaching, family and training together. What k
people share ties each two of them with weight 1 / (k - 1) (Newman), so that a race of ten does not count as forty-five
friendships.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import bonds
from graph.browsing.almanac import almanac
from graph.browsing.describing import describe
from graph.browsing.keeping import kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

    from graph.browsing.describing import Described
    from graph.browsing.values import Entity
    from graph.store.base import Source

_MOST_PEOPLE = 150  # betweenness of more takes over half a second
_MOST_RACES = 3000  # of the selection that are looked through, the newest first
_CENTRAL = 20
_NAMED = 8  # members of a community that are named
_COMMON = 3  # things that a community has in common that are named
_SEED = 20310614
_BATCH = 1000
_KEPT = 200  # selections of one version of a source
_DIRECT = frozenset({"coaching", "club", "family", "training"})


@dataclass(frozen=True, slots=True)
class Selection:
    """What people are chosen by: IRIs and a year, all of which must hold; None chooses nothing out."""

    club: str | None = None
    country: str | None = None
    discipline: str | None = None
    series: str | None = None
    year: int | None = None

    @property
    def by_race(self) -> bool:
        """Whether races are chosen."""
        return bool(self.discipline or self.series or self.year)


@dataclass(frozen=True, slots=True)
class Central:
    """A person with the number of others they are tied to, of races in the selection, and their betweenness (0..1)."""

    entity: Entity
    tied: int
    races: int
    between: float


@dataclass(frozen=True, slots=True)
class Community:
    """People more tied to each other than to the rest: the most tied first; `common` is shared by so many of them."""

    members: tuple[Entity, ...]
    size: int
    common: tuple[tuple[Entity, int], ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A selection: `people` of `found` are in it, those with most races first; `alone` are tied to nobody."""

    people: int
    found: int
    ties: int
    alone: int
    central: tuple[Central, ...] = ()
    communities: tuple[Community, ...] = ()
    races_left_out: int = 0


def network(source: Source, selection: Selection) -> Network:
    """Central people and communities; the same selection of the same dataset always gives the same, and is kept."""
    known = _known(source)
    if selection not in known:
        if len(known) >= _KEPT:
            known.clear()
        known[selection] = _worked_out(source, selection)
    return known[selection]


@kept
def _known(_: Source) -> dict[Selection, Network]:
    """What was worked out for this version of the source."""
    return {}


def _worked_out(source: Source, selection: Selection) -> Network:
    import networkx as nx  # a tenth of a second, which most processes are spared

    races, races_left_out = _races(source, selection)
    chosen = _people(source, selection)
    ran = _ran(source, races, chosen)
    found = sorted(ran if races is not None else chosen or (), key=lambda iri: (-len(ran.get(iri, ())), iri))
    people = found[:_MOST_PEOPLE]
    shared = _shared(source, people, ran)
    graph = _graph(people, shared)
    if not graph.number_of_edges():
        return Network(len(people), len(found), 0, len(people), races_left_out=races_left_out)
    between = nx.betweenness_centrality(graph)
    # What others are tied through matters more than how many one is tied to: a hub of one club is not central.
    order = sorted(graph, key=lambda number: (-between[number], -graph.degree[number], number))
    groups = _groups(graph)
    common = [_common({people[number] for number in group}, shared) for group in groups]
    described = describe(source, {*people, *(iri for group in common for iri, _ in group)})
    return Network(
        len(people),
        len(found),
        graph.number_of_edges(),
        sum(1 for number in graph if graph.degree[number] == 0),
        tuple(
            Central(described[people[n]].entity, graph.degree[n], len(ran.get(people[n], ())), round(between[n], 4))
            for n in order[:_CENTRAL]
            if graph.degree[n]
        ),
        tuple(
            _community(group, graph, people, common, described) for group, common in zip(groups, common, strict=True)
        ),
        races_left_out,
    )


def _races(source: Source, selection: Selection) -> tuple[set[str] | None, int]:
    """The races chosen, None where none are, and how many found no room."""
    if not selection.by_race:
        return None, 0
    fits = [
        contest
        for contest in almanac(source).contests.values()
        if (selection.discipline in {None, contest.discipline})
        and (selection.series in {None, contest.series})
        and (selection.year in {None, contest.year})
    ]
    newest = sorted(fits, key=lambda contest: (-(contest.year or 0), contest.race))
    return {contest.race for contest in newest[:_MOST_RACES]}, max(0, len(newest) - _MOST_RACES)


def _people(source: Source, selection: Selection) -> set[str] | None:
    """Who belongs to the club and country chosen; None where neither is."""
    chosen: set[str] | None = None
    if selection.club:
        edges = bonds.edges(source, [selection.club], frozenset({"club"}))
        chosen = {edge.end for edge in edges}
    if selection.country:
        rows = source.select(queries.load("compatriots"), {"x": URIRef(selection.country)})
        of_country = {str(row["person"]) for row in rows}
        chosen = of_country if chosen is None else chosen & of_country
    return chosen


def _ran(source: Source, races: set[str] | None, people: set[str] | None) -> dict[str, set[str]]:
    """Person -> the races of the selection they ran in."""
    name, variable, terms = ("runners", "race", races) if races is not None else ("races-run", "person", people)
    found: dict[str, set[str]] = defaultdict(set)
    listed = sorted(terms or ())
    for start in range(0, len(listed), _BATCH):
        batch = [URIRef(iri) for iri in listed[start : start + _BATCH]]
        for row in source.select(queries.with_values(queries.load(name), variable, batch)):
            person = str(row["person"])
            if people is None or person in people:
                found[person].add(str(row["race"]))
    return found


def _shared(source: Source, people: list[str], ran: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """What is shared (a race, club, coach; or a pair of people with a direct tie) -> who of the people shares it."""
    shared: dict[str, set[str]] = defaultdict(set)
    inside = set(people)
    for person in people:
        for race in ran.get(person, ()):
            shared[race].add(person)
    for edge in bonds.edges(source, people, _DIRECT):
        if edge.end in inside:
            shared["|".join(sorted((edge.start, edge.end)))] |= {edge.start, edge.end}
        if edge.kind == "club" or (edge.kind == "coaching" and edge.tie and edge.tie.predicate.endswith("By")):
            shared[edge.end].add(edge.start)
    return {thing: members for thing, members in shared.items() if len(members) > 1}


def _graph(people: list[str], shared: Mapping[str, set[str]]) -> nx.Graph[int]:
    import networkx as nx

    # Numbers, not IRIs: the order in which Python goes through a set of strings changes from run to run.
    number = {iri: place for place, iri in enumerate(people)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(people)))
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for thing in sorted(shared):
        members = sorted(number[iri] for iri in shared[thing])
        for one, other in combinations(members, 2):
            weights[one, other] += 1 / (len(members) - 1)
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in sorted(weights.items()))
    return graph


def _groups(graph: nx.Graph[int]) -> list[list[int]]:
    """Communities of two or more, the largest first."""
    import networkx as nx

    found = nx.community.louvain_communities(graph, weight="weight", seed=_SEED)
    groups = [sorted(group) for group in found if len(group) > 1]
    return sorted(groups, key=lambda group: (-len(group), group))


def _common(members: set[str], shared: Mapping[str, set[str]]) -> list[tuple[str, int]]:
    """What most of the members share."""
    counts = Counter({thing: len(those & members) for thing, those in shared.items() if "|" not in thing})
    named = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(thing, count) for thing, count in named[:_COMMON] if count > 1]


def _community(
    group: Iterable[int],
    graph: nx.Graph[int],
    people: list[str],
    common: list[tuple[str, int]],
    described: Mapping[str, Described],
) -> Community:
    members = list(group)
    inner = graph.subgraph(members)
    order = sorted(members, key=lambda number: (-inner.degree(number, weight="weight"), number))
    return Community(
        tuple(described[people[number]].entity for number in order[:_NAMED]),
        len(members),
        tuple((described[iri].entity, count) for iri, count in common),
    )
