"""The front's ends of nurseries and readers."""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph.engine import image, wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.store.base import Change

LATE: Final = 0.5  # seconds after which a reader of an image is no longer waited for, but one of the disk
_TICK: Final = 0.04  # seconds after which `receive` comes back with nothing
_LONG_TICK: Final = 0.25  # the same for slow queries
_RECEIVED: Final = wire.PART + 16384  # a part is a little longer than `wire.PART`
_WORDS: Final = 1 << 14
_SLOW: Final = 19  # niceness
_ALL, _RESIDENT = 0, 1  # places in /proc/PID/statm
_BACKLOG: Final = 1 << 20  # bytes of packets that a busy nursery may have waiting


class ReaderProcess:
    """A reader that has said hello. `seq` is the write it has seen, `snapshot` what it has open (None: an image)."""

    def __init__(self, born: Unborn, pid: int) -> None:
        self.socket = born.socket
        self.seq = born.seq
        self.snapshot = born.snapshot
        self.pid = pid
        self.answered = 0
        self.own = 0  # bytes of memory that it shared with nobody when that was last looked at
        self._size = self._pages(_ALL)
        self._process = os.pidfd_open(pid)
        self._clock = (~pid << 3) | 2  # Linux's name for the processor time of a process, all its threads together
        self._words = born.words
        self.socket.setblocking(True)
        self._wait(_TICK)

    def receive(self) -> bytes | None:
        """What the reader writes next; b"" where it has ended, None where it has written nothing for a while."""
        try:
            return self.socket.recv(_RECEIVED)
        except BlockingIOError:
            return None
        except ConnectionError:
            return b""

    def used(self) -> float:
        """Seconds of processor time since it was forked; 0 where it has ended."""
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            return 0.0

    def slow_down(self) -> None:
        """Lets all others go first."""
        self._wait(_LONG_TICK)
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, _SLOW)

    def speed_up(self) -> bool:
        """Lets it run like all others again; False where this process may not do that."""
        self._wait(_TICK)
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, os.getpriority(os.PRIO_PROCESS, 0))
        except OSError:
            return False
        return True

    def weigh(self) -> int:
        """Notes what memory it has for itself (`own`), and gives how much longer its address space has become.

        Bytes. A reader of an image copies the pages that it reads, as counts of references are written in them.
        """
        try:
            told = Path(f"/proc/{self.pid}/smaps_rollup").read_text("ascii").splitlines()
            self.own = sum(int(line.split()[1]) << 10 for line in told if line.startswith("Private_Dirty:"))
        except OSError:
            self.own = self._pages(_RESIDENT)
        return self._pages(_ALL) - self._size

    def _pages(self, which: int) -> int:
        """Bytes of its memory; 0 where it has ended."""
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text("ascii").split()
        except OSError:
            return 0
        return int(pages[which]) * resource.getpagesize()

    def _wait(self, seconds: float) -> None:
        timeval = struct.pack("ll", 0, int(seconds * 1_000_000))
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, timeval)

    def alive(self) -> bool:
        return not _ended(self._process, 0)

    def last_words(self) -> str:
        """What the process wrote on its end, "" where somebody killed it."""
        with contextlib.suppress(OSError):
            return os.read(self._words, _WORDS).decode("utf-8", "replace")
        return ""

    def kill(self, wait: float = 0) -> None:
        """Ends the process, and waits up to so many seconds for its end."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._process, signal.SIGKILL)
        _ended(self._process, wait)

    def close(self) -> None:
        """Ends the process, if it has not ended, and forgets it."""
        self.kill()
        self.socket.close()
        os.close(self._process)
        os.close(self._words)


@dataclass(eq=False)
class Unborn:
    """A reader that was asked for."""

    socket: socket.socket
    words: int
    seq: int
    snapshot: Path | None
    asked: float = field(default_factory=time.monotonic)

    def born(self) -> ReaderProcess | None:
        """The reader once the socket has its hello; None where it ended instead (`last_words`)."""
        try:
            for kind, content in wire.Frames().feed(self.socket.recv(_RECEIVED)):
                if kind == wire.HELLO:
                    return ReaderProcess(self, int(content))
        except OSError:
            pass
        return None

    def late(self, now: float) -> bool:
        """Whether the nursery has something else to do than to fork its image."""
        return self.snapshot is None and now - self.asked >= LATE

    def last_words(self) -> str:
        with contextlib.suppress(OSError):
            return os.read(self.words, _WORDS).decode("utf-8", "replace")
        return ""

    def close(self) -> None:
        """Gives it up; the process ends itself, as nobody is at the other end of its socket."""
        self.socket.close()
        os.close(self.words)


class NurseryProcess:
    """A nursery, with an image of the snapshot at `filled_from` or without one."""

    def __init__(self, prefixes: Mapping[str, str], filled_from: Path | None = None, most: int = 0) -> None:
        """Starts the process; `most` is how many quads an image may hold."""
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BACKLOG)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  # this program's own module
                [sys.executable, "-m", "graph.engine.nursery", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self.control.setblocking(False)
        self._send({"prefixes": dict(prefixes), "image": str(filled_from) if filled_from else None, "most": most})

    @property
    def pid(self) -> int:
        return self._process.pid

    def fork(self, seq: int, snapshot: Path | None, memory: int) -> Unborn:
        """Asks for a reader of the image, or of a snapshot on disk; raises OSError where the nursery is not there."""
        ours, theirs = socket.socketpair()
        words, their_words = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        unborn = Unborn(ours, words, seq, snapshot)
        ours.setblocking(False)
        message = {"do": "fork", "snapshot": str(snapshot) if snapshot else None, "memory": memory}
        try:
            self._send(message, [theirs.fileno(), their_words])
        except OSError:
            unborn.close()
            raise
        finally:
            theirs.close()
            os.close(their_words)
        return unborn

    def follow(self, seq: int, change: Change) -> None:
        """Hands on a write; readers forked afterwards have seen it. Raises OSError where the nursery is not there."""
        packed = os.memfd_create("change")
        try:
            with open(packed, "wb", closefd=False) as file:  # a file that is open already
                file.write(image.packed(change))
            self._send({"do": "follow", "change": seq}, [packed])
        finally:
            os.close(packed)

    def told(self) -> dict[str, Any] | None:
        """What the nursery reports, None where it has ended; call it when `control` has data."""
        try:
            packet = wire.receive_packet(self.control)
        except BlockingIOError:
            return {}
        except ConnectionError:
            return None
        return packet[0] if packet is not None else None

    def close(self) -> None:
        self.control.close()
        self._process.kill()
        self._process.wait()

    def _send(self, message: dict[str, Any], files: list[int] | None = None) -> None:
        wire.send_packet(self.control, message, files)


def _ended(process: int, wait: float) -> bool:
    watch = select.poll()
    watch.register(process, select.POLLIN)
    return bool(watch.poll(wait * 1000))
