"""`/curation/conflicts`: what articles disagree on, and which side a curator lets stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request

from graph.browsing import conflicts, find_conflict, side_of
from graph.browsing.values import plain
from graph.errors import LookupFailedError
from server import service
from server.curation.signing import blueprint, decided, given, holder, page, page_number
from server.writing import writer

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

_PAGE = 10


@blueprint.get("/curation/conflicts")
def disputes() -> str:
    """Conflicts, those first that nobody settled; or the one whose number is given."""
    only = request.args.get("number", "").strip()[:200]
    if only:
        item = find_conflict(service.source(), only)
        return page("conflicts.html", items=(item,), total=1, number=1, pages=1, only=only)
    number = page_number()
    found = conflicts(service.source(), limit=_PAGE, offset=(number - 1) * _PAGE)
    if number > 1 and not found.shown:
        abort(404, f"There is no page {number} of conflicts.")
    pages = -(-found.total // _PAGE)
    return page("conflicts.html", items=found.shown, total=found.total, number=number, pages=pages, only="")


@blueprint.post("/curation/choose")
def let_stand() -> Response:
    """Let a side of a conflict stand, or, without a side, the articles decide again."""
    item = find_conflict(service.source(), given("conflict"))
    undo = request.form.get("undo") == "1"
    reason = given("reason")

    def choose() -> str:
        if undo:
            if item.settlement is None:
                raise LookupFailedError(item.number, "no curator has settled it, so there is nothing to undo")
            writer().curate("unchoose", item.about.iri, item.settlement.predicate, reason, by=holder().name)
            return f"{item.about.label}: the articles decide on the {item.property} again."
        side = side_of(item, request.form.get("side", ""))
        writer().curate("choose", item.about.iri, side.predicate, side.object, reason, by=holder().name)
        return f"{item.about.label}: {plain(side.value)} stands."

    return decided("unchoose" if undo else "choose", item.iri, choose)
