"""`/curation/withdraw`: what would be lost with an article, and its withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from graph.browsing import in_words
from graph.browsing.describing import describe
from graph.errors import LookupFailedError, WithdrawnError
from ontology.iris import iri
from server import service
from server.curation.signing import blueprint, decided, given, holder, page
from server.writing import writer

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

_SHOWN = 100  # facts of each sort


@blueprint.get("/curation/withdraw")
def would_withdraw() -> str:
    """What would be lost with an article; without one, a form that asks for it."""
    source = service.source()
    asked = request.args.get("article", "").strip()[:500]
    identifier = asked.rpartition("/")[2]
    if not identifier:
        return page("withdraw.html", article=None, asked="", message=None)
    try:
        would = writer().curate("would_retract", identifier)
    except (LookupFailedError, WithdrawnError) as error:
        return page("withdraw.html", article=None, asked=asked, message=str(error))
    article = describe(source, [iri("article", identifier, source.base)])
    return page(
        "withdraw.html",
        article=next(iter(article.values())).entity,
        identifier=identifier,
        asked=asked,
        message=None,
        changes=in_words(source, would.facts, would.known),
        shown=_SHOWN,
    )


@blueprint.post("/curation/withdraw")
def withdraw() -> Response:
    """Withdraw an article."""
    identifier, reason = given("article"), given("reason")

    def retract() -> str:
        done = writer().retract(identifier, reason, by=holder().name)
        return f"{identifier} is withdrawn; {len(done.facts.lost):,} facts went with it."

    return decided("retract", identifier, retract)
