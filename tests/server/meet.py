"""Invented reports of invented championships: medals with ties and gaps, a relay, rounds, a record.

Every sentence stands in its article word for word; what it says is given by hand, so that no rule is tested here.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from graph.model import Article, Best, Evidence, Extraction, Mention, NonQualification, Person, Race, Result
from graph.pipeline import ingest_extractions, memory_store

if TYPE_CHECKING:
    from graph.model import Round, Sex
    from graph.store.embedded import Store

SERIES = "european-championships"
RACE = f"race/{SERIES}_2022_1500m_f_final"
HEADLINE = "Lindqvist’s night in Harbour Bay"
_PEOPLE = {
    "Marta Lindqvist": ("SWE", "F"),
    "Achieng Otiwa": ("KEN", "F"),
    "Dora Calloway": ("GBR", "F"),
    "Ines Calloway": (None, "F"),
    "Callum Ferris": ("GBR", "M"),
    "Otto Grau": ("GER", "M"),
}

LONG = (
    "Marta Lindqvist won the women's 1500m at the European Championships in 3:57.10, a Swedish record. "
    "It rained all evening. "
    "Achieng Otiwa was second in 3:58.02 and Dora Calloway fifth in 4:01.5. "
    "Ines Calloway started too, but Dora Calloway's other rival, Otiwa, had won their heat in 4:10.00.\n\n"
    "Callum Ferris and Otto Grau shared the high jump title with 2.31m. "
    "Germany beat Great Britain in the men's 4x100m relay, 37.90 to 38.05."
)
SHORT = "Marta Lindqvist took the 1500m in 3:57.1. Callum Ferris dropped out of the 800m."
BEFORE = "In 2017 Achieng Otiwa had won gold over 1500m, before Marta Lindqvist; Dora Calloway missed the final."


def meet() -> Store:
    """A store in memory with all of it."""
    store = memory_store()
    reports = list(ingest_extractions(store, [_long(), _short(), _before()]))
    assert [report.outcome for report in reports] == ["added"] * 3
    return store


def _said(text: str, sentence: str, rule: str = "told") -> tuple[Evidence]:
    start = text.index(sentence)
    return (Evidence(sentence, start, start + len(sentence), rule, 0.9),)


def _article(slug: str, text: str, title: str, published: date, source: str) -> Article:
    checksum = hashlib.sha256(text.encode()).hexdigest()
    return Article(slug, text, checksum, slug, title=title, published=published, source=source)


def _people(text: str, evidence: tuple[Evidence, ...]) -> tuple[Person, ...]:
    return tuple(
        Person(
            name, ("athlete",), country, sex, evidence, (Mention(name, text.index(name), text.index(name) + len(name)),)
        )
        for name, (country, sex) in _PEOPLE.items()
        if name in text
    )


def _race(
    name: str, discipline: str, sex: Sex, evidence: tuple[Evidence, ...], stage: Round = "final", year: int = 2022
) -> Race:
    when = date(2022, 8, 19) if stage == "final" and year == 2022 else None
    return Race(
        name, "European Championships", year, "Munich", discipline, sex, stage, when, series=SERIES, evidence=evidence
    )


def _long() -> tuple[Article, Extraction]:
    won = _said(
        LONG,
        "Marta Lindqvist won the women's 1500m at the European Championships in 3:57.10, a Swedish record.",
        "won-the",
    )
    second = _said(LONG, "Achieng Otiwa was second in 3:58.02 and Dora Calloway fifth in 4:01.5.")
    heat = _said(
        LONG, "Ines Calloway started too, but Dora Calloway's other rival, Otiwa, had won their heat in 4:10.00."
    )
    jump = _said(LONG, "Callum Ferris and Otto Grau shared the high jump title with 2.31m.")
    relay = _said(LONG, "Germany beat Great Britain in the men's 4x100m relay, 37.90 to 38.05.")
    extraction = Extraction(
        "long-report",
        "test",
        people=_people(LONG, won),
        races=(
            _race("final", "1500m", "F", won),
            _race("semi", "1500m", "F", heat, "semi-final"),
            _race("jump", "high jump", "M", jump),
            _race("relay", "4x100m", "M", relay),
        ),
        results=(
            Result("final", "Marta Lindqvist", 1, "3:57.10", evidence=won),
            Result("final", "Achieng Otiwa", 2, "3:58.02", evidence=second),
            Result("final", "Dora Calloway", 5, "4:01.5", evidence=second),
            Result("final", "Ines Calloway", evidence=heat),
            Result("semi", "Achieng Otiwa", 1, "4:10.00", evidence=heat),
            Result("jump", "Callum Ferris", 1, "2.31m", "gold", evidence=jump),
            Result("jump", "Otto Grau", 1, "2.31m", "gold", evidence=jump),
            Result("relay", "Germany", 1, "37.90", team="GER", evidence=relay),
            Result("relay", "Great Britain", 2, "38.05", team="GBR", evidence=relay),
        ),
        bests=(Best("Marta Lindqvist", "NR", "1500m", "3:57.10", area="Sweden", evidence=won),),
    )
    return _article("long-report", LONG, HEADLINE, date(2022, 8, 20), "The Bay Post"), extraction


def _short() -> tuple[Article, Extraction]:
    took = _said(SHORT, "Marta Lindqvist took the 1500m in 3:57.1.")
    out = _said(SHORT, "Callum Ferris dropped out of the 800m.")
    extraction = Extraction(
        "short-report",
        "test",
        people=_people(SHORT, took),
        races=(_race("final", "1500m", "F", took), _race("eight", "800m", "M", out)),
        results=(
            Result("final", "Marta Lindqvist", 1, "3:57.1", evidence=took),
            Result("eight", "Callum Ferris", "DNF", evidence=out),
        ),
    )
    return _article("short-report", SHORT, "In brief", date(2022, 7, 31), "Quay News"), extraction


def _before() -> tuple[Article, Extraction]:
    said = _said(BEFORE, BEFORE)
    extraction = Extraction(
        "before",
        "test",
        people=_people(BEFORE, said),
        races=(_race("old", "1500m", "F", said, year=2017),),
        results=(
            Result("old", "Achieng Otiwa", 1, medal="gold", evidence=said),
            Result("old", "Marta Lindqvist", 2, evidence=said),
        ),
        did_not_reach=(NonQualification("Dora Calloway", "old", said),),
    )
    return _article("before", BEFORE, "Three years on", date(2022, 8, 1), "Quay News"), extraction
