"""Marks as articles write them, as numbers, and back."""

from __future__ import annotations

import re
from decimal import Decimal

from graph.facts import Mark

_TIME = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,4}(?:\.\d{1,4})?)")
_LENGTH = re.compile(r"(\d{1,3}(?:\.\d{1,3})?) ?m")
_POINTS = re.compile(r"(\d{1,5}(?:\.\d{1,2})?) ?(?:pts|points|point|pt)")


def read_mark(text: str) -> Mark | None:
    """The mark that `3:29.38`, `9.58`, `2:06:32`, `4.89m` or `6952 pts` means; None for anything else."""
    text = text.strip()
    if found := _LENGTH.fullmatch(text):
        return Mark("metres", str(Decimal(found[1])))
    if found := _POINTS.fullmatch(text):
        return Mark("points", str(Decimal(found[1])))
    if found := _TIME.fullmatch(text):
        hours, minutes, seconds = found.groups()
        return Mark("seconds", str(Decimal(seconds) + 60 * int(minutes or 0) + 3600 * int(hours or 0)))
    return None


def display(mark: Mark) -> str:
    """The mark as results lists write it, one way for one value: `read_mark(display(mark)) == mark`."""
    if mark.unit == "metres":
        return f"{mark.digits}m"
    if mark.unit == "points":
        return f"{mark.digits} pts"
    whole_minutes, seconds = divmod(mark.value, 60)
    hours, minutes = divmod(int(whole_minutes), 60)
    if not hours and not minutes:
        return str(seconds)
    whole, point, decimals = str(seconds).partition(".")
    padded = f"{whole:0>2}{point}{decimals}"
    return f"{hours}:{minutes:02}:{padded}" if hours else f"{minutes}:{padded}"


def compatible(coarse: Mark, fine: Mark) -> bool:
    """Whether the finer mark may be what the coarser one rounds: 3:29.4 and 3:29.38."""
    return (
        coarse.unit == fine.unit
        and coarse.resolution > fine.resolution
        and abs(coarse.value - fine.value) < coarse.resolution
    )
