"""What answers SPARQL: the store on disk, or a remote endpoint. A deliberately small interface with two backends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import QueryResultsFormat, RdfFormat
from rdflib.term import Node

from graph.sparql.choice import GraphChoice as GraphChoice  # noqa: TC001  # also had from here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rdflib import Graph

Row = dict[str, Node]  # variable name without "?" -> term; unbound variables are absent


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a SELECT: variables in the order of the query, and its rows."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def _uncounted() -> int | None:
    return None


@dataclass(frozen=True, slots=True)
class Answer:
    """A serialised answer: `format` says which; `chunks` are read once.

    `rows` gives after the last chunk how many solutions or triples there were, None where nobody has counted.
    """

    format: QueryResultsFormat | RdfFormat
    chunks: Iterator[bytes]
    rows: Callable[[], int | None] = _uncounted


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query or update may use: seconds from being asked to its last row, bytes of memory, bytes of answer."""

    seconds: float = 30.0
    memory: int = 512 << 20
    output: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Change:
    """What a write changed, for whoever holds a copy of the quads to follow.

    Graphs to drop (by IRI; "" is the unnamed one), then quads to remove and quads to add, as N-Quads with their blank
    nodes' own names; then an update to replay, which needs neither base nor known prefixes and gives the same quads
    wherever it runs.
    """

    drop: tuple[str, ...] = ()
    remove: bytes = b""
    add: bytes = b""
    update: str | None = None


class Source(Protocol):
    """Answers SPARQL 1.1 queries over the union of all graphs.

    Plain strings come back as rdflib literals without a datatype. `bindings` fixes variables to terms without joining
    strings. All methods raise QuerySyntaxError (place included), QueryRefusedError (SERVICE, remote FROM) or, for a
    remote source, EndpointError.
    """

    @property
    def base(self) -> str:
        """The data namespace, e.g. `https://w3id.org/podium/id/`."""

    @property
    def version(self) -> str | None:
        """Changes with every write; None where that cannot be known."""

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Rows: ...

    def ask(self, query: str, bindings: Mapping[str, Node] | None = None) -> bool: ...

    def construct(self, query: str, bindings: Mapping[str, Node] | None = None) -> Graph: ...

    def answer(
        self,
        query: str,
        *,
        results: QueryResultsFormat = QueryResultsFormat.JSON,
        graphs: RdfFormat = RdfFormat.TURTLE,
        choice: GraphChoice | None = None,
        union: bool = True,
    ) -> Answer:
        """The serialised answer, in `results` for SELECT and ASK, in `graphs` for CONSTRUCT and DESCRIBE.

        A query that chooses no graphs sees as default graph the union of all, or without `union` the unnamed one.
        """
