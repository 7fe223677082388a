"""Marks, margins and other quantities, as athletics writes them, in canonical form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontology.entries import Discipline

MarkKind = Literal["time", "length", "points", "bare"]

SPELT = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_N = rf"(?:[0-9]+|{'|'.join(SPELT)})"
_HOURS = r"(?:hours?|hrs?|h)"
_MINUTES = r"(?:minutes?|mins?)"
_SECONDS = r"(?:seconds?|secs?|s)"

_SPELT = re.compile(
    rf"(?:(?P<h>{_N})[\s-]?{_HOURS}(?:,?\s(?:and\s)?))?(?P<m>{_N})[\s-]?{_MINUTES}\.?(?:,?\s(?:and\s)?|\s)(?P<s>[0-5]?[0-9](?:\.[0-9]{{1,3}})?)(?:[\s-]?{_SECONDS}\b|(?<=\.[0-9]{{2}})(?![\w.]))",
    re.IGNORECASE,
)
_SPELT_HM = re.compile(rf"(?P<h>{_N})[\s-]?{_HOURS},?\s(?:and\s)?(?P<m>{_N})[\s-]?{_MINUTES}\b", re.IGNORECASE)
# "2h 06m 32s", "2h06m", "14m 32.5s": the letter m is minutes beside hours, or before seconds that say so
_LETTERS = re.compile(
    r"(?:(?P<h>[0-9]{1,2})\s?h(?:rs?)?\s?)?(?P<m>[0-5]?[0-9])\s?m\s?(?P<s>[0-5]?[0-9](?:\.[0-9]{1,3})?)\s?s(?:ecs?)?\b"
    r"|(?P<hours>[0-9]{1,2})\s?h(?:rs?)?\s?(?P<minutes>[0-5]?[0-9])\s?m(?:ins?)?\b"
)
_EXACT = re.compile(rf"(?P<m>{_N})[\s-]?{_MINUTES}\s(?:exactly|dead|flat)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?P<a>[0-9]{1,2}):(?P<b>[0-5][0-9])(?::(?P<c>[0-5][0-9]))?(?P<f>\.[0-9]{1,3})?(?!\.?[0-9]|:|\s?(?:am|pm|a\.m|p\.m)\b)"
)
_DOTTED = re.compile(
    r"(?P<a>[0-9]{1,2})\.(?P<b>[0-5][0-9])\.(?P<f>[0-9]{1,2})(?![0-9.][0-9])(?:\s?(?:seconds?|secs?|s|mins?|minutes))?\b"
)
_POINTS = re.compile(r"(?P<p>[0-9]{1,2},?[0-9]{3}|[0-9]{3,5})\s?(?:-\s?)?(?:points?|pts)\b", re.IGNORECASE)
_SECS = re.compile(rf"(?P<v>[0-9]{{1,2}}(?:\.[0-9]{{1,3}})?)\s?(?:-\s?)?{_SECONDS}\b", re.IGNORECASE)
_LENGTH = re.compile(r"(?P<v>[0-9]{1,2}\.[0-9]{1,2})\s?(?:m|metres?|meters?)\b(?!/)", re.IGNORECASE)
_WHOLE_LENGTH = re.compile(r"(?P<v>[0-9]{1,2})\s?m\b(?!/)", re.IGNORECASE)
_BARE = re.compile(
    r"(?P<v>[0-9]{1,2}\.[0-9]{2})(?![0-9.]*[0-9]|\s?(?:%|per cent|million|am\b|pm\b|km|kg|miles?|bn))(?!\w)"
)
_IMPERIAL = re.compile(
    r"[0-9]{1,3}(?:\s?-\s?|\s?(?:feet|foot|ft|')[,\s-]*)(?:[0-9]{1,2}(?:[½¼¾]|[.][0-9]+)?(?:[\s-][0-9]/[0-9])?|[½¼¾]|[0-9]/[0-9])"
    r"(?:\s?-?\s?(?:inches|inch|ins?\b\.?|\"))?\s?\((?P<v>[0-9]{1,2}\.[0-9]{1,2})\s?(?:m|metres?|meters?)?\)",
    re.IGNORECASE,
)
_SCORE = re.compile(
    r"(?:[0-9],[0-9]{3}|[0-9]{4})(?![\d:/-]|[.,]\d|\s?(?:m|metres?|meters?|km|miles?|people|fans|spectators)\b)"
)
_LOWEST_SCORE, _HIGHEST_SCORE = 3000, 9200
_WIND = re.compile(r"[+-]?[0-9]\.[0-9]\s?m/s|[+-][0-9]\.[0-9]\b")


@dataclass(frozen=True, slots=True)
class Mark:
    """`display` is canonical: "3:29.38", "9.58", "2:06:32", "4.89m", "6952 pts"; `value` in seconds, metres, points."""

    display: str
    value: float
    kind: MarkKind


def _number(text: str) -> int:
    return SPELT.get(text.lower()) or int(text)


def _clock(hours: int, minutes: int, seconds: str) -> Mark:
    whole, _, fraction = seconds.partition(".")
    tail = f".{fraction}" if fraction else ""
    total = hours * 3600 + minutes * 60 + float(seconds)
    if hours:
        display = f"{hours}:{minutes:02d}:{int(whole):02d}{tail}"
    elif minutes:
        display = f"{minutes}:{int(whole):02d}{tail}"
    else:
        display = f"{int(whole)}{tail}"
    return Mark(display, round(total, 3), "time")


def mark_at(text: str, position: int) -> tuple[Mark, int] | None:
    """The mark that begins at `position`, and where it ends; None where none begins."""
    if mark := _spelt_at(text, position):
        return mark
    if not text[position].isdigit():
        return None
    if match := _DOTTED.match(text, position):
        return _clock(0, int(match["a"]), f"{match['b']}.{match['f']}"), match.end()
    if match := _CLOCK.match(text, position):
        fraction = match["f"] or ""
        if match["c"]:
            return _clock(int(match["a"]), int(match["b"]), match["c"] + fraction), match.end()
        return _clock(0, int(match["a"]), match["b"] + fraction), match.end()
    if match := _POINTS.match(text, position):
        points = match["p"].replace(",", "")
        return Mark(f"{points} pts", float(points), "points"), match.end()
    if match := _SECS.match(text, position):
        return Mark(match["v"], float(match["v"]), "time"), match.end()
    if match := _LENGTH.match(text, position):
        value = match["v"] if len(match["v"].partition(".")[2]) == 2 else match["v"] + "0"
        return Mark(f"{value}m", float(value), "length"), match.end()
    if match := _BARE.match(text, position):
        return Mark(match["v"], float(match["v"]), "bare"), match.end()
    return None


def _spelt_at(text: str, position: int) -> tuple[Mark, int] | None:
    """A time with its units: "14 minutes 32.93 seconds", "two hours and 18 minutes", "2h 06m 32s"."""
    if match := _SPELT.match(text, position):
        return _clock(_number(match["h"]) if match["h"] else 0, _number(match["m"]), match["s"]), match.end()
    if match := _SPELT_HM.match(text, position):
        return _clock(_number(match["h"]), _number(match["m"]), "00"), match.end()
    if match := _EXACT.match(text, position):
        return _clock(0, _number(match["m"]), "00"), match.end()
    if match := _LETTERS.match(text, position):
        hours, minutes = match["h"] or match["hours"] or 0, match["m"] or match["minutes"]
        return _clock(int(hours), int(minutes), match["s"] or "00"), match.end()
    return None


def whole_length_at(text: str, position: int) -> tuple[Mark, int] | None:
    """A length in whole metres ("6m"), which is a discipline or a margin as often as a mark."""
    if match := _WHOLE_LENGTH.match(text, position):
        return Mark(f"{match['v']}.00m", float(match["v"]), "length"), match.end()
    return None


def converted_at(text: str, position: int) -> tuple[Mark, int] | None:
    """The metres that follow feet and inches in parentheses: "16 feet, 6 inches (5.03 meters)", "23-4 (7.11)"."""
    match = _IMPERIAL.match(text, position)
    if not match:
        return None
    value = match["v"] if len(match["v"].partition(".")[2]) == 2 else match["v"] + "0"
    return Mark(f"{value}m", float(value), "length"), match.end()


def score_at(text: str, position: int) -> tuple[Mark, int] | None:
    """A score of a combined event without its unit: "6,806"."""
    match = _SCORE.match(text, position)
    points = match.group().replace(",", "") if match else ""
    if match is None or not _LOWEST_SCORE <= int(points) <= _HIGHEST_SCORE:
        return None
    return Mark(f"{points} pts", float(points), "points"), match.end()


def wind_end(text: str, position: int) -> int | None:
    """Where a wind reading that begins at `position` ends."""
    match = _WIND.match(text, position)
    return match.end() if match else None


def mark_of(mark: Mark, discipline: Discipline | None) -> Mark | None:
    """The mark as one of the discipline; None where it cannot be one.

    What is no possible time as it stands may be one in the newspapers' notation: "14.32" and "2:06.32" or "2.06.32"
    with minutes and hours in front, "2:06" without its seconds.
    """
    if discipline is None:
        return mark
    for reading in _readings(mark):
        fitting = fitted(reading, discipline.mark_kind)
        if fitting is not None and discipline.plausible(fitting.value):
            return fitting
    return None


def _readings(mark: Mark) -> Iterator[Mark]:
    yield mark
    whole, _, last = mark.display.replace(":", ".").rpartition(".")
    if not whole or len(last) != 2 or int(last) > 59:
        return
    if mark.kind == "bare":
        yield _clock(0, int(whole), last)
    elif mark.kind == "time":
        first, _, second = whole.rpartition(".")
        if first.isdigit():
            yield _clock(int(first), int(second), last)
        elif not first and ":" in mark.display:
            yield _clock(int(whole), int(last), "00")


def fitted(mark: Mark, discipline_kind: str | None) -> Mark | None:
    """The mark as the discipline's kind ("time", "distance", "points") reads it; None where it cannot be one."""
    wanted = {"time": "time", "distance": "length", "points": "points"}.get(discipline_kind or "")
    if wanted is None or mark.kind == wanted:
        return mark
    if mark.kind == "bare" and wanted == "length":
        return Mark(f"{mark.display}m", mark.value, "length")
    if mark.kind == "bare" and wanted == "time":
        return Mark(mark.display, mark.value, "time")
    return None
