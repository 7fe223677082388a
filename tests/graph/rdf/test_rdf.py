"""Values as terms, quads and labels."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import EvidenceError
from graph.facts import (
    BestKey,
    Claim,
    CoachingKey,
    Entity,
    Fact,
    Key,
    Mark,
    MembershipKey,
    PartialRace,
    RaceKey,
    RankingKey,
    ResultKey,
    TallyKey,
)
from graph.model import Article, Mention
from graph.rdf.evidence import article_triples, check_quotes
from graph.rdf.registry import Spellings, entity_triples, mark_triples
from graph.rdf.structure import structure
from graph.rdf.terms import decimal, graph_name, n_quads, quads
from ontology.iris import DEFAULT_BASE, NS
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from decimal import Decimal

RACE = RaceKey("world-championships", 2023, "1500m", "M", "final")
TEXT = "Ada Aas won. Ada Ås was pleased."
ARTICLE = Article(
    "x", TEXT, "0" * 64, "x.txt", "A title", date(2023, 8, 23), "https://a.example/x", "Vale Post", "A Writer"
)
CLAIM = Claim(
    "x", Fact(ResultKey(RACE, "ada-aas"), NS + "position", ox.Literal(1)), ((0, 12),), ("r",), 0.9, "Explicit"
)
MENTIONS = (
    (Entity("person", "ada-aas"), Mention("Ada Aas", 0, 7)),
    (Entity("person", "ada-aas"), Mention("Ada Ås", 13, 19)),
)


def shown(key: Key) -> dict[str, set[str]]:
    """Predicate -> objects, in short, of the structure of one key."""
    me = f"{DEFAULT_BASE}{key.kind}/{key.slug}"
    found: dict[str, set[str]] = {}
    for subject, predicate, value in structure(key, DEFAULT_BASE, lambda entity: entity.slug.upper()):
        if subject.value == me:
            short = value.value.removeprefix(DEFAULT_BASE).removeprefix(NS)
            found.setdefault(predicate.rpartition("#")[2], set()).add(short)
    return found


@given(st.one_of(st.decimals(0, 10**6, places=3), st.floats(0.001, 1).map(lambda x: round(x, 6))))
def test_rdf_decimals_are_as_oxigraph_stores_them(value: Decimal | float) -> None:
    term = decimal(value)
    store = ox.Store()
    node = ox.NamedNode("http://a.example/n")
    store.add(ox.Quad(node, node, term))
    assert [quad.object for quad in store] == [term]


def article_quads(article: Article, *rest: Any) -> set[ox.Quad]:
    return quads(article_triples(article, *rest), graph_name(f"article_{article.id}", DEFAULT_BASE))


def test_rdf_article_graph_is_the_same_each_time() -> None:
    one, two = (article_quads(ARTICLE, "1.0", [CLAIM], MENTIONS, [], DEFAULT_BASE) for _ in range(2))
    assert one == two
    assert {quad.graph_name for quad in one} == {graph_name("article_x", DEFAULT_BASE)}
    other = article_quads(ARTICLE, "1.1", [CLAIM], MENTIONS, [], DEFAULT_BASE)
    runs = [{quad.subject.value for quad in found if "/run/" in str(quad.subject)} for found in (one, other)]  # type: ignore[union-attr]
    assert runs[0].isdisjoint(runs[1])


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_rdf_n_quads_say_the_same_as_quads(title: str) -> None:
    triples = article_triples(replace(ARTICLE, title=title), "1.0", [CLAIM], MENTIONS, [], DEFAULT_BASE)
    graph = graph_name("article_x", DEFAULT_BASE)
    store = ox.Store()
    store.load(n_quads(triples, graph), ox.RdfFormat.N_QUADS, lenient=True)
    assert set(store) == quads(triples, graph)


def test_rdf_article_graph_describes_the_article() -> None:
    found = article_quads(ARTICLE, "1.0", [CLAIM], MENTIONS, [], DEFAULT_BASE)
    me = ox.NamedNode(DEFAULT_BASE + "article/x")
    about = {
        quad.predicate.value.replace("#", "/").rpartition("/")[2]: quad.object for quad in found if quad.subject == me
    }
    assert {name: value.value for name, value in about.items() if isinstance(value, ox.Literal)} == {
        "headline": "A title",
        "identifier": "x",
        "sha256": "0" * 64,
        "asOf": "2023-08-23",
        "datePublished": "2023-08-23",
        "url": "https://a.example/x",
        "publisher": "Vale Post",
        "author": "A Writer",
    }
    assert "x.txt" not in str(found)


def test_rdf_mentions_have_the_sentence_around_them() -> None:
    found = article_quads(ARTICLE, "1.0", [CLAIM], MENTIONS, [], DEFAULT_BASE)
    written = {quad.subject: quad.object for quad in found if quad.predicate.value == str(ATH.asWritten)}
    with_sentence = {quad.subject for quad in found if quad.predicate.value == str(ATH.evidence)}
    assert {value.value: me in with_sentence for me, value in written.items() if isinstance(value, ox.Literal)} == {
        "Ada Aas": True,
        "Ada Ås": False,
    }


def test_rdf_untitled_articles_are_called_by_their_id() -> None:
    found = article_quads(Article("x", TEXT, "0" * 64, "x.txt"), "1.0", [], [], [], DEFAULT_BASE)
    assert [quad.object for quad in found if quad.predicate.value.endswith("headline")] == [ox.Literal("x")]


@pytest.mark.parametrize("quote", [("Ada Aas", 0, 6), ("Ada Aas", 1, 8), ("", 0, 0), ("Ada", -3, 0), ("x", 100, 101)])
def test_rdf_quotes_must_stand_in_the_text(quote: tuple[str, int, int]) -> None:
    check_quotes(ARTICLE, [("Ada Aas", 0, 7), (TEXT, 0, len(TEXT))])
    with pytest.raises(EvidenceError, match="x: the text at"):
        check_quotes(ARTICLE, [quote])


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            RACE,
            {
                "type": {"Race"},
                "label": {"WORLD-CHAMPIONSHIPS 2023, men's 1500M, final"},
                "series": {"series/world-championships"},
                "edition": {"edition/world-championships_2023"},
                "year": {"2023"},
                "discipline": {"discipline/1500m"},
                "sex": {"Male"},
                "round": {"Final"},
            },
        ),
        (
            RaceKey("vale-games", 1912, "1500m", "F", "heat", 3, "U20"),
            {
                "type": {"Race"},
                "label": {"VALE-GAMES 1912, women's U20 1500M, heat 3"},
                "series": {"series/vale-games"},
                "year": {"1912"},
                "discipline": {"discipline/1500m"},
                "sex": {"Female"},
                "round": {"Heat"},
                "heatNumber": {"3"},
                "category": {"U20"},
            },
        ),
        (
            PartialRace("x", "ada-aas", year=2015, sex="M", round="final", category="U20"),
            {
                "type": {"Race", "UnderspecifiedRace"},
                "label": {"a competition 2015, men's U20, final (ADA-AAS)"},
                "year": {"2015"},
                "sex": {"Male"},
                "round": {"Final"},
                "category": {"U20"},
            },
        ),
        (
            PartialRace("x", "NOR", series="olympic-games", discipline="4x100m"),
            {
                "type": {"Race", "UnderspecifiedRace"},
                "label": {"OLYMPIC-GAMES, year unknown, 4X100M (NOR)"},
                "series": {"series/olympic-games"},
                "discipline": {"discipline/4x100m"},
            },
        ),
        (
            ResultKey(RACE, "ada-aas"),
            {"type": {"Result"}, "race": {f"race/{RACE.slug}"}, "athlete": {"person/ada-aas"}},
        ),
        (
            ResultKey(RACE, "NOR", team=True),
            {"type": {"Result"}, "race": {f"race/{RACE.slug}"}, "team": {"country/NOR"}},
        ),
        (
            CoachingKey("per-lund", "ada-aas"),
            {"type": {"Coaching"}, "coach": {"person/per-lund"}, "athlete": {"person/ada-aas"}},
        ),
        (
            MembershipKey("ada-aas", "vale-tc"),
            {"type": {"Membership"}, "club": {"club/vale-tc"}, "athlete": {"person/ada-aas"}},
        ),
        (
            BestKey("PB", "60m", "ada-aas", indoor=True),
            {
                "type": {"Best"},
                "kind": {"PB"},
                "discipline": {"discipline/60m"},
                "indoor": {"true"},
                "athlete": {"person/ada-aas"},
            },
        ),
        (
            RankingKey("all-time", "60m", "ada-aas"),
            {
                "type": {"Ranking"},
                "scope": {"AllTime"},
                "discipline": {"discipline/60m"},
                "athlete": {"person/ada-aas"},
            },
        ),
        (
            TallyKey("vale-games", "title", "ada-aas"),
            {"type": {"Tally"}, "series": {"series/vale-games"}, "tallyOf": {"Title"}, "athlete": {"person/ada-aas"}},
        ),
        (Entity("person", "ada-aas"), {}),
    ],
)
def test_rdf_structure_is_what_the_key_says(key: Key, expected: dict[str, set[str]]) -> None:
    assert shown(key) == expected


def label(*names: str, slug: str = "narve-nordas") -> str:
    entity = Entity("person", slug)
    return Spellings(Counter(names)).label(entity)


def test_rdf_labels_prefer_accents_then_articles_then_the_shorter() -> None:
    assert label("Narve Nordas", "Narve Nordas", "Narve Nordås") == "Narve Nordås"
    assert label("narve nordas", "Narve Nordas", "Narve Nordas") == "Narve Nordas"
    assert label("Narve Nordaas", "Narve Nordas") == "Narve Nordas"
    assert label("Kim Berg", slug="kim-berg--usa") == "Kim Berg"


def test_rdf_labels_of_what_is_shipped_are_the_shipped_ones() -> None:
    entity = Entity("series", "olympic-games")
    spellings = Spellings({"Olympics": 1})
    assert spellings.label(entity) == "Olympic Games"
    assert set(entity_triples(entity, spellings, DEFAULT_BASE)) == set()


def test_rdf_registry_keeps_every_spelling_findable() -> None:
    entity = Entity("person", "narve-nordas")
    spellings = Spellings({"Narve Nordås": 1, "Narve Nordas": 1}, {"Narve Nordsa"})
    found = {
        (predicate.rpartition("#")[2], value.value)
        for _, predicate, value in entity_triples(entity, spellings, DEFAULT_BASE)
    }
    assert found == {
        ("label", "Narve Nordås"),
        ("altLabel", "Narve Nordas"),
        ("altLabel", "Narve Nordsa"),
        ("nameKey", "narve nordas"),
        ("nameKey", "narve nordsa"),
    }


def test_rdf_registry_describes_marks() -> None:
    found = {
        predicate.rpartition("#")[2]: value.value
        for _, predicate, value in mark_triples(Mark("metres", "8.30"), DEFAULT_BASE)
    }
    assert found == {
        "type": str(ATH.DistanceMark),
        "label": "8.30m",
        "display": "8.30m",
        "metres": "8.3",
        "resolution": "0.01",
        "sortKey": "-8.3",
    }
