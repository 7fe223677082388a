"""Readers ready to answer: forked ahead by nurseries, started anew when one was killed or the quads have changed.

One thread does it, so that nobody who asks has to wait for it where there is a reader already.
"""

from __future__ import annotations

import contextlib
import logging
import os
import selectors
import time
from collections import deque
from threading import Condition, Thread
from typing import TYPE_CHECKING, Final

from graph.engine.images import Image
from graph.engine.processes import LATE, NurseryProcess, ReaderProcess, Unborn
from graph.engine.versions import Kept, Versions
from graph.errors import ReaderLostError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from graph.engine.settings import EngineSettings
    from graph.store.base import Change

_LOG = logging.getLogger(__name__)
_SPARE: Final = 2  # readers that are ready beyond those asked for
_ANSWERS: Final = 5_000  # after so many a reader is weighed: it has copied ever more of the image's pages
_GROWN: Final = 8  # this part of its memory limit a reader may have kept for itself when it is used again
_PATIENCE: Final = 10.0  # seconds that a query waits for a reader
_RETRY: Final = 0.2  # seconds between attempts at what failed
_WAIT: Final = 30.0  # seconds; the thread is woken where there is something to do


class Supply:
    """Keeps readers of the newest version. `versions` and `image` are for those who show how it is doing."""

    def __init__(
        self, settings: EngineSettings, prefixes: Mapping[str, str], snapshot: Callable[[], tuple[Path, str]]
    ) -> None:
        self.versions = Versions()
        self._snapshots = Kept(self.versions, snapshot)
        self.image = Image(settings, prefixes, self.versions, self._snapshots)
        self.forks = 0
        self._settings = settings
        self._prefixes = prefixes
        self._disk: NurseryProcess | None = None
        self._idle: deque[ReaderProcess] = deque()
        self._out: set[ReaderProcess] = set()  # lent
        self._ending: deque[ReaderProcess] = deque()  # killed, to be forgotten
        self._tired: deque[ReaderProcess] = deque()  # lent, to be weighed
        self._unborn: set[Unborn] = set()
        self._waiting: list[int] = []  # the write that each who waits for a reader must see
        self._asked = 0  # the newest write whose readers somebody has asked for
        self._failed = 0.0  # when something was last tried in vain
        self._closing = False
        self._changed = Condition()
        self._wake, self._woken = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._wake, selectors.EVENT_READ)
        self._thread = Thread(target=self._keep, name="readers", daemon=True)
        self._thread.start()

    def take(self, deadline: float) -> ReaderProcess:
        """A reader that has seen every write announced so far; `give_back` or `discard` it.

        Raises ReaderLostError where none can be had until `deadline` (`time.monotonic`) or within 10 s.
        """
        until = min(deadline, time.monotonic() + _PATIENCE)
        with self._changed:
            seen = self._asked = self.versions.newest
            reader = self._current(seen)
            if reader is None:
                self._waiting.append(seen)
                self._nudge()
                try:
                    while (reader := self._current(seen)) is None:
                        if self._closing or not self._changed.wait(until - time.monotonic()):
                            raise ReaderLostError("no process could be started that answers the query; try again")
                finally:
                    self._waiting.remove(seen)
            elif len(self._idle) < _SPARE:
                self._nudge()
            self._out.add(reader)
            return reader

    def take_idle(self) -> ReaderProcess | None:
        """As `take`, without waiting; None where no such reader is at hand."""
        with self._changed:
            seen = self._asked = self.versions.newest
            reader = self._current(seen)
            if reader is not None:
                self._out.add(reader)
            if reader is None or len(self._idle) < _SPARE:
                self._nudge()
            return reader

    def is_to_go(self, reader: ReaderProcess) -> bool:
        """Whether a reader that was lent is to be given back before it is asked again."""
        return self._outdated(reader) or reader.answered >= _ANSWERS

    def give_back(self, reader: ReaderProcess) -> None:
        """The reader is waiting for its next question."""
        reader.answered += 1
        with self._changed:
            if reader.answered >= _ANSWERS and not self._outdated(reader) and not self._closing:
                self._tired.append(reader)
                self._nudge()
                return
            if not self._outdated(reader) and len(self._idle) < self._settings.light + _SPARE and not self._closing:
                self._out.discard(reader)
                self._idle.append(reader)
                if self._waiting:
                    self._changed.notify_all()
                return
        self.discard_soon(reader)

    def give_back_slow(self, reader: ReaderProcess) -> None:
        """As `give_back`, after a query that took long: the reader is kept unless it has grown too large.

        It has copied the pages of the image that it read, which took three times as long as reading them.
        """
        if self._affordable(reader) and reader.speed_up():
            self.give_back(reader)
        else:
            self.discard(reader)

    def _affordable(self, reader: ReaderProcess) -> bool:
        """Whether what it has kept of its work is little, and what all readers have for themselves can be spared."""
        if reader.weigh() > self._settings.limits.memory // _GROWN:
            return False
        with self._changed:
            own = sum(one.own for one in {*self._idle, *self._out, reader})
        return own <= self._settings.spared()

    def discard(self, reader: ReaderProcess) -> None:
        """The reader is ended, whatever it is doing."""
        with self._changed:
            self._out.discard(reader)
        self._end(reader)

    def discard_soon(self, reader: ReaderProcess) -> None:
        """As `discard`, but what may take a while is left to the thread."""
        reader.kill()  # first: from then on it is the thread's
        with self._changed:
            self._out.discard(reader)
            self._ending.append(reader)
        self._nudge()

    def drop_ended(self) -> None:
        """Forgets readers that somebody has killed while they were idle."""
        with self._changed:
            ended = [reader for reader in self._idle if not reader.alive()]
            for reader in ended:
                self._idle.remove(reader)
        for reader in ended:
            self._end(reader)

    def committed(self, version: str, change: Change | None) -> None:
        """A write was done, which every reader lent from now on has seen."""
        if self.versions.announce(version):
            self.image.committed(version, change)
            self._nudge()

    def close(self) -> None:
        """Ends all processes and removes all snapshots."""
        with self._changed:
            if self._closing:
                return
            self._closing = True
            self._changed.notify_all()
        with contextlib.suppress(BlockingIOError):
            os.write(self._woken, b".")
        self._thread.join()
        with self._changed:
            idle, lent = list(self._idle), list(self._out)
            self._idle.clear()
        for reader in [*idle, *lent]:
            with contextlib.suppress(OSError):  # whoever had it may have closed it by now
                reader.kill(wait=1)
        for reader in [*idle, *self._ending, *self._tired]:  # those who have the others close them
            reader.close()
        for unborn in self._unborn:
            unborn.close()
        if self._disk is not None:
            self._disk.close()
        self.image.close()
        self._snapshots.close()
        self._selector.close()
        os.close(self._wake)
        os.close(self._woken)

    def _current(self, seen: int) -> ReaderProcess | None:
        """An idle reader that has seen a write; the one last used, whose memory is at hand."""
        if self._idle and self._idle[-1].seq >= seen:
            return self._idle.pop()
        for reader in self._idle:
            if reader.seq >= seen:
                self._idle.remove(reader)
                return reader
        return None

    def _outdated(self, reader: ReaderProcess) -> bool:
        """Whether it has not seen the newest write, or reads from disk what another has in memory."""
        newest = self.versions.newest
        return reader.seq < newest or (reader.snapshot is not None and self.image.seq == newest)

    def _nudge(self) -> None:
        with contextlib.suppress(BlockingIOError):  # it has been woken often enough
            if not self._closing:
                os.write(self._woken, b".")

    # The rest belongs to the thread.

    def _keep(self) -> None:
        while not self._closing:
            wait = _WAIT
            try:
                wait = self._tend()
            except Exception:  # noqa: BLE001  # a full disk, a writer that is started again: it may be over soon
                self._failed = time.monotonic()
                wait = _RETRY
                _LOG.warning("readers cannot be started", exc_info=True)
            try:
                self._hear(wait)
            except Exception:  # noqa: BLE001  # nobody else would start readers
                _LOG.exception("a message of a process was not understood")

    def _hear(self, wait: float) -> None:
        for key, _ in self._selector.select(wait):
            if key.fd == self._wake:
                self._drain()
            elif isinstance(key.data, Unborn):
                self._deliver(key.data)
            else:
                self._listen(key.data)

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake, 4096)

    def _tend(self) -> float:
        """Does what is to be done, and says in how many seconds there may be more."""
        now = time.monotonic()
        while self._ending:
            self._end(self._ending.popleft())
        while self._tired:
            self._weigh(self._tired.popleft())
        self._retire()
        if self._disk is None:
            self._disk = NurseryProcess(self._prefixes)
            self._selector.register(self._disk.control, selectors.EVENT_READ, self._disk)
        if self.image.spoiled:
            self._drop_image()
        due = self.image.due
        if due is not None and due <= now:
            self.image.begin()
            if self.image.nursery is not None:
                self._selector.register(self.image.nursery.control, selectors.EVENT_READ, self.image.nursery)
            due = None
        wait = min(_WAIT, due - now) if due is not None else _WAIT
        missing = self._missing(now)
        if missing and now - self._failed < _RETRY:
            return _RETRY
        for _ in range(missing):
            self._ask(now)
        return min(wait, LATE) if self._unborn else wait

    def _missing(self, now: float) -> int:
        """How many readers are to be asked for."""
        with self._changed:
            newest = self.versions.newest
            if self._asked < newest and not self._waiting:
                return 0
            ready = sum(1 for reader in self._idle if reader.seq >= newest)
            coming = sum(1 for unborn in self._unborn if unborn.seq >= newest and not unborn.late(now))
            return max(0, len(self._waiting) + _SPARE - ready - coming)

    def _ask(self, now: float) -> None:
        """Has a reader forked: from the image, unless this is behind or does not answer; else to open a snapshot."""
        memory = self._settings.limits.memory
        nursery, seq = self.image.nursery, self.image.seq
        overdue = any(unborn.late(now) for unborn in self._unborn)
        if nursery is not None and seq is not None and seq >= self.versions.newest and not overdue:
            unborn = nursery.fork(seq, None, memory)
        elif self._disk is not None:
            path, _, seq = self._snapshots.take()
            try:
                unborn = self._disk.fork(seq, path, memory)
            except OSError:
                self._snapshots.release(path)
                raise
        else:
            return
        self.forks += 1
        self._unborn.add(unborn)
        self._selector.register(unborn.socket, selectors.EVENT_READ, unborn)

    def _deliver(self, unborn: Unborn) -> None:
        """Takes in a reader that is ready."""
        self._selector.unregister(unborn.socket)
        self._unborn.discard(unborn)
        reader = unborn.born()
        if reader is None:
            self._failed = time.monotonic()
            _LOG.warning("a reader ended before it could answer: %s", unborn.last_words() or "killed")
            if unborn.snapshot is not None:
                self._snapshots.release(unborn.snapshot)
            unborn.close()
            return
        with self._changed:
            self._idle.appendleft(reader)
            self._changed.notify_all()

    def _listen(self, nursery: NurseryProcess) -> None:
        told = nursery.told()
        if nursery is self.image.nursery:
            if told is None:
                _LOG.warning("the process with the quads in memory has ended; they are loaded anew")
                self._drop_image()
            else:
                self.image.report(told)
        elif told is None:
            _LOG.warning("the process that starts readers has ended; it is started again")
            self._selector.unregister(nursery.control)
            nursery.close()
            self._disk = None

    def _drop_image(self) -> None:
        if self.image.nursery is not None:
            self._selector.unregister(self.image.nursery.control)
        self.image.drop()

    def _weigh(self, reader: ReaderProcess) -> None:
        """Has a reader that has answered much go on, if it can be spared what it has for itself by now."""
        if self._affordable(reader):
            reader.answered = 0
            self.give_back(reader)
        else:
            self.discard(reader)

    def _retire(self) -> None:
        """Ends idle readers that have not seen the newest write, unless somebody who came before it waits for one."""
        with self._changed:
            needed = min(self._waiting, default=None)
            old = [
                reader for reader in self._idle if self._outdated(reader) and (needed is None or reader.seq < needed)
            ]
            for reader in old:
                self._idle.remove(reader)
        for reader in old:
            self._end(reader)

    def _end(self, reader: ReaderProcess) -> None:
        reader.close()
        if reader.snapshot is not None:
            self._snapshots.release(reader.snapshot)
