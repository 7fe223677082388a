"""Invented articles on an invented championship, and what they say, through the product's own pipeline into a store.

Between them: a gap between places, a disputed mark, a medal that a rule works out, a withdrawn article, two people of
one surname, hostile text.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from graph.model import (
    Article,
    Best,
    Club,
    Coaching,
    Evidence,
    Extraction,
    Membership,
    Mention,
    Person,
    Race,
    Result,
)
from graph.pipeline import ingest_extractions, open_store, retract

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import Basis

BASE = "https://w3id.org/podium/id/"
RACE = "race/european-championships_2031_800m_f_final"
WINNER = "result/european-championships_2031_800m_f_final_mira-tovald"

_BAY_POST = (
    "Mira Tøvald won the European 800m title in 1:58.20. Her coach, Ola Brennvik, watched Ines Calloway of Harrow Vale "
    "come fifth. Dora Calloway, once of Harrow Vale, stayed at home. Tøvald had run 1:58.19 before."
)
_QUAY_NEWS = "Tøvald of Norway was timed at <b>1:58.91</b>, says <script>alert(1)</script>."
_OLD_RUMOUR = "Ola Brennvik coaches Ines Calloway."


def make_store(path: Path, base: str = BASE) -> Path:
    """A store with all of it."""
    with open_store(path, create=True, base=base) as store:
        reports = list(ingest_extractions(store, [_bay_post(), _quay_news(), _old_rumour()]))
        assert [report.outcome for report in reports] == ["added"] * 3
        retract(store, "old-rumour", "The paper took it back.")
    return path


def _says(text: str, sentence: str, rule: str, confidence: float = 0.9, basis: Basis = "Explicit") -> tuple[Evidence]:
    start = text.index(sentence)
    return (Evidence(sentence, start, start + len(sentence), rule, confidence, basis),)


def _article(slug: str, text: str, title: str, published: date, **more: str) -> Article:
    checksum = hashlib.sha256(text.encode()).hexdigest()
    return Article(slug, text, checksum, slug, title=title, published=published, **more)


def _race(evidence: tuple[Evidence, ...]) -> Race:
    return Race(
        "final",
        "European Championships",
        2031,
        "Harbour Bay",
        "800m",
        "F",
        "final",
        date(2031, 6, 14),
        series="european-championships",
        evidence=evidence,
    )


def _bay_post() -> tuple[Article, Extraction]:
    text, published = _BAY_POST, date(2031, 6, 15)
    won = _says(text, "Mira Tøvald won the European 800m title in 1:58.20.", "won-the", 0.98)
    coach = _says(
        text, "Her coach, Ola Brennvik, watched Ines Calloway of Harrow Vale come fifth.", "her-coach", 0.9, "Resolved"
    )
    absent = _says(text, "Dora Calloway, once of Harrow Vale, stayed at home.", "once-of")
    before = _says(text, "Tøvald had run 1:58.19 before.", "had-run")
    extraction = Extraction(
        "bay-post",
        "test",
        people=(
            Person("Mira Tøvald", ("athlete",), "NOR", "F", won, (Mention("Mira Tøvald", 0, 11),)),
            Person("Ola Brennvik", ("coach",), evidence=coach),
            Person("Ines Calloway", ("athlete",), "GBR", "F", evidence=coach),
            Person("Dora Calloway", ("athlete",), evidence=absent),
        ),
        clubs=(Club("Harrow Vale", evidence=coach),),
        coaching=(Coaching("Ola Brennvik", "Mira Tøvald", evidence=coach),),
        memberships=(
            Membership("Ines Calloway", "Harrow Vale", evidence=coach),
            Membership("Dora Calloway", "Harrow Vale", "former", absent),
        ),
        races=(_race(won),),
        results=(
            Result("final", "Mira Tøvald", 1, "1:58.20", evidence=won),
            Result("final", "Ines Calloway", 5, evidence=coach),
        ),
        bests=(Best("Mira Tøvald", "PB", "800m", "1:58.19", evidence=before),),
    )
    title, url = "Tøvald storms to European gold", "https://news.example/tovald"
    return _article("bay-post", text, title, published, source="The Bay Post", url=url), extraction


def _quay_news() -> tuple[Article, Extraction]:
    text = _QUAY_NEWS
    timed = _says(text, text, "timed-at")
    extraction = Extraction(
        "quay-news",
        "test",
        people=(
            Person("Mira Tøvald", ("athlete",), "NOR", "F", evidence=timed),
            Person("<script>alert(1)</script>", ("athlete",), evidence=timed),
        ),
        races=(_race(timed),),
        results=(Result("final", "Mira Tøvald", mark="1:58.91", evidence=timed),),
    )
    title = "<img src=x onerror=alert(2)> Norway's day"
    return _article("quay-news", text, title, date(2031, 6, 14), url="javascript:alert(3)"), extraction


def _old_rumour() -> tuple[Article, Extraction]:
    coaches = _says(_OLD_RUMOUR, _OLD_RUMOUR, "coaches")
    people = (
        Person("Ola Brennvik", ("coach",), evidence=coaches),
        Person("Ines Calloway", ("athlete",), evidence=coaches),
    )
    coaching = (Coaching("Ola Brennvik", "Ines Calloway", evidence=coaches),)
    extraction = Extraction("old-rumour", "test", people=people, coaching=coaching)
    return _article("old-rumour", _OLD_RUMOUR, "Brennvik takes on Calloway", date(2031, 5, 1)), extraction
