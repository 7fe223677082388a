"""The word lists of `lexicon/`, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).with_name("lexicon")


def load(path: Path) -> dict[str, Any]:
    """A YAML file of this package as a mapping."""
    with path.open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # the C loader is safe too
    return data


@cache
def lexicon(name: str) -> dict[str, Any]:
    """One of the lexicon's files."""
    return load(_FOLDER / f"{name}.yaml")


@cache
def cues(name: str) -> frozenset[str]:
    """The words of one list under `cues` in `words.yaml`."""
    return frozenset(lexicon("words")["cues"][name])


@cache
def hopes() -> frozenset[str]:
    """Words whose infinitive does not happen, or not yet."""
    return frozenset(lexicon("words")["hope"])
