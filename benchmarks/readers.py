"""What it costs to answer a query in a process of its own, from disk and from memory.

    python benchmarks/readers.py STORE [--seconds 3]

STORE is copied by hard links, so it must not be in use. Printed are, for readers of the disk and of an image in memory:
point lookups a second with 1 and with 4 threads, their processor time in the front and in readers, how long a new
reader takes, and the times of some larger queries with the ratio of disk to memory.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from itertools import cycle
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import psutil
import pyoxigraph as ox

from graph.engine.readers import Readers
from graph.engine.settings import EngineSettings
from graph.store.base import Change, Limits
from ontology.iris import DEFAULT_BASE, prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.engine.settings import Memory

LARGER = {
    "count all": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "group by property": "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n)",
    "sort, first 20": "SELECT ?s ?label { ?s rdfs:label ?label } ORDER BY ?label LIMIT 20",
    "two hops": "SELECT (COUNT(*) AS ?n) { ?s a ?type . ?s rdfs:label ?label . ?other ?p ?s }",
    "100,000 rows": "SELECT * { ?s ?p ?o } LIMIT 100000",
}
ROUNDS = 5


class Snapshot:
    """One snapshot, whose version can be said to be another, so that readers are made anew."""

    def __init__(self, store: Path, folder: Path) -> None:
        self.path = folder / "snapshot"
        ox.Store(str(store / "oxigraph")).backup(str(self.path))
        self.version = 0

    def __call__(self) -> tuple[Path, str]:
        return self.path, str(self.version)


def subjects(snapshot: Path) -> list[str]:
    """IRIs to look up."""
    store = ox.Store.read_only(str(snapshot))
    found = store.query(
        "SELECT DISTINCT ?s { ?s rdfs:label ?o } LIMIT 2000",
        prefixes=prefixes(DEFAULT_BASE),
        use_default_graph_as_union=True,
    )
    return [str(row["s"]) for row in found]  # type: ignore[union-attr, index]  # it is a SELECT


def asked(readers: Readers, query: str) -> int:
    return sum(len(chunk) for chunk in readers.answer(query, streams=lambda: True).chunks)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def lookup(name: str) -> str:
    return f"SELECT ?p ?o {{ {name} ?p ?o }}"


def cost(readers: Readers, names: list[str]) -> tuple[float, float]:
    """Microseconds of processor time of a lookup, in this process and in readers."""
    for name in names:
        asked(readers, lookup(name))
    front, others = time.process_time(), below()
    for name in names:
        asked(readers, lookup(name))
    return (time.process_time() - front) / len(names) * 1e6, (below() - others) / len(names) * 1e6


def below() -> float:
    """Processor seconds of the processes below this one."""
    times = [process.cpu_times() for process in psutil.Process().children(recursive=True)]
    return sum(used.user + used.system for used in times)


def lookups(readers: Readers, names: list[str], threads: int, seconds: float) -> float:
    """Lookups a second."""
    counts = [0] * threads
    end = time.monotonic() + seconds

    def ask(number: int) -> None:
        for name in cycle(names[number::threads]):
            asked(readers, lookup(name))
            counts[number] += 1
            if time.monotonic() > end:
                return

    workers = [Thread(target=ask, args=(number,)) for number in range(threads)]
    began = time.monotonic()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(counts) / (time.monotonic() - began)


def renewal(readers: Readers, snapshot: Snapshot, change: Change | None) -> float:
    """Seconds until the first answer after a commit, the median."""
    times = []
    for _ in range(ROUNDS):
        snapshot.version += 1
        readers.committed(str(snapshot.version), change)
        times.append(timed(lambda: asked(readers, "ASK {}")))
        time.sleep(0.3)
    return statistics.median(times)


def measured(snapshot: Snapshot, memory: Memory, names: list[str], seconds: float) -> dict[str, float]:
    settings = EngineSettings(limits=Limits(seconds=120), memory=memory)
    readers = Readers(settings, snapshot, prefixes(DEFAULT_BASE))
    times: dict[str, float] = {}
    try:
        began = time.perf_counter()
        while memory == "on" and readers.stats()["image"]["state"] != "ready":
            time.sleep(0.05)
        if memory == "on":
            image = readers.stats()["image"]
            size, took = image["bytes"] / 2**20, time.perf_counter() - began
            print(f"image: {image['quads']:,} quads, {size:,.0f} MiB, {took:.1f} s")
        front, others = cost(readers, names)
        print(f"processor time of a lookup: {front:.0f} us in the front, {others:.0f} us in the reader")
        for threads in (1, 4):
            print(f"{threads} threads: {lookups(readers, names, threads, seconds):,.0f} lookups/s")
        change = Change() if memory == "on" else None
        print(f"first answer after a commit: {renewal(readers, snapshot, change) * 1000:.1f} ms")
        for name, query in LARGER.items():
            times[name] = statistics.median(timed(lambda query=query: asked(readers, query)) for _ in range(ROUNDS))
    finally:
        readers.close()
    return times


def rows(disk: dict[str, float], image: dict[str, float]) -> Iterator[str]:
    for name, seconds in disk.items():
        yield f"{name:20} {seconds * 1000:10.1f} {image[name] * 1000:10.1f} {seconds / image[name]:8.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("store", type=Path)
    parser.add_argument("--seconds", type=float, default=3.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.store) as folder:
        snapshot = Snapshot(options.store, Path(folder))
        names = subjects(snapshot.path)
        print(f"{os.cpu_count()} cores\n\nfrom disk")
        disk = measured(snapshot, "off", names, options.seconds)
        print("\nfrom memory")
        image = measured(snapshot, "on", names, options.seconds)
    print(f"\n{'median, ms':20} {'disk':>10} {'memory':>10} {'ratio':>8}")
    print("\n".join(rows(disk, image)))


if __name__ == "__main__":
    main()
