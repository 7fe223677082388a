"""A model that knows every sentence that could serve it: how many truths and how many lies get past the guards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from proposed import NAME, claim

from graph.articles import FileNames, prepare, read
from graph.extraction import listen
from graph.model import Article
from graph.proposals import Proposal, accept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Facts = dict[str, Any]
    Claim = dict[str, Any]

# 0.39 and 0.006 as measured: a claim of many values rarely finds them all in one sentence, and a lie hardly ever.
TRUTHS_AT_LEAST, LIES_AT_MOST = 0.30, 0.02


def truths(gold: Facts) -> Iterator[Claim]:
    races = {race["id"]: race for race in gold["races"]}
    for tie in gold["coaching"]:
        yield claim("coaching", "", **{key: tie[key] for key in ("coach", "athlete", "status")})
    for tie in gold["memberships"]:
        yield claim("membership", "", **{key: tie[key] for key in ("athlete", "club", "status")})
    for row in gold["results"]:
        race = {key: races[row["race"]][key] for key in ("discipline", "competition", "year", "sex", "round")}
        position = row["position"] if isinstance(row["position"], int) else None
        yield claim(
            "result", "", athlete=row["athlete"], position=position, mark=row["mark"], medal=row["medal"], **race
        )
    for best in gold["bests"]:
        row = {key: best[key] for key in ("athlete", "discipline", "mark")}
        yield claim("best", "", record=best["kind"], indoor=bool(best.get("indoor")), **row)


def lies(gold: Facts) -> Iterator[Claim]:
    """Every truth told of the next person in the article, and every place one too far behind."""
    told = list(truths(gold))
    names = [person["name"] for person in gold["people"]]
    for one in told:
        other = names[(names.index(one["athlete"]) + 1) % len(names)] if one["athlete"] in names else None
        changed = [{**one, "athlete": other}] if other and other not in one.values() else []
        if one.get("position"):
            changed.append({**one, "position": one["position"] + 1, "medal": None})
        yield from (lie for lie in changed if not any(_agree(lie, truth) for truth in told))


def _agree(lie: Claim, truth: Claim) -> bool:
    """Whether the lie happens to be true, or part of a truth."""
    return all(value in (None, truth.get(key)) for key, value in lie.items() if key != "medal")


def believed(seeds: Path, model: Callable[[Facts], Iterator[Claim]]) -> float:
    """The share of a model's claims that are facts with one sentence or another as their quote."""
    passed = []
    names = FileNames()
    for article in read([str(seeds)]):
        if not isinstance(article, Article):
            continue
        expected = seeds / "expected" / f"{names.of(article)}.json"
        document = prepare(article)
        extraction, hearing = listen(document)
        quotes = [document.text[span.start : span.end] for block in document.blocks for span in block.sentences]
        for one in model(json.loads(expected.read_text("utf-8"))):
            proposals = [Proposal(NAME, "endpoint.claims", {**one, "quote": quote}) for quote in quotes]
            _, verdicts = accept(document, extraction, hearing, proposals)
            passed.append(any(verdict.reason in ("accepted", "known") for verdict in verdicts))
    return sum(passed) / len(passed)


@pytest.fixture(scope="module")
def seeds(root: Path) -> Path:
    return root / "seeds"


def test_acceptance_lets_truths_in(seeds: Path) -> None:
    assert believed(seeds, truths) >= TRUTHS_AT_LEAST


def test_acceptance_keeps_lies_out(seeds: Path) -> None:
    assert believed(seeds, lies) <= LIES_AT_MOST
