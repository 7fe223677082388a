"""A reader: a process that answers one query at a time, and is killed where one takes too much.

It is forked by a nursery, from which it has the quads in memory or the path of a snapshot to open. It ends itself when
the other end of its socket is closed, be it in the middle of a query.
"""

from __future__ import annotations

import gc
import os
import resource
import select
import socket
from itertools import count
from operator import itemgetter
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeAlias, TypeVar

import pyoxigraph as ox

from graph.engine import wire
from graph.engine.counting import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.engine.counting import Rows

AnyFormat = TypeVar("AnyFormat", ox.QueryResultsFormat, ox.RdfFormat)
Found: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_STDERR: Final = 2
_RECEIVED: Final = 1 << 16


class _UnknownGraphError(Exception):
    pass


class _Parts:
    """A file that sends what is written to it to the front, in parts; the last one with the end of the answer."""

    def __init__(self, out: socket.socket, kind: bytes, rows: Rows | None = None) -> None:
        self._out = out
        self._kind = kind
        self._rows = rows
        self._gathered = bytearray(wire.HEAD.size)

    def write(self, data: bytes) -> int:
        self._gathered += data
        if len(self._gathered) >= wire.PART:
            self._seal()
            self._out.sendall(self._gathered)
            self._gathered = bytearray(wire.HEAD.size)
        return len(data)

    def flush(self) -> None:
        """Nothing: what Oxigraph flushes may be as short as a row."""

    def end(self, counted: int | None = None) -> None:
        """The end, and how many rows there were: those `counted`, else by the bytes written."""
        if len(self._gathered) > wire.HEAD.size:
            self._seal()
        else:
            self._gathered.clear()
        if self._rows is not None:
            counted = self._rows.total()
        self._gathered += wire.end(self._kind, counted)
        self._out.sendall(self._gathered)

    def _seal(self) -> None:
        wire.HEAD.pack_into(self._gathered, 0, self._kind, len(self._gathered) - wire.HEAD.size)
        if self._rows is not None:
            self._rows.feed(bytes(memoryview(self._gathered)[wire.HEAD.size :]))


class Reader:
    """Answers questions out of `store`; `memory` is how many bytes a query may need beyond what is there before it."""

    def __init__(self, store: ox.Store, prefixes: Mapping[str, str], front: socket.socket, memory: int) -> None:
        self._store = store
        self._prefixes = dict(prefixes)
        self._marks = [(f"{name}:", name, iri) for name, iri in prefixes.items()]
        self._front = front
        self._results: dict[str, ox.QueryResultsFormat] = {}
        self._graphs: dict[str, ox.RdfFormat] = {}
        self._memory = memory
        self._size = _address_space()
        self._limit(memory)

    def serve(self) -> None:
        """Answers until the front has gone."""
        self._front.sendall(wire.frame(wire.HELLO, str(os.getpid()).encode()))
        frames = wire.Frames()
        while data := self._front.recv(_RECEIVED):
            for _, content in frames.feed(data):
                self._answer(*wire.asked(content))

    def _answer(self, query: str, asked: dict[str, Any]) -> None:
        memory = asked["memory"] or self._memory
        if memory != self._memory:
            self._limit(memory)
            self._memory = memory
        try:
            self._write(self._find(query, asked), asked)
        except OSError as error:
            if isinstance(error, ConnectionError):
                raise
            self._fail(wire.FAILED, error)
        except SyntaxError as error:
            self._fail(wire.SYNTAX, error)
        except _UnknownGraphError as error:
            self._fail(wire.NO_GRAPH, error)
        except MemoryError as error:
            self._fail(wire.NO_MEMORY, error)
        except (RuntimeError, ValueError) as error:
            self._fail(wire.FAILED, error)

    def _find(self, query: str, asked: dict[str, Any]) -> Found:
        prefixes = self._used(query)
        if asked["default"] is None:
            return self._store.query(query, prefixes=prefixes, use_default_graph_as_union=asked["union"])
        return self._store.query(
            query,
            prefixes=prefixes,
            default_graph=[self._named(iri, strict=asked["strict"]) for iri in asked["default"]],
            named_graphs=[self._named(iri, strict=asked["strict"]) for iri in asked["named"]],
        )

    def _used(self, query: str) -> dict[str, str]:
        """The prefixes that a query may mean: Oxigraph takes as long to read all of them as for a short query."""
        if "\\" in query:  # which may stand for any character of a name
            return self._prefixes
        return {name: iri for mark, name, iri in self._marks if mark in query}

    def _named(self, iri: str, *, strict: bool) -> ox.NamedNode:
        """A chosen graph; where it need not be there, one that is not is empty."""
        name = ox.NamedNode(iri)
        if strict and not self._store.contains_named_graph(name):
            raise _UnknownGraphError(iri)
        return name

    def _write(self, found: Found, asked: dict[str, Any]) -> None:
        if isinstance(found, ox.QueryTriples):
            self._write_graph(found, asked["graphs"])
            return
        results = self._results.get(asked["results"])
        if results is None:
            results = self._results[asked["results"]] = _known(ox.QueryResultsFormat, asked["results"])
        rows = rows_of(results) if isinstance(found, ox.QuerySolutions) else None
        parts = _Parts(self._front, wire.RESULTS, rows)
        found.serialize(parts, results)  # type: ignore[arg-type]  # a file in all it needs
        parts.end()

    def _write_graph(self, found: ox.QueryTriples, media_type: str) -> None:
        graphs = self._graphs.get(media_type)
        if graphs is None:
            graphs = self._graphs[media_type] = _known(ox.RdfFormat, media_type)
        parts = _Parts(self._front, wire.GRAPHS)
        numbers = count()
        triples = map(itemgetter(0), zip(found, numbers, strict=False))  # counted without a step of Python's
        ox.serialize(triples, parts, graphs, prefixes=self._prefixes)  # type: ignore[arg-type]
        parts.end(next(numbers))

    def _fail(self, kind: str, error: BaseException) -> None:
        self._front.sendall(wire.failure(kind, str(error)))

    def _limit(self, memory: int) -> None:
        resource.setrlimit(resource.RLIMIT_AS, (self._size + memory, resource.RLIM_INFINITY))


def run(
    image: ox.Store | None, snapshot: str | None, prefixes: Mapping[str, str], files: list[int], memory: int
) -> NoReturn:
    """The life of a forked process; `files` are its socket to the front and where its last words go."""
    front_file, last_words = files
    os.dup2(last_words, _STDERR)
    os.close(last_words)
    front = socket.socket(fileno=front_file)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # nothing here makes cycles, and looking for them would copy the pages shared with the nursery
    Thread(target=_follow, args=(front,), daemon=True).start()
    try:
        store = ox.Store.read_only(snapshot) if snapshot else image
        if store is not None:
            Reader(store, prefixes, front, memory).serve()
    except ConnectionError:
        pass
    except BaseException as error:  # noqa: BLE001  # whatever it is, the nursery's code must not go on in this process
        os.write(_STDERR, repr(error).encode())
        os._exit(1)
    os._exit(0)


def _known(formats: type[AnyFormat], media_type: str) -> AnyFormat:
    found = formats.from_media_type(media_type)
    if found is None:
        raise ValueError(media_type)
    return found


def _follow(front: socket.socket) -> None:
    """Ends the process when the front closes its end, or has gone."""
    watch = select.poll()
    watch.register(front, 0)
    watch.poll()
    os._exit(0)


def _address_space() -> int:
    """Bytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * resource.getpagesize()
