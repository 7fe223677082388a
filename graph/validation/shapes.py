"""The shapes of `ontology/shapes.ttl`, ready to be held against triples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from graph.validation.asking import Inquiry, answers
from graph.validation.compiling import compiled
from graph.validation.triples import TYPE, Nowhere, Triples, Vocabulary
from ontology.resources import SHAPES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from graph.problems import Problem
    from graph.validation.compiling import Query
    from graph.validation.constraints import NodeShape, PropertyShape
    from graph.validation.triples import Entry, Statement, Surroundings, Term

_NOWHERE = Nowhere()
_Passed: TypeAlias = "tuple[PropertyShape, set[Term]]"  # the values that are known to pass its tests


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What is asked of nodes that are alike in their types."""

    nodes: tuple[NodeShape, ...]
    properties: tuple[PropertyShape, ...]
    inquiries: tuple[Inquiry, ...]


class Shapes:
    """Holds triples against the shapes, with the results of a SHACL processor.

    The difference is what it costs: 0.5 ms for an article where pyshacl takes 0.6 s. It is no processor for all of
    SHACL: `compiled` refuses what it does not understand.
    """

    def __init__(self, vocabulary: Iterable[Statement], turtle: bytes | None = None) -> None:
        """`vocabulary` are the triples that are part of every store; `turtle` are other shapes than Podium's own."""
        self._vocabulary = Vocabulary(vocabulary)
        self._targets = compiled(SHAPES.read_bytes() if turtle is None else turtle, self._vocabulary)
        asking: dict[tuple[frozenset[Term], frozenset[str]], list[Query]] = {}
        for target in self._targets:
            asking.setdefault(target.of, []).extend(target.queries)
        self._inquiries = {of: Inquiry.of(queries) for of, queries in asking.items() if queries}
        self._telling = frozenset(name for target in self._targets for name in target.properties)
        self._plans: dict[tuple[tuple[Term, ...], frozenset[str]], _Plan] = {}

    def problems(
        self,
        triples: Iterable[Statement],
        focus: Container[Term] | None = None,
        surroundings: Surroundings = _NOWHERE,
    ) -> list[Problem]:
        """What is wrong with the nodes in `focus`, by default all subjects; sorted, each problem once.

        Of these nodes the triples must hold all that is known, but for what is in the vocabulary. Types and values of
        things they only refer to are looked up in the surroundings where the triples do not tell them.
        """
        data = Triples(triples, focus, self._vocabulary, surroundings)
        found: set[Problem] = set()
        asked: dict[Inquiry, list[Term]] = {}
        started: dict[_Plan, tuple[_Passed, ...]] = {}
        for node, entry in data.whole():
            plan = self._plan(entry)
            for shape in plan.nodes:
                if not all(test(node, data) for test in shape.tests):
                    found.add(shape.problem(node))
            parts = started.get(plan)
            if parts is None:
                parts = started[plan] = tuple((part, set()) for part in plan.properties)
            for part, passed in parts:
                for value in part.offences(entry, data, passed):
                    found.add(part.problem(node, value))
            for inquiry in plan.inquiries:
                asked.setdefault(inquiry, []).append(node)
        found.update(answers(asked, data))
        return sorted(found, key=lambda problem: (problem.severity, problem.about, problem.message))

    def _plan(self, entry: Entry) -> _Plan:
        kinds, telling = tuple(entry.get(TYPE, ())), self._telling.intersection(entry)
        plan = self._plans.get((kinds, telling))
        if plan is None:
            plan = self._plans[kinds, telling] = self._planned(frozenset(kinds), telling)
        return plan

    def _planned(self, kinds: frozenset[Term], telling: frozenset[str]) -> _Plan:
        targets = [target for target in self._targets if target.kinds & kinds or target.properties & telling]
        return _Plan(
            tuple(target.shape for target in targets if target.shape.tests),
            tuple(part for target in targets for part in target.shape.properties),
            tuple({self._inquiries[target.of]: None for target in targets if target.of in self._inquiries}),
        )
