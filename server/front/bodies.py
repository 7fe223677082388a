"""Request bodies on their way from the event loop to the thread that reads them: bounded, timed, decompressed."""

from __future__ import annotations

import io
import threading
import zlib
from abc import abstractmethod
from collections import deque
from typing import TYPE_CHECKING, BinaryIO, cast

import zstandard
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

if TYPE_CHECKING:
    from collections.abc import Callable

READY = 1 << 18  # bytes after which a body is read while it comes; shorter ones are awaited without a thread
ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate", "zstd"})
_CHUNK = 1 << 16  # bytes
_ZSTD_PIECE = 512  # bytes handed to zstd at once: it bounds what comes out by nothing, four bytes may mean 128 KB
_LARGEST_WINDOW = 1 << 23  # bytes; RFC 8878 asks decoders for no more than 8 MB


def too_large(limit: int) -> str:
    """What is told to who sends more than `limit` bytes."""
    return f"The request's body has more than the {limit:,} bytes that one may have here; send it in parts."


class Body(io.RawIOBase):
    """A file for a thread to read, fed by the event loop. `wanted` is called by the thread before it waits.

    `received` counts bytes that came, `limit` is how many may. A read raises RequestEntityTooLarge past `limit`, or
    what `fail` was told.
    """

    def __init__(self, limit: int, wanted: Callable[[], object]) -> None:
        super().__init__()
        self.received = 0
        self.complete = False
        self.limit = limit
        self._wanted = wanted
        self._chunks: deque[bytes] = deque()
        self._held = 0
        self._error: Exception | None = None
        self._changed = threading.Condition()

    @property
    def full(self) -> bool:
        """Whether so much is held that the client should wait."""
        return self._held >= READY

    def peek(self) -> bytes:
        """What is there and not read."""
        with self._changed:
            return b"".join(self._chunks)

    def feed(self, data: bytes) -> None:
        """Bytes that came."""
        with self._changed:
            self.received += len(data)
            if self.received > self.limit:
                self._error = RequestEntityTooLarge(too_large(self.limit))
            if self._error is None:
                self._chunks.append(data)
                self._held += len(data)
            self._changed.notify()

    def end(self) -> None:
        """No more will come."""
        with self._changed:
            self.complete = True
            self._changed.notify()

    def fail(self, error: Exception) -> None:
        """What the next read raises."""
        with self._changed:
            self._error = self._error or error
            self._chunks.clear()
            self._changed.notify()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        with self._changed:
            if not self._chunks and not self.complete and self._error is None:
                self._wanted()
                while not self._chunks and not self.complete and self._error is None:
                    self._changed.wait()
            if self._error is not None:
                raise self._error
            if not self._chunks:
                return 0
            size = min(len(buffer), len(self._chunks[0]))
            buffer[:size] = self._chunks[0][:size]
            if size < len(self._chunks[0]):
                self._chunks[0] = self._chunks[0][size:]
            else:
                self._chunks.popleft()
            self._held -= size
            return size


def opened(body: Body, encoding: str, limit: int) -> BinaryIO:
    """The body as the client meant it; raises at a read what `Body` raises, or BadRequest for broken compression."""
    raw: io.RawIOBase = body
    if encoding in {"gzip", "x-gzip", "deflate"}:
        raw = _Inflated(body, limit)
    elif encoding == "zstd":
        raw = _Unpacked(body, limit)
    return cast("BinaryIO", io.BufferedReader(raw, _CHUNK))


class _Decoded(io.RawIOBase):
    """What decompression gives, never more than is asked for and `limit` in all."""

    def __init__(self, source: Body, limit: int) -> None:
        super().__init__()
        self._source = source
        self._limit = limit
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._next(len(buffer))
        except (zlib.error, zstandard.ZstdError, EOFError) as error:
            raise BadRequest(f"The request's body cannot be decompressed: {error}.") from error
        self._given += len(data)
        if self._given > self._limit:
            raise RequestEntityTooLarge(too_large(self._limit))
        buffer[: len(data)] = data
        return len(data)

    @abstractmethod
    def _next(self, size: int) -> bytes:
        """Up to `size` bytes; nothing at the end."""


class _Inflated(_Decoded):
    """gzip, also of several members, and deflate with or without zlib's header."""

    def __init__(self, source: Body, limit: int) -> None:
        super().__init__(source, limit)
        self._left = b""
        self._inflater = zlib.decompressobj(47)  # 47: gzip or zlib, as its header says
        self._begun = False

    def _next(self, size: int) -> bytes:
        while True:
            if not self._left:
                self._left = self._source.read(_CHUNK) or b""
            if not self._left:
                return self._rest(size)
            if self._inflater.eof:
                self._inflater, self._begun = zlib.decompressobj(47), False
            if not self._begun and self._left[0] & 0x0F != 8 and self._left[0] != 0x1F:
                self._inflater = zlib.decompressobj(-15)  # bare deflate, as some clients understand the word
            self._begun = True
            data = self._inflater.decompress(self._left, size)
            self._left = self._inflater.unconsumed_tail or self._inflater.unused_data
            if data:
                return data

    def _rest(self, size: int) -> bytes:
        """What the inflater still holds after the last byte of the body."""
        if not self._begun or self._inflater.eof:
            return b""
        data = self._inflater.decompress(b"", size)
        if not data and not self._inflater.eof:
            raise EOFError("it ends too early")
        return data


class _Unpacked(_Decoded):
    """zstd, also of several frames."""

    def __init__(self, source: Body, limit: int) -> None:
        super().__init__(source, limit)
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
        self._frame = self._decompressor.decompressobj()
        self._begun = False
        self._left = b""
        self._ready = b""

    def _next(self, size: int) -> bytes:
        while not self._ready:
            self._left = self._left or self._source.read(_CHUNK) or b""
            if not self._left:
                if self._begun and not self._frame.eof:
                    raise EOFError("it ends too early")
                return b""
            if self._frame.eof:
                self._frame = self._decompressor.decompressobj()
            self._begun = True
            piece, self._left = self._left[:_ZSTD_PIECE], self._left[_ZSTD_PIECE:]
            self._ready = self._frame.decompress(piece)
            self._left = self._frame.unused_data + self._left
        data, self._ready = self._ready[:size], self._ready[size:]
        return data
