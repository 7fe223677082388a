"""One request and its answer. The event loop owns it; the thread that runs the app goes through `send` and its like."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Protocol

from graph.errors import ClientGoneError
from server.front.answer import bodiless

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Transport
    from collections.abc import Callable

    from server.front.answer import Answer
    from server.front.bodies import Body
    from server.front.head import Head

_AHEAD = 4  # chunks that a thread may be ahead of what the network has taken


class Wire(Protocol):
    """What an exchange needs of its connection."""

    transport: Transport
    loop: AbstractEventLoop

    @property
    def congested(self) -> bool:
        """Whether the client does not read as fast as is written."""

    def lines(self, exchange: Exchange) -> bytes:
        """The headers that are only known when an answer leaves, with the empty line that ends the head."""

    def done(self, exchange: Exchange) -> None:
        """The exchange is at its end; the next may be answered."""

    def reset(self) -> None:
        """Ends the connection so that the client cannot take what it has for the whole."""


class Exchange:
    """`client` is the address, `purse` the key of its budget, `log` is filled by the app."""

    def __init__(self, wire: Wire, head: Head, client: str, purse: str, scheme: str) -> None:
        self.wire = wire
        self.head = head
        self.client = client
        self.purse = purse
        self.started = time.perf_counter()
        self.scheme = scheme
        self.body: Body | None = None
        self.raw = 0  # bytes of the body as they came, with what frames its chunks
        self.handled = False
        self.gone = False
        self.closing = False
        self.log: dict[str, object] = {}
        self.budget = b""  # the header of the client's budget, once it is known
        self.status = 0
        self.sent = 0  # bytes of the answer's body
        self.outcome = ""
        self.key: tuple[bytes, ...] | None = None  # under which the cache may keep the answer
        self.version: str | None = None  # of the dataset when the app was asked
        self.answered = 0.0  # a perf_counter
        self.kept: Answer | None = None  # what the cache may take
        self.shape = ""  # of the query, where the event loop has looked at it
        self._chunked = False
        self._left: int | None = None
        self._owed = 0
        self._room: threading.Semaphore | None = None

    # In the event loop

    @property
    def threaded(self) -> bool:
        """Whether a thread was to answer."""
        return self._room is not None

    def to_thread(self) -> None:
        """It is about to be answered by a thread."""
        self._room = threading.Semaphore(_AHEAD)

    def answer(self, answer: Answer) -> None:
        """The whole answer at once."""
        if self.gone or self.status:
            return
        self.status = answer.status
        self.answered = time.perf_counter()
        silent = self.head.method == "HEAD" or bodiless(answer.status)
        body = b"" if silent else answer.body
        self.sent = len(body)
        self.kept = answer
        self.wire.transport.write(b"".join((answer.head, self.wire.lines(self), body)))
        self.wire.done(self)

    def begin(self, status: int, head: bytes, length: int | None) -> None:
        """The head of an answer whose chunks follow: `length` bytes, or until `end`."""
        if self.gone:
            return
        self.status = status
        self.answered = time.perf_counter()
        self._left = length
        if length is None and self.head.version == "1.1":
            self._chunked = True
            head += b"transfer-encoding: chunked\r\n"
        elif length is None:
            self.closing = True  # HTTP/1.0 has no other sign of the end
        self.wire.transport.write(head + self.wire.lines(self))

    def chunk(self, data: bytes) -> None:
        """A part of the body."""
        if self.gone:
            return
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                self.fail("wrong length")
                return
        self.sent += len(data)
        self.wire.transport.write(b"%x\r\n%s\r\n" % (len(data), data) if self._chunked else data)
        if self.wire.congested:
            self._owed += 1
        elif self._room is not None:
            self._room.release()

    def end(self, whole: Answer | None) -> None:
        """The body is whole; `whole` is the answer as the cache may take it."""
        if self.gone:
            return
        if self._left:
            self.fail("wrong length")
            return
        if self._chunked:
            self.wire.transport.write(b"0\r\n\r\n")
        self.kept = whole
        self.wire.done(self)

    def fail(self, outcome: str) -> None:
        """The body cannot be completed."""
        if not self.gone:
            self.outcome = self.outcome or outcome
            self.wire.reset()

    def flowing(self) -> None:
        """The client reads again."""
        while self._owed:
            self._owed -= 1
            if self._room is not None:
                self._room.release()

    def lost(self) -> None:
        """The connection is no more: whoever works for the client may stop."""
        self.gone = True
        if self._room is not None:
            self._room.release(_AHEAD + 1)
        if self.body is not None:
            self.body.fail(ClientGoneError("the client has gone away"))

    # In a thread

    def reply(self, answer: Answer) -> None:
        """`answer`, asked for by another thread."""
        self._call(self.answer, answer)

    def open(self, status: int, head: bytes, length: int | None) -> None:
        """`begin`, asked for by another thread."""
        self._call(self.begin, status, head, length)

    def send(self, data: bytes) -> None:
        """`chunk`, asked for by another thread, which waits while the client does not read. Raises ClientGoneError."""
        if self._room is not None:
            self._room.acquire()
        if self.gone:
            raise ClientGoneError("the client has gone away")
        self._call(self.chunk, data)

    def close(self, whole: Answer | None) -> None:
        """`end`, asked for by another thread."""
        self._call(self.end, whole)

    def give_up(self, outcome: str) -> None:
        """`fail`, asked for by another thread."""
        self._call(self.fail, outcome)

    def _call(self, what: Callable[..., None], *arguments: object) -> None:
        try:
            self.wire.loop.call_soon_threadsafe(what, *arguments)
        except RuntimeError as error:  # the loop is closed: the service has ended
            raise ClientGoneError("the service has ended") from error
