"""Which graphs a query is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GraphChoice:
    """Which graphs a query sees, as the SPARQL 1.1 protocol says it; both empty: the union of all as default graph.

    A graph that is not there is an error if `strict`, else it is empty.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    strict: bool = True
