"""What a run costs: peak memory of a process and all that it started, and the disk that a folder takes."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

_EVERY = 0.2  # seconds between two looks
_PROC = Path("/proc")


def run_watched(command: list[str]) -> tuple[str, float]:
    """Runs the command; what it printed, and the peak of the memory of its whole tree in megabytes.

    Pages that processes share are counted once (Linux' proportional set size). Raises CalledProcessError.
    """
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, sum(map(_memory, _tree(process.pid))))
            time.sleep(_EVERY)
        out = process.stdout.read() if process.stdout else ""
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command, out)
    return out, peak / 1024


def disk(folder: Path) -> int:
    """The bytes of disk that the files of a folder occupy."""
    return sum(file.stat().st_blocks * 512 for file in folder.rglob("*") if file.is_file())


def _tree(root: int) -> list[int]:
    """The process and those that it and they started."""
    found = [root]
    for pid in found:
        try:
            for task in (_PROC / str(pid) / "task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:  # it ended meanwhile
            continue
    return found


def _memory(pid: int) -> float:
    """Kilobytes; nothing for a process that ended meanwhile."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) for line in lines if line.startswith("Pss:")), 0.0)
