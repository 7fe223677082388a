"""The writer's process under supervision: ended where a command passes a limit, and started again."""

from __future__ import annotations

import logging
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

import psutil

from graph.engine.child import Child, ChildEndedError
from graph.engine.messages import PING, Command, Opening, Reply
from graph.errors import ClientGoneError, LimitError, PodiumError, QueryMemoryError, QueryTimeoutError, StoreError
from graph.ledger.history import KEPT
from graph.store.directory import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable

_LOG = logging.getLogger(__name__)
_COMMIT: Final = 60.0  # seconds for a commit that was under way at the deadline
_STILL: Final = 1.0  # seconds for a process to stop
_HASTE: Final = 2.0  # seconds that an update may still take when its client has gone
_ATTEMPTS: Final = 5  # to have a snapshot made while the writer is ended and started again
_CLOSING: Final = 30.0  # seconds for the store to be closed, as Oxigraph may be merging files

Mark = tuple[str, int]  # the newest file of RocksDB's write-ahead log, and its bytes


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an update may use: until when by the clock `monotonic`, bytes of memory; and whether its client has gone.

    `seconds` is what the deadline was made from, for the message.
    """

    deadline: float
    seconds: float
    memory: int
    gone: Callable[[], bool] | None = None


class Keeper:
    """Starts the writer, hands it commands one at a time, and starts it again when it has ended."""

    _opened: bool
    _failed: bool
    _unheard: bool  # whether a ping waits for its answer

    def __init__(self, path: Path, base: str | None, history: int = KEPT) -> None:
        self._path = path
        self._opening = Opening(path, base, history)
        self._asking = Lock()  # of the lifeline
        self._closed = False
        self._start()
        self.version, self.base = "", base or ""
        self.starts = 1
        self.ready()

    def call(self, command: Command, bounds: Bounds | None = None) -> Reply:
        """What the writer answers; within `bounds`, or else LimitError or ClientGoneError, and nothing has changed.

        Raises StoreError where the writer ended by itself, or cannot be started.
        """
        self.ready()
        before = self._mark()
        try:
            self._child.tell(command)
            return self._answer(before, bounds)
        except ChildEndedError as error:
            lost = self._lost(error.code, bounds, sure=bounds is not None and before == self._mark())
            self.restart()
            raise lost from None

    def snapshot(self) -> tuple[Path, str]:
        """The newest snapshot and its version; waits for a writer that is being started again. Raises StoreError."""
        for _ in range(_ATTEMPTS):
            with self._asking, suppress(EOFError, OSError):
                self._open_first()
                self._hear(None)
                self._child.line.send(None)
                made: tuple[Path, str] | PodiumError = self._child.line.recv()
                if isinstance(made, PodiumError):
                    raise made
                return made
        raise StoreError(f"{self._path}: the writer's process ends again and again")

    @property
    def runs(self) -> bool:
        """Whether the writer has the store open, as far as is known."""
        return self._opened and self._child.runs

    def responds(self, seconds: float) -> bool:
        """Whether it has the store open and answers within `seconds`; where it is busy with a snapshot, `runs`."""
        if not self._asking.acquire(timeout=seconds):
            return self.runs
        try:
            if not (self._opened or self._failed) and self._child.answered():
                self._open_first()
            if not self.runs:
                return False
            if not self._unheard:
                self._child.line.send(PING)
                self._unheard = True
            return self._hear(seconds)
        except (PodiumError, EOFError, OSError):
            return False
        finally:
            self._asking.release()

    def _hear(self, seconds: float | None) -> bool:
        """Takes the answer to a ping off the lifeline, if one is due; False where it does not come in time."""
        if self._unheard and self._child.line.poll(seconds):
            self._child.line.recv()
            self._unheard = False
        return not self._unheard

    def revive(self) -> None:
        """Starts a writer that has ended by itself, or could not open the store; nobody else may be using it."""
        if not self._closed and (self._failed or not self._child.runs):
            self.restart()

    def restart(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Has another process open the store; the next command waits for it. `meanwhile` nobody has it open."""
        self._child.kill()
        with self._asking:  # who waits for a snapshot has been told
            self._child.end()
            try:
                meanwhile()
            finally:
                self._start()
        self.starts += 1

    def close(self) -> None:
        """Has the store closed, and ends the process."""
        self._closed = True
        if not self._failed:
            with suppress(ChildEndedError):
                self._child.tell(None)
            self._child.end(_CLOSING)

    def _start(self) -> None:
        self._child = Child("graph.engine.writer")
        self._opened = self._failed = self._unheard = False
        with suppress(ChildEndedError):  # its answer will tell
            self._child.tell(self._opening)

    def ready(self) -> None:
        """Waits for the store to be open; raises StoreError where it cannot be."""
        if not self._opened:
            with self._asking:
                self._open_first()

    def _open_first(self) -> None:
        if self._opened:
            return
        if self._failed:
            self._start()
        try:
            answer: tuple[str, str] | PodiumError = self._child.answer()
        except ChildEndedError as error:
            answer = StoreError(f"{self._path}: the writer's process ended at once (exit code {error.code})")
        if isinstance(answer, PodiumError):
            self._child.end()
            self._failed = True
            raise answer
        self.version, self.base = answer
        self._opened = True

    def _answer(self, before: Mark, bounds: Bounds | None) -> Reply:
        if bounds is None:
            return self._reply(lambda: None)
        watch = _Watch(self._child.pid, bounds)
        try:
            return self._reply(watch)
        except (LimitError, ClientGoneError) as error:
            if not self._undone(before):
                return self._committed(error)
            _LOG.warning("an update was stopped: %s", error)
            self._child.kill()
            replace_file(self._path / "version", self.version)  # it is as it was
            self.restart()
            raise

    def _reply(self, watch: Callable[[], None]) -> Reply:
        reply: Reply = self._child.answer(watch)
        self.version = reply.version
        return reply

    def _undone(self, before: Mark) -> bool:
        """Stops the process, unless it answers or writes its result: whether what it did will leave no trace."""
        self._child.stop(signal.SIGSTOP)
        until = time.monotonic() + _STILL
        while time.monotonic() < until and not _still(self._child.pid):
            time.sleep(0.001)
        if self._child.answered() or self._mark() != before:
            self._child.stop(signal.SIGCONT)
            return False
        return True

    def _committed(self, error: PodiumError) -> Reply:
        """The answer after all, as the result was being written when the time was up."""
        until = time.monotonic() + _COMMIT

        def watch() -> None:
            if time.monotonic() > until:
                raise error

        try:
            return self._reply(watch)
        except (LimitError, ClientGoneError):
            self.restart()
            raise

    def _mark(self) -> Mark:
        """Where the log of writes ends: it grows when a transaction is committed, and only then."""
        logs = sorted(path for path in (self._path / "oxigraph").glob("*.log"))
        with suppress(FileNotFoundError, IndexError):
            return logs[-1].name, logs[-1].stat().st_size
        return "", 0

    def _lost(self, code: int, bounds: Bounds | None, *, sure: bool) -> PodiumError:
        """The error of a command during which the writer ended; `sure` that it changed nothing."""
        if sure and bounds is not None and code == -signal.SIGABRT:
            return _memory_error(bounds.memory)
        what = "nothing was changed, so try again" if sure else "it was done wholly or not at all: look, and try again"
        return StoreError(f"{self._path}: the writer's process ended (exit code {code}); {what}")


class _Watch:
    """Raises where the process that does an update passes one of its bounds."""

    def __init__(self, pid: int, bounds: Bounds) -> None:
        self._process = psutil.Process(pid)
        self._bounds = bounds
        self._most = self._memory() + bounds.memory
        self._gone: float | None = None

    def __call__(self) -> None:
        now = time.monotonic()
        if now >= self._bounds.deadline:
            seconds = self._bounds.seconds
            raise QueryTimeoutError(
                f"the update took longer than {seconds:g} seconds and was stopped; nothing was changed: "
                "write it as several smaller ones, or narrow its WHERE",
                seconds,
            )
        if self._memory() > self._most:
            raise _memory_error(self._bounds.memory)
        if self._gone is None and self._bounds.gone is not None and self._bounds.gone():
            self._gone = now
        if self._gone is not None and now > self._gone + _HASTE:
            raise ClientGoneError("who asked for the update has gone away; nothing was changed")

    def _memory(self) -> int:
        try:
            return int(self._process.memory_info().rss)
        except psutil.Error:  # it has ended, as its answer will tell
            return 0


def _memory_error(memory: int) -> QueryMemoryError:
    return QueryMemoryError(
        f"the update needed more than {memory >> 20} MiB of memory and was stopped; nothing was changed: "
        "write it as several smaller ones, or narrow its WHERE",
        memory,
    )


def _still(pid: int) -> bool:
    """Whether all threads of a process have stopped."""
    with suppress(OSError):
        states = [path.read_text().rpartition(")")[2].split()[0] for path in Path(f"/proc/{pid}/task").glob("*/stat")]
        return all(state in "TZX" for state in states)
    return True
