"""`/conflicts`: what articles disagree on, the sides next to each other; also what `/conflict/SLUG` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request
from rdflib import URIRef

from graph import queries
from graph.browsing import conflicts, find, property_named
from graph.errors import AmbiguousNameError, LookupFailedError
from graph.store.binding import bound
from server.service import source

if TYPE_CHECKING:
    from graph.browsing.values import Entity

blueprint = Blueprint("disagreements", __name__)

_PAGE = 20
_LONGEST_NAME = 200  # code points


@blueprint.get("/conflicts")
def listed() -> str:
    """All conflicts, or those that concern what `about` names, some on each page."""
    asked = request.args.get("about", "").strip()[:_LONGEST_NAME]
    prop = request.args.get("property", "").strip()[:_LONGEST_NAME]
    number = request.args.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 7 else 0
    if page < 1:
        abort(404, f"There is no page '{number[:20]}' of conflicts; they are counted from 1.")
    about, message = _about(asked)
    if message:
        return render_template("conflicts.html", asked=asked, about=None, message=message, found=None, pages=())
    try:
        chosen = property_named(source(), prop) if prop else None
    except LookupFailedError as error:
        return render_template("conflicts.html", asked=asked, about=about, message=str(error), found=None, pages=())
    found = conflicts(source(), about.iri if about else None, chosen, limit=_PAGE, offset=(page - 1) * _PAGE)
    if page > 1 and not found.shown:
        abort(404, f"There is no page {page} of conflicts.")
    given = {name: value for name, value in (("about", asked), ("property", prop)) if value}
    last = -(-found.total // _PAGE)
    pages = tuple(
        (word, f"/conflicts?{urlencode(given | {'page': other})}")
        for word, other in (("Earlier", page - 1), ("More", page + 1))
        if 1 <= other <= last
    )
    fixed = {name: URIRef(value) for name, value in (("about", about and about.iri), ("p", chosen)) if value}
    return render_template(
        "conflicts.html",
        asked=asked,
        about=about,
        message=None,
        found=found,
        pages=pages,
        sparql_query=bound(queries.load("page-conflicts"), fixed),
    )


def _about(asked: str) -> tuple[Entity | None, str | None]:
    """What is asked about, or why that cannot be told."""
    if not asked:
        return None, None
    try:
        return find(source(), asked), None
    except AmbiguousNameError as error:
        return None, f"Several are called “{asked}”: {'; '.join(label for _, label, _ in error.candidates)}."
    except LookupFailedError as error:
        return None, str(error)
