"""Many queries at once: slow ones wait for each other, quick ones for nobody, and who has gone costs nothing."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event, Thread
from typing import TYPE_CHECKING

import psutil
import pytest
from runners import EX, MIB, Service, wait_for

from graph.engine.settings import EngineSettings
from graph.errors import ClientGoneError, LimitError, QueryTimeoutError, TooBusyError
from graph.store.base import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?x ?y ?z }"
SLOW = f"SELECT (COUNT(*) AS ?n) {{ ?s <{EX}club> ?o . ?a <{EX}ran> ?c }}"
ROOMY = Limits(seconds=20.0, memory=256 * MIB)


def quick(number: int) -> str:
    return f"SELECT ?name {{ <{EX}runner{number}> <{EX}name> ?name }}"


@pytest.fixture
def patient(start: Callable[[EngineSettings], Service], settings: EngineSettings) -> Service:
    return start(replace(settings, limits=ROOMY, memory="off"))


def test_readers_let_go_of_a_query_whose_client_has_gone(patient: Service) -> None:
    gone = Event()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(patient.ask, ENDLESS, gone=gone.is_set)
        wait_for(lambda: patient.readers.stats()["heavy"] == 1)
        gone.set()
        left = time.monotonic()
        with pytest.raises(ClientGoneError):
            asked.result()
        assert time.monotonic() - left < 10
    wait_for(lambda: not patient.readers.stats()["heavy"])
    before = sum(patient.used().values())
    time.sleep(0.3)
    assert sum(patient.used().values()) - before < 0.1
    assert patient.readers.stats()["killed"] == {"gone": 1}


def test_readers_let_go_of_a_waiting_query_whose_client_has_gone(patient: Service) -> None:
    gone = Event()
    with ThreadPoolExecutor(5) as pool:
        running = [pool.submit(patient.ask, ENDLESS, gone=gone.is_set) for _ in range(4)]
        wait_for(lambda: patient.readers.stats()["heavy"] == 4)
        left = Event()
        waiting = pool.submit(patient.ask, ENDLESS, gone=left.is_set)
        wait_for(lambda: patient.readers.stats()["queued"] == 1)
        left.set()
        with pytest.raises(ClientGoneError):
            waiting.result(timeout=20)
        assert patient.readers.stats()["queued"] == 0
        gone.set()
        for asked in running:
            with pytest.raises(ClientGoneError):
                asked.result(timeout=20)


def test_readers_refuse_what_is_beyond_the_queue(start: Callable[[EngineSettings], Service]) -> None:
    service = start(EngineSettings(limits=replace(ROOMY, seconds=2.0), heavy=1, queue=1, memory="off"))
    with ThreadPoolExecutor(3) as pool:
        running = pool.submit(service.ask, ENDLESS)
        wait_for(lambda: service.readers.stats()["heavy"] == 1)
        waiting = pool.submit(service.ask, ENDLESS)
        wait_for(lambda: service.readers.stats()["queued"] == 1)
        with pytest.raises(TooBusyError, match="ask again in") as caught:
            service.ask(ENDLESS)
        assert caught.value.retry_after >= 1
        assert b"Lindqvist 3" in service.ask(quick(3))
        with pytest.raises(QueryTimeoutError):
            running.result()
        with pytest.raises((QueryTimeoutError, TooBusyError)):  # its turn came at the end of its time, or never
            waiting.result()


def test_readers_begin_a_slow_query_anew_when_its_turn_comes(start: Callable[[EngineSettings], Service]) -> None:
    service = start(EngineSettings(limits=ROOMY, heavy=1, memory="off"))
    gone = Event()
    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(service.ask, ENDLESS, gone=gone.is_set)
        wait_for(lambda: service.readers.stats()["heavy"] == 1)
        waiting = pool.submit(service.ask, SLOW)
        wait_for(lambda: service.readers.stats()["queued"] == 1)
        assert service.readers.stats()["killed"] == {"postponed": 1}
        gone.set()
        with pytest.raises(ClientGoneError):
            running.result()
        assert b"4500000" in waiting.result()


def test_readers_are_used_again_after_a_slow_query(start: Callable[[EngineSettings], Service]) -> None:
    service = start(EngineSettings(limits=ROOMY, memory="on"))
    service.image_ready()
    assert b"4500000" in service.ask(SLOW)
    forks = service.readers.stats()["forks"]
    slow = {process.pid for process in service.reading()}
    for number in range(3):
        assert b"4500000" in service.ask(f"{SLOW} # {number}")
    assert service.readers.stats()["forks"] == forks
    assert {process.pid for process in service.reading()} == slow
    assert {process.nice() for process in service.reading()} == {psutil.Process().nice()}


def test_readers_that_copied_more_than_can_be_spared_are_not_used_again(
    start: Callable[[EngineSettings], Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    service = start(EngineSettings(limits=ROOMY, memory="on"))
    service.image_ready()
    small = psutil.virtual_memory()._replace(total=4 * MIB)
    monkeypatch.setattr("graph.engine.settings.psutil.virtual_memory", lambda: small)
    forks = service.readers.stats()["forks"]
    assert b"4500000" in service.ask(SLOW)
    assert b"4500000" in service.ask(SLOW)
    wait_for(lambda: service.readers.stats()["forks"] >= forks + 2)


def test_readers_answer_quick_queries_beside_sixteen_slow_ones(start: Callable[[EngineSettings], Service]) -> None:
    limits = Limits(seconds=6.0, memory=128 * MIB)
    service = start(EngineSettings(limits=limits, heavy=16, memory="on"))
    service.image_ready()
    ends: list[float] = []

    def slow() -> None:
        began = time.monotonic()
        with pytest.raises(LimitError):
            service.ask(ENDLESS)
        ends.append(time.monotonic() - began)

    threads = [Thread(target=slow) for _ in range(16)]
    for thread in threads:
        thread.start()
    wait_for(lambda: service.readers.stats()["heavy"] == 16)
    for number in range(400):
        assert b"Lindqvist" in service.ask(quick(number))
    assert service.readers.stats()["heavy"] == 16
    for thread in threads:
        thread.join()
    assert len(ends) == 16
    assert max(ends) < limits.seconds + 10
    assert service.readers.stats()["killed"] == {"timeout": 16}


def test_readers_answer_many_threads_each_its_own(patient: Service) -> None:
    def asking(offset: int) -> Iterator[bool]:
        for number in range(offset, offset + 100):
            yield f'"Marta Lindqvist {number}"'.encode() in patient.ask(quick(number))

    with ThreadPoolExecutor(12) as pool:
        answers = pool.map(lambda offset: list(asking(offset)), range(0, 1200, 100))
        assert all(all(right) for right in answers)
    assert patient.readers.stats()["light"] == 0
    assert patient.readers.stats()["killed"] == {}
