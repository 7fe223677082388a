"""An answer between the reader that writes it and the client that reads it, at their own speeds."""

from __future__ import annotations

import tempfile
from collections import deque
from threading import Condition
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_IN_MEMORY: Final = 8 << 20  # bytes that wait in memory before more go to a temporary file
_CHUNK: Final = 1 << 16


class Spool:
    """Bytes first in, first out: 8 MiB of them in memory, more in an unlinked temporary file.

    `put` and `finish` belong to one thread, `take` and `close` to one, which may be another.
    """

    def __init__(self) -> None:
        self.total = 0  # bytes put in
        self.closed = False  # nobody reads any more
        self.on_close: Callable[[], None] = lambda: None
        self._waiting: deque[bytes] = deque()
        self._held = 0  # bytes in `_waiting`
        self._file: IO[bytes] | None = None
        self._written = 0
        self._read = 0
        self._finished = False
        self._failure: Exception | None = None
        self._news = Condition()

    def put(self, data: bytes) -> None:
        with self._news:
            self.total += len(data)
            if self.closed:
                return
            if self._written == self._read and self._held < _IN_MEMORY:
                self._waiting.append(data)
                self._held += len(data)
            else:
                self._store(data)
            self._news.notify()

    def finish(self, failure: Exception | None = None) -> None:
        """Nothing more comes; with a `failure`, which `take` raises after what was put in."""
        with self._news:
            self._finished = True
            self._failure = failure
            self._news.notify()

    def chunks(self) -> Chunks:
        """What was put in, in order; to be called once."""
        return Chunks(self)

    def take(self) -> bytes | None:
        """The next bytes, waiting for them; None at the end. Raises what `finish` was given."""
        with self._news:
            while True:
                if self._waiting:
                    data = self._waiting.popleft()
                    self._held -= len(data)
                    return data
                if self._file is not None and self._read < self._written:
                    return self._stored(self._file)
                if self._finished:
                    break
                self._news.wait()
            failure = self._failure
        self.close()
        if failure is not None:
            raise failure
        return None

    def close(self) -> None:
        """The reader of this has had enough; what is still written is for nobody."""
        with self._news:
            if self.closed:
                return
            self.closed = True
            self._waiting.clear()
            if self._file is not None:
                self._file.close()
                self._file = None
        self.on_close()

    def _store(self, data: bytes) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # closed by `close`
        elif self._read == self._written:
            self._read = self._written = 0
            self._file.truncate(0)
        self._file.seek(self._written)
        self._file.write(data)
        self._written += len(data)

    def _stored(self, file: IO[bytes]) -> bytes:
        """The next chunk of the file; all that waits in memory was put in before it."""
        file.seek(self._read)
        data = file.read(min(_CHUNK, self._written - self._read))
        self._read += len(data)
        return data


class Chunks:
    """The reader's side of a spool, which is closed with it, or when nobody holds it any more."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool

    def __iter__(self) -> Chunks:
        return self

    def __next__(self) -> bytes:
        data = self._spool.take()
        if data is None:
            raise StopIteration
        return data

    def close(self) -> None:
        """Ends what still writes."""
        self._spool.close()

    def __del__(self) -> None:
        self.close()
