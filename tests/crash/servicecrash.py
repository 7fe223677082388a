"""Kills a whole running service at random moments while clients write: nothing acknowledged is lost, nothing is half.

`make servicecrash KILLS=100 SEED=1`, which is `python tests/crash/servicecrash.py --kills 100 --seed 1`.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import psutil
from killing import PODIUM
from newsroom import Story as Report
from newsroom import stories

from graph.pipeline import check, open_store

if TYPE_CHECKING:
    from collections.abc import Callable

KILLS = 10  # of one store
TOKEN = "a-token-for-tests"  # noqa: S105
_FORM = "application/x-www-form-urlencoded"
_INCREMENT = (
    "DELETE { <urn:counter> <urn:value> ?n } INSERT { <urn:counter> <urn:value> ?next } "
    "WHERE { <urn:counter> <urn:value> ?n BIND(?n + 1 AS ?next) }"
)
_PATIENCE = 60.0  # seconds for a service to start or answer, on a busy machine
_LATE = 0.4  # of the kills come when articles do: the first takes some seconds
_LEAVE = 5.0  # seconds for processes whose front was killed to end by themselves


class Service:
    """`podium serve` over a store, as the leader of its processes."""

    def __init__(self, store: Path) -> None:
        self._process = subprocess.Popen(
            [PODIUM, "serve", "--store", str(store), "--port", "0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PODIUM_TOKEN": TOKEN},
        )
        assert self._process.stderr is not None
        said = []
        for line in self._process.stderr:
            said.append(line)
            if "http://" in line:
                break
        else:
            raise AssertionError(f"the service did not start: {''.join(said)}")
        self.address = urlsplit("http://" + line.split("http://")[1].split()[0].rstrip("/")).netloc
        self._reading = Thread(target=self._process.stderr.read, daemon=True)
        self._reading.start()

    def kill(self, random: Random) -> None:
        """Kills all of it, in any order, or the front alone, upon which the others are to end."""
        front = psutil.Process(self._process.pid)
        everybody = [front, *front.children(recursive=True)]
        doomed = [front] if random.random() < 0.5 else random.sample(everybody, len(everybody))
        for process in doomed:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        self._ended()
        _, left = psutil.wait_procs(everybody[1:], timeout=_LEAVE)
        assert not left, f"outlived the front: {[process.cmdline() for process in left]}"

    def stop(self) -> None:
        self._process.terminate()
        self._ended()

    def _ended(self) -> None:
        self._process.wait(_PATIENCE)
        self._reading.join(_PATIENCE)
        assert self._process.stderr is not None
        self._process.stderr.close()


@dataclass
class Story:
    """One store and what its clients tried and were promised."""

    random: Random
    store: Path
    tried: set[str] = field(default_factory=set)
    promised: set[str] = field(default_factory=set)
    increments: int = 0
    counted: int = 0
    articles: set[str] = field(default_factory=set)
    writes: int = 0


def tell(random: Random, place: Path, kills: int) -> Story:
    """Kills the service so often; raises AssertionError where a promise was not kept."""
    story = Story(random, place / "store")
    reports = stories(random, kills * 50)
    service = Service(story.store)
    assert _update(service.address, "INSERT DATA { <urn:counter> <urn:value> 0 }")
    for _ in range(kills):
        over = Event()
        clients = _clients(story, service.address, reports, over)
        _wait(story)
        service.kill(random)
        over.set()
        for client in clients:
            client.join(_PATIENCE)
        service = Service(story.store)
        _examine(story, service.address)
    service.stop()
    with open_store(story.store) as store:
        violations = check(store).violations
    assert not violations, f"violations: {violations[:3]}"
    story.writes = len(story.promised) + story.counted + len(story.articles)
    return story


def _wait(story: Story) -> None:
    """Until a random moment, often one at which articles come."""
    until, before = time.monotonic() + _PATIENCE, len(story.articles)
    if story.random.random() < _LATE:
        while len(story.articles) == before and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(story.random.uniform(0, 0.5))
    else:
        time.sleep(story.random.uniform(0.02, 1.5))


def _clients(story: Story, address: str, reports: list[Report], over: Event) -> list[Thread]:
    """Five who write until it is over."""
    return [
        *(_client(over, lambda number=number: _insert(story, address, number)) for number in range(3)),
        _client(over, lambda: _increment(story, address)),
        _client(over, lambda: _arrive(story, address, reports)),
    ]


def _client(over: Event, write: Callable[[], object]) -> Thread:
    def work() -> None:
        with suppress(OSError, HTTPException):  # it was killed
            while not over.is_set():
                write()

    thread = Thread(target=work)
    thread.start()
    return thread


def _insert(story: Story, address: str, number: int) -> None:
    name = f"urn:write:{number}:{len(story.tried)}:{time.monotonic_ns()}"
    story.tried.add(name)
    if name[-1] in "02468":
        body = f"<{name}> <urn:value> 1 , 2 .".encode()
        done = _send(address, "PUT", f"/store?{urlencode({'graph': name})}", body, "text/turtle")
    else:
        done = _update(address, f"INSERT DATA {{ GRAPH <urn:g> {{ <{name}> <urn:value> 1 , 2 }} }}")
    if done:
        story.promised.add(name)


def _increment(story: Story, address: str) -> None:
    story.increments += 1
    story.counted += _update(address, _INCREMENT)


def _arrive(story: Story, address: str, reports: list[Report]) -> None:
    report = reports[len(story.articles) % len(reports)]
    parameters = urlencode({"id": report.id, "published": report.published.isoformat()})
    if _send(address, "POST", f"/articles?{parameters}", report.text.encode(), "text/plain"):
        story.articles.add(report.id)


def _examine(story: Story, address: str) -> None:
    rows = _rows(address, "SELECT ?s (count(*) AS ?n) { ?s <urn:value> ?v FILTER(?s != <urn:counter>) } GROUP BY ?s")
    found = {row["s"]["value"]: int(row["n"]["value"]) for row in rows}
    assert story.promised <= found.keys(), f"lost: {sorted(story.promised - found.keys())[:3]}"
    assert found.keys() <= story.tried
    assert set(found.values()) <= {2}, "a write is there by half"
    (row,) = _rows(address, "SELECT ?n { <urn:counter> <urn:value> ?n }")
    count = int(row["n"]["value"])
    assert story.counted <= count <= story.increments, f"{count} of {story.increments}, {story.counted} promised"
    rows = _rows(address, "SELECT ?a { GRAPH ?g { ?a a ath:Article } }")
    there = {row["a"]["value"].rpartition("/")[2] for row in rows}
    assert story.articles <= there, f"lost: {sorted(story.articles - there)[:3]}"


def _update(address: str, text: str) -> bool:
    return _send(address, "POST", "/sparql", urlencode({"update": text}).encode(), _FORM)


def _send(address: str, method: str, path: str, body: bytes, kind: str) -> bool:
    """Whether the service says that it was done; raises where it says nothing."""
    status, answer = _answer(address, method, path, body, {"Content-Type": kind, "Authorization": f"Bearer {TOKEN}"})
    assert status < 300 or status in (429, 503), f"{method} {path[:80]}: {status} {answer[:300]!r}"
    return status < 300


def _rows(address: str, query: str) -> list[dict[str, dict[str, str]]]:
    headers = {"Content-Type": _FORM, "Accept": "application/sparql-results+json"}
    status, answer = _answer(address, "POST", "/sparql", urlencode({"query": query}).encode(), headers)
    assert status == 200, f"{status} {answer[:300]!r}"
    rows: list[dict[str, dict[str, str]]] = json.loads(answer)["results"]["bindings"]
    return rows


def _answer(address: str, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    connection = HTTPConnection(address, timeout=_PATIENCE)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    kills, writes, broken, start = 0, 0, 0, time.perf_counter()
    for number in range(-(-options.kills // KILLS)):
        with tempfile.TemporaryDirectory(prefix="podium-crash-") as folder:
            try:
                writes += tell(Random(f"{options.seed}-{number}"), Path(folder), KILLS).writes
                kills += KILLS
            except AssertionError as error:
                broken += 1
                print(f"store {number} of seed {options.seed}: {error}", flush=True)
    took = time.perf_counter() - start
    print(f"{kills} kills of the whole service, {writes} acknowledged writes, {broken} stores broken, {took:.0f} s")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
