"""Settling a conflict: a curator says which value stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.errors import LookupFailedError
from graph.facts import plain
from graph.identity.fusion import THRESHOLD
from graph.ledger import choosing, claiming
from graph.ledger.choosing import Choice
from graph.pipeline.settling import Settler
from graph.rdf.terms import node, term_plain
from graph.store.terms import to_ox
from ontology.iris import kind_and_slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.ledger.terms import Terms
    from graph.ledger.touched import Touched
    from graph.store.embedded import Store


def choose(
    store: Store,
    subject: str,
    predicate: str,
    value: str,
    reason: str,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Choice:
    """Lets a value stand whatever articles say, in the place of an earlier choice.

    `subject` and `predicate` are IRIs, `value` an IRI or the lexical form of a literal. Raises LookupFailedError where
    no article says so.
    """
    rows = store.select(queries.load("claimed-values"), {"s": URIRef(subject), "p": URIRef(predicate)})
    found = {row["o"] for row in rows if str(row["o"]) == value and float(str(row["confidence"])) >= THRESHOLD}
    if not found:
        raise LookupFailedError(
            value, f"no article gives {subject} the value '{value}'; `podium conflicts` shows the sides"
        )
    decided = now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    chosen = term_plain(to_ox(found.pop()), store.base)
    choice = Choice(term_plain(node(subject), store.base), predicate, chosen, reason, decided)
    articles = _articles(store, subject)

    def ruling(touched: Touched, terms: Terms) -> tuple[()]:
        choosing.put(store.ledger, choice)
        _touch(store, choice.subject, predicate, articles, touched, terms)
        return ()

    Settler(store).settle(ruling=ruling)
    return choice


def unchoose(store: Store, subject: str, predicate: str) -> bool:
    """Takes a choice back, so that the articles decide again; False where there was none."""
    about = term_plain(node(subject), store.base)
    if all(choice.predicate != predicate for choice in choosing.of(store.ledger, about)):
        return False
    articles = _articles(store, subject)

    def ruling(touched: Touched, terms: Terms) -> tuple[()]:
        choosing.drop(store.ledger, about, predicate)
        _touch(store, about, predicate, articles, touched, terms)
        return ()

    Settler(store).settle(ruling=ruling)
    return True


def _articles(store: Store, subject: str) -> list[str]:
    """The ids of the articles that say something of the subject."""
    rows = store.select(queries.load("claimants"), {"s": URIRef(subject)})
    found = (kind_and_slug(str(row["article"]), store.base) for row in rows)
    return [entry[1] for entry in found if entry]


def _touch(store: Store, subject: str, predicate: str, articles: Iterable[str], touched: Touched, terms: Terms) -> None:
    touched.choices.add((subject, predicate))
    for article in articles:
        (n,) = store.ledger.execute("SELECT n FROM articles WHERE id = ?", (article,)).fetchone()
        for number in claiming.keys_of(store.ledger, n):
            if plain(terms.value(number)) == subject:
                touched.keys.add(number)
