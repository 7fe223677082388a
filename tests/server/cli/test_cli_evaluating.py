"""`podium evaluate`: figures, rules and errors of found facts, or of facts read from articles in the same go."""

import json
import re
from html import escape
from pathlib import Path
from typing import Any

import pytest
from podium_command import Podium

RACE = "Mara Lindqvist won the women's 800m at the Harbour Games in 1:57.10 on Saturday."
COACH = "She is coached by Tor Akesson."
SECOND = "Ana Ferreira won the women's 1500m at the Harbour Games in 4:01.22 on Sunday."


def person(name: str, role: str = "athlete") -> dict[str, Any]:
    return {"name": name, "roles": [role], "country": None, "sex": None}


def facts(name: str, athlete: str, discipline: str, mark: str, year: int) -> dict[str, Any]:
    return {
        "article": name,
        "people": [person(athlete)],
        "races": [{"id": "r1", "competition": "Harbour Games", "year": year, "discipline": discipline}],
        "results": [{"race": "r1", "athlete": athlete, "position": 1, "mark": mark, "medal": None}],
    }


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """Two articles; gold says the same as the second, but of the first another mark, and a membership it does not."""
    for folder in ("articles", "gold"):
        (tmp_path / folder).mkdir()
    articles = {"one": f"{RACE} {COACH}\n", "two": f"{SECOND}\n"}
    for name, text in articles.items():
        (tmp_path / "articles" / f"{name}.txt").write_text(text)
        (tmp_path / "articles" / f"{name}.meta.json").write_text('{"published": "2024-06-10"}')
    one = facts("one", "Mara Lindqvist", "800m", "1:57.11", 2024)
    one["people"].append(person("Tor Akesson", "coach"))
    one["memberships"] = [{"athlete": "Mara Lindqvist", "club": "Norbridge Harriers", "status": "current"}]
    two = facts("two", "Ana Ferreira", "1500m", "4:01.22", 2024)
    for name, gold in {"one": one, "two": two}.items():
        (tmp_path / "gold" / f"{name}.json").write_text(json.dumps(gold))
    return tmp_path


def figures(line: str) -> list[str]:
    """Name and counts of a line of figures."""
    return line.split()[:4]


def test_cli_evaluate_reads_the_articles_itself(podium: Podium, sets: Path) -> None:
    done = podium("evaluate", "gold", "--articles", "articles")
    assert (done.code, done.err) == (0, "")
    told = [figures(line) for line in done.out.splitlines()[1:]]
    assert ["mark", "2", "2", "1"] in told
    assert ["coaching", "0", "1", "0"] in told
    assert ["membership", "1", "0", "0"] in told
    podium("extract", "articles", "--out", "found")
    assert podium("evaluate", "gold", "found").out == done.out
    assert podium("evaluate", "gold", "found", "--articles", "articles").out == done.out


def test_cli_evaluate_tells_errors_with_their_sentences(podium: Podium, sets: Path) -> None:
    lines = podium("evaluate", "gold", "--articles", "articles", "--errors").out.splitlines()
    errors = lines[lines.index("") + 1 :]
    rest = "position 1, discipline 800m, competition Harbour Games, year 2024"
    assert errors == [
        "one: wrong coaching Tor Akesson, Mara Lindqvist, current",
        f"    “{COACH}” – coaching.passive",
        "one: missed membership Mara Lindqvist, Norbridge Harriers, current",
        f"one: missed Mara Lindqvist: mark 1:57.11 – {rest}",
        f"one: wrong Mara Lindqvist: mark 1:57.10 (not 1:57.11) – {rest}",
        f"    “{RACE}” – result.win",
    ]


def test_cli_evaluate_tells_the_part_of_each_rule_and_where_it_was_wrong(podium: Podium, sets: Path) -> None:
    lines = podium("evaluate", "gold", "--articles", "articles", "--by-rule").out.splitlines()
    table = lines[lines.index("") + 1 :]
    assert table[0].split() == ["rule", "facts", "right", "wrong", "P"]
    assert [line.split() for line in table if line.startswith("result.win ")] == [
        ["result.win", "2", "9", "1", "0.900"]
    ]
    mistake = f"    one: Mara Lindqvist: mark 1:57.10 (not 1:57.11): “{RACE}”"
    assert table.index(mistake) == table.index(next(line for line in table if line.startswith("result.win "))) + 1
    rules = [line.split()[0] for line in table[1:] if not line.startswith(" ")]
    assert rules[-1] == "person.named"  # those with wrong slots come first


def test_cli_evaluate_tells_the_figures_of_each_article(podium: Podium, sets: Path) -> None:
    lines = podium("evaluate", "gold", "--articles", "articles", "--per-article").out.splitlines()
    assert [figures(line)[0] for line in lines[lines.index("") + 1 :]] == ["one", "two"]
    assert lines[-1].split()[-3:] == ["1.000", "1.000", "1.000"]


def test_cli_evaluate_as_json_has_all_of_it(podium: Podium, sets: Path) -> None:
    data = json.loads(podium("evaluate", "gold", "--articles", "articles", "--json").out)
    assert data["counts"]["mark"]["right"] == 1
    assert data["articles"]["two"]["f1"] == 1
    assert data["articles"]["one"]["kinds"]["membership"]["recall"] == 0
    (rule,) = [rule for rule in data["rules"] if rule["rule"] == "result.win"]
    assert (rule["facts"], rule["right"], rule["wrong"], rule["precision"]) == (2, 9, 1, 0.9)
    (mistake,) = rule["mistakes"]
    assert (mistake["article"], mistake["quote"], mistake["start"], mistake["end"]) == ("one", RACE, 0, len(RACE))
    assert [(slot["kind"], slot["value"]) for slot in mistake["slots"]] == [("mark", "1:57.10")]
    wrong = [error for error in data["errors"] if (error["how"], error["kind"]) == ("wrong", "mark")]
    assert [(error["fact"]["mark"], error["gold"]["mark"]) for error in wrong] == [("1:57.10", "1:57.11")]
    assert [item["quote"] for item in wrong[0]["evidence"]] == [RACE]
    missed = [error for error in data["errors"] if error["how"] == "missed"]
    assert {error["kind"] for error in missed} == {"membership", "mark"}
    assert all(error["evidence"] == [] for error in missed)


def test_cli_evaluate_counts_an_article_without_facts_as_missed(podium: Podium, sets: Path) -> None:
    (sets / "articles" / "two.txt").write_text("")
    done = podium("evaluate", "gold", "--articles", "articles")
    assert done.code == 1
    assert [line.partition(";")[0] for line in done.err.splitlines()] == [
        "podium: articles/two.txt: is empty",
        "podium: articles: nothing was found for two",
    ]
    assert ["person", "3", "2", "2"] in [figures(line) for line in done.out.splitlines()[1:]]


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (("gold",), 2, "FOUND or --articles is missing"),
        (("absent", "--articles", "articles"), 1, "absent: cannot be listed"),
        (("gold", "--articles", "absent"), 1, "absent: no such file or folder"),
        (("gold", "--articles", "gold"), 1, "gold: no articles in this folder"),
        (("gold", "articles"), 1, "articles: holds no JSON files with facts"),
        (("other", "--articles", "articles"), 1, "articles: has no file named like one in other"),
    ],
)
def test_cli_evaluate_names_what_it_cannot_compare(
    podium: Podium, sets: Path, arguments: tuple[str, ...], code: int, complaint: str
) -> None:
    (sets / "other").mkdir()
    (sets / "other" / "three.json").write_text('{"article": "three"}')
    done = podium("evaluate", *arguments)
    assert (done.code, done.out) == (code, "")
    assert done.complaint.startswith(complaint)


# Floors under 12 right slots of 14 found and 14 in gold


EVALUATE = ("evaluate", "gold", "--articles", "articles", "--floors", "floors.json")


def floors(folder: Path) -> dict[str, float]:
    figures: dict[str, float] = json.loads((folder / "floors.json").read_text("utf-8"))["floors"]
    return figures


def test_cli_evaluate_update_floors_writes_them_a_little_below_the_figures(podium: Podium, sets: Path) -> None:
    done = podium(*EVALUATE, "--update-floors")
    assert done.code == 0
    assert "floors.json: mark new -> 0.4980" in done.err.splitlines()
    kinds = ["person", "membership", "position", "mark", "discipline", "competition", "year"]
    assert list(floors(sets)) == ["precision", "f1", *kinds]  # coaching: gold has none
    assert floors(sets)["year"] == 0.998
    assert floors(sets)["membership"] == 0
    again = podium(*EVALUATE, "--update-floors")
    assert (again.code, again.err) == (0, "")


def test_cli_evaluate_fails_and_names_what_is_below_its_floor(podium: Podium, sets: Path) -> None:
    podium(*EVALUATE, "--update-floors")
    assert podium(*EVALUATE).code == 0
    article = sets / "articles" / "two.txt"
    article.write_text(article.read_text().replace("4:01.22", "4:01.23"))
    before = floors(sets)
    for arguments in (EVALUATE, (*EVALUATE, "--update-floors")):
        done = podium(*arguments)
        assert done.code == 1
        assert done.out.startswith(" ")  # the figures are told all the same
        assert "podium: floors.json: mark is 0.0000, below its floor 0.4980" in done.err.splitlines()
        assert [line.split()[2] for line in done.err.splitlines()] == ["precision", "f1", "mark"]
    assert floors(sets) == before


def test_cli_evaluate_floors_rise_with_the_figures(podium: Podium, sets: Path) -> None:
    podium(*EVALUATE, "--update-floors")
    article = sets / "articles" / "one.txt"
    article.write_text(article.read_text().replace("1:57.10", "1:57.11"))
    done = podium(*EVALUATE, "--update-floors")
    assert done.code == 0
    assert "floors.json: mark 0.4980 -> 0.9980" in done.err.splitlines()
    assert floors(sets)["mark"] == 0.998


def test_cli_evaluate_floors_of_other_gold_facts_are_taken_anew_only_when_asked(podium: Podium, sets: Path) -> None:
    podium(*EVALUATE, "--update-floors")
    gold = sets / "gold" / "two.json"
    gold.write_text(gold.read_text().replace("4:01.22", "4:01.99"))
    done = podium(*EVALUATE)
    assert done.code == 1
    assert done.err.startswith("podium: floors.json: the gold facts in gold are not those of the floors;")
    assert podium(*EVALUATE, "--update-floors").code == 0
    assert floors(sets)["mark"] == 0
    assert podium(*EVALUATE).err == ""


@pytest.mark.parametrize(
    ("content", "arguments", "code", "complaint"),
    [
        (None, ("--floors", "floors.json"), 1, "floors.json: cannot be read: No such file"),
        ("[]", ("--floors", "floors.json"), 1, "floors.json: holds no floors"),
        ('{"gold": "x", "floors": {"f1": "high"}}', ("--floors", "floors.json"), 1, "floors.json: holds no floors"),
        (None, ("--update-floors",), 2, "--update-floors needs --floors FILE"),
    ],
)
def test_cli_evaluate_names_floors_it_cannot_use(
    podium: Podium, sets: Path, content: str | None, arguments: tuple[str, ...], code: int, complaint: str
) -> None:
    if content is not None:
        (sets / "floors.json").write_text(content)
    done = podium("evaluate", "gold", "--articles", "articles", *arguments)
    assert done.code == code
    assert done.complaint.startswith(complaint)


# The report for browsers; tests/browser opens it


def test_cli_evaluate_html_is_one_file_with_all_articles(podium: Podium, sets: Path) -> None:
    done = podium("evaluate", "gold", "--articles", "articles", "--html", "report.html")
    assert (done.code, done.err) == (0, "report.html: 2 articles\n")
    page = (sets / "report.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert not re.findall(r"(?i)<(?:script|img|iframe|object)|(?:src|href)=\"(?!#|data:)|@import|url\(", page)
    assert "default-src 'none'" in page
    for sentence in (RACE, COACH, SECOND):
        assert escape(sentence, quote=True).replace("&#x27;", "&#39;") in page
    again = podium("evaluate", "gold", "found", "--articles", "articles", "--html", "again.html")
    assert again.code == 1  # no such folder, no report
    assert not (sets / "again.html").exists()
    podium("extract", "articles", "--out", "found")
    podium("evaluate", "gold", "found", "--articles", "articles", "--html", "again.html")
    assert (sets / "again.html").read_text("utf-8") == page


def test_cli_evaluate_html_escapes_what_articles_and_facts_say(podium: Podium, sets: Path) -> None:
    evil = '<script>alert("1")</script> & <b onclick="x">bold</b> {{ 7 * 7 }}'
    (sets / "articles" / "one.txt").write_text(f"{evil}\n\n{RACE} {evil}\n")
    gold = json.loads((sets / "gold" / "one.json").read_text())
    gold["people"][0]["name"] = evil
    gold["memberships"][0]["club"] = evil
    (sets / "gold" / "one.json").write_text(json.dumps(gold))
    (sets / "gold" / "one.json").rename(sets / "gold" / "a <b>&.json")
    (sets / "articles" / "one.txt").rename(sets / "articles" / "a <b>&.txt")
    assert podium("evaluate", "gold", "--articles", "articles", "--html", "report.html").code == 0
    page = (sets / "report.html").read_text("utf-8")
    assert not re.search(r"<script|<b onclick|<b>&", page)
    assert page.count("{{ 7 * 7 }}") >= 3
    assert "&lt;script&gt;" in page


def test_cli_evaluate_html_needs_the_texts(podium: Podium, sets: Path) -> None:
    podium("extract", "articles", "--out", "found")
    done = podium("evaluate", "gold", "found", "--html", "report.html")
    assert done.code == 2
    assert done.complaint.startswith("--html needs --articles DIR")
    assert not (sets / "report.html").exists()


def test_cli_evaluate_html_that_cannot_be_written_is_named(podium: Podium, sets: Path) -> None:
    done = podium("evaluate", "gold", "--articles", "articles", "--html", "absent/report.html")
    assert done.code == 1
    assert done.complaint.startswith("absent/report.html: cannot be written")
