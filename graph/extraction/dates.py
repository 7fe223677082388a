"""Dates and years, absolute and relative, worked out from the day the article appeared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from graph.extraction.quantities import SPELT

MONTHS = {
    m: i
    for i, m in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_SHORT = {m[:3]: n for m, n in MONTHS.items()} | {"sept": 9}
_WEEKDAYS = {d: i for i, d in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])}
_MONTH = rf"(?:{'|'.join(MONTHS)}|{'|'.join(_SHORT)})"

_DAY_MONTH = re.compile(
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?-\s?\d{{1,2}})?\s(?:of\s)?(?P<m>{_MONTH})\b\.?(?:,?\s(?P<y>(?:18|19|20)\d\d))?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?P<m>{_MONTH})\b\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?(?!\d|:|\.\d)(?:,?\s(?P<y>(?:18|19|20)\d\d))?",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(rf"(?P<m>{_MONTH})\b\.?,?\s(?:of\s)?(?P<y>(?:18|19|20)\d\d)\b", re.IGNORECASE)
_REL_MONTH = re.compile(rf"(?P<w>last|next|this)\s(?P<m>{'|'.join(MONTHS)})\b", re.IGNORECASE)
_MONTH_ONLY = re.compile(
    rf"(?P<m>{'|'.join(m for m in MONTHS if m not in ('may', 'march'))}|(?<=in )(?:may|march))\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?:18[89]|19\d|20[0-4])\d\b(?!\s?(?:m|metres|points|pts|miles|km)\b|[:.,]\d)")
_AGO = re.compile(
    r"(?P<n>\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|a)\s(?P<u>years?|months?|weeks?|days?)\s(?:ago|earlier|previously|before)\b",
    re.IGNORECASE,
)
_LATER = re.compile(r"(?P<n>\d+|two|three|four|five|six|twelve|a)\s(?P<u>years?|months?)\slater\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r"(?P<w>last|next|this|the\sprevious|previous)\s(?:[a-z]+\s)?(?P<u>year|season|summer|winter|spring|autumn|fall|week|weekend|month)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"(?:(?P<w>last|next|this|on)\s)?(?P<d>{'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
_SHORTHAND = re.compile(
    r"(?P<w>today|yesterday|tomorrow|tonight|last\snight|this\s(?:morning|afternoon|evening))\b", re.IGNORECASE
)


_START = re.compile(  # what every pattern begins with: most words are passed over by one look
    rf"\d|{'|'.join(m[:3] for m in MONTHS)}|{'|'.join(_WEEKDAYS)}|{'|'.join(SPELT)}"
    rf"|a\s(?:year|month|week|day)|last\s|next\s|this\s|the\sprevious|previous|on\s(?:{'|'.join(_WEEKDAYS)})"
    r"|today|yesterday|tomorrow|tonight",
    re.IGNORECASE,
)


_OPENING = ("a", "last", "next", "this", "the", "previous", "on", "today", "yesterday", "tomorrow", "tonight")
_UNITS = frozenset({"year", "years", "month", "months", "week", "weeks", "day", "days"})
SECOND_WORDS = {"the": frozenset({"previous"}), "on": frozenset(_WEEKDAYS), "a": _UNITS}
"""What follows the commonest words where they begin a time."""
FIRST_WORDS = frozenset([*MONTHS, *_SHORT, *_WEEKDAYS, *SPELT, *_OPENING])
"""With what a time in words begins."""


@dataclass(frozen=True, slots=True)
class When:
    """A time in an article: any of a day, a year; `future` where the words point ahead ("next month")."""

    day: date | None = None
    year: int | None = None
    future: bool = False
    words: str = ""


def _month(text: str) -> int:
    text = text.lower()
    return MONTHS.get(text) or _SHORT[text if text == "sept" else text[:3]]


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shifted(day: date, days: int) -> date:
    """`day` moved by so many days, at most to the ends of the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _nearest_year(month: int, day: int, published: date) -> int:
    """The year that puts a day without one nearest to the day of publication."""
    years = (published.year - 1, published.year, published.year + 1)
    return min(years, key=lambda y: abs(((_safe_date(y, month, min(day, 28)) or published) - published).days))


def _calendar(match: re.Match[str], published: date | None) -> When:
    month, day = _month(match["m"]), int(match["d"])
    year = int(match["y"]) if match["y"] else (_nearest_year(month, day, published) if published else None)
    when = _safe_date(year, month, day) if year else None
    return When(when, year, bool(published and when and when > published))


def _relative(word: str, unit: str, published: date) -> When:
    ahead, past = word == "next", word in ("last", "the previous", "previous")
    if unit in ("year", "season"):
        return When(year=published.year + (1 if ahead else -1 if past else 0), future=ahead)
    if unit in ("summer", "winter", "spring", "autumn", "fall"):
        first = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[unit]
        over = published.month >= first + 3 or (first == 12 and published.month > 3)
        year = published.year + (1 if ahead else 0) - (1 if past and not over else 0)
        return When(year=year, future=ahead)
    days = {"week": 7, "weekend": 6, "month": 30}[unit] * (1 if ahead else -1 if past else 0)
    return When(year=(_shifted(published, days)).year, future=ahead or (unit == "weekend" and word == "this"))


def _weekday(match: re.Match[str], published: date) -> When:
    back = (published.weekday() - _WEEKDAYS[match["d"].lower()]) % 7
    if (match["w"] or "").lower() == "next":
        ahead = _shifted(published, 7 - back)
        return When(ahead, ahead.year, future=True)
    if (match["w"] or "").lower() == "last" and back == 0:
        back = 7
    day = _shifted(published, -back)
    return When(day, day.year)


def when_at(text: str, position: int, published: date | None) -> tuple[When, int] | None:
    """The time expression that begins at `position`, and where it ends."""
    if not _START.match(text, position):
        return None
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        if match := pattern.match(text, position):
            return _calendar(match, published), match.end()
    if match := _MONTH_YEAR.match(text, position):
        return When(year=int(match["y"])), match.end()
    if match := _YEAR.match(text, position):
        return When(year=int(match.group())), match.end()
    if match := _AGO.match(text, position):
        return _ago(match, published), match.end()
    if match := _LATER.match(text, position):
        return When(
            words="later:" + str(_count(match["n"]) if match["u"].startswith("year") else _count(match["n"]) // 12)
        ), match.end()
    for pattern in (_REL_MONTH, _RELATIVE, _WEEKDAY, _SHORTHAND, _MONTH_ONLY):
        if match := pattern.match(text, position):
            return _by_publication(pattern, match, published), match.end()
    return None


def _count(word: str) -> int:
    return 1 if word.lower() == "a" else SPELT.get(word.lower()) or int(word)


def _ago(match: re.Match[str], published: date | None) -> When:
    if published is None:
        return When()
    days = _count(match["n"]) * {"y": 365, "m": 30, "w": 7, "d": 1}[match["u"][0].lower()]
    if match["u"].lower().startswith("year"):
        return When(year=published.year - _count(match["n"]))
    day = _shifted(published, -days)
    return When(day if match["u"].lower().startswith("day") else None, day.year)


def _by_publication(pattern: re.Pattern[str], match: re.Match[str], published: date | None) -> When:
    if pattern is _RELATIVE and published is None:
        return When(future=match["w"].lower() == "next", words=match["w"].lower())
    if published is None:
        return When(future=match.group().lower().startswith(("next", "tomorrow")))
    if pattern is _REL_MONTH:
        word, month = match["w"].lower(), _month(match["m"])
        if word == "next":
            return When(year=published.year + (month <= published.month), future=True)
        return When(year=published.year - (month >= published.month) if word == "last" else published.year)
    if pattern is _RELATIVE:
        return _relative(match["w"].lower(), match["u"].lower(), published)
    if pattern is _WEEKDAY:
        return _weekday(match, published)
    if pattern is _SHORTHAND:
        shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(" ".join(match["w"].lower().split()), 0)
        day = _shifted(published, shift)
        return When(day, day.year, future=shift > 0)
    month = _month(match["m"])
    return When(year=published.year - (month > published.month))
