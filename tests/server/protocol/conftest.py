"""The app over an empty store whose default graph is the unnamed one, as the W3C's tests expect it, and its clients."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from locally import Local, client_of

from graph.engine.settings import EngineSettings
from graph.store.embedded import Store
from server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient


TOKEN = "harbour-light"  # noqa: S105


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.memory() as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=tmp_path, token=TOKEN, engine=EngineSettings(default_graph="own"))


@pytest.fixture
def anyone(store: Store, settings: Settings) -> FlaskClient:
    """A client without a token."""
    return client_of(Local(store), settings)


@pytest.fixture
def union(store: Store, settings: Settings) -> FlaskClient:
    """A client without a token of a service that shows all graphs as one."""
    return client_of(Local(store), replace(settings, engine=EngineSettings()))


@pytest.fixture
def client(store: Store, settings: Settings) -> FlaskClient:
    """A client with a token."""
    found = client_of(Local(store), settings)
    found.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {TOKEN}"
    return found
