"""Readers over a store of runners, in the process of the test."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
import pyoxigraph as ox

from graph.engine.readers import Readers
from graph.engine.snapshots import Snapshots
from ontology.iris import prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.engine.settings import EngineSettings
    from graph.store.base import Change
    from graph.store.embedded import Store

MIB = 1 << 20
RUNNERS = 1500  # each with a name, a club and two races: 6,000 quads
EX = "http://a.example/"


def runners(count: int = RUNNERS) -> Iterator[ox.Quad]:
    for number in range(count):
        runner = ox.NamedNode(f"{EX}runner{number}")
        graph = ox.NamedNode(f"{EX}graph{number % 5}")
        yield ox.Quad(runner, ox.NamedNode(EX + "name"), ox.Literal(f"Marta Lindqvist {number}"), graph)
        yield ox.Quad(runner, ox.NamedNode(EX + "club"), ox.NamedNode(f"{EX}club{number % 30}"), graph)
        for race in (number, number + 1):
            yield ox.Quad(runner, ox.NamedNode(EX + "ran"), ox.NamedNode(f"{EX}race{race}"), graph)


class Service:
    """Readers over a store that this process writes: what the writer process does otherwise."""

    def __init__(self, store: Store, settings: EngineSettings) -> None:
        self._others = {process.pid for process in psutil.Process().children()}  # what other tests keep running
        self.store = store
        self.snapshots = Snapshots(store)
        self.readers = Readers(settings, self.snapshots.newest, prefixes(store.base))

    def ask(self, query: str, **more: object) -> bytes:
        return b"".join(self.readers.answer(query, **more).chunks)  # type: ignore[arg-type]

    def write(self, change: Change, *, told: bool = True) -> None:
        """Does what an update says, acknowledged when this returns; readers are told what it did, or only that."""
        assert change.update
        self.store.apply(change.update)
        self.readers.committed(self.store.version, change if told else None)

    def image_ready(self) -> None:
        wait_for(lambda: self.readers.stats()["image"]["state"] == "ready")

    def processes(self) -> list[psutil.Process]:
        """The nurseries and readers that are there."""
        found = []
        for child in psutil.Process().children():
            if child.pid not in self._others:
                with suppress(psutil.NoSuchProcess):  # it ends just now
                    found += [child, *child.children(recursive=True)]
        return [process for process in found if _is_of_nursery(process)]

    def nurseries(self) -> list[psutil.Process]:
        return [process for process in self.processes() if _parent(process) == os.getpid()]

    def reading(self) -> list[psutil.Process]:
        return [process for process in self.processes() if _parent(process) not in (None, os.getpid())]

    def used(self) -> dict[psutil.Process, float]:
        """The processor seconds that each reader has used."""
        found = {}
        for process in self.reading():
            with suppress(psutil.NoSuchProcess):  # it ends just now
                found[process] = process.cpu_times().user
        return found


def _is_of_nursery(process: psutil.Process) -> bool:
    try:
        alive = process.status() != psutil.STATUS_ZOMBIE
        return alive and "graph.engine.nursery" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False


def _parent(process: psutil.Process) -> int | None:
    """None where it has ended."""
    try:
        return process.ppid()
    except psutil.NoSuchProcess:
        return None


def wait_for(happened: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.01)
