"""What a kill, a full disk and a second process leave of a store; `make crash` kills as often as one likes."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from random import Random
from typing import TYPE_CHECKING

import pytest
from cleanstore import Library, contents, difference, held
from crash import tell
from killing import PODIUM, run
from newsroom import changed, stories

from graph.errors import StoreBusyError
from graph.pipeline import open_store

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox


pytestmark = pytest.mark.timeout(600)  # for some dozen processes, on a busy machine


def test_crash_killed_at_any_moment_a_store_is_whole(tmp_path: Path) -> None:
    assert tell(Random("suite-0"), tmp_path, kills=4, size=6).kills >= 4


def folder_of(place: Path, name: str, *, later: bool = False) -> Path:
    """A dozen articles, or the same as they are later."""
    random = Random("folder")
    folder = place / name
    folder.mkdir()
    for story in stories(random, 12):
        (changed(random, story) if later else story).write(folder)
    return folder


def look(store: Path) -> tuple[dict[str, str], frozenset[ox.Quad]]:
    with open_store(store) as found:
        return held(found), contents(found)


# No file may grow beyond a size: what a full disk does to a write, without filling one.
_LIMITED = f"""
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), {resource.RLIM_INFINITY}))
os.execv(sys.argv[2], sys.argv[2:])
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Path]:
    """A folder with articles (`first`), with the same as they are later (`later`), and a store of the first."""
    library, place = Library(), tmp_path_factory.mktemp("filled")
    library.add(folder_of(place, "first"))
    library.add(folder_of(place, "later", later=True))
    run(["ingest", str(place / "first")], place / "store")
    return library, place


@pytest.mark.parametrize("limit", [4_096, 200_000])  # bytes of one file: full from the start, and on the way
def test_crash_a_full_disk_leaves_every_article_whole(limit: int, filled: tuple[Library, Path], tmp_path: Path) -> None:
    library, place = filled
    before, after = library.add(place / "first"), library.add(place / "later")
    store = shutil.copytree(place / "store", tmp_path / "store")
    again = ["ingest", str(place / "later"), "--replace"]
    command = [sys.executable, "-c", _LIMITED, str(limit), str(PODIUM), *again, "--store", str(store)]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}  # it would be cut off as well
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"podium: {store}: no space left on the disk")
    now, quads = look(store)
    assert all(now[article] in (before[article], after[article]) for article in before)
    assert not difference(quads, library.contents(now))
    run(again, store)
    assert not difference(look(store)[1], library.contents(after))


def test_crash_a_second_process_is_refused_and_does_no_harm(tmp_path: Path) -> None:
    library, store, folder = Library(), tmp_path / "store", folder_of(tmp_path, "articles")
    expected = library.add(folder)
    command = [PODIUM, "ingest", str(folder), "--store", str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while not (store / "ledger.db").exists():  # from then on it has the store open, and all before it
            time.sleep(0.001)
        os.kill(process.pid, signal.SIGSTOP)
        try:
            with pytest.raises(StoreBusyError, match="in use by another process"):
                open_store(store)
            other = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        finally:
            os.kill(process.pid, signal.SIGCONT)
        process.stdout.read()
    assert (other.returncode, other.stdout) == (1, "")
    assert other.stderr.startswith(f"podium: {store}: in use by another process")
    assert process.returncode == 0
    assert look(store) == (expected, library.contents(expected))
