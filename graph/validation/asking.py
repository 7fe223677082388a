"""The constraints that are queries: asked once for many nodes, of a small store with what the queries can see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.problems import Problem
from graph.validation.triples import TYPE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graph.validation.compiling import Query
    from graph.validation.triples import Term, Triples

_PREFIX: Final = re.compile(r"PREFIX (\w+): <(.*?)>\n")
_NAME: Final = re.compile(r"<([^>\s]+)>|\b(\w+):(\w+)|(?<=\s)(a)(?=\s)")
_OPENING: Final = re.compile(r"[{.]\s*\?(\w+)\s+(\S+)\s+([?$]\w+)")  # `{ ?y ath:race ?r`
_ANY_PREDICATE: Final = re.compile(r"[{.;]\s*[?$]\w+\s+[?$]|;\s*[?$]")
_OBJECT: Final = re.compile(r"\s\?(\w+)\s*[;.,}]")


@dataclass(frozen=True, slots=True, eq=False)
class Inquiry:
    """Queries about the same nodes.

    `predicates` are all that the queries name. `to_nodes` and `to_values` are those they follow backwards: to the nodes
    they are about, and to what these have as a value of the same predicate.
    """

    queries: tuple[Query, ...]
    predicates: frozenset[ox.NamedNode]
    to_nodes: frozenset[str]
    to_values: frozenset[str]

    @classmethod
    def of(cls, queries: Iterable[Query]) -> Inquiry:
        queries = tuple(queries)
        names: set[str] = set()
        backwards: set[tuple[str, bool]] = set()
        for query in queries:
            prefixes = dict(_PREFIX.findall(query.sparql))
            body = _PREFIX.sub("", query.sparql)
            if _ANY_PREDICATE.search(body):
                raise ValueError(f"a query that follows any property sees too little: {body}")
            names |= {_iri(found, prefixes) for found in _NAME.finditer(body)}
            objects = set(_OBJECT.findall(body))
            backwards |= {
                (_iri(found, prefixes), value == "$this")
                for subject, predicate, value in _OPENING.findall(body)
                if subject not in objects and (found := _NAME.fullmatch(predicate))
            }
        return cls(
            queries,
            frozenset(ox.NamedNode(name) for name in names),
            frozenset(name for name, to_node in backwards if to_node),
            frozenset(name for name, to_node in backwards if not to_node),
        )

    def visible(self, nodes: Iterable[Term], data: Triples) -> Iterator[ox.Quad]:
        """All triples that the queries can look at when they are asked of these nodes."""
        ahead = list(nodes)
        for name in self.to_nodes:
            ahead += [far for node in nodes if isinstance(node, ox.NamedNode) for far in data.leading(name, node)]
        seen, led = set(ahead), set()
        predicates = [(predicate.value, predicate) for predicate in self.predicates]
        while ahead:
            node = ahead.pop()
            if isinstance(node, ox.Literal | ox.Triple):
                continue
            entry = data.entry(node)
            for name, predicate in predicates:
                for value in entry.get(name, ()):
                    yield ox.Quad(node, predicate, value)
                    further = [value]
                    if name in self.to_values and isinstance(value, ox.NamedNode) and value not in led:
                        led.add(value)
                        further += data.leading(name, value)
                    ahead += [far for far in further if far not in seen]
                    seen.update(further)


def answers(asked: Mapping[Inquiry, Collection[Term]], data: Triples) -> Iterator[Problem]:
    """What the queries find wrong with the nodes each is asked about."""
    store = ox.Store()
    store.extend(quad for inquiry, nodes in asked.items() for quad in inquiry.visible(nodes, data))
    for inquiry, nodes in asked.items():
        wanted = set(nodes)
        for query in inquiry.queries:
            found = store.query(query.sparql)
            if not isinstance(found, ox.QuerySolutions):
                raise TypeError(f"not a SELECT: {query.sparql}")
            for node in {solution["this"] for solution in found} & wanted:
                yield Problem(query.severity, "shape", node.value, query.message)


def _iri(found: re.Match[str], prefixes: dict[str, str]) -> str:
    full, prefix, local, is_type = found.groups()
    if is_type:
        return TYPE
    return str(full) if full else prefixes.get(prefix, "") + local
