"""The service as strangers meet it: the command itself, in a process of its own, with a short deadline."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "a-token-of-the-tests-0123456789abcdef"  # noqa: S105 - no secret
DEADLINE = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class Service:
    """A running `podium serve`."""

    url: str
    process: psutil.Process

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1].strip("/"))

    def family(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]

    def cpu(self) -> float:
        """Seconds of processor time used by those who are there now."""
        total = 0.0
        for process in self.family():
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system
        return total


@contextmanager
def command(store: Path, *options: str) -> Iterator[Service]:
    """`podium serve` over a store, on a free port."""
    process = subprocess.Popen(
        [Path(sys.executable).with_name("podium"), "serve", "--store", store, "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PODIUM_TOKEN": TOKEN},
    )
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if found := re.search(r"http://\S+", line):
                break
        else:
            raise AssertionError("the service did not start")
        # What it says from now on must not fill the pipe.
        drain = subprocess.Popen(
            [sys.executable, "-c", "import sys\nfor _ in sys.stdin.buffer: pass"], stdin=process.stderr
        )
        yield Service(found[0], psutil.Process(process.pid))
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(30)
        process.stderr.close()
        drain.wait(30)
