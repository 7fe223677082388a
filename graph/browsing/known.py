"""What the queries for a card brought, and the facts of a card made out of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.browsing import results, wording
from graph.browsing.describing import Described, local, object_words
from graph.browsing.evidence import Support, Triple
from graph.browsing.values import Fact, Piece, Section
from ontology.iris import NS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rdflib.term import Node as Term

    from graph.browsing.results import Node
    from graph.browsing.ties import Tie

SHOWN = 200  # lines of one section; the rest is counted, and there for a query
# Properties that a card does not list: names, keys, what other sections say better, the machinery of evidence.
_SILENT = frozenset(
    {"label", "prefLabel", "nameKey", "altLabel", "isReplacedBy", "wasGeneratedBy", "key", "sortKey", "inScheme"}
)


@dataclass(frozen=True, slots=True)
class Known:
    """All that the queries brought for one card; `described` holds whatever the facts name."""

    iri: str
    direct: tuple[tuple[str, Term], ...]
    ties: tuple[Tie, ...]
    nodes: tuple[Node, ...]
    described: dict[str, Described]
    support: Support
    result: str | None = None  # what a medal was won with

    def stated(self, wanted: Callable[[str], bool]) -> tuple[Fact, ...]:
        """The triples of the entity itself whose property (local name) is wanted."""
        return tuple(
            self._fact(predicate, value)
            for predicate, value in sorted(self.direct, key=lambda pair: (pair[0], str(pair[1])))
            if wanted(local(predicate)) and local(predicate) not in _SILENT
        )

    def tied(self, properties: Iterable[str]) -> tuple[Fact, ...]:
        """The ties by any of the properties (local names), by name within each."""
        wanted = frozenset(properties)
        return tuple(
            self.of_tie(tie)
            for tie in sorted(self.ties, key=lambda tie: (tie.predicate, self.described[tie.object].label))
            if local(tie.predicate) in wanted
        )

    def of_tie(self, tie: Tie) -> Fact:
        """A tie of the entity in words."""
        return self._on_card(tie.fact(self.described, self.support))

    def noded(self, type_name: str, slots: tuple[str, ...]) -> tuple[Fact, ...]:
        """What nodes of one class say: the first slot that a node has."""
        return tuple(
            self._on_card(results.node_fact(node, slot, value, self.described, self.support))
            for node in self.nodes
            if type_name in node.types
            for slot in [slot for slot in slots if slot in node.values][:1]
            for value in node.values[slot]
        )

    def medals(self) -> tuple[Fact, ...]:
        """Medals, each with the evidence of the result's colour."""
        by_medal = {medal: node for node in self.nodes for medal in node.values.get("medal", ())}
        facts = []
        for predicate, value in sorted(self.direct, key=lambda pair: str(pair[1])):
            if local(predicate) == "wonMedal" and (node := by_medal.get(str(value))):
                colour = Triple(node.iri, NS + "medalColour", node.first("medalColour") or "")
                slots = {"subject": self.described[self.iri].name, "object": self.described[str(value)].name}
                facts.append(
                    self._on_card(
                        Fact(
                            self.iri,
                            predicate,
                            str(value),
                            wording.sentence("person", "wonMedal", slots),
                            self.support.of(colour),
                            dispute=self.support.dispute(colour.subject, colour.predicate),
                            derived=self.support.rule(colour),
                            claimed=(colour.subject, colour.predicate),
                            counted=self.support.count(colour),
                        )
                    )
                )
        return tuple(facts)

    def _fact(self, predicate: str, value: Term) -> Fact:
        triple = self._claimed(Triple(self.iri, predicate, str(value)))
        subject = self.described[self.iri]
        slots = subject.placeholders() | {
            "subject": subject.name,
            "object": object_words(predicate, str(value), self.described),
        }
        return self._on_card(
            Fact(
                self.iri,
                predicate,
                str(value),
                wording.sentence(subject.kind, local(predicate), slots),
                self.support.of(triple),
                dispute=self.support.dispute(triple.subject, triple.predicate),
                derived=self.support.rule(triple),
                claimed=(triple.subject, triple.predicate),
                counted=self.support.count(triple),
            )
        )

    def _claimed(self, triple: Triple) -> Triple:
        """The triple that articles claim when they say this: of a medal, the colour that a result has."""
        if self.result is None and local(triple.predicate) != "medal":
            return triple
        colour = next((str(value) for predicate, value in self.direct if local(predicate) == "medalColour"), "")
        return Triple(self.result or self.iri, NS + "medalColour", colour)

    def _on_card(self, fact: Fact) -> Fact:
        """The fact without the entity's own name at its start, which the card bears as its heading."""
        if fact.text and fact.text[0].iri == self.iri and len(fact.text) > 1:
            second = fact.text[1].text.lstrip(" :,")
            return replace(fact, text=(Piece(second, fact.text[1].iri), *fact.text[2:]))
        return fact


def section(heading: str, facts: tuple[Fact, ...]) -> Section:
    """A section of a card, cut at `SHOWN` facts."""
    return Section(heading, facts[:SHOWN], total=len(facts))
