"""A store behind processes, as a `Source` that is also written to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox
from pyoxigraph import QueryResultsFormat, RdfFormat

from graph.engine.mixing import MOST_BYTES, answer_mixed
from graph.engine.readers import Readers
from graph.engine.settings import EngineSettings
from graph.engine.writing import Writes
from graph.sparql.checking import check_query, harmless
from graph.sparql.linting import streams
from graph.store import results as converted
from graph.store.binding import bound

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType

    from rdflib import Graph
    from rdflib.term import Node

    from graph.engine.desks import Desk, Desks
    from graph.store.base import Answer, Change, GraphChoice, Limits, Rows


class Engine(Writes):
    """The store of a service: one process writes it, others read it, each query as of the last write answered for.

    Writing is as `Writes` has it. Reading raises also LimitError, TooBusyError, ClientGoneError and ReaderLostError.
    """

    def __init__(self, path: Path, settings: EngineSettings, *, base: str | None = None) -> None:
        """As `start`."""
        self._readers: Readers | None = None
        super().__init__(path, settings, base=base, committed=self._told)
        try:
            self._readers = Readers(settings, self.snapshot, self._prefixes)
        except BaseException:
            self.close()
            raise

    @classmethod
    def start(cls, path: Path, settings: EngineSettings | None = None, *, base: str | None = None) -> Self:
        """Opens the store, or makes an empty one, and starts its processes; `base` is the data namespace of a new one.

        Raises StoreBusyError, StoreVersionError or StoreError.
        """
        return cls(path, settings or EngineSettings(), base=base)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Rows:
        return converted.rows(self._found(query, bindings))

    def ask(self, query: str, bindings: Mapping[str, Node] | None = None) -> bool:
        return converted.truth(self._found(query, bindings))

    def construct(self, query: str, bindings: Mapping[str, Node] | None = None) -> Graph:
        return converted.graph(self._found(query, bindings), self._prefixes)

    def answer(
        self,
        query: str,
        *,
        results: QueryResultsFormat = QueryResultsFormat.JSON,
        graphs: RdfFormat = RdfFormat.TURTLE,
        choice: GraphChoice | None = None,
        union: bool = True,
        limits: Limits | None = None,
        gone: Callable[[], bool] | None = None,
        explicit_timeout: bool = False,
    ) -> Answer:
        """The serialised answer. Reading the chunks of a long one may raise what else is raised here; close them.

        With `explicit_timeout`, and where a query may end late, the answer is complete before its first chunk is given.
        """
        checked = check_query(query, self._prefixes, self._remote)
        chosen = choice if choice is not None and (choice.default or choice.named) else checked.choice
        if chosen is not None and self._fetched(chosen):
            return answer_mixed(
                checked.text,
                chosen,
                self._remote,
                self._graph,
                self._prefixes,
                results=results,
                graphs=graphs,
                limits=limits or self._limits,
                gone=gone,
            )
        return self._reading.answer(
            checked.text,
            results=results,
            graphs=graphs,
            choice=chosen,
            union=union,
            limits=limits,
            streams=lambda: not explicit_timeout and streams(query),
            gone=gone,
        )

    def may_be_quick(self, query: str) -> bool:
        """Whether a query may be given to a desk: it can do no harm, and has not been slow before."""
        return harmless(query) and not self._reading.is_slow(query)

    def desks(
        self, *, union: bool, longest: int, opened: Callable[[Desk], None], closed: Callable[[Desk], None]
    ) -> Desks:
        """As `Readers.desks`."""
        return self._reading.desks(union=union, longest=longest, opened=opened, closed=closed)

    def _fetched(self, choice: GraphChoice) -> bool:
        """Whether one of the graphs is to be had from another host."""
        if not self._remote.hosts:
            return False
        return any(self._remote.allows(iri) and not self._has(iri) for iri in (*choice.default, *choice.named))

    def _has(self, iri: str) -> bool:
        return self.ask(f"ASK {{ GRAPH {ox.NamedNode(iri)} {{ ?s ?p ?o }} }}")

    def _graph(self, iri: str) -> bytes | None:
        """A graph of the store as N-Triples; None where there is none."""
        if not self._has(iri):
            return None
        query = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH {ox.NamedNode(iri)} {{ ?s ?p ?o }} }}"
        limits = replace(self._limits, output=MOST_BYTES)
        answer = self.answer(query, graphs=RdfFormat.N_TRIPLES, limits=limits, explicit_timeout=True)
        return b"".join(answer.chunks)

    def stats(self) -> dict[str, Any]:
        """How it is doing: `writer` and `readers` (see `Readers.stats`)."""
        return {"writer": super().stats(), "readers": self._reading.stats()}

    def close(self) -> None:
        """Ends all processes; the write under way is finished first."""
        if self._readers is not None:
            self._readers.close()
        super().close()

    def _found(self, query: str, bindings: Mapping[str, Node] | None) -> converted.Found:
        answer = self.answer(bound(query, bindings), graphs=RdfFormat.N_TRIPLES, explicit_timeout=True)
        body = b"".join(answer.chunks)
        if isinstance(answer.format, RdfFormat):
            return [quad.triple for quad in ox.parse(body, answer.format)]
        return ox.parse_query_results(body, answer.format)

    @property
    def _reading(self) -> Readers:
        if self._readers is None:
            raise RuntimeError("the engine has not been started")
        return self._readers

    def _told(self, version: str, change: Change | None) -> None:
        if self._readers is not None:
            self._readers.committed(version, change)

    def _wants_snapshot(self) -> bool:
        return self._reading.on_disk and super()._wants_snapshot()
