"""What a claim, a derived claim, a conflict or a curator's choice is about: the triple in words with its sentences."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.browsing import evidence, wording
from graph.browsing.describing import describe, local, object_words
from graph.browsing.values import Fact, Section, plain

if TYPE_CHECKING:
    from rdflib.term import Node

    from graph.browsing.evidence import Triple
    from graph.browsing.values import EvidenceView
    from graph.store.base import Source

KINDS = frozenset({"claim", "derived", "conflict", "choice"})
# What the section here says in words, so that a card need not list it again.
SAID = frozenset(
    {
        "subject",
        "predicate",
        "object",
        "evidence",
        "conflictSubject",
        "conflictProperty",
        "conflictingClaim",
        "decidedBy",
    }
)


def stated(source: Source, iri: str, kind: str, direct: tuple[tuple[str, Node], ...]) -> tuple[str, Section] | None:
    """A title and a section with the triples (several for a conflict); None if the statement names no subject."""
    values: dict[str, list[str]] = defaultdict(list)
    for name, value in direct:
        values[local(name)].append(str(value))
    subject = next(iter(values["subject"] or values["conflictSubject"]), None)
    predicate = next(iter(values["predicate"] or values["conflictProperty"]), None)
    if subject is None or predicate is None:
        return None
    if kind == "choice":
        return _chosen(source, subject, predicate, next(iter(values["object"]), ""))
    claims = {"claim": {iri}, "derived": set(values["wasDerivedFrom"]), "conflict": set(values["conflictingClaim"])}
    facts = _facts(source, subject, predicate, claims[kind])
    if kind == "conflict":
        about = describe(source, [subject])[subject].label
        title = f"Disagreement on the {wording.property_name(local(predicate))} of {about}"
        return title, Section("What articles say", facts, total=len(facts))
    title = " / ".join(plain(fact.text) for fact in facts) or local(iri)
    return title, Section("What it says", facts, total=len(facts))


def _chosen(source: Source, subject: str, predicate: str, value: str) -> tuple[str, Section]:
    facts = tuple(fact for fact in _facts(source, subject, predicate, None) if fact.object == value)
    about = describe(source, [subject])[subject].label
    title = f"A curator's choice of the {wording.property_name(local(predicate))} of {about}"
    return title, Section("What was chosen", facts, total=len(facts))


def _facts(source: Source, subject: str, predicate: str, claims: set[str] | None) -> tuple[Fact, ...]:
    """The triples of one subject and property that any of the claims supports, with only their evidence.

    All claims count without `claims`.
    """
    support = evidence.load(source, [subject])
    kept: dict[Triple, tuple[EvidenceView, ...]] = {}
    for triple, views in support.views.items():
        mine = tuple(view for view in views if claims is None or view.claim in claims)
        if mine and triple.predicate == predicate:
            kept[triple] = mine
    described = describe(source, {subject, *(triple.object for triple in kept if "://" in triple.object)})
    facts = []
    for triple, mine in sorted(kept.items(), key=lambda pair: pair[0].object):
        slots = described[subject].placeholders() | {
            "subject": described[subject].name,
            "object": object_words(predicate, triple.object, described),
        }
        text = wording.sentence(described[subject].kind, local(predicate), slots)
        dispute = support.dispute(subject, predicate)
        facts.append(Fact(subject, predicate, triple.object, text, mine, dispute=dispute, derived=support.rule(triple)))
    return tuple(facts)
