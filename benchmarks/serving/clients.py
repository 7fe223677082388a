"""Clients that ask over connections they keep, each in a process of its own: their work is not in each other's way."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from multiprocessing import get_context
from statistics import median
from time import monotonic, perf_counter, sleep
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serving.servers import Server

_JSON = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Answered:
    """One request: status, seconds to the first byte of the body and to the last, bytes, and its media type."""

    status: int
    first: float
    seconds: float
    size: int
    media_type: str


def ask(server: Server, query: str, accept: str = _JSON, timeout: float = 120) -> Answered:
    """Asks once, over a connection of its own."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=timeout)
    try:
        return _ask(connection, server.query_path, query, accept)
    finally:
        connection.close()


def throughput(server: Server, queries: Sequence[str], seconds: float, clients: int) -> tuple[float, float, float]:
    """Requests a second of all clients together, and the median and 99th percentile of their seconds."""
    times: list[float] = []
    with ProcessPoolExecutor(clients, mp_context=get_context("fork")) as pool:
        shares = [queries[number::clients] or queries for number in range(clients)]
        found = [pool.submit(_for_a_while, server.port, server.query_path, share, seconds) for share in shares]
        rate = 0.0
        for one in found:
            mine, took = one.result()
            times += mine
            rate += len(mine) / took
    times.sort()
    return rate, median(times), times[int(len(times) * 0.99)]


def side_by_side(
    server: Server, heavy: Sequence[str], light: Sequence[str], seconds: float
) -> tuple[list[Answered], list[float], int]:
    """All heavy queries at once and, meanwhile, light ones by one client: answers, seconds of light ones, failures."""
    with ProcessPoolExecutor(len(heavy) + 1, mp_context=get_context("fork")) as pool:
        heavies = [pool.submit(_once, server.port, server.query_path, query) for query in heavy]
        sleep(0.5)
        mine, failed = pool.submit(_paced, server.port, server.query_path, list(light), seconds).result()
        return [one.result() for one in heavies], mine, failed


def leave(server: Server, queries: Sequence[str], after: float) -> None:
    """Asks all at once and goes away from each before it is answered."""
    connections = []
    for query in queries:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", f"{server.query_path}?query={quote(query)}", headers={"Accept": _JSON})
        connections.append(connection)
    sleep(after)
    for connection in connections:
        connection.close()


def _ask(connection: HTTPConnection, path: str, query: str, accept: str = _JSON) -> Answered:
    start = perf_counter()
    connection.request("GET", f"{path}?query={quote(query)}", headers={"Accept": accept})
    answer = connection.getresponse()
    size = len(answer.read(1))
    first = perf_counter() - start
    while chunk := answer.read(1 << 20):
        size += len(chunk)
    media_type = answer.headers.get_content_type()
    return Answered(answer.status, first, perf_counter() - start, size, media_type)


def _for_a_while(port: int, path: str, queries: Sequence[str], seconds: float) -> tuple[list[float], float]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    times = []
    start = perf_counter()
    for query in cycle(queries):
        answered = _ask(connection, path, query)
        if answered.status != 200:
            raise SystemExit(f"{answered.status} for {query}")
        times.append(answered.seconds)
        if perf_counter() - start > seconds:
            break
    connection.close()
    return times, perf_counter() - start


def _once(port: int, path: str, query: str) -> Answered:
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    start = perf_counter()
    with suppress(OSError, HTTPException):
        return _ask(connection, path, query)
    return Answered(0, 0.0, perf_counter() - start, 0, "")


def _paced(port: int, path: str, queries: Sequence[str], seconds: float) -> tuple[list[float], int]:
    """One light query every 10 ms."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    times, failed, until = [], 0, monotonic() + seconds
    for query in cycle(queries):
        answered = _ask(connection, path, query)
        times.append(answered.seconds)
        failed += answered.status != 200
        if monotonic() > until:
            break
        sleep(0.01)
    connection.close()
    return times, failed
