"""Queries that are likely to be answered in a moment, for an event loop: begun and read without ever waiting.

Two processes that wait for each other in turns spend most of their time on being woken. So a reader is kept at hand
(a desk), and one that is at work already is asked more before it is done, of queries that are known to be brief.
"""

from __future__ import annotations

import socket
import time
from collections import deque
from typing import TYPE_CHECKING, Final

from graph.engine import wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import QueryResultsFormat, RdfFormat

    from graph.engine.lanes import Lane
    from graph.engine.processes import ReaderProcess
    from graph.engine.supply import Supply

_RECEIVED: Final = 1 << 18
_DEEP: Final = 4  # brief queries that a reader is asked at once
_MOMENT: Final = 0.08  # seconds after which a query is slow, if the reader was at work in most of them
_WORKED: Final = 0.03  # seconds of work of a reader since the first look at it
_PATIENCE: Final = 1.0  # seconds after which it is slow whatever it was waiting for, or half of its time limit
_IDLE: Final = 0.5  # seconds after which a reader that has nothing to do is given back


class Attempt:
    """A query at a desk: once it is over, `body` is its answer, or it is to be asked elsewhere."""

    __slots__ = (
        "begun",
        "body",
        "brief",
        "graphs",
        "length",
        "query",
        "results",
        "rows",
        "seconds",
        "settled",
        "slow",
        "written",
    )

    def __init__(self, query: str, results: QueryResultsFormat, graphs: RdfFormat, *, brief: bool) -> None:
        self.query = query
        self.results = results
        self.graphs = graphs
        self.brief = brief  # whether others may be asked of the reader meanwhile
        self.begun = 0.0  # when the reader may have begun with it, by the clock `monotonic`
        self.seconds = 0.0  # that it took from then on
        self.length = 0  # bytes that have come
        self.slow = False  # whether it was given up for that
        self.settled = False  # whether what came of it, or did not, is for its own sake
        self.body: bytes | None = None
        self.written: QueryResultsFormat | RdfFormat = results
        self.rows: int | None = None


class Desk:
    """A reader and what it was asked, in that order. `Desks.hear` is told when `file` has something to read."""

    def __init__(self, reader: ReaderProcess, patience: float) -> None:
        self.reader = reader
        self.has_slot = False  # in the lane
        self.file = reader.socket.fileno()
        self.under_way: deque[Attempt] = deque()
        self.idle_since = 0.0
        self.lost = False  # nothing more is to be had from the reader
        self._frames = wire.Frames()
        self._parts: list[bytes] = []
        self._patience = patience
        self._looked_at: Attempt | None = None
        self._used = 0.0

    def ask(self, attempt: Attempt, question: bytes) -> bool:
        """Has the reader answer; false where it cannot be asked."""
        try:
            sent = self.reader.socket.send(question, socket.MSG_DONTWAIT)
        except OSError:
            sent = 0
        if sent != len(question):
            self.lost = True
            return False
        if not self.under_way:
            attempt.begun = time.monotonic()
        self.under_way.append(attempt)
        return True

    def hear(self, longest: int) -> list[Attempt]:
        """Takes what the reader has written; those that are over by that. An answer over `longest` bytes loses it."""
        try:
            data = self.reader.socket.recv(_RECEIVED, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return []
        except ConnectionError:
            data = b""
        over: list[Attempt] = []
        self.lost = self.lost or not data
        for kind, content in self._frames.feed(data):
            attempt = self.under_way[0]
            if kind == wire.END:
                parts = self._parts
                attempt.written = attempt.results if content[:1] == wire.RESULTS else attempt.graphs
                attempt.rows = int(content[1:]) if len(content) > 1 else None
                attempt.body = parts[0] if len(parts) == 1 else b"".join(parts)
            elif kind != wire.FAILURE:
                self._parts.append(content)
                attempt.length += len(content)
                if attempt.length > longest:
                    attempt.settled = self.lost = True
                continue
            self._parts = []
            self._next()
            over.append(attempt)
        return over

    def look(self, now: float) -> None:
        """Loses the reader where it works on a slow query; to be called some times in `_MOMENT`."""
        if not self.under_way:
            return
        attempt = self.under_way[0]
        used, seconds = self.reader.used(), now - attempt.begun
        if self._looked_at is not attempt:
            self._looked_at, self._used = attempt, used
        elif (seconds >= _MOMENT and used - self._used >= _WORKED) or seconds >= self._patience:
            attempt.slow = attempt.settled = self.lost = True

    def _next(self) -> None:
        """The first is over, and the reader goes on with the one behind it."""
        now = time.monotonic()
        attempt = self.under_way.popleft()
        attempt.settled = True
        attempt.seconds = now - attempt.begun
        self.reader.answered += 1
        if self.under_way:
            self.under_way[0].begun = now
        else:
            self.idle_since = now


class Desks:
    """As many desks as there are slots in the light lane, of which each takes one while its reader has something to do.

    It belongs to an event loop: `opened` and `closed` are told when a desk's file is to be watched and no more. Answers
    over `longest` bytes are given up; `slow` is told of queries that are, measured by the `seconds` that each may take.
    """

    def __init__(
        self,
        supply: Supply,
        lane: Lane,
        *,
        union: bool,
        longest: int,
        seconds: float,
        slow: Callable[[str], None],
        opened: Callable[[Desk], None],
        closed: Callable[[Desk], None],
    ) -> None:
        self._supply = supply
        self._lane = lane
        self._union = union
        self._longest = longest
        self._patience = min(_PATIENCE, seconds / 2)
        self._slow = slow
        self._opened = opened
        self._closed = closed
        self._desks: list[Desk] = []

    @property
    def busy(self) -> bool:
        """Whether an answer is to come."""
        return any(desk.under_way for desk in self._desks)

    @property
    def open(self) -> bool:
        """Whether `look` is to be called now and then."""
        return bool(self._desks)

    def begin(self, attempt: Attempt) -> bool:
        """Has a query that was checked answered; false where there is no room for it now.

        `attempt` is over when `hear` or `look` gives it.
        """
        question = wire.question(
            attempt.query, attempt.results.media_type, attempt.graphs.media_type, None, union=self._union, memory=None
        )
        free, old = None, []
        for desk in self._desks:
            if self._supply.is_to_go(desk.reader):
                old.append(desk)
            elif not desk.under_way:
                free = free or desk
            elif attempt.brief and self._takes_more(desk) and desk.ask(attempt, question):
                return True
        for desk in old:
            self._close_idle(desk)
        free = free or self._open()
        if free is None or not self._lane.try_enter():
            return False
        free.has_slot = True
        if free.ask(attempt, question):
            return True
        self.drop(free)
        return False

    def hear(self, desk: Desk) -> list[Attempt]:
        """What a desk's reader has written, now that there is something: the attempts that are over by that."""
        over = desk.hear(self._longest)
        if desk.lost:
            return [*over, *self.drop(desk)]
        if over and not desk.under_way:
            self._leave(desk)
        return over

    def look(self) -> list[Attempt]:
        """Looks for what takes too long; the attempts that are over by that."""
        over: list[Attempt] = []
        now = time.monotonic()
        for desk in list(self._desks):
            desk.look(now)
            if desk.lost:
                over += self.drop(desk)
            elif now - desk.idle_since > _IDLE:
                self._close_idle(desk)
        return over

    def drop(self, desk: Desk) -> list[Attempt]:
        """Has the reader of a desk ended; the attempts that come to nothing by that."""
        left = list(desk.under_way)
        desk.under_way.clear()
        for attempt in left:
            if attempt.slow:
                self._slow(attempt.query)
        self._desks.remove(desk)
        self._closed(desk)
        self._leave(desk)
        self._supply.discard_soon(desk.reader)
        return left

    def close(self) -> None:
        """Ends all of it."""
        for desk in list(self._desks):
            self.drop(desk)

    @staticmethod
    def _takes_more(desk: Desk) -> bool:
        return len(desk.under_way) < _DEEP and not desk.lost and all(attempt.brief for attempt in desk.under_way)

    def _open(self) -> Desk | None:
        if len(self._desks) >= self._lane.slots:
            return None
        reader = self._supply.take_idle()
        if reader is None:
            return None
        desk = Desk(reader, self._patience)
        desk.idle_since = time.monotonic()
        self._desks.append(desk)
        self._opened(desk)
        return desk

    def _close_idle(self, desk: Desk) -> None:
        if not desk.under_way:
            self._desks.remove(desk)
            self._closed(desk)
            self._supply.give_back(desk.reader)

    def _leave(self, desk: Desk) -> None:
        if desk.has_slot:
            desk.has_slot = False
            self._lane.leave()
