"""FROM with documents of other hosts: these and the graphs of the store are put together for one query.

The query runs in a process of its own over what it chose, with the limits that every query has.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Final

from graph.errors import (
    AnswerTooLongError,
    ClientGoneError,
    QueryError,
    QueryMemoryError,
    QueryRefusedError,
    QueryTimeoutError,
)
from graph.sparql.documents import fetch_triples
from graph.sparql.relay import told_by
from graph.sparql.suggestions import syntax_error
from graph.store.base import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pyoxigraph import QueryResultsFormat, RdfFormat

    from graph.sparql.choice import GraphChoice
    from graph.sparql.remote import RemotePolicy
    from graph.store.base import Limits

MOST_BYTES: Final = 50_000_000  # of N-Triples, which take five times as much memory
_MOST_GRAPHS: Final = 20
_LOOK: Final = 0.2  # seconds between looks whether the client is still there
_OWN: Final = 64 << 20  # bytes of address space that the process needs for itself


def answer_mixed(
    query: str,
    choice: GraphChoice,
    remote: RemotePolicy,
    graph: Callable[[str], bytes | None],
    prefixes: Mapping[str, str],
    *,
    results: QueryResultsFormat,
    graphs: RdfFormat,
    limits: Limits,
    gone: Callable[[], bool] | None = None,
) -> Answer:
    """The answer of a query over graphs of which some must be fetched.

    `graph` gives a graph of the store as N-Triples, None where the store has none of the name. Raises QueryRefusedError
    where a graph is neither there nor allowed or all are too large together, EndpointError where one cannot be had, and
    LimitError, ClientGoneError or QueryError as other queries do.
    """
    deadline = time.monotonic() + limits.seconds
    quads = _gathered(choice, remote, graph)
    asked = {
        "query": query,
        "named": choice.named,
        "results": results.media_type,
        "graphs": graphs.media_type,
        "prefixes": dict(prefixes),
        "memory": limits.memory + 6 * len(quads) + _OWN,
        "seconds": int(limits.seconds) + 1,
    }
    written = _run(json.dumps(asked).encode() + b"\n" + quads, deadline, limits, gone)
    kind, _, body = written.partition(b"\n")
    if kind not in (b"results", b"graphs"):
        raise _failure(kind.decode(), body.decode("utf-8", "replace"), query, limits)
    if len(body) > limits.output:
        raise AnswerTooLongError(f"the answer is longer than {limits.output:,} bytes; add a LIMIT", limits.output)
    return Answer(results if kind == b"results" else graphs, iter((body,)))


def _gathered(choice: GraphChoice, remote: RemotePolicy, graph: Callable[[str], bytes | None]) -> bytes:
    """All chosen graphs as N-Quads, those of the default graph without a name."""
    wanted = tuple(dict.fromkeys((*choice.default, *choice.named)))
    if len(wanted) > _MOST_GRAPHS:
        raise QueryRefusedError(f"FROM names more than {_MOST_GRAPHS} graphs, some of other hosts; name fewer")
    quads = bytearray()
    for iri in wanted:
        own = graph(iri)
        triples = fetch_triples(iri, remote) if own is None else own
        if len(quads) + len(triples) > MOST_BYTES:
            raise QueryRefusedError(
                f"the graphs that FROM names, some of other hosts, have more than {MOST_BYTES:,} bytes; name fewer"
            )
        if iri in choice.default:
            quads += triples
        if iri in choice.named:
            quads += b"".join(
                line.removesuffix(b" .") + f" <{iri}> .\n".encode() for line in triples.split(b"\n") if line.strip()
            )
    return bytes(quads)


def _run(sent: bytes, deadline: float, limits: Limits, gone: Callable[[], bool] | None) -> bytes:
    with subprocess.Popen(  # our own module
        [sys.executable, "-m", "graph.engine.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        data: bytes | None = sent
        try:
            while True:
                try:
                    return process.communicate(data, timeout=_LOOK)[0]
                except subprocess.TimeoutExpired:
                    data = None
                if time.monotonic() > deadline:
                    raise QueryTimeoutError(
                        f"the query was stopped as it took longer than {limits.seconds:g} s; ask for less",
                        limits.seconds,
                    )
                if gone is not None and gone():
                    raise ClientGoneError("the client has gone away while its query ran")
        finally:
            process.kill()


def _failure(kind: str, message: str, query: str, limits: Limits) -> QueryError:
    if kind == "syntax":
        return syntax_error(query, SyntaxError(message))
    if kind == "failed":
        return QueryError(told_by(message) or f"the query failed while it ran: {message}")
    return QueryMemoryError(
        f"the query was stopped as it needs more than {limits.memory >> 20:,} MiB of memory; sort or group fewer rows",
        limits.memory,
    )
