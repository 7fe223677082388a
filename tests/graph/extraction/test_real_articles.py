"""The two real articles: what must be found in them at least."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.articles import Options, prepare, read
from graph.extraction import extract
from graph.model import Article, Extraction

pytestmark = pytest.mark.shared

FILES = {"seed-000": "000_3cb5a9de4a00c706.txt", "seed-001": "001_174d612accb6403e.txt"}
PUBLISHED = date(2023, 8, 24)
FINAL = ("World Championships", "1500m", "final")
FINISH = {
    ("Josh Kerr", 1, "3:29.38", "gold"),
    ("Jakob Ingebrigtsen", 2, "3:29.65", "silver"),
    ("Narve Gilje Nordås", 3, "3:29.68", "bronze"),
    ("Abel Kipsang", 4, "3:29.89", None),
    ("Yared Nuguse", 5, "3:30.25", None),
}
PLAIN = {"Narve Gilje Nordås": "Narve Gilje Nordas"}  # as the second article writes it


def article(shared: Path, name: str, published: date | None = PUBLISHED) -> Article:
    (found,) = read([str(shared / "seeds" / FILES[name])], Options(published=published))
    assert isinstance(found, Article)
    return found


def extracted(shared: Path, name: str, published: date | None = PUBLISHED) -> Extraction:
    return extract(prepare(article(shared, name, published)))


def gold(shared: Path, name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((shared / "gold" / "dev" / f"{name}.json").read_text("utf-8"))
    return data


def finish(found: Extraction) -> set[tuple[Any, ...]]:
    """(athlete, position, mark, medal) in races that were timed and belong to the championships reported."""
    race = {race.id: race for race in found.races}
    return {
        (result.athlete, result.position, result.mark, result.medal)
        for result in found.results
        if (race[result.race].competition, race[result.race].discipline, race[result.race].round) == FINAL
        and result.mark
    }


@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_real_articles_first_five_of_the_final(shared: Path, published: date | None) -> None:
    assert finish(extracted(shared, "seed-000", published)) == FINISH


@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_real_articles_medals_of_the_final(shared: Path, published: date | None) -> None:
    medals = {(PLAIN.get(row[0], row[0]), *row[1:]) for row in FINISH if row[3]}
    assert finish(extracted(shared, "seed-001", published)) == medals


@pytest.mark.parametrize("name", FILES)
def test_real_articles_the_final_is_one_race_of_2023_in_budapest(shared: Path, name: str) -> None:
    found = extracted(shared, name)
    timed = {result.race for result in found.results if result.mark}
    races = [(r.year, r.place, r.sex) for r in found.races if r.id in timed]
    assert races == [(2023, "Budapest", "M")]


@pytest.mark.parametrize("name", FILES)
def test_real_articles_places_are_no_others_than_the_gold_knows(shared: Path, name: str) -> None:
    known = {(r["competition"], r["year"], r["place"]) for r in gold(shared, name)["races"]}
    known |= {(competition, year, None) for competition, year, _ in known}
    found = extracted(shared, name)
    wrong = {(r.competition, r.year, r.place) for r in found.races if r.place} - known
    assert wrong == set()


@pytest.mark.parametrize("published", [PUBLISHED, None])
@pytest.mark.parametrize("name", FILES)
def test_real_articles_coach(shared: Path, name: str, published: date | None) -> None:
    found = extracted(shared, name, published)
    athlete = "Narve Gilje Nordås" if name == "seed-000" else "Narve Gilje Nordas"
    assert [(c.coach, c.athlete, c.status) for c in found.coaching] == [("Gjert Ingebrigtsen", athlete, "current")]


@pytest.mark.parametrize("published", [PUBLISHED, None])
@pytest.mark.parametrize("name", FILES)
def test_real_articles_father(shared: Path, name: str, published: date | None) -> None:
    found = extracted(shared, name, published)
    assert [(f.person, f.relation, f.of) for f in found.family] == [
        ("Gjert Ingebrigtsen", "parent", "Jakob Ingebrigtsen")
    ]


@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_real_articles_clubs(shared: Path, published: date | None) -> None:
    found = extracted(shared, "seed-001", published)
    assert {(m.athlete, m.club, m.status) for m in found.memberships if m.athlete == "Josh Kerr"} == {
        ("Josh Kerr", "Brooks Beasts", "current"),
        ("Josh Kerr", "Edinburgh Athletic Club", "former"),
    }
    kinds = {club.name: club.kind for club in found.clubs}
    assert kinds == {"Brooks Beasts": "training-group", "Edinburgh Athletic Club": "club"}
    assert extracted(shared, "seed-000", published).memberships == ()


@pytest.mark.parametrize("name", FILES)
def test_real_articles_people_and_countries(shared: Path, name: str) -> None:
    found = {(person.name, person.country) for person in extracted(shared, name).people}
    assert found == {(person["name"], person["country"]) for person in gold(shared, name)["people"]}


@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_real_articles_bests(shared: Path, published: date | None) -> None:
    found = extracted(shared, "seed-000", published)
    assert {(b.athlete, b.kind, b.discipline, b.mark) for b in found.bests} >= {
        ("Jakob Ingebrigtsen", "PB", "1500m", "3:27.14"),
        ("Hicham El Guerrouj", "WR", "1500m", "3:26.00"),
    }
    assert {b.mark for b in extracted(shared, "seed-001", published).bests} <= {None}


@pytest.mark.parametrize("name", FILES)
def test_real_articles_every_fact_has_its_sentence(shared: Path, name: str) -> None:
    stored = article(shared, name)
    found = extract(prepare(stored))
    for fact in (*found.results, *found.bests, *found.coaching, *found.memberships, *found.family, *found.people):
        assert fact.evidence
        for evidence in fact.evidence:
            assert evidence.quote == stored.text[evidence.start : evidence.end] != ""


@pytest.mark.parametrize("name", FILES)
def test_real_articles_fathers_sentence_names_him(shared: Path, name: str) -> None:
    found = extracted(shared, name)
    assert all("Gjert" in fact.evidence[0].quote for fact in (*found.coaching, *found.family))
