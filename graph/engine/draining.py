"""Streams: readers are emptied as fast as they write, so that a client that reads slowly holds none of them."""

from __future__ import annotations

import contextlib
import logging
import os
import selectors
import socket
import time
from collections import deque
from threading import Thread
from typing import TYPE_CHECKING, Final

from graph.errors import ClientGoneError, ReaderLostError

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.engine.running import Run

_LOG = logging.getLogger(__name__)
_RECEIVED: Final = 1 << 18
_WAIT: Final = 30.0  # seconds; the thread is woken where there is something to do


class Drainer:
    """One thread that goes on with all answers of which the first part has been handed out.

    `end` is called with each run once nothing more comes of it, and with what went wrong.
    """

    def __init__(self, end: Callable[[Run, Exception | None], None]) -> None:
        self._end = end
        self._new: deque[Run] = deque()
        self._runs: set[Run] = set()
        self._closing = False
        self._wake, self._woken = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._wake, selectors.EVENT_READ)
        self._thread = Thread(target=self._drain, name="answers", daemon=True)
        self._thread.start()

    @property
    def count(self) -> int:
        """Answers that are under way."""
        return len(self._runs) + len(self._new)

    def add(self, run: Run) -> None:
        """Goes on with a run, up to its deadline and limits or until nobody reads its spool."""
        run.spool.on_close = self._nudge
        self._new.append(run)
        self._nudge()

    def close(self) -> None:
        """Breaks off what is under way."""
        if self._closing:
            return
        self._closing = True
        os.write(self._woken, b".")
        self._thread.join()
        for run in [*self._runs, *self._new]:
            self._finish(run, ReaderLostError("the service stops"))
        self._selector.close()
        os.close(self._wake)
        os.close(self._woken)

    def _nudge(self) -> None:
        with contextlib.suppress(BlockingIOError):  # it has been woken often enough
            if not self._closing:
                os.write(self._woken, b".")

    def _drain(self) -> None:
        while not self._closing:
            try:
                self._turn()
            except Exception:  # noqa: BLE001  # one answer must not end all others
                _LOG.exception("an answer could not be gone on with")

    def _turn(self) -> None:
        first = min((run.task.deadline for run in self._runs), default=None)
        wait = _WAIT if first is None else max(0.0, first - time.monotonic())
        for key, _ in self._selector.select(wait):
            if key.data is None:
                self._look()
            elif key.data in self._runs:
                self._pump(key.data)
        now = time.monotonic()
        for run in [run for run in self._runs if run.task.deadline <= now]:
            self._finish(run, run.late())

    def _look(self) -> None:
        """Takes in what is new, and lets go of what nobody reads."""
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake, 4096)
        while self._new:
            run = self._new.popleft()
            self._runs.add(run)
            self._selector.register(run.reader.socket, selectors.EVENT_READ, run)
        for run in [run for run in self._runs if run.spool.closed]:
            self._finish(run, ClientGoneError("the client has gone away while it was answered"))

    def _pump(self, run: Run) -> None:
        try:
            data = run.reader.socket.recv(_RECEIVED, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except ConnectionError:
            data = b""
        try:
            if run.feed(data):
                self._finish(run, None)
        except Exception as error:  # noqa: BLE001  # it is the reader of the spool whom it concerns
            self._finish(run, error)

    def _finish(self, run: Run, error: Exception | None) -> None:
        with contextlib.suppress(KeyError):
            self._selector.unregister(run.reader.socket)
        self._runs.discard(run)
        run.spool.on_close = _nothing
        self._end(run, error)
        run.spool.finish(error)


def _nothing() -> None:
    """What is to be done where a spool is closed after its end."""
