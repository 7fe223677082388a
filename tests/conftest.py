"""What all tests share: where the unpublished material lies, and which tests this machine can run."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT / ".." / "shared"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    no_shared = pytest.mark.skip(reason="needs ../shared")
    no_browser = pytest.mark.skip(reason="needs Chromium ('apt-get install chromium')")
    for item in items:
        if item.get_closest_marker("shared") and not SHARED.is_dir():
            item.add_marker(no_shared)
        if item.get_closest_marker("browser") and CHROMIUM is None:
            item.add_marker(no_browser)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the gold facts and the news text; for tests marked `shared`."""
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's browser; for tests marked `browser`."""
    assert CHROMIUM is not None
    return CHROMIUM
