"""`/curation/log`: what people decided, why and when; each taken back where it can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import abort, request

from graph.browsing.values import Piece
from graph.ledger import history
from server.curation.kept import ledger
from server.curation.signing import blueprint, decided, given, holder, page
from server.writing import writer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.wrappers import Response

    from graph.browsing.values import Words
    from graph.ledger.history import Entry

_PAGE = 50
_DID: Final = {
    "chosen": "let stand",
    "merged": "made one",
    "split": "kept apart",
    "separated": "told apart",
    "rejected": "rejected",
    "confirmed": "confirmed",
    "withdrawn": "withdrew",
    "undone": "took back",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is shown: what was done to what, in words."""

    entry: Entry
    did: str
    text: Words


@blueprint.get("/curation/log")
def log() -> str:
    """The last entries, or those before one."""
    asked = request.args.get("before", "")
    if asked and not (asked.isascii() and asked.isdigit() and len(asked) < 16):
        abort(404, "There is no such entry.")
    with ledger() as database:
        entries = history.newest(database, _PAGE + 1, before=int(asked) if asked else None, deeds=True)
    more = entries[_PAGE - 1].seq if len(entries) > _PAGE else None
    return page("log.html", lines=lines(entries[:_PAGE]), more=more, before=asked)


@blueprint.post("/curation/undo")
def take_back() -> Response:
    """Take an entry back."""
    asked, reason = given("entry"), given("reason")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 16):
        abort(400, "Give the number of an entry.")

    def undo() -> str:
        writer().curate("undo", int(asked), reason, by=holder().name)
        return f"Entry {asked} is taken back."

    return decided("undo", asked, undo)


def lines(entries: Iterable[Entry]) -> list[Line]:
    """The entries as they are shown."""
    return [
        Line(
            entry,
            _DID.get(entry.kind, entry.kind),
            tuple(Piece(text, iri) for text, iri in entry.detail.get("text", ())),
        )
        for entry in entries
    ]
