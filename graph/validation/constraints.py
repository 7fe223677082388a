"""Compiled shapes: what must hold of a node, and of the values at a path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.problems import Severity
    from graph.validation.triples import Entry, Term, Triples
    from graph.validation.values import Pair, Test

_NONE: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PropertyShape:
    """So many values at a path (IRIs of one property after the other), each passing the tests, and no bad pairs.

    Tests look at the value alone, and not at the node it belongs to.
    """

    path: tuple[str, ...]
    least: int
    most: float
    tests: tuple[Test, ...]
    pairs: tuple[Pair, ...]
    severity: Severity
    message: str

    def offences(self, entry: Entry, data: Triples, passed: set[Term]) -> Sequence[Term | None]:
        """The values of a node that are wrong; None for a wrong number of them. Those in `passed` pass the tests."""
        values: Sequence[Term] = entry.get(self.path[0], _NONE)
        if len(self.path) > 1:
            values = self._further(values, data)
        count = len(values)
        found: Sequence[Term | None] = _NONE
        if count < self.least or count > self.most:
            found = [None]
        if self.tests:
            for value in values:
                if value not in passed:
                    if self._passes(value, data):
                        passed.add(value)
                    else:
                        found = [*found, value]
        for pair in self.pairs:
            found = [*found, *pair(values, entry)]
        return found

    def _passes(self, value: Term, data: Triples) -> bool:
        for test in self.tests:  # noqa: SIM110  # `all` of a generator takes twice as long
            if not test(value, data):
                return False
        return True

    def problem(self, node: Term, value: Term | None) -> Problem:
        where = f"{self.path[0].rpartition('#')[2].rpartition('/')[2]}: " if len(self.path) == 1 else ""
        what = "" if value is None else f" (found {_plain(value)})"
        return Problem(self.severity, "shape", _plain(node), f"{where}{self.message}{what}")

    def _further(self, values: Sequence[Term], data: Triples) -> list[Term]:
        for step in self.path[1:]:
            values = [far for value in values for far in data.entry(value).get(step, ())]
        return list(dict.fromkeys(values))


@dataclass(frozen=True, slots=True, eq=False)
class NodeShape:
    """What must hold of a node: tests of itself, and shapes of its properties."""

    tests: tuple[Test, ...]
    properties: tuple[PropertyShape, ...]
    severity: Severity
    message: str

    def conforms(self, node: Term, data: Triples) -> bool:
        entry = data.entry(node)
        return all(test(node, data) for test in self.tests) and not any(
            shape.offences(entry, data, set()) for shape in self.properties
        )

    def problem(self, node: Term) -> Problem:
        return Problem(self.severity, "shape", _plain(node), self.message)


def _plain(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
