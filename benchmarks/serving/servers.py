"""The two services that are compared, each over the same triples in its unnamed default graph."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, perf_counter, sleep
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PATIENCE = 120  # seconds


@dataclass(frozen=True, slots=True)
class Server:
    """One service that runs: where it asks for queries and for graphs, and what it took to load the triples."""

    name: str
    port: int
    query_path: str
    process: psutil.Process
    loaded: float  # seconds of the PUT of all triples

    def processes(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]

    def cpu(self) -> float:
        """Seconds of processor time that the processes of now have used."""
        total = 0.0
        for process in self.processes():
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system
        return total

    def memory(self) -> int:
        """Bytes, what processes share counted once (PSS)."""
        total = 0
        for process in self.processes():
            try:
                total += process.memory_full_info().pss
            except psutil.NoSuchProcess:
                continue
        return total


@contextmanager
def native(triples: Path, folder: Path) -> Iterator[Server]:
    """The Oxigraph server of PyPI."""
    port = _free_port()
    command = [_beside_python("oxigraph"), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with _running(command, port, "/", {}) as process:
        yield Server("oxigraph", port, "/query", process, _put(port, triples, {}))


@contextmanager
def podium(triples: Path, folder: Path, options: Sequence[str] = ()) -> Iterator[Server]:
    """Podium, in an empty store."""
    port, token = _free_port(), secrets.token_hex(16)
    command = [_beside_python("podium"), "serve", "--store", str(folder), "--port", str(port), *options]
    with _running(command, port, "/health", {"PODIUM_TOKEN": token}) as process:
        loaded = _put(port, triples, {"Authorization": f"Bearer {token}"})
        yield Server("podium", port, "/sparql", process, loaded)


@contextmanager
def stored(store: Path, options: Sequence[str] = ()) -> Iterator[Server]:
    """Podium over a store that is there already."""
    port = _free_port()
    command = [sys.executable, "-m", "server.cli", "serve", "--store", str(store), "--port", str(port), *options]
    with _running(command, port, "/health", {}) as process:
        yield Server("podium", port, "/sparql", process, 0.0)


def settled(server: Server, seconds: float = 60.0) -> None:
    """Waits until the service has all quads in memory, or as long as that."""
    until = monotonic() + seconds
    while monotonic() < until:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", "/metrics")
        told = connection.getresponse().read()
        connection.close()
        if b"podium_image_ready 1.0" in told:
            return
        sleep(0.2)


def native_load(triples: Path, folder: Path) -> float:
    """Seconds that Oxigraph's own bulk loader takes."""
    start = perf_counter()
    command = [_beside_python("oxigraph"), "load", "--location", str(folder), "--file", str(triples)]
    subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - start


def _beside_python(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is not installed; `pip install {name}`")
    return found


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], port: int, path: str, environment: dict[str, str]) -> Iterator[psutil.Process]:
    process = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL)
    try:
        until = monotonic() + _PATIENCE
        while True:
            try:
                connection = HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", path)
                connection.getresponse().read()
                connection.close()
                break
            except OSError:
                if process.poll() is not None or monotonic() > until:
                    raise SystemExit(f"{' '.join(command)}: does not answer") from None
                sleep(0.1)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(60)


def _put(port: int, triples: Path, headers: dict[str, str]) -> float:
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    start = perf_counter()
    with triples.open("rb") as body:
        connection.request(
            "PUT",
            "/store?default",
            body,
            {"Content-Type": "application/n-triples", "Content-Length": str(triples.stat().st_size), **headers},
        )
        answer = connection.getresponse()
    said = answer.read()
    if answer.status >= 300:
        raise SystemExit(f"PUT: {answer.status} {said[:300]!r}")
    connection.close()
    return perf_counter() - start
