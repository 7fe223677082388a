"""A curator's verdicts on single claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import wording
from graph.browsing.describing import describe, local, object_words
from graph.errors import LookupFailedError, RulingError
from graph.facts import Claim, Fact, Key, plain
from graph.ledger import verdicts
from graph.ledger.terms import Terms
from graph.ledger.verdicts import Verdict
from graph.pipeline.chronicle import Deed
from graph.pipeline.noting import noted
from graph.pipeline.settling import Settler
from ontology.iris import iri, kind_and_slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph.browsing.values import Words
    from graph.ledger.touched import Touched
    from graph.ledger.verdicts import Ruling
    from graph.store.embedded import Store


@dataclass(frozen=True, slots=True)
class Judged:
    """What verdicts on `claims` (slugs) did: how many facts came and went."""

    claims: tuple[str, ...]
    gained: int
    lost: int


def reject(
    store: Store,
    claims: Sequence[str],
    reason: str,
    *,
    by: str | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Judged:
    """Rules that what articles say there is wrong, so that nothing is believed for its sake, now and later.

    `claims` are IRIs or slugs of claims; `by` is whose decision it is, for the history. Raises LookupFailedError.
    """
    return _judge(store, claims, "rejected", reason, by, now)


def confirm(
    store: Store,
    claims: Sequence[str],
    reason: str,
    *,
    by: str | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Judged:
    """Rules that what articles say there was looked at and is right. As `reject`."""
    return _judge(store, claims, "confirmed", reason, by, now)


def _judge(
    store: Store, claims: Sequence[str], ruling: Ruling, reason: str, by: str | None, now: Callable[[], datetime]
) -> Judged:
    if not claims:
        raise RulingError("no claim is named; give the id of one, as its page has it")
    at = now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    terms = Terms(store.ledger)
    slugs = tuple(dict.fromkeys(_slug(store, claim) for claim in claims))
    found = [_claim(store, terms, slug) for slug in slugs]
    words = _worded(store, slugs[0])
    things = frozenset(f"article/{claim.article}" for claim in found)
    deed = Deed(ruling, f"claim/{slugs[0]}", words, reason, at, by, things)

    def rule(touched: Touched, _: Terms) -> tuple[()]:
        with noted(store.ledger, deed, "verdicts"):
            for claim in found:
                said = plain(claim.fact.subject), claim.fact.predicate, plain(claim.fact.object)
                verdicts.put(store.ledger, Verdict(claim.article, *said, ruling, reason, at))
                reread(store, claim.article, touched)
        return ()

    change = Settler(store).settle(ruling=rule, deed=deed)
    return Judged(slugs, len(change.gained), len(change.lost))


def reread(store: Store, article: str, touched: Touched) -> None:
    """Has the claims of an article worked out anew, if the store has it."""
    row = store.ledger.execute("SELECT n FROM articles WHERE id = ?", (article,)).fetchone()
    if row is not None:
        touched.reread.add(row[0])


def _slug(store: Store, given: str) -> str:
    parts = kind_and_slug(given, store.base)
    if parts is not None and parts[0] == "claim":
        return parts[1]
    return given.removeprefix("claim:").removeprefix("claim/")


def _claim(store: Store, terms: Terms, slug: str) -> Claim:
    for claim in _claims(store, terms, slug.rpartition("_")[0]):
        if claim.slug == slug:
            return claim
    raise LookupFailedError(slug, f"there is no claim '{slug}'; the page of a fact names those behind it")


def _claims(store: Store, terms: Terms, article: str) -> Iterator[Claim]:
    rows = store.ledger.execute(
        "SELECT subject, predicate, object FROM claims WHERE n = (SELECT n FROM articles WHERE id = ?)", (article,)
    ).fetchall()
    for subject, predicate, value in rows:
        key = terms.value(subject)
        if isinstance(key, Key):
            yield Claim(article, Fact(key, terms.text(predicate), terms.value(value)), (), (), 1.0, "Explicit")


def _worded(store: Store, slug: str) -> Words:
    """What a claim says."""
    query = queries.with_values(queries.load("claims"), "claim", [URIRef(iri("claim", slug, store.base))])
    row = store.select(query).rows[0]
    subject, predicate, value = (str(row[name]) for name in "spo")
    described = describe(store, {subject, value} if "://" in value else {subject})
    about = described[subject]
    slots = about.placeholders() | {"subject": about.name, "object": object_words(predicate, value, described)}
    return wording.sentence(about.kind, local(predicate), slots)
