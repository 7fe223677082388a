"""Dates as people write them."""

from __future__ import annotations

import re
from datetime import date

_ISO_DAY = re.compile(r"\b[0-9]{4}-[01][0-9]-[0-3][0-9]\b")


def day(value: date) -> str:
    """A date as people write it."""
    return f"{value.day} {value:%B %Y}"


def dated(text: str) -> str:
    """A text with its dates as people write them: `took place on 2024-08-06` -> `took place on 6 August 2024`."""
    return _ISO_DAY.sub(_written_out, text) if "-" in text else text


def _written_out(found: re.Match[str]) -> str:
    try:
        return day(date.fromisoformat(found.group()))
    except ValueError:
        return found.group()


def issued(description: str) -> str:
    """The day of an article out of what describes it (`article, 2024-11-03`), as people write it."""
    try:
        return day(date.fromisoformat(description.removeprefix("article, ")))
    except ValueError:
        return description
