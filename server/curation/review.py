"""`/curation/review`: facts with little behind them, those first on which most hangs; each confirmed or rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request

from graph.pipeline.reviewing import in_words
from server import service
from server.curation.kept import ledger
from server.curation.kept import review as weak_facts
from server.curation.signing import blueprint, decided, given, holder, page, page_number
from server.writing import writer

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

_PAGE = 15
_MOST_CLAIMS = 500
WHYS = ("one source", "low confidence", "left open", "implausible")


@blueprint.get("/curation/review")
def review() -> str:
    """Weak facts, or those of one sort."""
    number = page_number()
    asked = {name: request.args.get(name, "").strip()[:100] for name in ("why", "rule", "kind")}
    with ledger() as database:
        kept = weak_facts(database)
        found = kept.of(**asked)
        start = (number - 1) * _PAGE
        if number > 1 and start >= len(found):
            abort(404, f"There is no page {number} of weak facts.")
        shown = in_words(database, service.source(), found[start : start + _PAGE], kept.odd)
    pages = -(-len(found) // _PAGE)
    return page(
        "review.html", items=shown, total=len(found), asked=asked, kept=kept, whys=WHYS, number=number, pages=pages
    )


@blueprint.post("/curation/judge")
def judge() -> Response:
    """Confirm or reject what articles claim."""
    claims = tuple(claim for claim in request.form.getlist("claim")[:_MOST_CLAIMS] if claim)
    verdict, reason = request.form.get("verdict", ""), given("reason")
    if verdict not in {"confirm", "reject"} or not claims:
        abort(400, "Say “confirm” or “reject”, and of which claims.")
    value = [request.form.get(name, "") for name in ("subject", "predicate", "object")]

    def rule() -> str:
        if verdict == "confirm" and all(value):  # only one value stands, so it does whatever comes
            writer().curate("choose", *value, reason, by=holder().name)
            return "Confirmed: it stands whatever other articles say."
        done = writer().curate("confirm" if verdict == "confirm" else "reject", claims, reason, by=holder().name)
        if verdict == "confirm":
            return "Confirmed: it is not shown for review any more."
        return f"Rejected: {done.lost:,} facts went and {done.gained:,} came instead."

    return decided(verdict, " ".join(claims), rule)
