"""Facts that are worth a second look, those first on which most hangs.

Read beside the writer, from the ledger and any source of the same store.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from graph import queries
from graph.browsing import wording
from graph.browsing.describing import describe, kind_of, local, object_words
from graph.browsing.evidence import in_order, view_of
from graph.browsing.values import Fact as Shown
from graph.facts import Claim, Fact, Key, plain
from graph.identity.fusion import THRESHOLD
from graph.identity.traits import traits
from graph.ledger import choosing, verdicts
from graph.ledger.terms import Terms
from graph.rdf.terms import key_node, term
from ontology.iris import iri

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from graph.browsing.values import EvidenceView
    from graph.facts import Value
    from graph.store.base import Source

LOW: Final = 0.85  # a claim of less confidence is weak by that alone
_MOST: Final = 3000  # facts that are looked at closer, those first on which most hangs
_BATCH: Final = 500  # claims asked for at once
_WEAK: Final = """
    SELECT c.about, c.predicate, c.value, c.n, c.subject, c.object, max(c.confidence),
    count(DISTINCT coalesce(a.original, a.n)) AS witnesses
    FROM claims AS c JOIN articles AS a ON a.n = c.n WHERE c.confidence >= ?
    GROUP BY c.about, c.predicate, c.value HAVING witnesses = 1 OR max(c.confidence) < ?
"""


@dataclass(frozen=True, slots=True)
class Weak:
    """A fact that few or weak words support, by the numbers of its key, predicate and value in the ledger.

    `why` are words: `one source`, `low confidence`, `left open` (a part was taken from the article's subject),
    `implausible`. `hanging` counts the articles that speak of its subject and what was inferred from it; `kind` is that
    of its subject, `rules` who read it.
    """

    about: int
    predicate: int
    value: int
    kind: str
    subject: str
    why: frozenset[str]
    hanging: int
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A weak fact in words with its sentences; `claims` (slugs) are what a verdict on it is on.

    `functional` where only one value stands, so that a curator may choose it.
    """

    weak: Weak
    fact: Shown
    claims: tuple[str, ...]
    functional: bool
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """All weak facts of a store, and what is known of implausible ones: IRI -> what is odd."""

    facts: tuple[Weak, ...]
    odd: Mapping[str, str] = field(default_factory=dict)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that read any of them, by name."""
        return tuple(sorted({rule for fact in self.facts for rule in fact.rules}))

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(sorted({fact.kind for fact in self.facts}))

    def of(self, why: str = "", rule: str = "", kind: str = "") -> tuple[Weak, ...]:
        """Those of one sort each, or of any where nothing is given."""
        return tuple(
            fact
            for fact in self.facts
            if why in ("", *fact.why) and rule in ("", *fact.rules) and kind in ("", fact.kind)
        )


@dataclass(slots=True)
class _Candidate:
    about: int
    predicate: int
    value: int
    claim: Claim
    subject: str
    hanging: int
    why: set[str]
    rules: set[str] = field(default_factory=set)


def weak_facts(ledger: sqlite3.Connection, source: Source, odd: Mapping[str, str] | None = None) -> Review:
    """The weak facts of a store but for those that a curator confirmed or chose; `odd`: IRI -> a shape's warning."""
    odd = odd or {}
    found = {claim: one for one in _candidates(ledger, source.base, odd) for claim in (_iri(one.claim, source.base),)}
    _read_claims(source, found)
    ordered = sorted(found.values(), key=lambda one: (-one.hanging, one.subject, one.predicate, one.value))
    return Review(
        tuple(
            Weak(
                one.about,
                one.predicate,
                one.value,
                kind_of(source, one.subject),
                one.subject,
                frozenset(one.why),
                one.hanging,
                tuple(sorted(one.rules)),
            )
            for one in ordered
        ),
        odd,
    )


def in_words(
    ledger: sqlite3.Connection, source: Source, found: Sequence[Weak], odd: Mapping[str, str]
) -> list[Reviewed]:
    """The facts with their sentences, those left out that stand no more or were looked at since."""
    terms = Terms(ledger)
    done = _done(ledger)
    held = {weak: _claims(ledger, terms, weak) for weak in found}
    judged = {weak for weak, claims in held.items() if not claims or _settled(weak, claims, done, terms)}
    slugs = {weak: tuple(claim.slug for claim in held[weak]) for weak in found if weak not in judged}
    views = _views(source, (slug for claims in slugs.values() for slug in claims))
    triples = {
        weak: (weak.subject, terms.text(weak.predicate), term(terms.value(weak.value), source.base).value)
        for weak in slugs
    }
    described = describe(source, {part for s, _, o in triples.values() for part in (s, o) if "://" in part})
    result = []
    for weak, (subject, predicate, value) in triples.items():
        about = described[subject]
        slots = about.placeholders() | {"subject": about.name, "object": object_words(predicate, value, described)}
        words = wording.sentence(about.kind, local(predicate), slots)
        mine = in_order(view for slug in slugs[weak] for view in views.get(iri("claim", slug, source.base), ()))
        fact = Shown(subject, predicate, value, words, mine)
        functional = predicate in traits().functional
        result.append(
            Reviewed(weak, fact, slugs[weak], functional, odd.get(subject) if "implausible" in weak.why else None)
        )
    return result


def _candidates(ledger: sqlite3.Connection, base: str, odd: Mapping[str, str]) -> Iterator[_Candidate]:
    terms = Terms(ledger)
    uses = dict(ledger.execute("SELECT key, count(DISTINCT n) FROM uses GROUP BY key").fetchall())
    rows = ledger.execute(_WEAK, (THRESHOLD, LOW)).fetchall()
    warned = _warned(ledger, terms, base, odd)
    rows.sort(key=lambda row: (row[0] not in warned, -uses.get(row[0], 0), row))
    done, ids = _done(ledger), dict(ledger.execute("SELECT n, id FROM articles").fetchall())
    for about, predicate, value, n, said, object_, confidence, witnesses in rows[:_MOST]:
        key, subject = terms.value(about), terms.value(said)
        if not isinstance(key, Key) or not isinstance(subject, Key):
            continue
        claim = _claim(ids[n], subject, terms.text(predicate), terms.value(object_))
        why = {"one source"} if witnesses == 1 else set()
        why |= {"low confidence"} if confidence < LOW else set()
        why |= {"implausible"} if about in warned else set()
        one = _Candidate(about, predicate, value, claim, key_node(key, base).value, uses.get(about, 0), why)
        if (plain(key), claim.fact.predicate) not in done and _said(claim) not in done:
            yield one


def _warned(ledger: sqlite3.Connection, terms: Terms, base: str, odd: Collection[str]) -> set[int]:
    """The numbers of the keys of which a shape warns."""
    if not odd:
        return set()
    rows = ledger.execute("SELECT DISTINCT about FROM claims").fetchall()
    found = set()
    for (number,) in rows:
        key = terms.value(number)
        if isinstance(key, Key) and key_node(key, base).value in odd:
            found.add(number)
    return found


def _done(ledger: sqlite3.Connection) -> set[tuple[str, ...]]:
    """What a curator has looked at: claims that were confirmed, and properties whose value was chosen."""
    confirmed = {
        (one.article, one.subject, one.predicate, one.object)
        for one in verdicts.every(ledger)
        if one.verdict == "confirmed"
    }
    return confirmed | {(one.subject, one.predicate) for one in choosing.every(ledger)}


def _settled(weak: Weak, claims: Iterable[Claim], done: set[tuple[str, ...]], terms: Terms) -> bool:
    key = terms.value(weak.about)
    chosen = isinstance(key, Key) and (plain(key), terms.text(weak.predicate)) in done
    return chosen or all(_said(claim) in done for claim in claims)


def _said(claim: Claim) -> tuple[str, ...]:
    return claim.article, plain(claim.fact.subject), claim.fact.predicate, plain(claim.fact.object)


def _claims(ledger: sqlite3.Connection, terms: Terms, weak: Weak) -> list[Claim]:
    """All claims that still make the fact."""
    rows = ledger.execute(
        "SELECT a.id, c.subject, c.object FROM claims AS c JOIN articles AS a ON a.n = c.n"
        " WHERE c.about = ? AND c.predicate = ? AND c.value = ? AND c.confidence >= ?",
        (weak.about, weak.predicate, weak.value, THRESHOLD),
    ).fetchall()
    keys = ((article, terms.value(subject), terms.value(value)) for article, subject, value in rows)
    predicate = terms.text(weak.predicate)
    return [_claim(article, key, predicate, value) for article, key, value in keys if isinstance(key, Key)]


def _claim(article: str, subject: Key, predicate: str, value: Value) -> Claim:
    return Claim(article, Fact(subject, predicate, value), (), (), 1.0, "Explicit")


def _iri(claim: Claim, base: str) -> str:
    return iri("claim", claim.slug, base)


def _read_claims(source: Source, found: Mapping[str, _Candidate]) -> None:
    """Adds what the graph has of the claims: how they were read, and what was inferred from them."""
    every = list(found)
    for start in range(0, len(every), _BATCH):
        batch = [URIRef(claim) for claim in every[start : start + _BATCH]]
        for row in source.select(queries.with_values(queries.load("claim-readings"), "claim", batch)):
            one = found[str(row["claim"])]
            if "rule" in row:
                one.rules.add(str(row["rule"]))
            if local(str(row.get("basis", ""))) == "Contextual":
                one.why.add("left open")
        for row in source.select(queries.with_values(queries.load("claim-inferences"), "claim", batch)):
            found[str(row["claim"])].hanging += int(str(row["n"]))


def _views(source: Source, slugs: Iterable[str]) -> dict[str, list[EvidenceView]]:
    """Claim -> its sentences."""
    found: dict[str, list[EvidenceView]] = {}
    claims = [URIRef(iri("claim", slug, source.base)) for slug in slugs]
    if claims:
        for row in source.select(queries.with_values(queries.load("claim-evidence"), "claim", claims)):
            found.setdefault(str(row["claim"]), []).append(view_of(row))
    return found
