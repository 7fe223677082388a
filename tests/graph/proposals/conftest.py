"""An endpoint that is played, and articles about invented people."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import ModelServer, running

from graph.proposals import EndpointChoice


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with running() as played:
        yield played


@pytest.fixture
def choice(server: ModelServer, tmp_path: Path) -> EndpointChoice:
    return EndpointChoice(server.url, "tiny-model", tmp_path / "cache", key="very-secret", seconds=5.0)
