"""All that follows from the articles, made anew from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.identity.copies import runs_of
from graph.identity.minting import witness
from graph.ledger import choosing
from graph.ledger.database import forget_derived, transaction
from graph.pipeline import records, shipped, tombstones
from graph.pipeline.settling import Incoming, Settler
from graph.rdf.terms import graph_name, node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.ledger.terms import Terms
    from graph.ledger.touched import Touched
    from graph.store.embedded import Store

_TOGETHER = 100  # articles, or graphs, of one batch


def rebuild(store: Store) -> None:
    """Makes the ledger's derived tables and all graphs of Podium's own anew; graphs of others stay as they are.

    One that is cut off is begun again at the next opening.
    """
    store.files.stale = True
    store.files.forget_pending()
    with transaction(store.ledger):
        forget_derived(store.ledger)
    own = graph_name("", store.base).value
    graphs = [node(name) for name in store.graphs() if name.startswith(own)]
    for start in range(0, len(graphs), _TOGETHER):  # one transaction for all would hold each of their quads in memory
        store.write(drop=graphs[start : start + _TOGETHER], own=True)
    shipped.write(store)
    settler = Settler(store, recorded=False)
    articles = records.ids(store.ledger)
    for start in range(0, len(articles), _TOGETHER):
        settler.settle([_again(store, article) for article in articles[start : start + _TOGETHER]])
    settler.settle(withdraw=tombstones.every(store.ledger), ruling=_choices(store))
    store.files.stale = False


def _choices(store: Store) -> Callable[[Touched, Terms], Iterable[int]]:
    def touch(touched: Touched, _: Terms) -> tuple[()]:
        touched.choices.update((choice.subject, choice.predicate) for choice in choosing.every(store.ledger))
        return ()

    return touch


def _again(store: Store, identifier: str) -> Incoming:
    record = records.find(store.ledger, identifier)
    if record is None:
        raise LookupError(identifier)
    article = records.with_text(record, store.ledger)
    content = records.dumps(article, record.extraction)
    return Incoming(
        article, record.extraction, content, record.ended, runs_of(article.text), witness(record.extraction)
    )
