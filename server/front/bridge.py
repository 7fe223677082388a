"""The Flask app in threads: from an exchange to WSGI and back."""

from __future__ import annotations

import io
import logging
import threading
from collections import deque
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException

from graph.errors import ClientGoneError, LimitError, PodiumError
from server.front import compression
from server.front.answer import Answer, Keepable, bodiless, head_of, problem, shared_by_all
from server.front.bodies import Body, opened
from server.front.head import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import WSGIApplication, WSGIEnvironment

    from server.front.exchange import Exchange
    from server.settings import Settings

_LONG = 1 << 14  # bytes from which an answer is sent as it comes, unless its length is known
LARGEST_KEPT = 1 << 20  # bytes of an answer that the cache may take
_WAITING = 1024  # requests that wait for a thread; more are told to come back
_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer", "proxy-authenticate"})
_log = logging.getLogger(__name__)


class Pool:
    """Threads that are started when there is nobody idle, up to `size`."""

    def __init__(self, size: int, name: str) -> None:
        self._size = size
        self._name = name
        self._jobs: deque[Callable[[], None]] = deque()
        self._threads: list[threading.Thread] = []
        self._idle = 0
        self._closed = False
        self._changed = threading.Condition()

    @property
    def waiting(self) -> int:
        return len(self._jobs)

    def submit(self, job: Callable[[], None]) -> bool:
        """Has a thread do the job; False where too many wait already."""
        with self._changed:
            if len(self._jobs) >= _WAITING or self._closed:
                return False
            self._jobs.append(job)
            if len(self._jobs) > self._idle and len(self._threads) < self._size:
                # A daemon: a thread that hangs in a query must not keep a stopped service from ending.
                thread = threading.Thread(target=self._work, name=f"{self._name}-{len(self._threads)}", daemon=True)
                self._threads.append(thread)
                thread.start()
            self._changed.notify()
        return True

    def close(self, seconds: float) -> None:
        """Lets the threads end; waits no longer than this for them."""
        with self._changed:
            self._closed = True
            self._jobs.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(seconds)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._idle += 1
                self._changed.wait_for(lambda: self._jobs or self._closed)
                self._idle -= 1
                if not self._jobs:
                    return
                job = self._jobs.popleft()
            job()


class Bridge:
    """Runs the app for one exchange at a time in each thread."""

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._shared = shared_by_all(settings.cors_origin)

    def run(self, exchange: Exchange) -> None:
        """Answers the exchange; whatever goes wrong, it is at its end afterwards."""
        if exchange.gone:
            return
        try:
            self._respond(exchange)
        except ClientGoneError:
            return
        except PodiumError as error:  # a limit that was passed when a part of the answer had left
            _log.warning("%s: an answer was broken off: %s", exchange.client, error)
            self._fault(exchange)
        except Refused as refused:
            self._break(exchange, problem(refused.status, refused.detail, refused.fields, self._shared))
        except HTTPException as error:  # about the body, from an app that does not handle it
            self._break(exchange, problem(error.code or 500, error.description or "", {}, self._shared))
        except Exception:  # noqa: BLE001 - logged; a thread that ended here would leave the client without an answer
            _log.exception("%s %s failed", exchange.head.method, exchange.head.target.partition(b"?")[0].decode())
            self._fault(exchange)

    def _fault(self, exchange: Exchange) -> None:
        told = "The service could not answer; its log says why. Try again, or tell whoever runs it."
        self._break(exchange, problem(500, told, {}, self._shared))

    def _break(self, exchange: Exchange, answer: Answer) -> None:
        try:
            if exchange.status:
                exchange.give_up("broken")
            else:
                exchange.reply(answer)
        except ClientGoneError:
            return

    def _respond(self, exchange: Exchange) -> None:
        started: list[tuple[int, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:  # noqa: ARG001
            started.append((int(status[:3]), headers))
            return _no_write

        chunks = self._app(environment(exchange, self._settings), start)
        try:
            status, headers = started[-1]
            self._send(exchange, status, headers, chunks)
        except ClientGoneError:
            raise
        except Exception as error:
            # Said here, before the iterator is closed, which may take its time.
            if exchange.status:
                exchange.give_up(error.limit if isinstance(error, LimitError) else "broken")
            raise
        finally:
            if (close := getattr(chunks, "close", None)) is not None:
                close()

    def _send(self, exchange: Exchange, status: int, headers: list[tuple[str, str]], chunks: Iterable[bytes]) -> None:
        reading = iter(chunks)
        begun, whole = _beginning(reading)
        answer = Outgoing(exchange, status, headers, self._shared)
        if whole:
            exchange.reply(answer.complete(begun))
            return
        if exchange.head.method == "HEAD":
            exchange.reply(Answer(status, answer.head))
            return
        self._stream(exchange, status, answer, _rest(begun, reading))

    def _stream(self, exchange: Exchange, status: int, answer: Outgoing, coming: Iterator[bytes]) -> None:
        length = answer.length
        if encoding := answer.encode(length):
            length, coming = None, compression.compressed(coming, encoding)
        exchange.open(status, answer.head, length)
        exchange.status = status
        kept: list[bytes] | None = []
        size = 0
        for chunk in coming:
            if chunk:
                exchange.send(chunk)
                size += len(chunk)
            if kept is not None:
                kept = [*kept, chunk] if size <= LARGEST_KEPT else None
        exchange.close(answer.whole(b"".join(kept)) if kept is not None else None)


class Outgoing:
    """The headers of an answer on their way to the client; `shared` are the lines that all have."""

    def __init__(self, exchange: Exchange, status: int, headers: list[tuple[str, str]], shared: bytes) -> None:
        self._exchange = exchange
        self._status = status
        self.headers = [(name, value) for name, value in headers if name.lower() not in _HOP]
        self._names = {name.lower(): value for name, value in self.headers}
        self._shared = shared

    @property
    def head(self) -> bytes:
        """The status line and all headers."""
        return head_of(self._status, self.headers) + self._shared

    @property
    def length(self) -> int | None:
        """Bytes of the body as the app says, None where it does not."""
        given = self._names.get("content-length")
        return int(given) if given is not None else None

    def encode(self, size: int | None) -> str:
        """The encoding to send the body in, "" for none; the headers say so from now on."""
        typed = self._names.get("content-type", "")
        if bodiless(self._status) or "content-encoding" in self._names or not compression.worthwhile(typed, size):
            return ""
        # Also of an answer that leaves as it is: another client may get it compressed.
        self._vary()
        encoding = compression.chosen(self._exchange.head.fields.get(b"accept-encoding", b""))
        if encoding == "identity":
            return ""
        self.headers = [
            (name, f"W/{value}" if name.lower() == "etag" and not value.startswith("W/") else value)
            for name, value in self.headers
            if name.lower() != "content-length"
        ]
        self.headers.append(("Content-Encoding", encoding))
        return encoding

    def complete(self, body: bytes) -> Answer:
        """The whole answer."""
        length = self.length
        if self._exchange.head.method == "HEAD":
            return Answer(self._status, self.head)
        if length is not None and length != len(body) and not bodiless(self._status):
            raise ValueError(f"the app announced {length} bytes and gave {len(body)}")
        if encoding := self.encode(len(body)):
            body = compression.whole(body, encoding)
        return self.whole(body)

    def whole(self, body: bytes) -> Answer:
        """The whole answer, its body as it goes out."""
        if not bodiless(self._status):
            self.headers = [(name, value) for name, value in self.headers if name.lower() != "content-length"]
            self.headers.append(("Content-Length", str(len(body))))
        return Answer(self._status, self.head, body, self._keepable(body))

    def _keepable(self, body: bytes) -> Keepable | None:
        allowed = {part.strip().lower() for part in self._names.get("cache-control", "").split(",")}
        etag = next((value for name, value in self.headers if name.lower() == "etag"), "")
        kept = self._status == 200 and "public" in allowed and etag and len(body) <= LARGEST_KEPT
        if not kept or "set-cookie" in self._names:
            return None
        log = dict(self._exchange.log)
        return Keepable(etag, str(log.pop("route", "")), log)

    def _vary(self) -> None:
        told = ", ".join(value for name, value in self.headers if name.lower() == "vary")
        if "accept-encoding" in told.lower() or told.strip() == "*":
            return
        self.headers = [(name, value) for name, value in self.headers if name.lower() != "vary"]
        self.headers.append(("Vary", f"{told}, Accept-Encoding" if told else "Accept-Encoding"))


def environment(exchange: Exchange, settings: Settings) -> WSGIEnvironment:
    """The request as WSGI has it, with `podium.gone`, `podium.client` and `podium.log`."""
    head = exchange.head
    path, query = head.parts
    host, _, port = head.fields.get(b"host", b"").decode("latin-1").rpartition(":")
    found: WSGIEnvironment = {
        "REQUEST_METHOD": head.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.decode("latin-1"),
        "QUERY_STRING": query,
        "REQUEST_URI": head.target.decode("latin-1"),
        "SERVER_NAME": host or settings.host,
        "SERVER_PORT": port if port.isdigit() and host else str(settings.port),
        "SERVER_PROTOCOL": f"HTTP/{head.version}",
        "REMOTE_ADDR": exchange.client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": exchange.scheme,
        "wsgi.errors": _Complaints(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
        "podium.gone": lambda: exchange.gone,
        "podium.client": exchange.client,
        "podium.log": exchange.log,
    }
    encoded = head.encoding not in {"", "identity"}
    for name, value in head.fields.items():
        # `a_b` and `a-b` are one name to WSGI; nobody needs the first but who wants it to pass for the second.
        if b"_" in name or name.startswith(b"x-forwarded-") or name in _NOT_TOLD or (encoded and name in _OF_ENCODED):
            continue
        wide = name.decode("latin-1").upper().replace("-", "_")
        found[wide if wide in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{wide}"] = value.decode("latin-1")
    limit = settings.max_upload if head.authorized else settings.max_body
    found["wsgi.input"] = opened(exchange.body or _nothing(), head.encoding, limit)
    return found


_NOT_TOLD = frozenset({b"transfer-encoding", b"connection", b"proxy", b"forwarded", b"expect", b"range", b"if-range"})
_OF_ENCODED = frozenset({b"content-length", b"content-encoding"})  # the app sees the body as it is without


class _Complaints(io.TextIOBase):
    """Where WSGI has complaints go: to the log."""

    def write(self, text: str, /) -> int:
        if text.strip():
            _log.error("%s", text.rstrip())
        return len(text)


def _nothing() -> Body:
    body = Body(0, lambda: None)
    body.end()
    return body


def _no_write(_: bytes) -> object:
    raise RuntimeError("answers are iterators here; `write` is not offered")


def _beginning(chunks: Iterator[bytes]) -> tuple[bytes, bool]:
    """The first chunks, and whether they are all."""
    held = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= _LONG:
            return b"".join(held), False
    return b"".join(held), True


def _rest(begun: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield begun
    yield from chunks
