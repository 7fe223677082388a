"""A reader: a process that answers one query at a time, and is killed where one takes too much.

It is forked by a nursery, from which it has the quads in memory or the path of a snapshot to open. It ends itself when
the other end of its socket is closed, be it in the middle of a query.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import socket
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeAlias

import pyoxigraph as ox

from graph.engine import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

Found: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_STDERR: Final = 2
_RECEIVED: Final = 1 << 16


class _UnknownGraphError(Exception):
    pass


class _Parts:
    """A file that sends what is written to it to the front, in parts; the last one with the end of the answer."""

    def __init__(self, out: socket.socket, kind: bytes) -> None:
        self._out = out
        self._kind = kind
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

    def end(self) -> None:
        if len(self._gathered) > wire.HEAD.size:
            self._seal()
        else:
            self._gathered.clear()
        self._gathered += wire.frame(wire.END, self._kind)
        self._out.sendall(self._gathered)

    def _seal(self) -> None:
        wire.HEAD.pack_into(self._gathered, 0, self._kind, len(self._gathered) - wire.HEAD.size)


class Reader:
    """Answers questions out of `store`; `memory` is how many bytes a query may need beyond what is there before it."""

    def __init__(self, store: ox.Store, prefixes: Mapping[str, str], front: socket.socket, memory: int) -> None:
        self._store = store
        self._prefixes = dict(prefixes)
        self._front = front
        self._formats: dict[str, Any] = {}
        self._memory = memory
        self._size = _address_space()
        self._limit(memory)

    def serve(self) -> None:
        """Answers until the front has gone."""
        self._front.sendall(wire.frame(wire.HELLO, str(os.getpid()).encode()))
        frames = wire.Frames()
        while data := self._front.recv(_RECEIVED):
            for _, content in frames.feed(data):
                self._answer(json.loads(content))

    def _answer(self, asked: dict[str, Any]) -> None:
        memory = asked["memory"] or self._memory
        if memory != self._memory:
            self._limit(memory)
            self._memory = memory
        try:
            self._write(self._find(asked), asked)
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

    def _find(self, asked: dict[str, Any]) -> Found:
        query: str = asked["query"]
        if asked["default"] is None:
            return self._store.query(query, prefixes=self._prefixes, use_default_graph_as_union=asked["union"])
        return self._store.query(
            query,
            prefixes=self._prefixes,
            default_graph=[self._named(iri, strict=asked["strict"]) for iri in asked["default"]],
            named_graphs=[self._named(iri, strict=asked["strict"]) for iri in asked["named"]],
        )

    def _named(self, iri: str, *, strict: bool) -> ox.NamedNode:
        """A chosen graph; where it need not be there, one that is not is empty."""
        name = ox.NamedNode(iri)
        if strict and not self._store.contains_named_graph(name):
            raise _UnknownGraphError(iri)
        return name

    def _write(self, found: Found, asked: dict[str, Any]) -> None:
        if isinstance(found, ox.QueryTriples):
            parts = _Parts(self._front, wire.GRAPHS)
            media_type = asked["graphs"]
            graphs = self._formats.get(media_type) or ox.RdfFormat.from_media_type(media_type)
            self._formats[media_type] = graphs
            ox.serialize(found, parts, graphs, prefixes=self._prefixes)  # type: ignore[arg-type]  # a file in all it needs
        else:
            parts = _Parts(self._front, wire.RESULTS)
            media_type = asked["results"]
            results = self._formats.get(media_type) or ox.QueryResultsFormat.from_media_type(media_type)
            self._formats[media_type] = results
            found.serialize(parts, results)  # type: ignore[arg-type]
        parts.end()

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
