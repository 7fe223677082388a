"""What came, went and altered, in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.browsing import wording
from graph.browsing.describing import describe, local, object_words
from graph.browsing.values import Piece, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.browsing.describing import Described
    from graph.rdf.comparing import Alteration, Comparison
    from graph.rdf.terms import Triple
    from graph.store.base import Source


@dataclass(frozen=True, slots=True)
class Changed:
    """A triple that came or went, or a property that altered: `before` and `after` are IRIs or lexical forms."""

    subject: str
    predicate: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    text: Words


@dataclass(frozen=True, slots=True)
class Changes:
    altered: tuple[Changed, ...] = ()
    lost: tuple[Changed, ...] = ()
    gained: tuple[Changed, ...] = ()


def in_words(source: Source, comparison: Comparison, known: Iterable[Triple]) -> Changes:
    """The comparison for people. `known` tells what things were called that the source may not hold any more."""
    if not comparison:
        return Changes()
    described = _described(source, comparison, known)

    def one(triple: Triple, *, came: bool) -> Changed:
        subject, predicate, value = triple
        values = (value.value,)
        text = _sentence(described, subject.value, predicate, values)
        return Changed(subject.value, predicate, () if came else values, values if came else (), text)

    def altered(item: Alteration) -> Changed:
        before, after = (tuple(value.value for value in values) for values in (item.before, item.after))
        text = _sentence(described, item.subject.value, item.predicate, after)
        was = _values(described, item.subject.value, item.predicate, before)
        return Changed(item.subject.value, item.predicate, before, after, (*text, Piece(" (was "), *was, Piece(")")))

    return Changes(
        tuple(map(altered, comparison.altered)),
        tuple(one(triple, came=False) for triple in comparison.lost),
        tuple(one(triple, came=True) for triple in comparison.gained),
    )


def _sentence(described: dict[str, Described], subject: str, predicate: str, values: tuple[str, ...]) -> Words:
    about = described[subject]
    slots = about.placeholders() | {"subject": about.name, "object": _objects(described, predicate, values)}
    return wording.sentence(about.kind, local(predicate), slots)


def _values(described: dict[str, Described], subject: str, predicate: str, values: tuple[str, ...]) -> Words:
    return wording.value(described[subject].kind, local(predicate), _objects(described, predicate, values))


def _objects(described: dict[str, Described], predicate: str, values: tuple[str, ...]) -> Words:
    found: list[Piece] = []
    for value in values:
        found += [Piece(" or ")] if found else []
        found += object_words(predicate, value, described)
    return tuple(found)


def _described(source: Source, comparison: Comparison, known: Iterable[Triple]) -> dict[str, Described]:
    """All that the triples are about, as the source has it and, where it has nothing, as `known` says."""
    told: defaultdict[str, defaultdict[str, set[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in known:
        told[subject.value][local(predicate)].add(value)
    triples = list(comparison.triples)
    subjects = {subject.value for subject, _, _ in triples}
    things = subjects | {value.value for _, _, value in triples if isinstance(value, ox.NamedNode)}
    parts = {
        value.value
        for thing in things
        for values in told[thing].values()
        for value in values
        if isinstance(value, ox.NamedNode)
    }
    found = describe(source, things | parts)
    for kind in (ox.Literal, ox.NamedNode):  # names first, as the other slots hold those of other things
        for thing in things | parts:
            slots = {
                slot: {value for value in values if isinstance(value, kind)} for slot, values in told[thing].items()
            }
            found[thing] = _filled(found[thing], slots, found)
    return found


def _filled(
    thing: Described, told: dict[str, set[ox.NamedNode | ox.Literal]], described: dict[str, Described]
) -> Described:
    """The thing with the slots that only `told` has."""

    def piece(value: ox.NamedNode | ox.Literal) -> Piece:
        if isinstance(value, ox.Literal):
            return Piece(value.value)
        return Piece(described[value.value].label if value.value in described else local(value.value), value.value)

    more = {
        slot: tuple(sorted(map(piece, values), key=lambda one: one.text))
        for slot, values in told.items()
        if values and slot not in thing.slots
    }
    return replace(thing, slots=thing.slots | more) if more else thing
