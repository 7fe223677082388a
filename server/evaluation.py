"""The report of an evaluation as one HTML page that needs no other file and no script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from graph.evaluation import annotate, by_row, by_rule, by_sieve

if TYPE_CHECKING:
    from graph.evaluation import JudgedRow, Judgement, Note, Report

_SHEETS = Path(__file__).with_name("static") / "css"
_SIGNS = {"right": "✓", "wrong": "✗"}


def render(report: Report) -> str:
    """The page: figures by kind, rule, sieve and article, and each article's text with what was read from it."""
    environment = Environment(
        loader=PackageLoader("server"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(anchor=_anchor, by_row=by_row, told=_told, hint=_hint, rate="{:.3f}".format)
    articles = [annotate(article) for article in report.articles]
    places = {
        (article.report.article, note.start, note.end): note.number for article in articles for note in article.notes
    }
    return environment.get_template("evaluation.html").render(
        report=report,
        rules=by_rule(report),
        sieves=by_sieve(report),
        articles=articles,
        places=places,
        signs=_SIGNS,
        styles=_styles(),
    )


def _styles() -> str:
    """The sheet of the pages, and what the report adds to it."""
    return "\n".join((_SHEETS / name).read_text("utf-8") for name in ("base.css", "evaluation.css"))


def _anchor(article: str, note: int | None = None) -> str:
    """The id of an article's section, or of a note in it."""
    name = "_".join(article.split())
    return f"a-{name}" if note is None else f"a-{name}-{note}"


def _told(slot: Judgement) -> str:
    """A slot in words: its kind and value, and what it should have been."""
    instead = f", gold: {slot.other}" if slot.how == "wrong" and slot.other else ""
    return f"{slot.kind} {slot.value}{instead}"


def _hint(note: Note) -> str:
    """What was read from a sentence, a line for each fact."""
    return "\n".join(_line(note, row) for row in note.rows)


def _line(note: Note, row: JudgedRow) -> str:
    slots = "; ".join(f"{_SIGNS[slot.how]} {_told(slot)}" for slot in row.slots)
    subject = f"{row.subject}: " if row.subject else ""
    return f"{subject}{slots} – {', '.join(note.sources_of(row))}"
