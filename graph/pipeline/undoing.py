"""Taking back what a curator did, by the store's history."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from graph.browsing.values import Piece
from graph.errors import LookupFailedError, RulingError
from graph.ledger import history, rulings
from graph.pipeline import choosing, records
from graph.pipeline.chronicle import Deed
from graph.pipeline.extracting import worked_out
from graph.pipeline.judging import reread
from graph.pipeline.noting import noted, put_back
from graph.pipeline.settling import Incoming, Settler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graph.ledger.history import Entry
    from graph.ledger.terms import Terms
    from graph.ledger.touched import Touched
    from graph.pipeline.noting import Row, Table
    from graph.store.embedded import Store


def undo(
    store: Store,
    seq: int,
    reason: str,
    *,
    by: str | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Takes back entry number `seq` of the history; what takes one back can be taken back itself.

    `by` is whose decision it is, for the history. Raises LookupFailedError where there is no such entry, RulingError
    where it cannot be taken back or something else was decided on the same since.
    """
    found = history.find(store.ledger, seq)
    if found is None:
        raise LookupFailedError(str(seq), f"the history has no entry {seq}; `podium history` lists them")
    entry, how = found
    if entry.undone is not None:
        raise RulingError(f"entry {seq} was taken back already, by entry {entry.undone}")
    if how is None:
        raise RulingError(f"entry {seq} cannot be taken back: {_why_not(entry)}")
    at = now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    words = tuple(Piece(str(text), iri) for text, iri in entry.detail.get("text", ()))
    deed = Deed("undone", entry.about, words, reason, at, by, undoes=seq)
    if "article" in how:
        _take_back(store, how, deed)
    else:
        Settler(store).settle(ruling=_reversal(store, how, deed), deed=deed)


def _why_not(entry: Entry) -> str:
    if entry.kind == "withdrawn":
        return "what the article said was not kept then; ingest it again with --replace"
    return "it was nobody's decision" if entry.reason is None else "it changed nothing"


def _take_back(store: Store, how: Mapping[str, Any], deed: Deed) -> None:
    """Has a withdrawn article come again as it was."""
    identifier = str(how["article"])
    if records.find(store.ledger, identifier) is not None:
        raise RulingError(f"article {identifier} is there again already")
    record = records.loads(identifier, str(how["record"]), str(how["ended"]))
    article = records.with_text(record, store.ledger)
    found = worked_out(article, record.extraction, store.base)
    incoming = Incoming(article, found.extraction, found.content, record.ended, found.runs, found.witness, found.graph)
    Settler(store).settle([incoming], deed=deed, sound=True)


def _reversal(store: Store, how: Mapping[str, Any], deed: Deed) -> Callable[[Touched, Terms], Iterable[int]]:
    table: Table = how["table"]
    came, went = ([tuple(row) for row in how[name]] for name in ("came", "went"))

    def ruling(touched: Touched, terms: Terms) -> Iterable[int]:
        with noted(store.ledger, deed, table):
            put_back(store.ledger, table, came, went)
        return _touched(store, table, [*came, *went], touched, terms)

    return ruling


def _touched(store: Store, table: Table, rows: Sequence[Row], touched: Touched, terms: Terms) -> set[int]:
    """Has all that hangs on the rows made anew; returns the articles whose names are to be settled."""
    found: set[int] = set()
    for row in rows:
        if table == "choices":
            choosing.touch(store, row[0], row[1], touched, terms)
        elif table == "verdicts":
            reread(store, row[0], touched)
        else:
            found |= rulings.changed(store.ledger, *row[:3])
    return found
