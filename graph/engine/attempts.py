"""Queries that are likely to be answered in a moment, for an event loop: begun and read without ever waiting."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final, Protocol

from graph.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import QueryResultsFormat, RdfFormat

    from graph.engine.running import Run

_RECEIVED: Final = 1 << 18


class _End(Protocol):
    def __call__(self, run: Run, *, reusable: bool) -> None: ...


class Attempt:
    """A query at a reader. Call `read` where `file` has data, and `end` in any case, once."""

    def __init__(self, run: Run, is_slow: Callable[[Run], bool], end: _End) -> None:
        self.file = run.reader.socket.fileno()
        self._run = run
        self._is_slow = is_slow
        self._end = end
        self._ended = False
        self._reusable = False

    @property
    def slow(self) -> bool:
        """Whether it is to be asked as a query that takes its time."""
        return self._is_slow(self._run)

    @property
    def length(self) -> int:
        """Bytes of the answer so far."""
        return self._run.spool.total

    def read(self) -> bool:
        """Takes what the reader has written, and says whether the answer is complete; raises what `Run.feed` raises."""
        run = self._run
        try:
            data = run.reader.socket.recv(_RECEIVED, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except ConnectionError:
            data = b""
        try:
            self._reusable = run.feed(data)
        except LimitError:
            raise
        except Exception:
            self._reusable = run.done
            raise
        return self._reusable

    def answer(self) -> tuple[QueryResultsFormat | RdfFormat, bytes, int | None]:
        """The complete answer: what it is written in, its bytes and its rows."""
        self._run.spool.finish()
        answer = self._run.answer()
        return answer.format, b"".join(answer.chunks), answer.rows()

    def end(self) -> None:
        """Gives the reader back, which is stopped if it has not come to an end."""
        if not self._ended:
            self._ended = True
            self._end(self._run, reusable=self._reusable)
            self._run.spool.close()
