"""The data files: references that lead somewhere, spellings that are not ambiguous, facts that cannot be wrong."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, URIRef

from ontology import resources
from ontology import vocabulary as v
from ontology.iris import DEFAULT_BASE, NS
from ontology.names import slug

AMBIGUOUS = {"hurdles", "sprint hurdles", "sprint hurdle", "high hurdles"}  # sex and indoors decide
FILES = [resources.DISCIPLINES, resources.COUNTRIES, resources.PLACES, resources.COMPETITIONS]


@pytest.fixture(scope="module")
def registry() -> Graph:
    graph = Graph()
    for path in FILES:
        graph.parse(path)
    return graph


def test_data_references_lead_to_described_things(registry: Graph) -> None:
    described = set(registry.subjects(RDFS.label, None))
    for subject, predicate, value in registry:
        for node in (subject, value):
            if isinstance(node, URIRef) and node.startswith(DEFAULT_BASE):
                assert node in described, (subject, predicate, value)


def test_data_things_have_one_label_and_an_iri_of_their_kind(registry: Graph) -> None:
    classes = {
        "Place": "place",
        "Country": "country",
        "Series": "series",
        "Edition": "edition",
        "Discipline": "discipline",
    }
    for name, kind in classes.items():
        subjects = set(registry.subjects(RDF.type, URIRef(NS + name)))
        assert len(subjects) > 50
        for subject in subjects:
            assert len(list(registry.objects(subject, RDFS.label))) == 1, subject
            assert re.fullmatch(rf"{DEFAULT_BASE}{kind}/[A-Za-z0-9-]+(_\d{{4}})?", str(subject))


def test_data_labels_are_plain_strings(registry: Graph) -> None:
    for predicate in (RDFS.label, SKOS.altLabel, SKOS.prefLabel):
        for subject, label in registry.subject_objects(predicate):
            assert getattr(label, "language", "x") is None, subject
            assert str(label) == str(label).strip() != ""


def test_data_slugs_are_those_of_the_names() -> None:
    qualified = re.compile(r", ")
    for entry in (*v.places(), *v.series(), *v.disciplines()):
        assert entry.slug == slug(entry.name) or qualified.search(entry.name), entry.slug


def test_data_slugs_are_unique() -> None:
    for entries in (v.places(), v.series(), v.disciplines()):
        assert [name for name, count in Counter(entry.slug for entry in entries).items() if count > 1] == []


def test_data_country_codes_are_three_capitals_and_unique() -> None:
    nations = [nation for entry in v.countries() for nation in (entry, *entry.home_nations)]
    codes = [code for nation in nations for code in (nation.code, *nation.other_codes)]
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)
    assert [code for code, count in Counter(codes).items() if count > 1] == []
    assert len(v.countries()) > 210


def test_data_spellings_are_found_and_not_ambiguous() -> None:
    for entries, look_up in ((v.places(), v.place), (v.series(), v.series_named), (v.countries(), v.country)):
        for entry in entries:
            for spelling in entry.spellings:
                assert look_up(spelling) == entry, spelling
    for entry in v.disciplines():
        for spelling in entry.spellings:
            assert (v.discipline(spelling) is None) if spelling in AMBIGUOUS else (v.discipline(spelling) == entry), (
                spelling
            )


def test_data_maps_of_spellings_hold_all_of_them() -> None:
    for mapping, entries in (
        (v.country_spellings(), v.countries()),
        (v.place_spellings(), v.places()),
        (v.discipline_spellings(), v.disciplines()),
        (v.series_spellings(), v.series()),
    ):
        assert {spelling for entry in entries for spelling in entry.spellings} <= mapping.keys()
    assert {text for text, found in v.discipline_spellings().items() if len(found) > 1} == AMBIGUOUS


@pytest.mark.parametrize("entry", v.series(), ids=lambda entry: entry.slug)
def test_data_series_and_editions_are_sound(entry: v.Series) -> None:
    places = {place.slug: place for place in v.places()}
    codes = {country.code for country in v.countries()}
    assert entry.country is None or entry.country in codes
    assert entry.place is None or places[entry.place].country == entry.country
    assert entry.month is None or 1 <= entry.month <= 12
    assert entry.discipline is None or entry.discipline in {discipline.slug for discipline in v.disciplines()}
    for edition in entry.editions:
        assert edition.places
        assert edition.country in codes
        assert edition.series == entry.slug
        assert (edition.start is None) == (edition.end is None)
        if edition.start and edition.end:
            assert edition.start <= edition.end
            assert edition.year <= edition.start.year <= edition.year + 2
    for earlier, later in pairwise(entry.editions):
        assert earlier.year < later.year
        if earlier.end and later.start:
            assert earlier.end < later.start


@pytest.mark.parametrize(
    ("slug", "first", "last"),
    [
        ("olympic-games", 1896, 2028),
        ("world-championships", 1983, 2027),
        ("world-indoor-championships", 1985, 2026),
        ("european-championships", 1934, 2026),
        ("european-indoor-championships", 1966, 2027),
        ("world-cross-country-championships", 1973, 2026),
        ("commonwealth-games", 1930, 2026),
        ("world-relays", 2014, 2026),
    ],
)
def test_data_editions_are_complete(slug: str, first: int, last: int) -> None:
    series = v.series_named(slug)
    assert series is not None
    assert (series.editions[0].year, series.editions[-1].year) == (first, last)


def test_data_olympic_games_were_held_every_four_years() -> None:
    series = v.series_named("Olympic Games")
    assert series is not None
    assert [edition.year for edition in series.editions] == [
        year for year in range(1896, 2029, 4) if year not in (1916, 1940, 1944)
    ]


def test_data_medals_are_those_of_games_and_international_championships() -> None:
    for entry in v.series():
        if entry.awards_medals:
            assert entry.level in ("world", "continental", "international"), entry.slug
    for name in ("Olympic Games", "World Championships", "Commonwealth Games", "European Indoor Championships"):
        series = v.series_named(name)
        assert series is not None
        assert series.awards_medals


def test_data_places_lie_within_their_country() -> None:
    places = {place.slug: place for place in v.places()}
    for place in v.places():
        assert place.within is None or places[place.within].country == place.country, place.slug
        assert not place.venue or place.within, place.slug
        assert place.home_nation is None or place.country == "GBR"


def test_data_disciplines_have_a_range_that_holds_marks() -> None:
    for entry in v.disciplines():
        assert (entry.best is None) == (entry.worst is None)
        if entry.best is not None and entry.worst is not None:
            assert (entry.best < entry.worst) == (entry.mark_kind == "time"), entry.slug
            if entry.mark_kind == "time" and entry.distance_metres:
                assert entry.distance_metres / entry.best < 12.6, entry.slug
                assert entry.distance_metres / entry.worst > 1.5, entry.slug


def test_data_discipline_groups_are_concepts_of_the_scheme(registry: Graph) -> None:
    for entry in v.disciplines():
        group = URIRef(f"{DEFAULT_BASE}discipline/{entry.group}")
        assert (group, RDF.type, SKOS.Concept) in registry
        top = URIRef(f"{DEFAULT_BASE}discipline/athletics")
        assert top in set(registry.transitive_objects(group, SKOS.broader))
