"""Two careers and a club, told by invented articles: races over the years, a coach who changed, a disputed order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.model import Article, Best, Club, Coaching, Evidence, Extraction, Membership, Person, Race, Result
from graph.pipeline import ingest_extractions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store.embedded import Store

MARTA, CALLUM, ACHIENG = "Marta Lindqvist", "Callum Ferris", "Achieng Otiwa"
COACH, BEFORE = "Torvald Emms", "Sunniva Rask"
CLUB = "Skerry Vale Harriers"


@dataclass(frozen=True)
class Day:
    """A race: its series, day, discipline and, by name, place and mark of who ran."""

    series: str
    when: date
    discipline: str
    finishes: tuple[tuple[str, int, str | None], ...]


DAYS = (
    Day("World Championships", date(2025, 9, 16), "1500m", ((MARTA, 1, "4:01.20"), (ACHIENG, 3, "4:02.00"))),
    Day("European Championships", date(2028, 6, 11), "1500m", ((MARTA, 4, "4:03.55"),)),
    Day("World Championships", date(2029, 8, 19), "1500m", ((ACHIENG, 1, "3:58.10"), (MARTA, 2, "3:58.37"))),
    Day("European Championships", date(2030, 6, 9), "5000m", ((MARTA, 1, "15:01.12"),)),
    Day("World Championships", date(2031, 8, 24), "1500m", ((ACHIENG, 2, "3:57.91"), (MARTA, 6, "3:59.40"))),
    Day("World Championships", date(2031, 8, 23), "Long jump", ((CALLUM, 1, "8.31"),)),
)


def tell(store: Store) -> None:
    """Puts it all into a store."""
    told = [_report(number, day) for number, day in enumerate(DAYS)]
    reports = list(ingest_extractions(store, [*told, _profile(), _rival_report()]))
    assert [report.outcome for report in reports] == ["added"] * len(reports)


def _article(slug: str, text: str, published: date) -> Article:
    checksum = hashlib.sha256(text.encode()).hexdigest()
    return Article(slug, text, checksum, slug, title=f"Report {slug}", published=published, source="Skerry Sound")


def _said(text: str, sentence: str) -> tuple[Evidence, ...]:
    start = text.index(sentence)
    return (Evidence(sentence, start, start + len(sentence), "told", 0.9, "Explicit"),)


def _people(names: tuple[str, ...], evidence: tuple[Evidence, ...]) -> Iterator[Person]:
    for name in names:
        sex = "M" if name == CALLUM else "F"
        country = "KEN" if name == ACHIENG else "SWE" if name == MARTA else "GBR"
        yield Person(name, ("athlete",), country, sex, evidence)


def _race(day: Day, evidence: tuple[Evidence, ...]) -> Race:
    sex = "M" if day.discipline == "Long jump" else "F"
    return Race(
        "r",
        day.series,
        day.when.year,
        "Tarn Quay",
        day.discipline,
        sex,
        "final",
        day.when,
        series=day.series.lower().replace(" ", "-"),
        evidence=evidence,
    )


def _report(number: int, day: Day) -> tuple[Article, Extraction]:
    text = " ".join(f"{name} came in place {place} in {mark}." for name, place, mark in day.finishes)
    names = tuple(name for name, _, _ in day.finishes)
    said = {name: _said(text, f"{name} came in place {place} in {mark}.") for name, place, mark in day.finishes}
    extraction = Extraction(
        f"day-{number}",
        "test",
        people=tuple(_people(names, said[names[0]])),
        races=(_race(day, said[names[0]]),),
        results=tuple(Result("r", name, place, mark, evidence=said[name]) for name, place, mark in day.finishes),
    )
    return _article(f"day-{number}", text, day.when), extraction


def _profile() -> tuple[Article, Extraction]:
    text = (
        f"{MARTA} of {CLUB} has been coached by {COACH} since she left {BEFORE}. Her best over 1500m is 3:58.37. "
        f"{COACH} also looks after {CALLUM}, once of {CLUB}."
    )
    now = _said(text, f"{MARTA} of {CLUB} has been coached by {COACH} since she left {BEFORE}.")
    best = _said(text, "Her best over 1500m is 3:58.37.")
    also = _said(text, f"{COACH} also looks after {CALLUM}, once of {CLUB}.")
    extraction = Extraction(
        "profile",
        "test",
        people=(
            *_people((MARTA, CALLUM), now),
            Person(COACH, ("coach",), evidence=now),
            Person(BEFORE, ("coach",), evidence=now),
        ),
        clubs=(Club(CLUB, evidence=now),),
        coaching=(
            Coaching(COACH, MARTA, evidence=now),
            Coaching(BEFORE, MARTA, "former", now),
            Coaching(COACH, CALLUM, evidence=also),
        ),
        memberships=(Membership(MARTA, CLUB, evidence=now), Membership(CALLUM, CLUB, "former", also)),
        bests=(Best(MARTA, "PB", "1500m", "3:58.37", evidence=best),),
    )
    return _article("profile", text, date(2030, 1, 15)), extraction


def _rival_report() -> tuple[Article, Extraction]:
    """Says another place of Otiwa in 2031 than the report of the day."""
    day = DAYS[4]
    text = f"{ACHIENG} ended up seventh in the world final of 2031."
    said = _said(text, text)
    extraction = Extraction(
        "rival",
        "test",
        people=tuple(_people((ACHIENG,), said)),
        races=(_race(day, said),),
        results=(Result("r", ACHIENG, 7, evidence=said),),
    )
    return _article("rival", text, date(2031, 8, 26)), extraction
