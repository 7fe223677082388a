"""All rules by their ids, as evidence names them, with examples of what they read and leave."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.extraction.lexicons import load

if TYPE_CHECKING:
    from collections.abc import Iterator

_RULES = Path(__file__).with_name("rules")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `fact` is the kind of fact it gives."""

    id: str
    fact: str
    positive: tuple[str, ...]
    negative: tuple[str, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """Frames and rules that are code, in order of their ids."""
    found = sorted((*_frames(), *_code()), key=lambda rule: rule.id)
    return tuple(found)


def _frames() -> Iterator[Rule]:
    facts = {"results": "result", "records": "best"}
    for family in ("results", "records", "relations"):
        for entry in load(_RULES / f"{family}.yaml")["frames"]:
            of_relation = "membership" if "club" in entry.get("emits", {}) else "coaching"
            yield _rule(entry, facts.get(family, of_relation))


def _code() -> Iterator[Rule]:
    for entry in load(_RULES / "code.yaml")["rules"]:
        yield _rule(entry, entry["fact"])


def _rule(entry: dict[str, Any], fact: str) -> Rule:
    return Rule(entry["id"], fact, tuple(entry["positive"]), tuple(entry["negative"]))
