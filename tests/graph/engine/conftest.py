from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from runners import MIB, Service, runners

from graph.engine.settings import EngineSettings, Memory
from graph.store.base import Limits
from graph.store.embedded import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(params=["off", "on"])
def memory(request: pytest.FixtureRequest) -> Memory:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def settings() -> EngineSettings:
    return EngineSettings(limits=Limits(seconds=10.0, memory=256 * MIB, output=4 * MIB), heavy=4)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[EngineSettings], Service]]:
    """Starts readers over a store with the runners."""
    started: list[Service] = []

    def _start(settings: EngineSettings) -> Service:
        store = Store.open(tmp_path / "store", create=True)
        store.write(runners())
        service = Service(store, settings)
        started.append(service)
        service.ask("ASK {}", limits=Limits(seconds=20.0))  # the first reader takes a while
        return service

    yield _start
    for service in started:
        service.readers.close()
        assert not service.processes()
        service.store.close()


@pytest.fixture
def service(start: Callable[[EngineSettings], Service], settings: EngineSettings, memory: Memory) -> Service:
    service = start(replace(settings, memory=memory))
    if memory == "on":
        service.image_ready()
    return service
