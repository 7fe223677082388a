"""The examples of every frame: the positive ones say what the frame emits, the negative ones do not."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from told import tell

import graph.extraction
from graph.model import Extraction

RULES = Path(graph.extraction.__file__).with_name("rules")
FRAMES: dict[str, dict[str, Any]] = {
    entry["id"]: entry | {"family": path.stem}
    for path in sorted(RULES.glob("*.yaml"))
    for entry in yaml.safe_load(path.read_text("utf-8"))["frames"]
}

# (frame, example): what comes of it
KNOWN_GAPS: dict[tuple[str, str], str] = {
    ("result.given", "Achieng Otiwa was rewarded with bronze in the 5000m."): "nothing is read",
    (
        "result.given",
        "Achieng Otiwa was given a bronze statue of the 5000m start.",
    ): "bronze before another noun is read as the medal",
}


def examples(side: str) -> list[Any]:
    found = []
    for frame in FRAMES.values():
        for number, sentence in enumerate(frame[side], 1):
            reason = KNOWN_GAPS.get((frame["id"], sentence))
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            found.append(pytest.param(frame["id"], sentence, id=f"{frame['id']}-{number}", marks=marks))
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
    return [f for f in (*found.rankings, *found.tallies, *found.did_not_reach, *found.trained_with) if of(frame, f)]


def of(frame: dict[str, Any], fact: Any) -> bool:
    return any(evidence.rule == frame["id"] for evidence in fact.evidence)


@pytest.mark.parametrize(("rule", "sentence"), examples("positive"))
def test_rules_read_their_positive_examples(rule: str, sentence: str) -> None:
    frame = FRAMES[rule]
    emits = frame.get("emits", {})
    found = tell(sentence)
    told = emitted(frame, found)
    assert told, f"{rule} reads nothing of its kind"
    if "coach" in emits or "club" in emits:
        assert [fact.status for fact in told] == [emits.get("status", "current")]
    if isinstance(emits.get("position"), int):
        assert emits["position"] in [fact.position for fact in told]


@pytest.mark.parametrize(("rule", "sentence"), examples("negative"))
def test_rules_leave_their_negative_examples(rule: str, sentence: str) -> None:
    assert emitted(FRAMES[rule], tell(sentence)) == []


def test_rules_have_examples() -> None:
    assert len(FRAMES) == sum(
        len(yaml.safe_load(path.read_text("utf-8"))["frames"]) for path in RULES.glob("*.yaml")
    ), "two frames share an id"
    without = [i for i, f in FRAMES.items() if not f["positive"] or (not f["negative"] and f["verbs"] != ["none"])]
    assert without == []


def test_rules_gaps_are_examples() -> None:
    known = {(i, s) for i, frame in FRAMES.items() for s in frame["positive"] + frame["negative"]}
    assert set(KNOWN_GAPS) <= known
