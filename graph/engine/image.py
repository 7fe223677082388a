"""All quads of a store in memory: made from a snapshot, and kept up with what is written."""

from __future__ import annotations

import json
import os
import select
from typing import IO, TYPE_CHECKING, Final, NoReturn

import pyoxigraph as ox

from graph.store.base import Change

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

IDLE: Final = 10  # niceness: making an image must not slow queries down


class TooManyQuadsError(Exception):
    """The snapshot holds more quads than may be held in memory."""


class FillingError(Exception):
    """The process that reads the snapshot did not come to its end."""


class _Watched:
    """A pipe that is read as long as the front is there: nobody else would end this process while it is filling."""

    def __init__(self, pipe: IO[bytes], front: socket.socket) -> None:
        self._pipe = pipe
        self._watch = select.poll()
        self._watch.register(front, 0)

    def read(self, size: int = -1) -> bytes:
        if self._watch.poll(0):
            os._exit(0)
        return self._pipe.read(size)


def filled(snapshot: str, most: int, front: socket.socket) -> ox.Store:
    """A store in memory with the quads and graphs of a snapshot, blank nodes under their own names.

    The snapshot is opened by a process of its own, as a process that has had RocksDB open cannot be forked. Raises
    TooManyQuadsError where there are more than `most` quads, FillingError where that process fails.
    """
    quads_in, quads_out = os.pipe()
    names = os.memfd_create("graphs")
    child = os.fork()
    if child == 0:
        os.close(quads_in)
        _pour(snapshot, most, quads_out, names)
    os.close(quads_out)
    store = ox.Store()
    with open(quads_in, "rb", buffering=1 << 20) as pipe:  # noqa: PTH123  # a file that is open already
        quads = ox.parse(_Watched(pipe, front), ox.RdfFormat.N_QUADS, rename_blank_nodes=False, lenient=True)  # type: ignore[arg-type]
        store.bulk_extend(quads)
    _, status = os.waitpid(child, 0)
    with open(names, "rb") as file:  # noqa: PTH123
        file.seek(0)
        told = json.loads(file.read() or "null")
    if isinstance(told, int):
        raise TooManyQuadsError(told)
    if status != 0 or told is None:
        raise FillingError(f"the snapshot {snapshot} could not be read (status {status})")
    for name in told:
        store.add_graph(ox.BlankNode(name[2:]) if name.startswith("_:") else ox.NamedNode(name))
    return store


def _pour(snapshot: str, most: int, quads_out: int, names: int) -> NoReturn:
    """Writes the quads as N-Quads to a pipe and the names of graphs to a file, or how many quads are too many."""
    status = 1
    try:
        os.nice(IDLE - os.nice(0))
        store = ox.Store.read_only(snapshot)
        count = len(store)
        if count > most:
            told: object = count
        else:
            with open(quads_out, "wb") as pipe:
                store.dump(pipe, ox.RdfFormat.N_QUADS)
            told = [name.value if isinstance(name, ox.NamedNode) else str(name) for name in store.named_graphs()]
        os.write(names, json.dumps(told).encode())
        status = 0
    finally:
        os._exit(status)


def apply(store: ox.Store, change: Change) -> None:
    """Follows a write."""
    for name in change.drop:
        if name:
            store.remove_graph(ox.NamedNode(name))
        else:
            store.clear_graph(ox.DefaultGraph())
    for quad in _quads(change.remove):
        store.remove(quad)
    if change.add:
        store.extend(_quads(change.add))
    if change.update is not None:
        store.update(change.update)


def packed(change: Change) -> bytes:
    """A change as bytes, for `unpacked`."""
    head = json.dumps([change.drop, change.update, len(change.remove)]).encode()
    return b"".join((head, b"\n", change.remove, change.add))


def unpacked(data: bytes) -> Change:
    """A change out of what `packed` made of it."""
    head, _, quads = data.partition(b"\n")
    drop, update, removed = json.loads(head)
    return Change(drop=tuple(drop), remove=quads[:removed], add=quads[removed:], update=update)


def _quads(data: bytes) -> Iterator[ox.Quad]:
    return ox.parse(data, ox.RdfFormat.N_QUADS, rename_blank_nodes=False)
