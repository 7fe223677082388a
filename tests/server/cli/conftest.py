"""The command as a user has it: a process, with its exit code and its two streams."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.pipeline import open_store

SMALL = Path(__file__).parents[2] / "graph" / "small.trig"
PODIUM = Path(sys.executable).with_name("podium")


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line that a failure prints."""
        (line,) = self.err.splitlines()
        assert line.startswith("podium: ")
        return line.removeprefix("podium: ")


Podium = Callable[..., Done]


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk with invented people; not to be written to."""
    folder = tmp_path_factory.mktemp("small") / "store"
    with open_store(folder, create=True) as store:
        known = {quad.triple for quad in store.quads()}
        store.write(quad for quad in ox.parse(path=SMALL) if quad.triple not in known)
    return folder


@pytest.fixture
def podium(tmp_path: Path) -> Podium:
    """Runs the command in an empty folder."""

    def run(*arguments: str | Path, given: bytes = b"", **environment: str) -> Done:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PODIUM")}
        done = subprocess.run(
            [PODIUM, *map(str, arguments)],
            input=given,
            capture_output=True,
            cwd=tmp_path,
            env=inherited | environment,
            timeout=60,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(errors="surrogateescape"), done.stderr.decode())

    return run
