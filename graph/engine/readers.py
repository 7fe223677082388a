"""Queries answered by processes that can be killed: `Readers`.

A query begins in the light lane. What is not done after a moment is slow: it goes on in the heavy lane, behind all
others, or is stopped and begun again when there is room in it. Answers are held back until they are complete; long ones
of queries that stream safely are handed out as they come.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import QueryResultsFormat, RdfFormat

from graph.engine import wire
from graph.engine.desks import Desks
from graph.engine.draining import Drainer
from graph.engine.lanes import Lane
from graph.engine.running import ReaderKilledError, Run, Task
from graph.engine.supply import Supply
from graph.errors import ClientGoneError, LimitError, ReaderLostError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from graph.engine.desks import Desk
    from graph.engine.settings import EngineSettings
    from graph.store.base import Answer, Change, GraphChoice, Limits

_MOMENT: Final = 0.08  # seconds after which a query is slow, if it has used the processor for half of them
_WAITING: Final = 1.0  # seconds after which it is slow whatever it was waiting for
_LONG: Final = 0.02  # seconds after which an answer longer than one part is long
_KNOWN: Final = 2000  # slow queries that are remembered
_PATIENCE: Final = 16  # readers that may be killed under a query before it has begun; half as much each if it has
_SOON, _LATER = 1, 5  # seconds until it is worth to ask again


class Readers:
    """Answers queries over the newest version of the quads, each under its limits.

    `snapshot` makes a snapshot of the quads and gives its path and version; `Readers` removes it. `prefixes` are those
    that queries may use without declaring them.
    """

    def __init__(
        self,
        settings: EngineSettings,
        snapshot: Callable[[], tuple[Path, str]],
        prefixes: Mapping[str, str],
    ) -> None:
        self._settings = settings
        self._supply = Supply(settings, prefixes, snapshot)
        self._light = Lane("light", settings.light, settings.queue, _SOON)
        self._heavy = Lane("slow", settings.heavy_slots(), settings.queue, _LATER)
        self._drainer = Drainer(self._drained)
        self._slow: OrderedDict[str, None] = OrderedDict()
        self._ended: Counter[str] = Counter()
        self._lock = Lock()
        self._closed = False

    def answer(
        self,
        query: str,
        *,
        results: QueryResultsFormat = QueryResultsFormat.JSON,
        graphs: RdfFormat = RdfFormat.TURTLE,
        choice: GraphChoice | None = None,
        union: bool = True,
        limits: Limits | None = None,
        streams: Callable[[], bool] = lambda: False,
        gone: Callable[[], bool] | None = None,
    ) -> Answer:
        """The answer to a query that was checked, as of a version no older than any that was announced before.

        It is complete, unless `streams()` says that the query may be answered while it runs: then reading the chunks
        may raise what else is raised here. Close the chunks where they are not read to their end. `gone` is asked now
        and then whether anybody still waits. Raises QuerySyntaxError, QueryRefusedError (a graph that is not there),
        LimitError, QueryError, TooBusyError, ClientGoneError or ReaderLostError.
        """
        if self._closed:
            raise ReaderLostError("the service stops; ask again when it has started")
        limits = limits or self._settings.limits
        memory = limits.memory if limits.memory != self._settings.limits.memory else None
        task = Task(
            query,
            wire.question(query, results.media_type, graphs.media_type, choice, union=union, memory=memory),
            results,
            graphs,
            limits,
            time.monotonic() + limits.seconds,
            streams,
            gone,
        )
        patience = _PATIENCE
        while True:
            try:
                return self._answer(task)
            except ReaderKilledError as error:
                patience -= _PATIENCE // 2 if error.worked else 1
                if patience <= 0:
                    raise
                self._supply.drop_ended()

    def is_slow(self, query: str) -> bool:
        """Whether a query has been slow."""
        return query in self._slow

    def desks(
        self, *, union: bool, longest: int, opened: Callable[[Desk], None], closed: Callable[[Desk], None]
    ) -> Desks:
        """Readers for an event loop (see `Desks`). What comes to nothing there is to be asked anew by `answer`."""
        return Desks(
            self._supply,
            self._light,
            union=union,
            longest=longest,
            seconds=self._settings.limits.seconds,
            slow=self._given_up,
            opened=opened,
            closed=closed,
        )

    def _given_up(self, query: str) -> None:
        self._remember(query)
        self._count("postponed")

    def committed(self, version: str, change: Change | None) -> None:
        """Says that the writer has made a new version; what is asked from now on sees it.

        Call it for each commit in order, before the commit is acknowledged. `change` is what the commit did, None where
        that cannot be said.
        """
        self._supply.committed(version, change)

    def stats(self) -> dict[str, Any]:
        """How it is doing: what runs and waits in each lane, what was killed for which reason, the image in memory."""
        image = self._supply.image
        with self._lock:
            ended = dict(self._ended)
        return {
            "light": self._light.busy,
            "heavy": self._heavy.busy,
            "heavy_slots": self._heavy.slots,
            "queued": self._light.waiting + self._heavy.waiting,
            "streaming": self._drainer.count,
            "killed": ended,
            "forks": self._supply.forks,
            "image": {"state": image.state, "quads": image.quads, "bytes": image.bytes, "made": image.made},
        }

    @property
    def on_disk(self) -> bool:
        """Whether the next reader will need a snapshot."""
        return self._supply.image.state != "ready"

    def close(self) -> None:
        """Ends all processes and removes all snapshots; who still waits gets ReaderLostError."""
        self._closed = True
        self._drainer.close()
        self._supply.close()

    def _answer(self, task: Task) -> Answer:
        if task.query not in self._slow:
            answer = self._at_once(task)
            if answer is not None:
                return answer
        self._heavy.enter(task.deadline, task.gone)
        run = self._begin(task, self._heavy)
        run.reader.slow_down()
        return self._at_length(run)

    def _at_once(self, task: Task) -> Answer | None:
        """The answer to a query that may be a quick one; None where it is not, and to be begun again as a slow one."""
        self._light.enter(task.deadline, task.gone)
        run = self._begin(task, self._light)
        while not (is_slow := _is_slow(run)) and not _is_long(run):
            if self._collect(run, self._light, time.monotonic() + _MOMENT, _is_long):
                run.spool.finish()
                self._supply.give_back(run.reader)
                self._light.leave()
                return run.answer()
        if is_slow:
            self._remember(task.query)
        has_room = self._heavy.try_enter()
        self._light.leave()
        if has_room:
            run.reader.slow_down()
            return self._at_length(run)
        run.spool.close()
        self._supply.discard(run.reader)
        self._count("postponed")
        return None

    def _at_length(self, run: Run) -> Answer:
        """The answer of a run in the heavy lane; as far as it has come where it streams."""
        if not self._collect(run, self._heavy, run.task.deadline, _streams):
            self._drainer.add(run)
            return run.answer()
        run.spool.finish()
        if not _is_slow(run):
            self._slow.pop(run.task.query, None)
        self._leave(run)
        return run.answer()

    def _begin(self, task: Task, lane: Lane) -> Run:
        """Has a query run in a lane that was entered."""
        reader = None
        try:
            reader = self._supply.take(task.deadline)
            return Run(task, reader)
        except BaseException as error:
            if reader is not None:
                self._supply.discard(reader)
            lane.leave()
            self._count_error(error)
            raise

    def _collect(self, run: Run, lane: Lane, until: float, enough: Callable[[Run], bool]) -> bool:
        """`Run.collect`, which where it fails gives back what the run has of the pool."""
        try:
            return run.collect(until, enough)
        except BaseException as error:
            run.spool.close()
            if run.done and lane is self._light and not isinstance(error, LimitError):
                self._supply.give_back(run.reader)
            else:
                self._supply.discard(run.reader)
            lane.leave()
            self._count_error(error)
            raise

    def _drained(self, run: Run, error: Exception | None) -> None:
        """A stream has come to its end."""
        self._leave(run)
        if error is not None:
            self._count_error(error)

    def _leave(self, run: Run) -> None:
        if run.done:
            self._supply.give_back_slow(run.reader)
        else:
            self._supply.discard(run.reader)
        self._heavy.leave()

    def _remember(self, query: str) -> None:
        with self._lock:
            self._slow[query] = None
            if len(self._slow) > _KNOWN:
                self._slow.popitem(last=False)

    def _count_error(self, error: BaseException) -> None:
        if isinstance(error, LimitError):
            self._count(error.limit)
        elif isinstance(error, ClientGoneError):
            self._count("gone")
        elif isinstance(error, ReaderLostError):
            self._count("lost")

    def _count(self, reason: str) -> None:
        with self._lock:
            self._ended[reason] += 1


def _is_slow(run: Run) -> bool:
    return run.seconds >= _WAITING or (run.seconds >= _MOMENT and run.used >= _MOMENT / 2)


def _is_long(run: Run) -> bool:
    """Whether the answer is to be streamed, if it does not come to its end soon."""
    return _streams(run) and run.seconds >= _LONG


def _streams(run: Run) -> bool:
    return run.spool.total >= wire.PART and run.streams
