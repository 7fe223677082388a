"""The command `podium` as a process that is killed while it works on a store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PODIUM = Path(sys.executable).with_name("podium")
_GLANCE = 0.0003  # seconds between two looks at a store's files
_PATIENCE = 300.0  # seconds for a command that is not killed, on a busy machine
_TOLD = 500  # characters of a complaint
_LEAVE = 5.0  # seconds for what a killed command started to end by itself


@dataclass(frozen=True, slots=True)
class Moment:
    """So many seconds after the store's files were seen to change so often (0: after the start)."""

    changes: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.seconds * 1000:.1f} ms after change {self.changes}"


@dataclass(frozen=True, slots=True)
class Run:
    """How a command went; `changes` of the store's files were seen, and it may have been `killed`."""

    seconds: float
    changes: int
    killed: bool


class CommandFailedError(AssertionError):
    """A command that was not killed ended otherwise than well, or left processes behind."""


def run(arguments: list[str], store: Path, moment: Moment | None = None) -> Run:
    """Lets the command work to its end, or kills it at that moment, where its end does not come before."""
    start = time.perf_counter()
    with _start(arguments, store) as process:
        changes = _watch(process, store, moment.changes if moment else None)
        if moment:
            with suppress(subprocess.TimeoutExpired):
                process.wait(moment.seconds)
            process.kill()
        _leave(process)
        if process.returncode not in (0, -signal.SIGKILL):
            raise CommandFailedError(f"podium {' '.join(arguments)}: exit code {process.returncode}: {_said(process)}")
    return Run(time.perf_counter() - start, changes, process.returncode != 0)


def _start(arguments: list[str], store: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [PODIUM, *arguments, "--store", str(store)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _watch(process: subprocess.Popen[bytes], store: Path, changes: int | None) -> int:
    """Waits for so many changes of the store's files, or for the end of the process; how many were seen."""
    seen, count = _look(store), 0
    until = time.perf_counter() + _PATIENCE
    while (changes is None or count < changes) and process.poll() is None:
        if time.perf_counter() > until:
            process.kill()
            raise CommandFailedError("it does not come to an end")
        time.sleep(_GLANCE)
        now = _look(store)
        count += now != seen
        seen = now
    return count


def _look(folder: Path) -> list[tuple[str, int, int]]:
    """Name, size and time of every file."""
    found, places = [], [str(folder)]
    while places:
        with suppress(FileNotFoundError), os.scandir(places.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    places.append(entry.path)
                    continue
                with suppress(FileNotFoundError):
                    about = entry.stat()
                    found.append((entry.name, about.st_size, about.st_mtime_ns))
    return found


def _leave(process: subprocess.Popen[bytes]) -> None:
    """Waits for the process and for all that it started."""
    process.wait()
    until = time.perf_counter() + _LEAVE
    while True:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        if time.perf_counter() > until:
            os.killpg(process.pid, signal.SIGKILL)
            raise CommandFailedError("processes were left behind")
        time.sleep(_GLANCE)


def _said(process: subprocess.Popen[bytes]) -> str:
    assert process.stderr is not None
    return process.stderr.read().decode(errors="replace").strip()[-_TOLD:]
