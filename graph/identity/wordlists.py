"""Words in names, from `words.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_WORDS = Path(__file__).with_name("words.yaml")


@cache
def _read() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return loaded


def words(*path: str) -> Any:  # lists and mappings of strings, as the file has them
    """What stands in the file under these keys."""
    found: Any = _read()
    for key in path:
        found = found[key]
    return found
