"""Whole folders: agreement with the guide's scorer on gold facts with errors put in, and unusable folders."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph.errors import UnreadableError
from graph.evaluation import KINDS, evaluate_folders

PERSON = {"name": "Marta Lindqvist", "roles": ["athlete"], "country": "NOR", "sex": "F"}
WRONG: dict[str, list[Any]] = {
    "name": ["Marta Lindqvist", "Lindqvist"],
    "athlete": ["Marta Lindqvist", "Kerr"],
    "club": ["Norbridge Harriers", "Saltby AC"],
    "country": ["NOR", None],
    "competition": ["World Championships", "World Indoor Champs", "Birmingham GP", None],
    "place": ["Torrevale", None],
    "discipline": ["1500m", "mile", "cross country", "hurdles", None],
    "year": [2004, 1999, None],
    "position": [1, 2, "DNF", None],
    "mark": ["3:58.41", "2:23", None],
    "medal": ["gold", "bronze", None],
    "kind": ["PB", "WR"],
    "relation": ["child", "parent", "sibling"],
}


def perturbed(data: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """A copy with rows dropped, doubled and mixed up, slots changed and names misspelt."""
    changed = dict(data)
    for name, rows in data.items():
        if isinstance(rows, list) and name != "clubs":
            kept = [_changed(row, dice) for row in rows if dice.random() > 0.15]
            changed[name] = kept + [dict(row) for row in kept if dice.random() < 0.1]
            dice.shuffle(changed[name])
    return changed


def _changed(row: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    copy = dict(row)
    for key, value in row.items():
        if key in WRONG and dice.random() < 0.12:
            copy[key] = dice.choice(WRONG[key])
        elif key in ("name", "athlete", "competition") and value and dice.random() < 0.2:
            place = dice.randrange(len(value))
            copy[key] = value[:place] + value[place + 1 :]
    return copy


def write(folder: Path, name: str, data: Any) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(5))
def test_folders_agree_with_the_scorer_on_gold_with_errors_put_in(seed: int, shared: Path, tmp_path: Path) -> None:
    gold = shared / "gold" / "dev"
    dice = random.Random(seed)  # noqa: S311 - no secret
    for path in sorted(gold.glob("*.json")):
        if dice.random() > 0.05:
            write(tmp_path, path.name, perturbed(json.loads(path.read_text("utf-8")), dice))
    command = [sys.executable, shared / "eval" / "score.py", gold, tmp_path]
    expected = json.loads(subprocess.run([*command, "--json"], check=True, capture_output=True, text=True).stdout)
    table = subprocess.run([*command, "--per-article", "--errors"], check=True, capture_output=True, text=True).stdout

    report = evaluate_folders(gold, tmp_path)

    figures = report.to_json()
    assert {key: figures[key] for key in expected} == expected
    assert 0.3 < figures["f1"] < 0.95
    for kind, count in (*report.counts.items(), ("ALL", report.total)):
        row = f"{kind:12} {count.gold:5} {count.found:6} {count.right:6}"
        assert row in table, row
    assert table.count(" missed ") + table.count(" wrong ") == len(report.errors)
    for article in report.articles:
        total = article.total
        line = f"{article.article:10}  P {total.precision:.3f}  R {total.recall:.3f}  F1 {total.f1:.3f}"
        assert line in table


def test_folders_count_a_missing_article_as_empty_and_name_it(tmp_path: Path) -> None:
    gold, found = tmp_path / "gold", tmp_path / "found"
    write(gold, "a-1.json", {"article": "a-1", "people": [PERSON]})
    write(gold, "a-2.json", {"article": "other-id", "people": [PERSON]})
    write(gold, "a-2.meta.json", {"published": "2024-06-01"})
    write(found, "a-2.json", {"article": "a-2", "people": [PERSON]})
    write(found, "a-3.json", "not looked at")

    report = evaluate_folders(gold, found)

    assert [article.article for article in report.articles] == ["a-1", "a-2"]
    assert report.missing == ("a-1",)
    assert report.counts["person"].recall == 0.5
    assert [(error.article, error.how, error.kind) for error in report.errors] == [
        ("a-1", "missed", "person"),
        ("a-1", "missed", "country"),
    ]
    figures = report.to_json()
    assert figures["missing"] == ["a-1"]
    assert figures["counts"]["person"] == {
        "gold": 2, "found": 1, "right": 1, "precision": 1.0, "recall": 0.5, "f1": 0.6667,
    }  # fmt: skip
    assert set(figures["kinds"]) == set(KINDS)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", r"is no JSON: .* \(line 1\)"),
        ('{"article": "a-1", "people": [{"name": "Ines Sorel"}]}', r"people\[0\]\.roles: is missing"),
        ("[]", "a JSON object"),
    ],
)
def test_folders_name_the_file_and_field_that_do_not_fit(content: str, reason: str, tmp_path: Path) -> None:
    gold, found = tmp_path / "gold", tmp_path / "found"
    write(gold, "a-1.json", {"article": "a-1"})
    write(found, "a-1.json", content)
    with pytest.raises(UnreadableError, match=rf"a-1\.json: {reason}"):
        evaluate_folders(gold, found)


def test_folders_name_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    write(tmp_path / "gold", "a-1.json", {"article": "a-1"})
    (tmp_path / "found").mkdir()
    (tmp_path / "found" / "a-1.json").write_bytes(b'{"article": "\xe5"}')
    with pytest.raises(UnreadableError, match=r"a-1\.json: is not UTF-8"):
        evaluate_folders(tmp_path / "gold", tmp_path / "found")


def test_folders_that_cannot_be_compared_are_refused(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    write(gold, "a-1.json", {"article": "a-1"})
    write(tmp_path / "other", "b-1.json", {"article": "b-1"})
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableError, match="absent: cannot be listed"):
        evaluate_folders(gold, tmp_path / "absent")
    with pytest.raises(UnreadableError, match="empty: holds no JSON files"):
        evaluate_folders(tmp_path / "empty", gold)
    with pytest.raises(UnreadableError, match="other: has no file named like one in"):
        evaluate_folders(gold, tmp_path / "other")
