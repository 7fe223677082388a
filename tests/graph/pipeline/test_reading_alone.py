"""What is worked out from each article alone, in one process or in several."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.articles import read
from graph.errors import EvidenceError, PodiumError, UnfitError, UnreadableError
from graph.model import Article, Evidence, Extraction, Person
from graph.pipeline.extracting import Extracted, extracted, worked_out
from ontology.iris import DEFAULT_BASE

SEEDS = [item for item in read([str(Path(__file__).parents[3] / "seeds")]) if isinstance(item, Article)]
MANY = [replace(article, id=f"{article.id}-{number}") for number in range(4) for article in SEEDS]
POOL = "Ines Sorel won the 200m freestyle in the Norbridge pool. The swimmer touched a second ahead of Marta Lindqvist."
OTHER = Article("pool", POOL, "", "pool.txt")


def nothing(article: Article) -> None:
    """Is known beforehand."""


def shown(found: object) -> object:
    return str(found) if isinstance(found, PodiumError) else found


def test_reading_alone_gives_the_same_whatever_the_jobs() -> None:
    items = [*MANY, OTHER, UnreadableError("gone.txt", "is not there"), *SEEDS]
    one, two = ([*extracted(items, jobs, nothing, base=DEFAULT_BASE)] for jobs in (1, 2))
    assert [shown(item) for item, _ in two] == [shown(item) for item in items]
    assert [shown(found) for _, found in two] == [shown(found) for _, found in one]
    assert sum(isinstance(found, Extracted) for _, found in two) == len(MANY) + len(SEEDS)


def test_reading_alone_passes_over_what_is_known() -> None:
    found = extracted(SEEDS, 1, lambda article: "known" if article.id == SEEDS[1].id else None, base=DEFAULT_BASE)
    assert [said == "known" for _, said in found] == [number == 1 for number in range(len(SEEDS))]


@pytest.mark.parametrize("screen", [True, False])
def test_reading_alone_screens_unless_told_not_to(screen: bool) -> None:
    [(item, found)] = extracted([OTHER], 1, nothing, base=DEFAULT_BASE, screen=screen)
    assert item is OTHER
    assert isinstance(found, UnfitError if screen else Extracted)


def test_reading_alone_refuses_what_does_not_stand_in_the_text() -> None:
    quote = Evidence("Ines Sorel won the 400m", 0, 23, "made", 0.9)
    extraction = Extraction("pool", extractor="hand", people=(Person("Ines Sorel", ("athlete",), evidence=(quote,)),))
    with pytest.raises(EvidenceError, match="is not the quoted 'Ines Sorel won the 400m'"):
        worked_out(OTHER, extraction, DEFAULT_BASE)
