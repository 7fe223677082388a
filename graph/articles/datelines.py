"""The day of publication where a plain text gives it in a dateline or on a line of its own."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_LABEL = r"(?:(?:first |last )?(?:published|posted|updated)(?: on)?:?\s+)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_TIME = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{3,4})?)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_PLACE = r"(?:[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,2},\s+){0,2}"
_END = r"\s*(?:\.?\Z|(?:\([A-Z]{2,8}\)\s+)?[-–—]\s)"  # a date alone, or a dateline: "TORREVALE, 9 June 2024 - "
_FORMS = tuple(
    re.compile(rf"{_LABEL}{_PLACE}{_WEEKDAY}{form}{_TIME}{_END}", re.IGNORECASE)
    for form in (
        rf"{_DAY}\s+{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_YEAR}-(?P<month>\d{{2}})-{_DAY}",
    )
)
_LINES = 6  # a date further down is no dateline


def published_line(text: str) -> date | None:
    """The date that one of the first lines is, or begins with as a dateline: "Published 5 September 2020"."""
    lines = [line for line in (line.strip() for line in text.split("\n")) if line]
    for line in lines[:_LINES]:
        for form in _FORMS:
            if (found := form.match(line)) and (day := _day(found)):
                return day
    return None


def _day(found: re.Match[str]) -> date | None:
    month = found["month"].lower()
    try:
        return date(
            int(found["year"]), int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1, int(found["day"])
        )
    except ValueError:  # 31 June
        return None
