"""The service as users meet it: `podium`'s own `serve` in a process of its own, over any store."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SERVE = """
import gc
import sys
from pathlib import Path
from server.serve import serve
from server.settings import Settings
backups = Path(sys.argv[3]) if sys.argv[3] else None
settings = Settings(store=Path(sys.argv[1]), port=int(sys.argv[2]), backups=backups)
serve(settings, lambda url: print(url, flush=True))
gc.freeze()  # as the command does
"""


@dataclass(frozen=True)
class Running:
    url: str
    process: subprocess.Popen[str]

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Ends the service; its exit status and what it said on standard error."""
        self.process.send_signal(with_signal)
        _, said = self.process.communicate(timeout=20)
        return self.process.returncode, said


@contextmanager
def serving(store: Path, port: int = 0, *, backups: Path | None = None) -> Iterator[Running]:
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(store), str(port), str(backups or "")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        if not url:
            raise AssertionError(f"the service did not start: {process.communicate()[1]}")
        yield Running(url, process)
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=20)
