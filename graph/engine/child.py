"""A process of the engine's own, started as `python -m MODULE`, asked over a pair of sockets.

A second pair is its lifeline: it breaks when the process at the other end ends, however that comes about.
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
import subprocess
import sys
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_GLANCE: Final = 0.05  # seconds between two looks at whether an answer is still wanted


class ChildEndedError(Exception):
    """The process has ended without an answer; `code` is its exit code, negative where a signal ended it."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


class Child:
    """The process as its parent sees it; one question at a time."""

    def __init__(self, module: str, *, niceness: int = 0) -> None:
        self._commands, theirs = Pipe()
        self.line, end = Pipe()
        with theirs, end:
            descriptors = theirs.fileno(), end.fileno()
            self._process = subprocess.Popen(  # noqa: S603  # our own module
                [sys.executable, "-m", module, *map(str, descriptors)], pass_fds=descriptors, stdin=subprocess.DEVNULL
            )
        if niceness:
            with suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, self.pid, niceness)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def tell(self, message: object) -> None:
        """Sends a message, which may be answered later; raises ChildEndedError."""
        try:
            self._commands.send(message)
        except OSError:
            raise ChildEndedError(self.kill()) from None

    def answered(self) -> bool:
        """Whether there is an answer, or no more to come."""
        return self._commands.poll()

    def answer(self, watch: Callable[[], None] = lambda: None) -> Any:  # whatever was sent
        """Waits for the answer; `watch` is called now and then, and may raise. Raises ChildEndedError."""
        while not self._commands.poll(_GLANCE):
            watch()
        try:
            return self._commands.recv()
        except (EOFError, OSError):
            raise ChildEndedError(self.kill()) from None

    def stop(self, number: int) -> None:
        """Sends it a signal, if it is still there."""
        self._process.send_signal(number)

    def kill(self) -> int:
        """Ends it by force, so that who waits for it is told; its exit code."""
        self._process.kill()
        return self._process.wait()

    def end(self, patience: float = 0.0) -> int:
        """Lets it end by itself within `patience` seconds, or by force, and lets go of it; its exit code."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        code = self.kill()
        self._commands.close()
        self.line.close()
        return code


def lifelines(arguments: list[str]) -> tuple[Connection, Connection]:
    """The child's ends of both pairs. Signals that stop a service are its parent's to heed."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    atexit.register(gc.freeze)  # all that is left ends with the process: to look for cycles in it takes a while
    commands, line = (Connection(int(descriptor)) for descriptor in arguments)
    return commands, line


def follow(line: Connection, heed: Callable[[Any], object] | None = None) -> None:
    """Has this process end at once when the one at the other end has; what that asks over the line, `heed` answers."""

    def wait() -> None:
        with suppress(EOFError, OSError):
            while True:
                asked = line.recv()
                if heed is not None:
                    line.send(heed(asked))
        os._exit(1)

    Thread(target=wait, daemon=True, name="lifeline").start()
