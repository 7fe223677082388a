"""All sentences that say one thing: a property of a thing with its values, each sentence of each article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.browsing import evidence, wording
from graph.browsing.describing import describe, local, object_words
from graph.browsing.values import Fact
from graph.errors import LookupFailedError

if TYPE_CHECKING:
    from graph.browsing.values import Entity
    from graph.store.base import Source


@dataclass(frozen=True, slots=True)
class Said:
    """What articles say of one property of `about`: a fact for each value, those with the most articles first."""

    about: Entity
    property: str
    facts: tuple[Fact, ...]


def said(source: Source, subject: str, predicate: str) -> Said:
    """Everything claimed with a subject and property (IRIs); raises LookupFailedError where there is nothing."""
    support = evidence.load(source, [subject])
    found = {triple: views for triple, views in support.views.items() if triple.predicate == predicate}
    if not found:
        raise LookupFailedError(subject, f"no article says the {local(predicate)} of {subject}.")
    values = {triple.object for triple in found}
    described = describe(source, {subject, *(value for value in values if "://" in value)})
    about = described[subject]
    facts = []
    for triple, views in found.items():
        slots = about.placeholders() | {
            "subject": about.name,
            "object": object_words(predicate, triple.object, described),
        }
        text = wording.sentence(about.kind, local(predicate), slots)
        dispute = support.dispute(subject, predicate)
        facts.append(
            Fact(subject, predicate, triple.object, text, views, dispute=dispute, derived=support.rule(triple))
        )
    facts.sort(key=lambda fact: (-fact.articles, fact.object))
    return Said(about.entity, wording.property_name(local(predicate)), tuple(facts))
