"""The command as a user has it: an exit code and two streams."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from podium_command import PODIUM, Done, Podium

from graph.pipeline import open_store
from server.cli import run

SMALL = Path(__file__).parents[2] / "graph" / "small.trig"


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk with invented people; not to be written to."""
    folder = tmp_path_factory.mktemp("small") / "store"
    with open_store(folder, create=True) as store:
        known = {quad.triple for quad in store.quads()}
        store.write(quad for quad in ox.parse(path=SMALL) if quad.triple not in known)
    return folder


@pytest.fixture
def process(tmp_path: Path) -> Podium:
    """Runs the command as a process in an empty folder."""

    def start(*arguments: str | Path, given: bytes = b"", **environment: str) -> Done:
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

    return start


@pytest.fixture
def podium(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Podium:
    """The same within this process, which spares the imports."""

    def start(*arguments: str | Path, given: bytes = b"", **environment: str) -> Done:
        streams = {name: io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for name in ("stdout", "stderr")}
        streams["stdin"] = io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
        with monkeypatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("PODIUM")]:
                patch.delenv(name)
            for name, value in environment.items():
                patch.setenv(name, value)
            for name, stream in streams.items():
                patch.setattr(sys, name, stream)
            patch.chdir(tmp_path)
            code = run(list(map(str, arguments)))
            out, err = (_content(streams[name]) for name in ("stdout", "stderr"))
        return Done(code, out, err)

    return start


def _content(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
