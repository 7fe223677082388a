"""Processes that are killed by others, and what is left behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from runners import EX, MIB, Service, runners, wait_for

from graph.errors import ReaderLostError
from graph.store.base import Limits
from graph.store.embedded import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.engine.settings import EngineSettings

QUICK = f"ASK {{ <{EX}runner7> <{EX}club> <{EX}club7> }}"
SLOW = f"SELECT (COUNT(*) AS ?n) {{ ?s <{EX}ran> ?o . ?a <{EX}ran> ?c }}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?x ?y ?z }"


def test_readers_that_were_killed_are_replaced(service: Service) -> None:
    for _ in range(5):
        for process in service.reading():
            process.kill()
        assert b"true" in service.ask(QUICK)


def test_readers_repeat_a_query_whose_reader_was_killed(service: Service) -> None:
    limits = Limits(seconds=100.0, memory=256 * MIB)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(service.ask, SLOW, limits=limits)
        wait_for(lambda: service.readers.stats()["heavy"] == 1)
        busiest(service).kill()
        assert b"9000000" in asked.result()
    assert service.readers.stats()["killed"]["lost"] == 1


def test_readers_do_not_repeat_a_query_for_ever(service: Service) -> None:
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(service.ask, ENDLESS, limits=Limits(seconds=100.0, memory=256 * MIB))
        for _ in range(2):
            wait_for(lambda: service.readers.stats()["heavy"] == 1)
            killed = busiest(service)
            killed.kill()
            killed.wait(20)
            wait_for(lambda: asked.done() or service.readers.stats()["heavy"] == 0 or busy(service) > 0)
        with pytest.raises(ReaderLostError, match="try again"):
            asked.result(timeout=20)
    assert b"true" in service.ask(QUICK)


def busy(service: Service) -> float:
    return max(service.used().values(), default=0.0)


def busiest(service: Service) -> psutil.Process:
    wait_for(lambda: busy(service) > 0.05)
    used = service.used()
    return max(used, key=lambda process: used[process])


def test_readers_heal_when_nurseries_are_killed(service: Service) -> None:
    image = service.readers.stats()["image"]["made"]
    for process in [*service.nurseries(), *service.reading()]:
        process.send_signal(signal.SIGKILL)
    assert b"true" in service.ask(QUICK)
    if image:
        wait_for(lambda: service.readers.stats()["image"]["made"] == image + 1)
        service.image_ready()
        assert b"true" in service.ask(QUICK)


def test_readers_leave_nothing_behind(start: Callable[[EngineSettings], Service], settings: EngineSettings) -> None:
    service = start(replace(settings, memory="on"))
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(service.ask, ENDLESS, limits=Limits(seconds=100.0))
        wait_for(lambda: service.readers.stats()["heavy"] == 1)
        service.readers.close()
        with pytest.raises(ReaderLostError):
            asked.result(timeout=20)
    assert not service.processes()
    assert len(list(Path("/proc/self/fd").iterdir())) < descriptors
    with pytest.raises(ReaderLostError):
        service.ask(QUICK)


_FRONT = """
import sys, threading, time
from pathlib import Path
from graph.engine.readers import Readers
from graph.engine.settings import EngineSettings
from graph.engine.snapshots import Snapshots
from graph.store.base import Limits
from graph.store.embedded import Store
store = Store.open(sys.argv[1])
readers = Readers(EngineSettings(limits=Limits(seconds=60), memory="on"), Snapshots(store).newest, {})
threading.Thread(target=readers.answer, args=(sys.argv[2],)).start()
while readers.stats()["image"]["state"] != "ready" or not readers.stats()["heavy"]:
    time.sleep(0.01)
print("busy", flush=True)
time.sleep(60)
"""


def test_readers_end_with_the_front_even_when_it_is_killed(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.write(runners())
    command = [sys.executable, "-c", _FRONT, str(tmp_path), ENDLESS]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as front:
        assert front.stdout is not None
        assert front.stdout.readline() == b"busy\n"
        children = psutil.Process(front.pid).children(recursive=True)
        assert len(children) >= 3  # two nurseries and a reader at work
        front.kill()
        front.wait()
        _, alive = psutil.wait_procs(children, timeout=20)
    assert not [process for process in alive if _still_runs(process)]


def _still_runs(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
