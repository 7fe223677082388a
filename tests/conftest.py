"""What all tests share: where the unpublished material lies, and which tests this machine can run."""

import gc
import os
import shutil
import tempfile
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
SHARED = ROOT / ".." / "shared"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

# How long an example takes says more of how busy the machine is than of the code; a hung test has its own time-out.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

MEMORY = Path("/dev/shm")  # noqa: S108  # as a place for stores: most of their time on a disk is waiting for it
_ROOM = 4 << 30  # bytes; a run takes less than one


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Gives the run a folder in memory where there is plenty, and nobody named one (`--basetemp`)."""
    if hasattr(config, "workerinput") or config.option.basetemp or not MEMORY.is_dir():
        return
    for left in MEMORY.glob("podium-tests-*"):  # by a run that was killed
        owner = left.name.split("-")[2]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    if min(shutil.disk_usage(MEMORY).free, psutil.virtual_memory().available // 2) > _ROOM:
        config.option.basetemp = tempfile.mkdtemp(prefix=f"podium-tests-{os.getpid()}-", dir=MEMORY)
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


def pytest_collection_finish() -> None:
    """Has Python not look for cycles among thousands of tests again and again, which takes a fifth of their time."""
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        pytest.skip("needs ../shared")
    if item.get_closest_marker("browser") and CHROMIUM is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")


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
