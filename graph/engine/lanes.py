"""Who may run now and who waits, in the order in which they came, and not too many."""

from __future__ import annotations

import time
from collections import deque
from threading import Event, Lock
from typing import TYPE_CHECKING, Final

from graph.errors import ClientGoneError, TooBusyError

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOK: Final = 0.25  # seconds between looks whether the client is still there


class Lane:
    """So many `slots`, and `queue` more who may wait for one; `name` is for the error that says it is full."""

    def __init__(self, name: str, slots: int, queue: int, retry_after: int) -> None:
        self.slots = slots
        self._name = name
        self._queue = queue
        self._retry_after = retry_after
        self._free = slots
        self._waiting: deque[Event] = deque()
        self._lock = Lock()

    @property
    def busy(self) -> int:
        return self.slots - self._free

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def try_enter(self) -> bool:
        """Takes a slot that is free, if nobody waits for it."""
        with self._lock:
            if self._free and not self._waiting:
                self._free -= 1
                return True
        return False

    def enter(self, deadline: float, gone: Callable[[], bool] | None) -> None:
        """Takes a slot, waiting for it until `deadline` (`time.monotonic`) at most.

        Raises TooBusyError where the queue is full or the time is over, ClientGoneError where the client has left.
        """
        with self._lock:
            if self._free and not self._waiting:
                self._free -= 1
                return
            if len(self._waiting) >= self._queue:
                raise self._too_busy(f"{len(self._waiting)} {self._name} queries are waiting already")
            mine = Event()
            self._waiting.append(mine)
        error: Exception | None = None
        try:
            while not mine.wait(min(_LOOK, max(0.0, deadline - time.monotonic()))):
                if time.monotonic() >= deadline:
                    error = self._too_busy(f"no turn came for a {self._name} query before its time was over")
                elif gone is not None and gone():
                    error = ClientGoneError("the client has gone away while its query waited")
                if error is not None:
                    break
        except BaseException:
            self._withdraw(mine)
            raise
        if error is not None:
            self._withdraw(mine)
            raise error

    def leave(self) -> None:
        """Gives a slot back, to whoever has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1

    def _withdraw(self, mine: Event) -> None:
        with self._lock:
            if not mine.is_set():
                self._waiting.remove(mine)
                return
        self.leave()  # the slot came too late

    def _too_busy(self, what: str) -> TooBusyError:
        return TooBusyError(f"the service is busy: {what}; ask again in {self._retry_after} s", self._retry_after)
