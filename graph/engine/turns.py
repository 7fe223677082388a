"""Who comes first goes first, and not too many wait."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from threading import Condition
from time import monotonic
from typing import TYPE_CHECKING, Final

from graph.errors import ClientGoneError, TooBusyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_GLANCE: Final = 0.1  # seconds between two looks at whether who waits is still there


class Turns:
    """A lock that is given in the order in which it was asked for; `bound` may wait for it."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._queue: deque[object] = deque()  # the first has the turn
        self._changed = Condition()

    @property
    def waiting(self) -> int:
        return max(0, len(self._queue) - 1)

    @contextmanager
    def turn(self, deadline: float | None = None, gone: Callable[[], bool] | None = None) -> Iterator[None]:
        """Holds the turn. Raises TooBusyError where it does not come by `deadline` (by the clock `monotonic`) or too
        many wait, ClientGoneError where `gone` says so before.
        """
        ticket = object()
        with self._changed:
            if len(self._queue) > self._bound:
                raise TooBusyError(f"{self._bound} writes wait already; try again in a moment", retry_after=2)
            self._queue.append(ticket)
        try:
            self._wait(ticket, deadline, gone)
            yield
        finally:
            with self._changed:
                self._queue.remove(ticket)
                self._changed.notify_all()

    def _wait(self, ticket: object, deadline: float | None, gone: Callable[[], bool] | None) -> None:
        with self._changed:
            while self._queue[0] is not ticket:
                if deadline is not None and monotonic() >= deadline:
                    raise TooBusyError("another write takes its time, and nothing was changed; try again", 5)
                if gone is not None and gone():
                    raise ClientGoneError("who asked for the write has gone away; nothing was changed")
                self._changed.wait(_GLANCE)
