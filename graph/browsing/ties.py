"""Direct ties between entities (coaching, clubs, family, training) and the claims behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from graph import queries
from graph.browsing import wording
from graph.browsing.describing import Described, local
from graph.browsing.evidence import Support, Triple
from graph.browsing.values import Fact, Words
from ontology.iris import NS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.store.base import Row, Source

_STATUS, _FORMER = NS + "status", NS + "Former"
# What two are in a coaching or membership -> the property that ties the first to the second: now, and formerly.
_TIED: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("coach", "athlete"): ("coaches", "formerlyCoached"),
    ("athlete", "coach"): ("coachedBy", "formerlyCoachedBy"),
    ("athlete", "club"): ("memberOf", "formerMemberOf"),
    ("club", "athlete"): ("hasMember", "hadMember"),
}


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge seen from `subject`; `node` is the coaching or membership it is a view of."""

    subject: str
    predicate: str
    object: str
    node: str | None = None
    status: str | None = None

    def seen_from(self, end: str) -> Tie:
        """The same tie with `end`, one of the two, as its subject."""
        inverse = wording.inverse_of(local(self.predicate))
        if self.subject == end or inverse is None:
            return self
        return Tie(self.object, NS + inverse, self.subject, self.node, self.status)

    @property
    def claimed(self) -> Triple:
        """The triple that articles claim when they say this."""
        if self.node and self.status:
            return Triple(self.node, _STATUS, self.status)
        return Triple(self.subject, self.predicate, self.object)

    @property
    def former(self) -> bool:
        """Whether it has ended."""
        return self.status == _FORMER

    @property
    def subjects(self) -> tuple[str, ...]:
        """Whose claims to load for the evidence."""
        return (self.node,) if self.node else (self.subject, self.object)

    def words(self, described: dict[str, Described]) -> Words:
        slots = {"subject": described[self.subject].name, "object": described[self.object].name}
        return wording.sentence(described[self.subject].kind, local(self.predicate), slots)

    def fact(self, described: dict[str, Described], support: Support) -> Fact:
        claimed = self.claimed
        return Fact(
            self.subject,
            self.predicate,
            self.object,
            self.words(described),
            support.of(claimed),
            status=local(self.status).lower() if self.status else None,
            dispute=support.dispute(claimed.subject, claimed.predicate),
            derived=support.rule(claimed),
            claimed=(claimed.subject, claimed.predicate),
            counted=support.count(claimed),
        )


def of_node(node: str, roles: tuple[str, str], ends: tuple[str, str], status: str | None) -> Tie:
    """The tie that a coaching or membership makes of its ends, seen from the first; `roles` are theirs in it."""
    now, formerly = _TIED[roles]
    return Tie(ends[0], NS + (formerly if status == _FORMER else now), ends[1], node, status)


def load(source: Source, iris: Iterable[str]) -> tuple[Tie, ...]:
    """All ties of the given entities, in a stable order."""
    query = queries.with_values(queries.load("ties"), "x", [URIRef(iri) for iri in iris])
    return in_order(map(_tie, source.select(query)))


def in_order(found: Iterable[Tie]) -> tuple[Tie, ...]:
    """Each tie once, by its ends."""
    return tuple(sorted(set(found), key=lambda tie: (tie.subject, tie.predicate, tie.object, tie.node or "")))


def _tie(row: Row) -> Tie:
    ends = str(row["x"]), str(row["y"])
    if "node" not in row:
        return Tie(ends[0], str(row["p"]), ends[1])
    status = str(row["status"]) if "status" in row else None
    return of_node(str(row["node"]), (local(str(row["role"])), local(str(row["p"]))), ends, status)
