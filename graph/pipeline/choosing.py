"""Settling a conflict: a curator says which value stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import URIRef

from graph import queries
from graph.browsing import wording
from graph.browsing.describing import describe, local, object_words
from graph.browsing.values import Piece
from graph.errors import LookupFailedError
from graph.facts import Key, plain
from graph.identity.fusion import THRESHOLD
from graph.ledger import choosing, claiming
from graph.ledger.choosing import Choice
from graph.pipeline.chronicle import Deed, parts_of
from graph.pipeline.noting import last_of, noted
from graph.pipeline.settling import Settler
from graph.rdf.terms import node, plain_term, term_plain
from graph.store.terms import to_ox
from ontology.iris import kind_and_slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.browsing.values import Words
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
    by: str | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Choice:
    """Lets a value stand whatever articles say, in the place of an earlier choice.

    `by` is whose decision it is, for the history. `subject` and `predicate` are IRIs, `value` an IRI or the lexical
    form of a literal. Raises LookupFailedError where no article says so.
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
    things = parts_of(describe(store, [subject])[subject], store)
    deed = Deed("chosen", choice.subject, _told(store, subject, predicate, value), reason, decided, by, things)

    def ruling(touched: Touched, terms: Terms) -> tuple[()]:
        with noted(store.ledger, deed, "choices"):
            _drop(store, choice.subject, predicate, articles, touched, terms)
            choosing.put(store.ledger, choice)
            touched.choices.add((choice.subject, predicate))
        return ()

    Settler(store).settle(ruling=ruling, deed=deed)
    return choice


def unchoose(
    store: Store,
    subject: str,
    predicate: str,
    reason: str = "",
    *,
    by: str | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> bool:
    """Takes a choice back, so that the articles decide again; False where there was none."""
    about = term_plain(node(subject), store.base)
    articles = _articles(store, subject)
    made = choosing.of(store.ledger, about)
    if not any(choice.predicate == predicate for choice in made) and not articles:
        return False
    dropped: list[Choice] = []
    at = now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    deed = Deed("undone", about, _told(store, subject, predicate, None), reason, at, by)

    def ruling(touched: Touched, terms: Terms) -> tuple[()]:
        with noted(store.ledger, deed, "choices"):
            dropped.extend(_drop(store, about, predicate, articles, touched, terms))
        if dropped:
            deed.undoes = last_of(store.ledger, "chosen", about)
        return ()

    Settler(store).settle(ruling=ruling, deed=deed)
    return bool(dropped)


def touch(store: Store, subject: str, predicate: str, touched: Touched, terms: Terms) -> None:
    """Adds to `touched` what hangs on a choice of a property; `subject` as `graph.facts.plain` has it."""
    about = plain_term(subject, store.base)
    for number in _keys(
        store, subject, _articles(store, about.value) if isinstance(about, ox.NamedNode) else (), terms
    ):
        touched.keys.add(number)
    touched.choices.add((subject, predicate))


def _told(store: Store, subject: str, predicate: str, value: str | None) -> Words:
    """What a choice is on, in words."""
    described = describe(store, {subject, value} if value and "://" in value else {subject})
    words = (*described[subject].name, Piece(f": {wording.property_name(local(predicate))}"))
    if value is None:
        return words
    shown = wording.value(described[subject].kind, local(predicate), object_words(predicate, value, described))
    return (*words, Piece(" "), *shown)


def _articles(store: Store, subject: str) -> list[str]:
    """The ids of the articles that say something of the subject."""
    rows = store.select(queries.load("claimants"), {"s": URIRef(subject)})
    found = (kind_and_slug(str(row["article"]), store.base) for row in rows)
    return [entry[1] for entry in found if entry]


def _drop(
    store: Store, subject: str, predicate: str, articles: Iterable[str], touched: Touched, terms: Terms
) -> list[Choice]:
    """Drops the choices that count for a property of a subject, and touches what hangs on them."""
    keys = _keys(store, subject, articles, terms)
    touched.keys |= keys
    said = {choice for number in keys for choice in choosing.on(store.ledger, _key(terms, number))}
    dropped = [choice for choice in {*said, *choosing.of(store.ledger, subject)} if choice.predicate == predicate]
    for choice in dropped:
        choosing.drop(store.ledger, choice.subject, predicate)
        touched.choices.add((choice.subject, predicate))
    return dropped


def _keys(store: Store, subject: str, articles: Iterable[str], terms: Terms) -> set[int]:
    """The numbers under which these articles speak of the subject."""
    found: set[int] = set()
    for article in articles:
        (n,) = store.ledger.execute("SELECT n FROM articles WHERE id = ?", (article,)).fetchone()
        found.update(number for number in claiming.keys_of(store.ledger, n) if plain(terms.value(number)) == subject)
    return found


def _key(terms: Terms, number: int) -> Key:
    key = terms.value(number)
    if not isinstance(key, Key):
        raise TypeError(f"{key} is nothing that an article speaks of")
    return key
