"""Oxigraph's results as rdflib's values or as serialised answers, alike for both backends."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, TypeAlias

import pyoxigraph as ox
from pyoxigraph import QueryResultsFormat, RdfFormat
from rdflib import Graph

from graph.errors import QueryError
from graph.store.base import Answer, Row, Rows
from graph.store.terms import from_ox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Found: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | list[ox.Triple]

# Oxigraph's results may only be freed by the thread that made them, and the traceback of an exception keeps the
# variables of every frame it passed for whichever thread collects it. So each function here lets go of `found` before
# it raises, and raises anew what Oxigraph raised. Rows and triples are worked out while they are read: failures come
# there.

_CHUNK = 1 << 16  # bytes
_IN_MEMORY = 8 << 20  # bytes of an answer kept in memory before it goes to a temporary file


def rows(found: Found) -> Rows:
    """The rows of a SELECT; raises QueryError for the answer to another form."""
    failure = QueryError("not a SELECT query")
    try:
        if isinstance(found, ox.QuerySolutions):
            names = tuple(variable.value for variable in found.variables)
            return Rows(names, tuple(_row(names, solution) for solution in found))
    except (RuntimeError, ValueError, QueryError) as error:
        failure = _failure(error)
    del found
    raise failure


def truth(found: Found) -> bool:
    """The answer of an ASK; raises QueryError for the answer to another form."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    del found
    raise QueryError("not an ASK query")


def graph(found: Found, prefixes: Mapping[str, str]) -> Graph:
    """The graph of a CONSTRUCT or DESCRIBE; raises QueryError for the answer to another form."""
    failure = QueryError("not a CONSTRUCT or DESCRIBE query")
    try:
        if not isinstance(found, ox.QuerySolutions | ox.QueryBoolean):
            result = Graph()
            for prefix, namespace in prefixes.items():
                result.bind(prefix, namespace, override=True, replace=True)
            for triple in found:
                result.add((from_ox(triple.subject), from_ox(triple.predicate), from_ox(triple.object)))
            return result
    except (RuntimeError, ValueError, QueryError) as error:
        failure = _failure(error)
    del found
    raise failure


def serialised(found: Found, results: QueryResultsFormat, graphs: RdfFormat, prefixes: Mapping[str, str]) -> Answer:
    """The answer written out, complete before its first chunk is given: a failure never cuts one short."""
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed by _Chunks
    try:
        if isinstance(found, ox.QuerySolutions | ox.QueryBoolean):
            written: QueryResultsFormat | RdfFormat = results
            found.serialize(spool, results)
        else:
            written = graphs
            ox.serialize(found, spool, graphs, prefixes=dict(prefixes))
        spool.seek(0)
        return Answer(written, _Chunks(spool))
    except (RuntimeError, ValueError) as error:
        failure = _failure(error)
    del found
    raise failure


def _failure(error: Exception) -> QueryError:
    return QueryError(str(error) if isinstance(error, QueryError) else f"the query failed while it ran: {error}")


def _row(names: tuple[str, ...], solution: ox.QuerySolution) -> Row:
    terms = zip(names, solution, strict=True)
    return {name: from_ox(term) for name, term in terms if term is not None}


class _Chunks:
    """The content of a file, which goes with the last of it or when it is closed, even if nothing was read."""

    def __init__(self, spool: IO[bytes]) -> None:
        self._spool = spool

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        chunk = b"" if self._spool.closed else self._spool.read(_CHUNK)
        if not chunk:
            self.close()
            raise StopIteration
        return chunk

    def close(self) -> None:
        self._spool.close()
