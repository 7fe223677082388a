"""Direct ties between entities (coaching, clubs, family, training) and the claims behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import wording
from graph.browsing.describing import Described, local
from graph.browsing.evidence import Support, Triple
from graph.browsing.values import Fact, Words
from ontology.iris import NS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store.base import Source

_STATUS = NS + "status"


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
        return self.status == NS + "Former"

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


def load(source: Source, iris: Iterable[str]) -> tuple[Tie, ...]:
    """All ties of the given entities, in a stable order."""
    query = queries.with_values(queries.load("ties"), "x", [URIRef(iri) for iri in iris])
    found = {
        Tie(
            str(row["x"]),
            str(row["p"]),
            str(row["y"]),
            str(row["node"]) if "node" in row else None,
            str(row["status"]) if "status" in row else None,
        )
        for row in source.select(query)
    }
    return tuple(sorted(found, key=lambda tie: (tie.subject, tie.predicate, tie.object, tie.node or "")))
