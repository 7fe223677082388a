"""Clients of a running service, and of the app over an empty store."""

from __future__ import annotations

import shutil
import socket
from typing import TYPE_CHECKING

import httpx
import pytest
from careers import tell
from harbour import make_store
from meet import meet as make_meet
from running_service import serving

from graph.pipeline import memory_store, open_store
from server.app import create_app
from server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the invented articles; copy it, or open it only while no service does."""
    return make_store(tmp_path_factory.mktemp("harbour") / "store")


@pytest.fixture(scope="session")
def service(harbour: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service."""
    copy = tmp_path_factory.mktemp("service") / "store"
    shutil.copytree(harbour, copy)
    with serving(copy) as running:
        yield running.url


@pytest.fixture(scope="session")
def web(service: str) -> Iterator[httpx.Client]:
    """A client of the running service that follows no redirects."""
    with httpx.Client(base_url=service, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def browser_like(service: str) -> Iterator[httpx.Client]:
    """A client that asks as browsers do, and follows redirects."""
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    with httpx.Client(base_url=service, headers={"Accept": accept}, follow_redirects=True, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def harbour_app(harbour: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The app over the invented articles, asked without a server; not to be written to."""
    copy = tmp_path_factory.mktemp("app") / "store"
    shutil.copytree(harbour, copy)
    with open_store(copy) as store:
        yield create_app(store, Settings()).test_client()


@pytest.fixture
def empty() -> Iterator[FlaskClient]:
    """The app over a store without articles."""
    with memory_store() as store:
        yield create_app(store, Settings()).test_client()


@pytest.fixture(scope="session")
def meet() -> Iterator[FlaskClient]:
    """The app over the invented championships of `meet.py`."""
    with make_meet() as store:
        yield create_app(store, Settings(store=store.path)).test_client()


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """The system's browser, started; for tests marked `browser`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def careers() -> Iterator[FlaskClient]:
    """The app over the careers of `careers.py`; nothing is written to it."""
    with memory_store() as store:
        tell(store)
        yield create_app(store, Settings()).test_client()
