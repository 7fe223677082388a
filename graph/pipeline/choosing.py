"""Settling a conflict: a curator says which value stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.errors import LookupFailedError
from graph.facts import Key, plain
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
        _drop(store, choice.subject, predicate, articles, touched, terms)
        choosing.put(store.ledger, choice)
        touched.choices.add((choice.subject, predicate))
        return ()

    Settler(store).settle(ruling=ruling)
    return choice


def unchoose(store: Store, subject: str, predicate: str) -> bool:
    """Takes a choice back, so that the articles decide again; False where there was none."""
    about = term_plain(node(subject), store.base)
    articles = _articles(store, subject)
    dropped = []

    def ruling(touched: Touched, terms: Terms) -> tuple[()]:
        dropped.extend(_drop(store, about, predicate, articles, touched, terms))
        return ()

    Settler(store).settle(ruling=ruling)
    return bool(dropped)


def _articles(store: Store, subject: str) -> list[str]:
    """The ids of the articles that say something of the subject."""
    rows = store.select(queries.load("claimants"), {"s": URIRef(subject)})
    found = (kind_and_slug(str(row["article"]), store.base) for row in rows)
    return [entry[1] for entry in found if entry]


def _drop(
    store: Store, subject: str, predicate: str, articles: Iterable[str], touched: Touched, terms: Terms
) -> list[Choice]:
    """Drops the choices that count for a property of a subject, and touches what hangs on them."""
    keys: set[int] = set()
    for article in articles:
        (n,) = store.ledger.execute("SELECT n FROM articles WHERE id = ?", (article,)).fetchone()
        keys.update(number for number in claiming.keys_of(store.ledger, n) if plain(terms.value(number)) == subject)
    touched.keys |= keys
    said = {choice for number in keys for choice in choosing.on(store.ledger, _key(terms, number))}
    dropped = [choice for choice in {*said, *choosing.of(store.ledger, subject)} if choice.predicate == predicate]
    for choice in dropped:
        choosing.drop(store.ledger, choice.subject, predicate)
        touched.choices.add((choice.subject, predicate))
    return dropped


def _key(terms: Terms, number: int) -> Key:
    key = terms.value(number)
    if not isinstance(key, Key):
        raise TypeError(f"{key} is nothing that an article speaks of")
    return key
