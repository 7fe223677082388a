"""HTTP/1.1 on one connection: uvicorn's protocol with bounds on sizes and times, and answers that skip ASGI."""

from __future__ import annotations

import re
import socket
import struct
import time
from collections import deque
from typing import TYPE_CHECKING, Any, cast

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from werkzeug.exceptions import BadRequest, RequestTimeout, default_exceptions

from server.front.answer import bodiless
from server.front.bodies import READY, Body, too_large
from server.front.head import Heads, Refused

if TYPE_CHECKING:
    import asyncio

    from uvicorn.config import Config
    from uvicorn.server import ServerState

    from server.front.exchange import Exchange
    from server.front.gateway import Gateway
    from server.front.head import Head

_WAITING_TO_READ = 500  # connections more than there may be that get the time to read why they are refused
_LINGER = 2.0  # seconds in which a client may read a refusal while what it still sends is thrown away
_GRACE = 0.5  # seconds in which a request is answered whose client has closed its side: some do that and still read
_SLOWEST = 1000  # bytes a second that a body must have on average once its first time is over, and an answer too
_FRAMES = 16  # times its length that a body may take with the frames of its chunks; chunks of one byte take 6
_LIKE_A_REQUEST = re.compile(rb"\s*[A-Z]{1,32} \S+ HTTP/1\.[01]\r?\n")
_NO_METHOD = "The request has a method that is not known here."


class Connection(HttpToolsProtocol):
    """Requests are answered in the order in which they came, one at a time."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.gateway = cast("Gateway", config.loaded_app)
        self.settings = self.gateway.settings
        self.http = self.settings.http
        self.peer = ("", "", False)  # address, key of its budget, whether it is a trusted proxy
        self._waiting: deque[Exchange] = deque()  # the first is being answered
        self._incoming: Exchange | None = None  # whose body is on its way
        self._refused: Refused | None = None
        self._upgrading = False
        self._last = False
        self._half_closed = False
        self._drained_by = 0.0
        self._head_at: float | None = None
        self._head_size = 0
        self._idle_at = time.monotonic()
        self._fed_at = 0.0
        self._heads = Heads(self.http)
        self._dated: tuple[object, bytes] = (None, b"")  # the headers of this second, and as lines
        self._begun = 0  # requests that begin in the bytes at hand
        self._answered = False
        self._written = 0  # bytes of the bodies of answers that are done
        self._taking: tuple[int, float] | None = None  # how many bytes the client had taken, and when; None: all

    # The life of a connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.peer = self.gateway.peer(self.client[0] if self.client else "")
        over = len(self.connections) - self.settings.connections
        if over > 0:
            self._refuse(Refused(503, "Too many connections are open; try again in a moment.", {"Retry-After": "2"}))
        if over > _WAITING_TO_READ:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self.connections.discard(self)
        waiting = list(self._waiting)
        self._waiting.clear()
        self._incoming = None
        for exchange in waiting:
            exchange.lost()
            self.gateway.ended(exchange)
        if exc is None:
            self.transport.close()
        self.parser = None  # type: ignore[assignment]  # as uvicorn does: it refers back to this

    def eof_received(self) -> bool:  # type: ignore[override]
        """Keeps the connection for a moment where a request is complete and not answered."""
        if not self._waiting or self._incoming is not None or self._drained_by or self._half_closed:
            return False
        self._half_closed = True
        self.loop.call_later(_GRACE, self._give_up)
        return True

    def _give_up(self) -> None:
        if self._waiting:
            self.transport.abort()

    def shutdown(self) -> None:
        """What is being answered is answered, then the connection ends."""
        self._last = True
        if not self._waiting:
            self.transport.close()

    def reset(self) -> None:
        linger = struct.pack("ii", 1, 0)  # closed with a reset: also a client of HTTP/1.0 sees that this is no end
        if (plain := self.transport.get_extra_info("socket")) is not None:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.transport.abort()

    @property
    def congested(self) -> bool:
        return self.flow.write_paused

    def resume_writing(self) -> None:
        self.flow.resume_writing()
        if self._waiting:
            self._waiting[0].flowing()

    def sweep(self, now: float) -> None:
        """Ends what takes too long; called about twice a second, `now` being monotonic."""
        if self._drained_by:
            if now > self._drained_by and not self.transport.get_write_buffer_size():
                self.transport.abort()
        elif self._head_at is not None and now - self._head_at > self.http.head_seconds:
            self._refuse(Refused(408, "The head of the request did not come in time."))
        elif self._incoming is not None:
            self._sweep_body(self._incoming, now)
        elif not self._waiting and self._head_at is None:
            patience = self.http.idle_seconds if self._answered else self.http.head_seconds
            if now - self._idle_at > patience:
                self.transport.close()
        self._sweep_writing(now)

    def _sweep_body(self, exchange: Exchange, now: float) -> None:
        body = exchange.body
        if body is None or self.flow.read_paused:
            return
        patience = self.http.body_seconds
        if now - self._fed_at > patience or now - self._idle_at > patience + body.received / _SLOWEST:
            if exchange.handled:
                body.fail(RequestTimeout("The body of the request did not come in time."))
            else:
                self._refuse(Refused(408, "The body of the request did not come in time."))

    def _sweep_writing(self, now: float) -> None:
        left = self.transport.get_write_buffer_size()
        if not left:
            self._taking = None
            return
        taken = self._written + (self._waiting[0].sent if self._waiting else 0) - left
        before, since = self._taking or (taken, now)
        if now - since > self.http.send_seconds:
            if taken - before < _SLOWEST * self.http.send_seconds:
                self.transport.abort()
            before, since = taken, now
        self._taking = (before, since)

    # What comes in

    def data_received(self, data: bytes) -> None:
        if self._drained_by or self._refused is not None:
            return
        if self._head_at is not None:
            self._head_size += len(data)
        self._begun = 0
        if self._incoming is not None:
            self._incoming.raw += len(data)
            self._fed_at = time.monotonic()
            self._begun = 1
        try:
            self._parse(data)
            self._check_sizes()
        except Refused as refused:
            self._refuse(refused)
        except httptools.HttpParserError as error:
            # Where others came before it in these bytes, what begins them says nothing of the one that failed.
            self._refuse(_refusal(error, data if self._begun == 1 else b""))

    def _parse(self, data: bytes) -> None:
        while True:
            try:
                self.parser.feed_data(data)
            except httptools.HttpParserUpgrade as upgrade:
                # The client would rather speak another protocol, as Java's does with h2c, and httptools passes over the
                # body then. HTTP/1.1 goes on, as if the client had not asked.
                self._upgrading = False
                data = self._plain_head() + data[upgrade.args[0] :]
                self.parser = httptools.HttpRequestParser(self)
            else:
                return

    def _plain_head(self) -> bytes:
        tokens = b",".join(value for name, value in self.headers if name == b"connection").lower()
        kept = [pair for pair in self.headers if pair[0] not in {b"connection", b"upgrade", b"http2-settings"}]
        if b"close" in tokens:
            kept.append((b"connection", b"close"))
        lines = b"".join(b"%s: %s\r\n" % pair for pair in kept)
        return b"%s %s HTTP/1.1\r\n%s\r\n" % (self.parser.get_method(), self.url, lines)

    def _check_sizes(self) -> None:
        if self._head_at is not None and self._head_size > self.http.max_head + self.http.max_target:
            raise Refused(431 if self.headers else 414, "The head of the request is longer than may be.")
        exchange = self._incoming
        if exchange is not None and exchange.body is not None:
            if exchange.raw > READY + _FRAMES * exchange.body.received:
                raise Refused(400, "The body has more frames than bytes.")
            if exchange.body.full:
                self.flow.pause_reading()

    def on_message_begin(self) -> None:
        self._begun += 1
        self._head_at = time.monotonic()
        self._head_size = 0
        self.url = b""
        self.headers = []

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._head_at is not None:  # else it is a trailer, which nobody here has use for
            self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        method = self.parser.get_method().decode("ascii")
        if self.parser.should_upgrade():
            if method == "CONNECT":
                raise Refused(501, _NO_METHOD)
            self._upgrading = True
            return
        self._head_at = None
        head = self._heads.next(method, self.url, self.headers, self.parser.get_http_version())
        ending = self._last or head.version != "1.1" or not self.parser.should_keep_alive()
        if not self._waiting and self.gateway.hit(self, head, closing=ending):
            self._answered = True
            self._idle_at = time.monotonic()
            if ending:
                self._finish()
            return
        self._expect(head, ending)

    def _expect(self, head: Head, ending: bool) -> None:
        limit = self.settings.max_upload if head.authorized else self.settings.max_body
        if head.has_body and (head.length or 0) > limit:
            raise Refused(413, too_large(limit))
        exchange = self.gateway.exchange(self, head)
        exchange.closing = ending
        if head.has_body:
            exchange.body = Body(limit, lambda: self.loop.call_soon_threadsafe(self._read_on, exchange))
            self._incoming = exchange
            self._idle_at = self._fed_at = time.monotonic()
        self._waiting.append(exchange)
        if len(self._waiting) > 1:
            self.flow.pause_reading()
        elif head.expects and (head.length is None or head.length > READY):
            self._handle(exchange)  # the app may want to refuse it before it is sent
        else:
            self._advance()

    def _read_on(self, exchange: Exchange) -> None:
        """The body is waited for."""
        if self._incoming is exchange and not exchange.gone:
            self._continue(exchange)
            self._fed_at = time.monotonic()
            self.flow.resume_reading()

    def _continue(self, exchange: Exchange) -> None:
        if exchange.head.expects and exchange.raw == 0:
            exchange.raw = 1
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, body: bytes) -> None:
        exchange = self._incoming
        if exchange is None or exchange.body is None:
            return
        exchange.body.feed(body)
        if exchange.body.received > (limit := exchange.body.limit) and not exchange.handled:
            raise Refused(413, too_large(limit))
        if exchange.body.full:
            self._advance()

    def on_message_complete(self) -> None:
        exchange = self._incoming
        if self._upgrading or exchange is None or exchange.body is None:
            return
        self._incoming = None
        self._idle_at = time.monotonic()
        exchange.body.end()
        self._advance()

    # What goes out

    def _advance(self) -> None:
        """Answers the request that is next, once as much of its body is there as is waited for without a thread."""
        if not self._waiting or self._waiting[0].handled:
            return
        exchange = self._waiting[0]
        if exchange.body is None or exchange.body.complete or exchange.body.full:
            self._handle(exchange)
        elif exchange.head.expects:
            self._continue(exchange)

    def _handle(self, exchange: Exchange) -> None:
        exchange.handled = True
        self.gateway.handle(exchange)

    def lines(self, exchange: Exchange) -> bytes:
        if self._last or exchange is self._incoming or self._half_closed:
            exchange.closing = True
        return self.last_lines(exchange.budget, exchange.closing)

    def last_lines(self, budget: bytes, closing: bool) -> bytes:
        """The headers that are only known when an answer leaves, with the empty line that ends the head."""
        headers = self.server_state.default_headers
        if self._dated[0] is not headers:
            self._dated = (headers, b"".join(b"%s: %s\r\n" % pair for pair in headers))
        return b"%s%s%s\r\n" % (self._dated[1], budget, b"connection: close\r\n" if closing else b"")

    def done(self, exchange: Exchange) -> None:
        if exchange.gone or not self._waiting or self._waiting[0] is not exchange:
            return
        self._waiting.popleft()
        self._written += exchange.sent
        self._answered = True
        self._idle_at = time.monotonic()
        self.gateway.ended(exchange)
        if exchange is self._incoming or (exchange.closing and self._incoming is not None):
            self._linger()
        elif exchange.closing:
            self._finish()
        elif self._refused is not None and not self._waiting:
            self._refuse(self._refused)
        else:
            self.flow.resume_reading()
            self._advance()

    def _finish(self) -> None:
        self._drop_rest()
        self.transport.close()

    def _refuse(self, refused: Refused) -> None:
        """Answers with the refusal, after what came before it, and ends the connection."""
        if self.transport.is_closing() or self._drained_by:
            return
        self._refused = refused
        self._head_at = None
        if self._incoming is not None and not self._incoming.handled:
            self._waiting.remove(self._incoming)
            self.gateway.dropped()
            self._incoming = None
        elif self._incoming is not None and self._incoming.body is not None:
            self._incoming.body.fail(_as_exception(refused))
        if self._waiting:
            return  # its turn comes in `done`
        answer = self.gateway.refusal(refused, self)
        silent = bodiless(answer.status)
        self.transport.write(answer.head + self.last_lines(b"", closing=True) + (b"" if silent else answer.body))
        self._linger()

    def _linger(self) -> None:
        """Lets the client read the answer: a close while it still sends would reset the connection."""
        self._drop_rest()
        self._drained_by = time.monotonic() + _LINGER
        self.flow.resume_reading()
        if self.transport.can_write_eof() and not self.transport.is_closing():
            self.transport.write_eof()

    def _drop_rest(self) -> None:
        """What else came on this connection is not answered any more."""
        for exchange in self._waiting:
            exchange.lost()
            self.gateway.ended(exchange)
        self._waiting.clear()
        if self._incoming is not None:
            self._incoming.lost()
            self._incoming = None


def _refusal(error: httptools.HttpParserError, data: bytes) -> Refused:
    """Why httptools, or a callback of ours in it, would not read on."""
    if isinstance(error.__context__, Refused):
        return error.__context__
    if isinstance(error, httptools.HttpParserInvalidMethodError) and _LIKE_A_REQUEST.match(data):
        return Refused(501, _NO_METHOD)
    return Refused(400, f"This is not HTTP/1.1: {error}.")


def _as_exception(refused: Refused) -> Exception:
    """A refusal as what a thread that reads the body raises."""
    return default_exceptions.get(refused.status, BadRequest)(refused.detail)
