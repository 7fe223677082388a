"""The examples of every rule: it reads the positive ones, and nothing of its kind is read from the negative ones."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from told import facts, tell

import graph.extraction
from graph.articles import prepare, read
from graph.extraction import extract, rules
from graph.model import Article, Extraction

FOLDER = Path(graph.extraction.__file__).parent
FRAMES: dict[str, dict[str, Any]] = {
    entry["id"]: entry | {"family": path.stem}
    for path in sorted(FOLDER.glob("rules/*.yaml"))
    for entry in yaml.safe_load(path.read_text("utf-8")).get("frames", ())
}
IDS = {rule.id for rule in rules()}
RULE_ID = re.compile(r"[a-z]+\.[a-z]+(-[a-z]+)*(?<!\.yaml)")

# (frame, example): what comes of it
KNOWN_GAPS: dict[tuple[str, str], str] = {
    (
        "result.given",
        "Achieng Otiwa was given a bronze statue of the 5000m start.",
    ): "bronze before another noun is read as the medal",
}


def examples(side: str) -> list[Any]:
    found = []
    for rule in rules():
        for number, sentence in enumerate(getattr(rule, side), 1):
            reason = KNOWN_GAPS.get((rule.id, sentence))
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            found.append(pytest.param(rule.id, sentence, id=f"{rule.id}-{number}", marks=marks))
    return found


def emitted(frame: dict[str, Any], found: Extraction) -> list[Any]:
    """The facts of the kind that the frame emits."""
    emits = frame.get("emits", {})
    if frame["family"] == "records":
        return list(found.bests)
    if "coach" in emits:
        return list(found.coaching)
    if "club" in emits:
        return list(found.memberships)
    if "outcome" in emits:
        return [r for r in found.results if r.position == emits["outcome"]]
    if "medal" in emits:
        return [r for r in found.results if r.medal]
    if "position" in emits:
        return [r for r in found.results if isinstance(r.position, int)]
    if "ahead" in emits or "behind" in emits:
        return [r for r in found.results if r.ahead_of]
    if set(emits) == {"who"}:
        return [r for r in found.results if r.mark]
    return read_by(frame["id"], found)


def read_by(rule: str, found: Extraction) -> list[Any]:
    """The facts that a sentence supports by this rule."""
    return [fact for fact in facts(found) if any(evidence.rule == rule for evidence in fact.evidence)]


@pytest.mark.parametrize(("rule", "sentence"), examples("positive"))
def test_rules_read_their_positive_examples(rule: str, sentence: str) -> None:
    found = tell(sentence)
    assert read_by(rule, found), f"{rule} reads nothing"
    if rule not in FRAMES:
        return
    emits = FRAMES[rule].get("emits", {})
    told = emitted(FRAMES[rule], found)
    assert told, f"{rule} reads nothing of its kind"
    if "coach" in emits or "club" in emits:
        assert [fact.status for fact in told] == [emits.get("status", "current")]
    if isinstance(emits.get("position"), int):
        assert emits["position"] in [fact.position for fact in told]


@pytest.mark.parametrize(("rule", "sentence"), examples("negative"))
def test_rules_leave_their_negative_examples(rule: str, sentence: str) -> None:
    found = tell(sentence)
    assert read_by(rule, found) == []
    assert rule not in FRAMES or emitted(FRAMES[rule], found) == []


def test_rules_have_examples_of_both_kinds_and_ids_of_their_own() -> None:
    assert len(IDS) == len(rules())
    assert [rule.id for rule in rules() if not (rule.positive and rule.negative and rule.fact)] == []


def test_rules_of_the_code_are_listed_with_their_examples() -> None:
    """Add a rule that is code, its kind of fact and examples to `rules/code.yaml`."""
    named = set()
    for path in FOLDER.glob("*.py"):
        strings = (
            node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)
        )
        named |= {text for text in strings if isinstance(text, str) and RULE_ID.fullmatch(text)}
    assert named - IDS == set(), "rules that rules/code.yaml does not list"
    assert IDS - FRAMES.keys() - named == set(), "rules that no code knows"


def test_rules_behind_the_facts_of_the_samples_are_all_known(root: Path) -> None:
    articles = [article for article in read([str(root / "seeds")]) if isinstance(article, Article)]
    named = {item.rule for article in articles for fact in facts(extract(prepare(article))) for item in fact.evidence}
    assert len(named) > 20
    assert named - IDS == set()


def test_rules_gaps_are_examples() -> None:
    assert set(KNOWN_GAPS) <= {(rule.id, sentence) for rule in rules() for sentence in rule.positive + rule.negative}
