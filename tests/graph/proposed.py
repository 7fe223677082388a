"""Claims as extractors propose them, and what becomes of them in a text."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.articles import prepare
from graph.extraction import extract, listen
from graph.model import Article, Document, Extraction
from graph.proposals import Proposal, Verdict, accept

NAME, RULE = "endpoint/tiny-model/1", "endpoint.claims"

_CLAIMS: dict[str, dict[str, Any]] = {
    "person": {"name": "", "roles": ["athlete"], "country": None},
    "coaching": {"coach": "", "athlete": "", "status": "current"},
    "membership": {"athlete": "", "club": "", "status": "current"},
    "family": {"person": "", "relation": "", "of": ""},
    "result": dict.fromkeys(
        ["athlete", "position", "mark", "medal", "discipline", "competition", "year", "place", "sex", "round", "date"]
    ),
    "best": {"athlete": "", "record": "PB", "discipline": "", "mark": None, "indoor": False},
}


def claim(kind: str, quote: str, **values: object) -> dict[str, Any]:
    """A claim as the schema wants it; what is not given is null."""
    return {"kind": kind, "quote": quote, **_CLAIMS[kind], **values}


def document(text: str, published: date | None = date(2024, 6, 10)) -> Document:
    return prepare(Article("torrevale", text, "0" * 64, "torrevale.txt", published=published))


def rules(text: str) -> Extraction:
    return extract(document(text))


def judged(text: str, *claims: object) -> tuple[Extraction, tuple[Verdict, ...]]:
    """The facts of a text with those claims proposed, and the verdicts."""
    made = document(text)
    extraction, hearing = listen(made)
    return accept(made, extraction, hearing, [Proposal(NAME, RULE, one) for one in claims])


def reason(text: str, one: object) -> str:
    """What becomes of one claim."""
    _, (verdict,) = judged(text, one)
    return verdict.reason
