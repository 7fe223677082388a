"""One query at one reader: what has come of it so far, and what went wrong."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from graph.engine import wire
from graph.engine.spool import Spool
from graph.errors import (
    AnswerTooLongError,
    ClientGoneError,
    PodiumError,
    QueryError,
    QueryMemoryError,
    QueryRefusedError,
    QueryTimeoutError,
    ReaderLostError,
    StoreFullError,
)
from graph.sparql.checking import check_graphs
from graph.sparql.choice import GraphChoice
from graph.sparql.relay import told_by
from graph.sparql.suggestions import syntax_error
from graph.store.base import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import QueryResultsFormat, RdfFormat

    from graph.engine.processes import ReaderProcess
    from graph.store.base import Limits

_LOOK: Final = 0.25  # seconds between looks whether the client is still there
_BEGUN: Final = 0.05  # seconds; a reader that ends before was killed while it waited
_MIB: Final = 1 << 20
_NO_MEMORY: Final = ("memory allocation of", "bad_alloc", "MemoryError", "Cannot allocate memory")


class ReaderKilledError(ReaderLostError):
    """The reader ended without a word, so that the query may be tried again; `worked`: after it had begun."""

    def __init__(self, message: str, *, worked: bool) -> None:
        self.worked = worked
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked, and how long it may take: `deadline` is in the time of `time.monotonic`."""

    query: str
    question: bytes
    results: QueryResultsFormat
    graphs: RdfFormat
    limits: Limits
    deadline: float
    streams: Callable[[], bool]
    gone: Callable[[], bool] | None


class Run:
    """A task at a reader. `failed` says that the reader answered with an error, and can be asked again."""

    def __init__(self, task: Task, reader: ReaderProcess) -> None:
        self.task = task
        self.reader = reader
        self.spool = Spool()
        self.done = False
        self._kind = wire.RESULTS
        self._rows: int | None = None
        self._frames = wire.Frames()
        self._began = time.monotonic()
        self._used = reader.used()
        self._look = self._began + _LOOK
        try:
            reader.socket.sendall(task.question)
        except OSError as error:
            raise self.lost() from error

    @cached_property
    def streams(self) -> bool:
        """Whether the answer may be handed out before it is complete."""
        return self.task.streams()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    @property
    def used(self) -> float:
        """Seconds of processor time: where the machine is busy, a quick query may take long and use little."""
        return self.reader.used() - self._used

    def collect(self, until: float, enough: Callable[[Run], bool]) -> bool:
        """Gathers the answer until it is complete; false where `until` (`time.monotonic`) or `enough` came before.

        Raises what `feed` raises, QueryTimeoutError or ClientGoneError.
        """
        task = self.task
        while True:
            data = self.reader.receive()
            if data is not None and self.feed(data):
                return True
            now = time.monotonic()
            if now >= task.deadline:
                raise self.late()
            if now >= self._look and task.gone is not None:
                self._look = now + _LOOK
                if task.gone():
                    raise ClientGoneError("the client has gone away while its query ran")
            if now >= until or enough(self):
                return False

    def feed(self, data: bytes) -> bool:
        """Takes what the reader has written, and says whether the answer is complete.

        Raises LimitError, QueryError, StoreFullError, or ReaderKilledError where there is no data, the reader having
        ended.
        """
        if not data:
            raise self.lost()
        for kind, content in self._frames.feed(data):
            if kind == wire.FAILURE:
                self.done = True
                raise self._failure(*json.loads(content))
            if kind == wire.END:
                self._kind = content[:1]
                self._rows = int(content[1:]) if len(content) > 1 else None
                self.done = True
            else:
                self._kind = kind
                self._put(content)
                if self.spool.total > self.task.limits.output:
                    raise self._too_long()
        return self.done

    def _put(self, content: bytes) -> None:
        try:
            self.spool.put(content)
        except OSError as error:
            raise StoreFullError(f"no space for the temporary file of a long answer ({error.strerror})") from error

    def answer(self) -> Answer:
        """The answer, as far as it has come."""
        form = self.task.results if self._kind == wire.RESULTS else self.task.graphs
        return Answer(form, self.spool.chunks(), lambda: self._rows)

    def late(self) -> QueryTimeoutError:
        seconds = self.task.limits.seconds
        return QueryTimeoutError(
            f"the query was stopped as it took longer than {seconds:g} s; ask for less, by a LIMIT or more of what is "
            "known in its patterns",
            seconds,
        )

    def lost(self) -> PodiumError:
        """Why the reader has ended."""
        words = self.reader.last_words()
        if any(sign in words for sign in _NO_MEMORY):
            return self._no_memory()
        if words:
            return QueryError("the query brought its process down, being nested too deeply perhaps; write it flatter")
        return ReaderKilledError(
            "the process that answered the query was ended; try again", worked=self.seconds >= _BEGUN
        )

    def _failure(self, kind: str, message: str) -> PodiumError:
        if kind == wire.SYNTAX:
            return syntax_error(self.task.query, SyntaxError(message))
        if kind == wire.NO_GRAPH:
            return _no_graph(message)
        if kind == wire.NO_MEMORY:
            return self._no_memory()
        return QueryError(told_by(message) or f"the query failed while it ran: {message}")

    def _no_memory(self) -> QueryMemoryError:
        memory = self.task.limits.memory
        return QueryMemoryError(
            f"the query was stopped as it needs more than {memory // _MIB:,} MiB of memory; sort, group or compare "
            "fewer rows",
            memory,
        )

    def _too_long(self) -> AnswerTooLongError:
        output = self.task.limits.output
        return AnswerTooLongError(
            f"the query was stopped as its answer is longer than {output:,} bytes; ask for it in parts, by LIMIT and "
            "OFFSET",
            output,
        )


def _no_graph(iri: str) -> QueryRefusedError:
    try:
        check_graphs(GraphChoice(default=(iri,)), ())
    except QueryRefusedError as error:
        return error
    raise AssertionError(iri)
