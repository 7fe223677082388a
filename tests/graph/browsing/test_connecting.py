"""Paths beside networkx's own on graphs that are read whole, and what filters and evidence do to them."""

from dataclasses import dataclass
from itertools import islice, pairwise
from math import log10

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.browsing import connect, kinds_asked
from graph.browsing.values import plain
from graph.errors import LookupFailedError
from graph.store.embedded import Store
from ontology.iris import DEFAULT_BASE as BASE
from ontology.iris import NS, VOCABULARIES

PERSON = f"{BASE}person/"
RDF = VOCABULARIES["rdf"]
XSD = VOCABULARIES["xsd"]


@dataclass(frozen=True)
class Said:
    """What one article says: how sure, of which article it is a copy, in which year."""

    article: int
    sure: int  # hundredths
    year: int = 2020


@dataclass(frozen=True)
class Tie:
    """A coaching, membership, kinship or result between two things."""

    kind: str
    one: str
    other: str
    said: tuple[Said, ...]
    former: bool = False
    disputed: bool = False


def node(*parts: str) -> ox.NamedNode:
    return ox.NamedNode("".join(parts))


def quads(ties: list[Tie], races: dict[str, int]) -> list[ox.Quad]:
    """The ties as the product writes them: facts, and a claim for each article that says one."""
    found = []

    def add(subject: str, predicate: str, value: str | int | ox.Literal) -> None:
        term = ox.Literal(value) if isinstance(value, int) else node(value) if isinstance(value, str) else value
        found.append(ox.Quad(node(subject), node(predicate), term, node(BASE, "graph/facts")))

    for race, year in races.items():
        add(BASE + race, NS + "year", year)
    for number, tie in enumerate(ties):
        subject, predicate, value = (
            f"{BASE}{tie.kind}/{number}",
            NS + "status",
            NS + ("Former" if tie.former else "Current"),
        )
        one, other = BASE + tie.one, BASE + tie.other
        if tie.kind == "sibling":
            subject, predicate, value = one, NS + "siblingOf", other
            add(other, predicate, one)
        elif tie.kind == "result":
            predicate, value = NS + "outcome", NS + "DNF"
            add(subject, NS + "athlete", one)
            add(subject, NS + "race", other)
        elif tie.kind == "coaching":
            add(subject, NS + "coach", one)
            add(subject, NS + "athlete", other)
        else:
            add(subject, NS + "athlete", one)
            add(subject, NS + "club", other)
        add(subject, predicate, value)
        for said in tie.said:
            claim = f"{BASE}claim/{number}_{said.article}_{said.sure}"
            add(claim, RDF + "type", NS + "Claim")
            add(claim, RDF + "subject", subject)
            add(claim, RDF + "predicate", predicate)
            add(claim, RDF + "object", value)
            add(claim, NS + "inArticle", f"{BASE}article/{said.article}")
            add(claim, NS + "confidence", ox.Literal(str(said.sure / 100), datatype=node(XSD, "decimal")))
            add(claim, NS + "asOf", ox.Literal(f"{said.year}-05-01", datatype=node(XSD, "date")))
            if said.article >= 5:  # of every article there is a copy
                add(f"{BASE}article/{said.article}", NS + "copyOf", f"{BASE}article/{said.article - 5}")
        if tie.disputed:
            add(f"{BASE}conflict/{number}", NS + "conflictSubject", subject)
            add(f"{BASE}conflict/{number}", NS + "conflictProperty", predicate)
    return found


def price(tie: Tie) -> float:
    """As the page explains it."""
    best: dict[int, float] = {}
    for said in tie.said:
        best[said.article % 5] = max(best.get(said.article % 5, 0), said.sure / 100)
    doubt = 1.0
    for sure in best.values():
        doubt *= 1 - 0.6 * sure
    return (1.25 if tie.former else 1.0) * (1 + doubt / 2) + (0.5 if tie.disputed else 0)


def whole(ties: list[Tie]) -> nx.Graph:
    """The graph with the price of the cheapest tie on each edge."""
    graph: nx.Graph = nx.Graph()
    for tie in ties:
        known = graph.get_edge_data(tie.one, tie.other)
        graph.add_edge(tie.one, tie.other, price=min(price(tie), known["price"] if known else 99))
    return graph


def lightest(graph: nx.Graph, a: str, b: str, k: int, longest: int) -> list[float]:
    """The weights of the lightest paths, by networkx: half of the toll of a node on each of its edges."""

    def toll(name: str) -> float:
        return 0 if name in {a, b} else log10(max(1, graph.degree[name] / 5)) / 2

    def weight(one: str, other: str, data: dict[str, float]) -> float:
        return data["price"] + (toll(one) + toll(other)) / 2

    if a not in graph or b not in graph or not nx.has_path(graph, a, b):
        return []
    ways = (way for way in nx.shortest_simple_paths(graph, a, b, weight=weight) if len(way) <= longest + 1)
    return [sum(weight(*pair, graph.edges[pair]) for pair in pairwise(way)) for way in islice(ways, k)]


_PEOPLE = st.integers(0, 9).map("person/p{}".format)
_SAID = st.lists(st.builds(Said, st.integers(0, 9), st.sampled_from([40, 70, 90, 99])), max_size=3).map(tuple)


def _tie(kind: str, others: st.SearchStrategy[str]) -> st.SearchStrategy[Tie]:
    former = st.booleans() if kind in {"coaching", "membership"} else st.just(False)
    disputed = st.booleans() if kind != "sibling" else st.just(False)
    made = st.builds(Tie, st.just(kind), _PEOPLE, others, _SAID, former, disputed)
    return made.filter(lambda tie: tie.one != tie.other)


_TIES = st.lists(
    st.one_of(
        _tie("coaching", _PEOPLE),
        _tie("sibling", _PEOPLE),
        _tie("result", st.integers(0, 5).map("race/r{}".format)),
        _tie("result", st.integers(0, 5).map("race/r{}".format)),
        _tie("membership", st.integers(0, 1).map("club/c{}".format)),
    ),
    max_size=30,
    unique_by=lambda tie: (tie.kind, frozenset({tie.one, tie.other})),
)


@settings(max_examples=60, deadline=None)
@given(_TIES, st.integers(1, 6), st.integers(2, 6))
def test_connecting_finds_what_networkx_finds_in_the_whole_graph(ties: list[Tie], k: int, longest: int) -> None:
    with Store.memory() as store:
        store.write(quads(ties, {}))
        found = connect(store, PERSON + "p0", PERSON + "p1", k, longest=longest)
    expected = lightest(whole(ties), "person/p0", "person/p1", k, longest)
    assert [way.weight for way in found.paths] == pytest.approx(expected, abs=0.001)
    assert found.complete
    for way in found.paths:
        assert [step.start for step in way.steps] == [entity.iri for entity in way.nodes[:-1]]
        assert len({entity.iri for entity in way.nodes}) == len(way.nodes)


def _two_ways() -> list[Tie]:
    """From Marta to Callum over a coach of both, over a race, and over a club."""
    sure, weak = (Said(1, 95), Said(2, 95)), (Said(3, 50, 2011),)
    return [
        Tie("coaching", "person/achieng", "person/marta", weak),
        Tie("coaching", "person/achieng", "person/callum", weak),
        Tie("result", "person/marta", "race/mile", sure),
        Tie("result", "person/callum", "race/mile", sure),
        Tie("membership", "person/marta", "club/otters", (Said(1, 90, 2015),)),
        Tie("membership", "person/callum", "club/otters", (Said(1, 90, 2015),), former=True),
    ]


@pytest.fixture(scope="module")
def ways():
    with Store.memory() as store:
        store.write(quads(_two_ways(), {"race/mile": 2019}))
        yield store


def _over(found):
    return [way.nodes[1].iri.removeprefix(BASE) for way in found.paths]


def test_connecting_prefers_what_more_articles_say(ways):
    found = connect(ways, PERSON + "marta", PERSON + "callum")
    assert _over(found) == ["race/mile", "person/achieng", "club/otters"]
    assert [step.articles for step in found.paths[0].steps] == [2, 2]
    assert [step.kind for step in found.paths[1].steps] == ["coaching", "coaching"]
    assert [step.former for step in found.paths[2].steps] == [False, True]


def test_connecting_goes_over_what_others_named():
    """Names that tell nothing of what kind of thing they are of."""
    with Store.memory("https://results.example/id/") as store:
        store.write(quads(_two_ways(), {"race/mile": 2019}))
        found = connect(store, PERSON + "marta", PERSON + "callum")
    assert _over(found) == ["race/mile", "person/achieng", "club/otters"]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"kinds": ("coaching",)}, ["person/achieng"]),
        ({"kinds": ("club", "races")}, ["race/mile", "club/otters"]),
        ({"kinds": ("family",)}, []),
        ({"since": 2016}, ["race/mile"]),
        ({"until": 2012}, ["person/achieng"]),
        ({"since": 2012, "until": 2016}, ["club/otters"]),
        ({"since": 2012, "until": 2013}, []),
    ],
)
def test_connecting_by_chosen_ties_and_years(ways, limits, expected):
    assert _over(connect(ways, PERSON + "marta", PERSON + "callum", **limits)) == expected


def test_connecting_finds_disputed_ties_dearer(ways):
    ties = [Tie("coaching", "person/x", end, (Said(1, 90),)) for end in ("person/a", "person/b")]
    ties += [Tie("coaching", "person/y", end, (Said(1, 90),), disputed=True) for end in ("person/a", "person/b")]
    with Store.memory() as store:
        store.write(quads(ties, {}))
        calm, disputed = connect(store, PERSON + "a", PERSON + "b").paths
    assert calm.nodes[1].iri == PERSON + "x"
    assert disputed.weight == pytest.approx(calm.weight + 1)
    assert all(step.dispute for step in disputed.steps)


def test_connecting_reads_no_more_than_it_may():
    ties = [
        Tie("result", f"person/p{n}", f"race/r{n // 2 + turn}", (Said(1, 90),)) for n in range(400) for turn in (0, 1)
    ]
    with Store.memory() as store:
        store.write(quads(ties, {}))
        near = connect(store, PERSON + "p0", PERSON + "p1", 1)
        bounded = connect(store, PERSON + "p0", PERSON + "p399", 1, longest=400, most=50)
    assert near.complete
    assert near.read < 30
    assert not bounded.complete
    assert bounded.paths == ()
    assert bounded.read <= 100  # twice: once more with what ties almost everybody


def test_connecting_passes_a_crowd_only_from_one_end_to_the_other():
    ties = [Tie("membership", f"person/p{n}", "club/city", (Said(1, 90),)) for n in range(302)]
    ties.append(Tie("sibling", "person/p5", "person/away", (Said(1, 90),)))
    with Store.memory() as store:
        store.write(quads(ties, {}))
        mates = connect(store, PERSON + "p0", PERSON + "p1")
        others = connect(store, PERSON + "p0", PERSON + "away", kinds=("club", "family"))
    assert [len(way.steps) for way in mates.paths] == [2]
    assert others.paths == ()
    assert "used to" not in plain(mates.paths[0].steps[0].text)


def test_connecting_names_the_kinds_of_ties():
    assert kinds_asked(["Clubs", "coaches", "coaching"]) == ("club", "coaching")
    with pytest.raises(LookupFailedError, match="'friendship' is no kind of tie; say one of: coaching, club"):
        kinds_asked(["friendship"])
