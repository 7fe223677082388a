"""One service with a short deadline for all tests here."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import httpx
import pytest
from served_command import DEADLINE, command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from served_command import Service


@pytest.fixture(scope="module")
def service(harbour: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    store = tmp_path_factory.mktemp("faults") / "store"
    shutil.copytree(harbour, store)
    with command(store, "--timeout", str(DEADLINE)) as running:
        yield running


@pytest.fixture
def web(service: Service) -> Iterator[httpx.Client]:
    """A client with a patience well above the deadline."""
    with httpx.Client(base_url=service.url, timeout=DEADLINE + 20) as client:
        yield client
