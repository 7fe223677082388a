"""Articles read in processes side by side: in order, with few held at a time, each of them for itself."""

from __future__ import annotations

import gc
import logging
import os
import signal
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from graph.errors import PodiumError, UnreadableError
from graph.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    Item: TypeAlias = Article | UnreadableError
    Result = TypeVar("Result")
    Pair: TypeAlias = tuple[Item, Result | PodiumError]
    Bundle: TypeAlias = list[tuple[Item, Result | None]]  # with what is known beforehand
    Answers: TypeAlias = Future[list[Result | PodiumError]]  # for all that is not
    Queue: TypeAlias = deque[tuple[Bundle[Result], Answers[Result]]]

_LOG = logging.getLogger(__name__)
_COLLECTED: Final = 50_000  # new objects from which on Python looks for cycles
_TOGETHER: Final = 8  # articles sent at once: a process that is done must not wait for the main one's next pause
_AHEAD: Final = 16  # such bundles that wait or are done, for each process: they go on while a batch is settled


def usable_cores() -> int:
    """On how many cores this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(
    work: Callable[[Article], Result],
    articles: Iterable[Item],
    jobs: int,
    *,
    few: int = 0,
    known: Callable[[Article], Result | None] = lambda _: None,
) -> Generator[tuple[Item, Result | PodiumError], None, None]:
    """What `work` makes of each article, in order, worked out by `jobs` processes; or the error that it was.

    `work` is a function of a module and gives the same wherever it runs. What it raises is one article's loss; so it is
    where an article ends the process that reads it, for want of memory perhaps. What is `known` is not worked out. With
    one job, and for the first `few` articles, which may be all, no process is started. Close the iterator to end the
    processes.
    """
    entries = ((item, known(item) if isinstance(item, Article) else None) for item in articles)
    read = 0
    while jobs == 1 or read < few:
        item, answer = next(entries, (None, None))
        if item is None:
            return
        read += answer is None
        yield item, _done(work, item) if answer is None else answer
    yield from _side_by_side(work, iter(lambda: list(islice(entries, _TOGETHER)), []), jobs)


def _side_by_side(
    work: Callable[[Article], Result], bundles: Iterator[Bundle[Result]], jobs: int
) -> Iterator[Pair[Result]]:
    pool = _pool(jobs)
    queue: Queue[Result] = deque()
    try:
        while True:
            queue += ((bundle, _submit(pool, work, bundle)) for bundle in islice(bundles, jobs * _AHEAD - len(queue)))
            if not queue:
                return
            if isinstance(queue[0][1].exception(), BrokenProcessPool):  # and with it all that is not done
                pool.shutdown()
                yield from _one_by_one(work, queue)
                queue.clear()
                pool = _pool(jobs)
            else:
                yield from _answered(*queue.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _one_by_one(work: Callable[[Article], Result], queue: Queue[Result]) -> Iterator[Pair[Result]]:
    """Whose fault it is that a process ended shows where each article is alone."""
    pool = _pool(1)
    try:
        for bundle, future in queue:
            if future.exception() is None:
                yield from _answered(bundle, future)
                continue
            for item, answer in bundle:
                alone = _submit(pool, work, [(item, answer)])
                if isinstance(alone.exception(), BrokenProcessPool):
                    yield item, _lost(item)
                    pool.shutdown()
                    pool = _pool(1)
                else:
                    yield from _answered([(item, answer)], alone)
    finally:
        pool.shutdown(cancel_futures=True)


def _answered(bundle: Bundle[Result], future: Answers[Result]) -> Iterator[Pair[Result]]:
    answers = iter(future.result())
    for item, answer in bundle:
        yield item, next(answers) if answer is None else answer


def _lost(item: Item) -> UnreadableError:
    return UnreadableError(item.origin, "the process that read it was ended, for want of memory perhaps; try it alone")


def _submit(pool: ProcessPoolExecutor, work: Callable[[Article], Result], bundle: Bundle[Result]) -> Answers[Result]:
    done: Answers[Result] = Future()
    items = [item for item, answer in bundle if answer is None]
    if not items:
        done.set_result([])
        return done
    try:
        with _uninterrupted():  # processes are started here, and get the mask
            return pool.submit(_all, work, items)
    except BrokenProcessPool as error:
        done.set_exception(error)
        return done


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Holds back Ctrl-C, which goes to all processes: it is the main one that ends the others."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _all(work: Callable[[Article], Result], items: list[Item]) -> list[Result | PodiumError]:
    return [_done(work, item) for item in items]


def _done(work: Callable[[Article], Result], item: Item) -> Result | PodiumError:
    if isinstance(item, UnreadableError):
        return item
    try:
        return work(item)
    except PodiumError as error:
        return error
    except Exception as error:  # noqa: BLE001  # no text may end a run over thousands of articles
        _LOG.exception("the extractor failed on article %s", item.id)
        return UnreadableError(item.origin, f"the extractor failed on it ({error!r}); please report this")


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that are spawned: Oxigraph's threads, and those of a progress bar, do not survive a fork."""
    return ProcessPoolExecutor(jobs, get_context("spawn"), _begin)


def _begin() -> None:
    """Has this process end when the main one is killed, and seldom look for cycles, of which reading leaves few."""
    gc.set_threshold(_COLLECTED)
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    main = parent_process()
    if main is not None:
        connection.wait([main.sentinel])
        os._exit(1)
