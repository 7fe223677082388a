"""`/trust` and `/trust.json`: how far what is shown here can be relied on."""

from __future__ import annotations

import json
from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, jsonify, render_template, request

from graph import queries
from graph.extraction import VERSION
from graph.ledger import history
from server import service, surveys
from server.curation.kept import ledger

if TYPE_CHECKING:
    from pathlib import Path

    from graph.pipeline.surveying import Survey

blueprint = Blueprint("trust", __name__)

EVALUATION: Final = "evaluation.json"
_KINDS: Final = (
    ("Athlete", "athletes"),
    ("Coach", "coaches"),
    ("Club", "clubs"),
    ("Race", "races"),
    ("Result", "results"),
    ("Medal", "medals"),
    ("Best", "bests and records"),
    ("Coaching", "coaching ties"),
    ("Membership", "club memberships"),
    ("Sentence", "sentences quoted"),
)
_DECIDED: Final = (
    ("Undecided", "as many articles say either; all values stand"),
    ("BySupport", "most articles say it"),
    ("ByDate", "the newest article says it"),
    ("ByPosition", "a position goes before a medal"),
    ("ByChoice", "a curator chose"),
)
_SOURCES: Final = 25  # that are named


@blueprint.after_request
def _tagged(response: Response) -> Response:
    """A survey may come without a new version of the dataset, so the answer itself makes the tag."""
    if response.status_code == HTTPStatus.OK:
        response.add_etag(weak=True)
        response.headers["Cache-Control"] = "no-cache"
        response.make_conditional(request)
    return response


@blueprint.get("/trust")
def page() -> str:
    """The figures for people."""
    told = _told()
    survey: Survey | None = told["survey"]
    return render_template(
        "trust.html",
        **told,
        kinds=[(word, survey.kinds[name]) for name, word in _KINDS if survey and survey.kinds.get(name)],
        decided_words=_DECIDED,
        sources=survey.sources[:_SOURCES] if survey else (),
        months=_years(survey) if survey else (),
        sparql_query=queries.load("article-sources"),
        current=survey is not None and survey.version == told["version"],
    )


@blueprint.get("/trust.json")
def data() -> Response:
    """The same for programs."""
    told = _told()
    survey: Survey | None = told.pop("survey")
    shown = None if survey is None else {name: value for name, value in asdict(survey).items() if name != "odd"}
    return jsonify(**told, survey=shown)


def _told() -> dict[str, Any]:
    source = service.source()
    rows = source.select(queries.load("conflict-decisions"))
    decided = {str(row["decided"]).rpartition("#")[2]: int(str(row["n"])) for row in rows}
    path: Path | None = getattr(source, "path", None)
    with ledger() as database:
        deeds = history.count_deeds(database)
    return {
        "version": source.version,
        "extractor": VERSION,
        "survey": surveys.current(),
        "conflicts": {
            "open": sum(n for how, n in decided.items() if how != "ByChoice"),
            "settled": decided.get("ByChoice", 0),
            "decided": decided,
        },
        "curators": deeds,
        "evaluation": _evaluation(path),
    }


def _evaluation(path: Path | None) -> dict[str, Any] | None:
    """The evaluation that `podium evaluate --keep` left in the store."""
    if path is None:
        return None
    try:
        found = json.loads((path / EVALUATION).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _years(survey: Survey) -> list[tuple[str, list[int], int]]:
    """Year, how many articles of each month, and of the whole; without a date under an empty year."""
    years: dict[str, list[int]] = {}
    for month, count in sorted(survey.months.items()):
        row = years.setdefault(month[:4], [0] * 12)
        row[int(month[5:7]) - 1 if month else 0] += count
    return [(year, months if year else [], sum(months)) for year, months in sorted(years.items(), reverse=True)]
