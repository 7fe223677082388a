"""What a change made of the triples: which came, which went, and which only have another value now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    import pyoxigraph as ox

    from graph.rdf.terms import Triple


@dataclass(frozen=True, slots=True)
class Alteration:
    """A property that has one value at a time had `before` and has `after`; several values where they are disputed."""

    subject: ox.NamedNode
    predicate: str
    before: tuple[ox.NamedNode | ox.Literal, ...]
    after: tuple[ox.NamedNode | ox.Literal, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Triples that came and went, in a stable order; those that altered are in neither list."""

    gained: tuple[Triple, ...] = ()
    lost: tuple[Triple, ...] = ()
    altered: tuple[Alteration, ...] = ()

    @property
    def triples(self) -> Iterator[Triple]:
        """All triples in it, each alteration as one for each value before and after."""
        yield from self.gained
        yield from self.lost
        for item in self.altered:
            yield from ((item.subject, item.predicate, value) for value in (*item.before, *item.after))

    def __bool__(self) -> bool:
        return bool(self.gained or self.lost or self.altered)


def compare(lost: Iterable[Triple], gained: Iterable[Triple], functional: Collection[str]) -> Comparison:
    """Sorts out what came and went; `functional` are the IRIs of the properties that have one value at a time.

    What is in both lists did not change.
    """
    before, after = _by_property(set(lost)), _by_property(set(gained))
    came: list[Triple] = []
    went: list[Triple] = []
    altered: list[Alteration] = []
    for subject, predicate in sorted(before.keys() | after.keys(), key=lambda key: (key[0].value, key[1])):
        old = before.get((subject, predicate), set())
        new = after.get((subject, predicate), set())
        olds, news = (tuple(sorted(values, key=str)) for values in (old - new, new - old))
        if olds and news and predicate in functional:
            altered.append(Alteration(subject, predicate, olds, news))
        else:
            went += [(subject, predicate, value) for value in olds]
            came += [(subject, predicate, value) for value in news]
    return Comparison(tuple(came), tuple(went), tuple(altered))


def _by_property(triples: Iterable[Triple]) -> dict[tuple[ox.NamedNode, str], set[ox.NamedNode | ox.Literal]]:
    found: defaultdict[tuple[ox.NamedNode, str], set[ox.NamedNode | ox.Literal]] = defaultdict(set)
    for subject, predicate, value in triples:
        found[subject, predicate].add(value)
    return found
