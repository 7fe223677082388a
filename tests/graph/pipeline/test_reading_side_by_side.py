"""A store is the same however many processes read its articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from graph.errors import UnreadableError
from graph.model import Article
from graph.pipeline import ingest, memory_store, retract

NOON = datetime(2026, 1, 2, 12, 0, 0, tzinfo=UTC)
RUNNERS = ("Marta Lindqvist", "Achieng Otiwa", "Ines Sorel", "Marta Lindkvist")


def article(number: int) -> Article:
    first, second = RUNNERS[number % 4], RUNNERS[(number + 1 + number // 40) % 4]
    text = f"{first} won the women's 1500m in Torrevale in 4:0{number % 10}.3{number % 9} ahead of {second}."
    if number % 30 == 7:
        text = "La course a été remportée par la favorite du public, devant toutes les autres coureuses de la ville."
    digest = sha256(text.encode()).hexdigest()
    return Article(f"a{number}", text, digest, f"a{number}.txt", published=date(2024, 5, 1 + number % 28))


ARTICLES = [article(number) for number in range(100)]
GONE = UnreadableError("gone.txt", "is not there")
AGAIN = [
    *ARTICLES[:50],
    replace(ARTICLES[3], text=f"{ARTICLES[3].text} She is 24."),
    ARTICLES[3],
    GONE,
    replace(article(104), id="a60", origin="other.txt"),
    *(article(number) for number in range(98, 190)),
]


def ingested(jobs: int) -> list[object]:
    """All reports, and what is in the store after each of three rounds."""
    found: list[object] = []
    with memory_store() as store:
        for articles in (ARTICLES, AGAIN, ARTICLES[::-1]):
            reports = list(ingest(store, articles, jobs=jobs, now=lambda: NOON))
            found += [
                (report.origin, report.outcome, report.statements, report.gained, report.lost) for report in reports
            ]
            found += [str(report.error) for report in reports]
            found.append({str(quad) for quad in store.quads()})
            if articles is AGAIN:
                retract(store, "a80", "a slip", now=lambda: NOON)
    return found


@pytest.fixture(scope="module")
def expected() -> list[object]:
    return ingested(1)


@pytest.mark.parametrize("jobs", [3])
def test_reading_side_by_side_gives_the_same_store(expected: list[object], jobs: int) -> None:
    assert ingested(jobs) == expected


def test_reading_side_by_side_tells_what_became_of_each(expected: list[object]) -> None:
    outcomes = {found[:2] for found in expected if isinstance(found, tuple)}
    assert {
        ("a0.txt", "added"),
        ("a7.txt", "skipped"),
        ("gone.txt", "refused"),
        ("a3.txt", "replaced"),
        ("a3.txt", "unchanged"),
        ("other.txt", "refused"),
        ("a80.txt", "refused"),
    } <= outcomes
