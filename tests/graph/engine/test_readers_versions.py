"""A reader has seen every write that was acknowledged before it was asked, from the disk and from memory."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

import pytest
from runners import EX, Service, wait_for

from graph.engine.settings import EngineSettings
from graph.store.base import Change

if TYPE_CHECKING:
    from collections.abc import Callable

COUNTER = f"SELECT ?n {{ <{EX}counter> <{EX}is> ?n }}"


def add_one(value: int) -> Change:
    was = f"DELETE DATA {{ GRAPH <{EX}numbers> {{ <{EX}counter> <{EX}is> {value - 1} }} }} ; " if value else ""
    return Change(update=f"{was}INSERT DATA {{ GRAPH <{EX}numbers> {{ <{EX}counter> <{EX}is> {value} }} }}")


def value(service: Service) -> int:
    (row,) = json.loads(service.ask(COUNTER))["results"]["bindings"]
    return int(row["n"]["value"])


@pytest.mark.parametrize("told", [True, False], ids=["told what", "told that"])
def test_readers_see_what_was_written(service: Service, told: bool) -> None:
    for number in range(25):
        service.write(add_one(number), told=told)
        assert value(service) == number


def test_readers_see_what_was_written_while_others_ask(service: Service) -> None:
    done = Event()
    service.write(add_one(0))

    def watch() -> bool:
        seen = 0
        while not done.is_set():
            now = value(service)
            if now < seen:
                return False
            seen = now
        return True

    with ThreadPoolExecutor(3) as pool:
        watching = [pool.submit(watch) for _ in range(3)]
        for number in range(1, 40):
            service.write(add_one(number), told=number % 10 != 0)
            assert value(service) == number
        done.set()
        assert all(watcher.result() for watcher in watching)


def test_readers_follow_writes_that_come_while_the_image_is_filled(
    start: Callable[[EngineSettings], Service], settings: EngineSettings
) -> None:
    service = start(replace(settings, memory="on"))
    number = 0
    while service.readers.stats()["image"]["state"] != "ready" or number < 5:
        service.write(add_one(number))
        assert value(service) == number
        number += 1
    wait_for(lambda: value(service) == number - 1)
    assert service.readers.stats()["image"]["made"] == 1


def test_readers_image_is_made_anew_after_a_write_that_it_cannot_follow(
    start: Callable[[EngineSettings], Service], settings: EngineSettings
) -> None:
    service = start(replace(settings, memory="on"))
    service.image_ready()
    service.write(add_one(0), told=False)
    assert service.readers.stats()["image"]["state"] != "ready"
    assert value(service) == 0
    service.image_ready()
    assert value(service) == 0
    assert service.readers.stats()["image"]["made"] == 2


def test_readers_image_follows_graphs_and_quads(
    start: Callable[[EngineSettings], Service], settings: EngineSettings
) -> None:
    service = start(replace(settings, memory="on"))
    service.image_ready()
    name = f'<{EX}runner1> <{EX}name> "Marta Lindqvist 1" <{EX}graph1> .\n'.encode()
    other = f'<{EX}runner1> <{EX}name> _:b7 <{EX}graph1> .\n_:b7 <{EX}name> "Achieng Otiwa" .\n'.encode()
    service.readers.committed("second", Change(drop=(EX + "graph2", ""), remove=name, add=other))
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert b'"4800"' in service.ask(query)
    names = service.ask(f"SELECT ?name {{ <{EX}runner1> <{EX}name> ?b . ?b <{EX}name> ?name }}")
    assert b"Achieng Otiwa" in names
    unnamed = service.ask(f"SELECT ?name {{ ?b <{EX}name> ?name }}", union=False)
    assert b"Achieng Otiwa" in unnamed
    assert service.readers.stats()["image"]["made"] == 1


def test_readers_without_an_image_of_a_store_that_is_too_large(
    start: Callable[[EngineSettings], Service], settings: EngineSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EngineSettings, "most_in_memory", lambda _: 5999)
    service = start(replace(settings, memory="auto"))
    wait_for(lambda: service.readers.stats()["image"]["state"] == "none")
    service.write(add_one(0))
    assert value(service) == 0
    assert service.readers.stats()["image"]["made"] == 0


def test_readers_hold_no_snapshot_but_the_newest(service: Service) -> None:
    for number in range(6):
        service.write(add_one(number), told=False)
        assert value(service) == number
    folder = service.store.path / "snapshots"
    wait_for(lambda: len(list(folder.iterdir())) <= 3)
    service.readers.close()
    service.snapshots.newest()
    service.store.apply(f"INSERT DATA {{ GRAPH <{EX}g> {{ <{EX}a> <{EX}b> 1 }} }}")
    newest, _ = service.snapshots.newest()
    assert list(folder.iterdir()) == [newest]
