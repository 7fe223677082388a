"""The processes that read documents, so that neither the front nor the writer is kept by it."""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeAlias

from graph.engine.child import Child, ChildEndedError
from graph.errors import UnreadableError
from graph.workers import usable_cores

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from graph.articles import Input
    from graph.engine.commands import Reading
    from graph.model import Article

    Document: TypeAlias = Input | Article | UnreadableError

_AHEAD: Final = 4  # documents given to each process beforehand
_SECONDS: Final = 120.0  # for one article; the longest take some seconds
_NICENESS: Final = 10  # queries go first


class _TooSlowError(Exception):
    """An article takes longer than any that is one."""


class Extractors:
    """One process for each core, started when there is something to read and kept for the next."""

    def __init__(self) -> None:
        self._size = usable_cores()
        self._threads = ThreadPoolExecutor(self._size, "extractor")
        self._lock = Lock()
        self._idle: list[Child] = []
        self._closed = False

    def read(self, documents: Iterable[Document], base: str, *, screen: bool) -> Iterator[Reading]:
        """The articles in the documents, in order, and what each says; an error for what cannot be read."""
        rest = iter(documents)
        queue: deque[Future[list[Reading]]] = deque()
        while True:
            ahead = islice(rest, self._size * _AHEAD - len(queue))
            queue.extend(self._threads.submit(self._one, document, base, screen=screen) for document in ahead)
            if not queue:
                return
            yield from queue.popleft().result()

    def close(self) -> None:
        """Ends the processes; what is read for somebody is given up."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()
        self._threads.shutdown(cancel_futures=True)

    def _one(self, document: Document, base: str, *, screen: bool) -> list[Reading]:
        with self._lock:
            child = self._idle.pop() if self._idle else None
        child = child or Child("graph.engine.extractor", niceness=_NICENESS)
        found: list[Reading] = []
        try:
            child.tell((base, screen, document))
            while (reading := child.answer(_Patience())) is not None:
                found.append(reading)
        except (ChildEndedError, _TooSlowError) as error:
            child.end()
            why = "it took too long to read" if isinstance(error, _TooSlowError) else "the process that read it ended"
            lost = UnreadableError(document.origin, f"{why}; split it, or try it alone")
            return [*found, (lost, lost)]
        with self._lock:
            if not self._closed:
                self._idle.append(child)
                return found
        child.end()
        return found


class _Patience:
    def __init__(self) -> None:
        self._until = time.monotonic() + _SECONDS

    def __call__(self) -> None:
        if time.monotonic() > self._until:
            raise _TooSlowError
