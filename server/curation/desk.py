"""What there is to decide, at a glance."""

from __future__ import annotations

from graph import queries
from graph.ledger import history
from graph.pipeline import namesakes
from server import service
from server.curation.kept import ledger
from server.curation.log import lines
from server.curation.signing import page

_SHOWN = 8


def desk() -> str:
    """The first page of who is signed in."""
    source = service.source()
    with ledger() as database:
        entries = history.newest(database, _SHOWN, deeds=True)
        alike = namesakes.likely_one(database, 0)[1]
        doubtful = namesakes.doubtfully_one(database, 0)[1]
    counts = source.select(queries.load("conflict-decisions"))
    decided = {str(row["decided"]).rpartition("#")[2]: int(str(row["n"])) for row in counts}
    return page(
        "desk.html",
        open=sum(n for how, n in decided.items() if how != "ByChoice"),
        undecided=decided.get("Undecided", 0),
        alike=alike,
        doubtful=doubtful,
        lines=lines(entries),
    )
