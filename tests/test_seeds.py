"""The samples in seeds/: complete, in the schema of the evaluation guide, told by their texts, and our own words."""

import html
import json
import re
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import feedparser
import ftfy
import pytest

from graph.guide import from_json

SEEDS = Path(__file__).parents[1] / "seeds"
INPUTS = sorted(path for path in SEEDS.iterdir() if path.suffix in {".txt", ".html", ".xml"})
TEXTS = [path for path in INPUTS if path.suffix == ".txt"]
EXPECTED = sorted((SEEDS / "expected").glob("*.json"))

TRACK = [
    "60m",
    "100m",
    "200m",
    "400m",
    "800m",
    "1000m",
    "1500m",
    "mile",
    "2000m",
    "3000m",
    "5000m",
    "10000m",
    "4x100m",
    "4x400m",
]
ROAD = ["5km", "10km", "15km", "10 miles", "half marathon", "marathon", "20km walk", "50km walk"]
BARRIERS = ["60m hurdles", "100m hurdles", "110m hurdles", "400m hurdles", "3000m steeplechase"]
FIELD = ["high jump", "pole vault", "long jump", "triple jump", "shot put", "discus", "hammer", "javelin"]
COMBINED = ["pentathlon", "heptathlon", "decathlon"]
DISCIPLINES = {*TRACK, *ROAD, *BARRIERS, *FIELD, *COMBINED}
CROSS_COUNTRY = re.compile(r"((\d+(\.\d+)?km|short course|long course) )?cross country")
MARK = re.compile(r"(\d{1,2}\.\d\d)|(\d{1,2}:\d\d(\.\d\d?)?)|(\d:\d\d:\d\d)|(\d{1,2}\.\d\dm)|(\d{4} pts)")
TEAMS = {"Botswana", "Britain", "Netherlands", "United States"}
PLACE_OF_MEDAL = {"gold": 1, "silver": 2, "bronze": 3}

FIELDS = {
    "people": ["name", "roles", "country", "sex"],
    "coaching": ["coach", "athlete", "status"],
    "memberships": ["athlete", "club", "status"],
    "family": ["person", "relation", "of"],
    "races": ["id", "competition", "year", "place", "discipline", "sex", "round", "date"],
    "results": ["race", "athlete", "position", "mark", "medal"],
    "bests": ["athlete", "kind", "discipline", "mark"],
}
VALUES: dict[str, set[str | None]] = {
    "sex": {"M", "F", "X", None},
    "round": {"heat", "quarter-final", "semi-final", "final", None},
    "medal": {"gold", "silver", "bronze", None},
    "status": {"current", "former"},
    "relation": {"parent", "child", "sibling", "spouse"},
    "kind": {"WR", "OR", "CR", "AR", "NR", "PB", "SB", "WL", "MR"},
}


def load(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


def article_texts() -> dict[str, str]:
    """What a reader sees of each article, by its name; typographic quotes are plain."""
    texts = {}
    for path in INPUTS:
        if path.suffix == ".xml":
            for number, entry in enumerate(feedparser.parse(str(path)).entries, 1):
                texts[f"{path.stem}-{number}"] = f"{entry.title}\n{without_tags(entry.content[0].value)}"
        else:
            text = path.read_text("utf-8")
            texts[path.stem] = without_tags(text) if path.suffix == ".html" else text
    return {name: ftfy.fix_text(text) for name, text in texts.items()}


def without_tags(markup: str) -> str:
    return html.unescape(re.sub(r"(?s)<(script|style).*?</\1>|<[^>]+>", " ", markup))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def people_named(facts: dict[str, Any]) -> set[str]:
    return {person["name"] for person in facts["people"]}


def test_seeds_every_article_has_expected_facts_and_every_expectation_an_article() -> None:
    assert set(article_texts()) == {path.stem for path in EXPECTED}
    assert len(EXPECTED) >= 12


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_seeds_expected_facts_follow_the_guide(path: Path) -> None:
    facts = load(path)
    assert list(facts) == ["article", "title", "published", "people", "clubs", *list(FIELDS)[1:]]
    assert facts["article"] == path.stem
    assert facts["title"]
    date.fromisoformat(facts["published"])
    for name, expected_fields in FIELDS.items():
        for row in facts[name]:
            assert [field for field in row if not (name == "bests" and field == "indoor")] == expected_fields
            for field, value in row.items():
                assert field not in VALUES or value in VALUES[field], row
                assert value != "", row
    for row in [*facts["races"], *facts["bests"]]:
        discipline = row["discipline"]
        assert discipline is None or discipline in DISCIPLINES or CROSS_COUNTRY.fullmatch(discipline), row
    for person in facts["people"]:
        assert person["roles"]
        assert set(person["roles"]) <= {"athlete", "coach"}
        assert person["country"] is None or re.fullmatch("[A-Z]{3}", person["country"])
    for race in facts["races"]:
        assert race["year"] is None or 1896 <= race["year"] <= 2025
        assert race["date"] is None or date.fromisoformat(race["date"]).year == race["year"]
    for row in [*facts["results"], *facts["bests"]]:
        assert row["mark"] is None or MARK.fullmatch(row["mark"]), row
    for result in facts["results"]:
        position = result["position"]
        assert position is None or position in {"DNF", "DNS", "DQ"} or (isinstance(position, int) and position > 0)
    assert from_json(facts).article == path.stem


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_seeds_expected_facts_hang_together(path: Path) -> None:
    facts = load(path)
    people, clubs = people_named(facts), set(facts["clubs"])
    assert len(people) == len(facts["people"])
    bearers = [row["athlete"] for name in ("results", "bests") for row in facts[name]]
    assert set(bearers) <= people | TEAMS
    assert {row[role] for row in facts["coaching"] for role in ("coach", "athlete")} <= people
    assert {row[role] for row in facts["family"] for role in ("person", "of")} <= people
    assert {row["athlete"] for row in facts["memberships"]} <= people
    assert {row["club"] for row in facts["memberships"]} <= clubs
    coaches = {person["name"] for person in facts["people"] if "coach" in person["roles"]}
    assert {row["coach"] for row in facts["coaching"]} <= coaches
    ids = [race["id"] for race in facts["races"]]
    assert len(ids) == len(set(ids))
    assert {row["race"] for row in facts["results"]} == set(ids)
    entries = [(row["race"], row["athlete"]) for row in facts["results"]]
    assert len(entries) == len(set(entries))
    for result in facts["results"]:
        assert result["medal"] is None or result["position"] == PLACE_OF_MEDAL[result["medal"]]


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_seeds_texts_tell_the_expected_names_and_marks(path: Path) -> None:
    facts = load(path)
    text = article_texts()[path.stem]
    seen = set(words(text))
    for name in people_named(facts):
        assert set(words(name)) <= seen, name
    digits = text.replace(",", "")
    for row in [*facts["results"], *facts["bests"]]:
        if row["mark"] is not None:
            figure = row["mark"].removesuffix(" pts").removesuffix("m")
            assert figure in digits, row


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_seeds_texts_are_as_long_as_articles_are(path: Path) -> None:
    text = article_texts()[path.stem]
    assert facts_title(path) in " ".join(text.split())
    assert len(text) >= 900


def facts_title(path: Path) -> str:
    return ftfy.fix_text(load(path)["title"])


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_seeds_texts_have_a_sidecar_that_agrees_with_the_expected_facts(path: Path) -> None:
    sidecar = load(path.with_name(f"{path.stem}.meta.json"))
    facts = load(SEEDS / "expected" / f"{path.stem}.json")
    assert list(sidecar) == ["title", "published", "url", "source", "author", "id"]
    assert sidecar["id"] == path.stem
    assert all(isinstance(value, str) and value for value in sidecar.values())
    assert (sidecar["title"], sidecar["published"]) == (facts["title"], facts["published"])
    assert sidecar["url"].startswith("https://podium.example/")


def test_seeds_sidecars_belong_to_texts_and_have_their_own_addresses() -> None:
    sidecars = sorted(SEEDS.glob("*.meta.json"))
    assert {path.name.removesuffix(".meta.json") for path in sidecars} == {path.stem for path in TEXTS}
    addresses = [load(path)["url"] for path in sidecars]
    assert len(addresses) == len(set(addresses))


def test_seeds_kinds_of_article_are_all_present() -> None:
    everything = [load(path) for path in EXPECTED]
    disciplines = {race["discipline"] for facts in everything for race in facts["races"]}
    assert {"pole vault", "long jump", "4x400m", "marathon", "decathlon", "heptathlon"} <= disciplines
    assert any(CROSS_COUNTRY.fullmatch(discipline or "") for discipline in disciplines)
    assert {path.suffix for path in INPUTS} == {".txt", ".html", ".xml"}
    assert any("NordÃ¥s" in path.read_text("utf-8") for path in TEXTS)
    positions = {str(result["position"]) for facts in everything for result in facts["results"]}
    assert {"DNF", "DNS"} <= positions
    for kind in ("coaching", "memberships"):
        assert {row["status"] for facts in everything for row in facts[kind]} == {"current", "former"}
    assert {row["relation"] for facts in everything for row in facts["family"]} >= {"parent", "sibling", "spouse"}
    assert any(not facts["results"] and facts["people"] for facts in everything), "a text of plans and negations"


def test_seeds_articles_share_people_and_races() -> None:
    everything = [load(path) for path in EXPECTED]
    for facts in everything:
        others = {name for other in everything if other is not facts for name in people_named(other)}
        if facts["article"] not in {"chicago-marathon", "paris-pole-vault", "paris-combined-events", "feed-1"}:
            assert people_named(facts) & others, facts["article"]
    full = [
        {(race["competition"], race["year"], race["discipline"], race["sex"]) for race in facts["races"]}
        for facts in everything
    ]
    shared = {race for one, other in combinations(full, 2) for race in one & other}
    assert ("World Championships", 2023, "1500m", "M") in shared
    assert ("Port Saltby International", 2024, "800m", "F") in shared


def test_seeds_disagreements_are_where_the_readme_says() -> None:
    texts = article_texts()
    assert "fourth-fastest" in texts["budapest-1500m"]
    assert "second-fastest" in texts["kerr-world-title"]
    marks = {
        name: next(
            row["mark"]
            for row in load(SEEDS / "expected" / f"{name}.json")["results"]
            if row["athlete"] == "Megan Astley"
        )
        for name in ("club-round-up", "correction", "port-saltby-results")
    }
    assert marks == {"club-round-up": "2:05.28", "correction": "2:02.58", "port-saltby-results": "2:02.58"}


def test_seeds_readme_says_what_each_article_shows() -> None:
    readme = (SEEDS / "README.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([^`]+)` \|", readme, re.MULTILINE)) == {path.name for path in INPUTS}


@pytest.mark.shared
def test_seeds_share_no_nine_words_with_the_news_text(shared: Path) -> None:
    sources = [*(shared / "corpus").rglob("*.txt"), *(shared / "seeds").glob("*.txt")]
    assert sources
    theirs = {run for path in sources for run in runs_of_nine(path.read_text("utf-8", errors="replace"))}
    for name, text in {**article_texts(), "README": (SEEDS / "README.md").read_text("utf-8")}.items():
        assert not theirs.intersection(runs_of_nine(text)), name


def runs_of_nine(text: str) -> list[tuple[str, ...]]:
    sequence = words(text)
    return [tuple(sequence[start : start + 9]) for start in range(len(sequence) - 8)]
