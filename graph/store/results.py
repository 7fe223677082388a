"""Oxigraph's results as rdflib's values or as serialised answers, alike for both backends."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, TypeAlias, TypeVar

import pyoxigraph as ox
from pyoxigraph import QueryResultsFormat, RdfFormat
from rdflib import Graph

from graph.errors import QueryError
from graph.store.base import Answer, Row, Rows
from graph.store.terms import from_ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Found: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | list[ox.Triple]

_CHUNK = 1 << 16  # bytes
_IN_MEMORY = 8 << 20  # bytes of an answer kept in memory before it goes to a temporary file


def rows(found: Found) -> Rows:
    """The rows of a SELECT; raises QueryError for the answer to another form."""
    if not isinstance(found, ox.QuerySolutions):
        raise QueryError("not a SELECT query")
    names = tuple(variable.value for variable in found.variables)
    return Rows(names, tuple(_row(names, solution) for solution in _evaluated(found)))


def truth(found: Found) -> bool:
    """The answer of an ASK; raises QueryError for the answer to another form."""
    if not isinstance(found, ox.QueryBoolean):
        raise QueryError("not an ASK query")
    return bool(found)


def graph(found: Found, prefixes: Mapping[str, str]) -> Graph:
    """The graph of a CONSTRUCT or DESCRIBE; raises QueryError for the answer to another form."""
    if isinstance(found, ox.QuerySolutions | ox.QueryBoolean):
        raise QueryError("not a CONSTRUCT or DESCRIBE query")
    result = Graph()
    for prefix, namespace in prefixes.items():
        result.bind(prefix, namespace, override=True, replace=True)
    for triple in _evaluated(found):
        result.add((from_ox(triple.subject), from_ox(triple.predicate), from_ox(triple.object)))
    return result


def serialised(found: Found, results: QueryResultsFormat, graphs: RdfFormat, prefixes: Mapping[str, str]) -> Answer:
    """The answer written out, complete before its first chunk is given: a failure never cuts one short."""
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed by _chunks
    try:
        if isinstance(found, ox.QuerySolutions | ox.QueryBoolean):
            found.serialize(spool, results)
        else:
            ox.serialize(found, spool, graphs, prefixes=dict(prefixes))
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed while it ran: {error}") from error
    spool.seek(0)
    is_rows = isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
    return Answer(results if is_rows else graphs, _chunks(spool))


def _row(names: tuple[str, ...], solution: ox.QuerySolution) -> Row:
    terms = zip(names, solution, strict=True)
    return {name: from_ox(term) for name, term in terms if term is not None}


_Item = TypeVar("_Item")


def _evaluated(found: Iterable[_Item]) -> Iterator[_Item]:
    """The results; Oxigraph works them out while they are read, so failures come here."""
    try:
        yield from found
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed while it ran: {error}") from error


def _chunks(spool: IO[bytes]) -> Iterator[bytes]:
    with spool:
        while chunk := spool.read(_CHUNK):
            yield chunk
