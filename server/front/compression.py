"""Answers in gzip or zstd, as the client likes best. No answer holds a secret that its length might tell."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import zstandard
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALLEST = 1024  # bytes; what is shorter fits in a packet or two as it is
_ZSTD_LEVEL = 3
_OFFERS = ("zstd", "gzip")  # the better one first, for clients that have no wish
_TEXTS = ("text/", "application/sparql-results+", "application/json", "application/xml", "application/ld+json")
_MORE = frozenset(
    {
        "application/rdf+xml",
        "application/n-triples",
        "application/n-quads",
        "application/trig",
        "application/problem+json",
        "application/xhtml+xml",
        "image/svg+xml",
    }
)


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self, mode: int = ..., /) -> bytes: ...


@lru_cache(maxsize=512)
def chosen(accepted: bytes) -> str:
    """The encoding for a header Accept-Encoding: `zstd`, `gzip` or `identity`. Other names are passed by."""
    if not accepted:
        return "identity"
    wishes = parse_accept_header(accepted.decode("latin-1"), Accept)
    quality, best = max(((wishes.quality(name), -at) for at, name in enumerate(_OFFERS)), default=(0.0, 0))
    if quality <= 0 or ("identity" in wishes.values() and wishes.quality("identity") > quality):
        return "identity"
    return _OFFERS[-best]


def worthwhile(content_type: str, size: int | None) -> bool:
    """Whether an answer of a media type gets smaller; `size` in bytes is None where it is not known."""
    bare = content_type.partition(";")[0].strip().lower()
    return (size is None or size >= SMALLEST) and (bare.startswith(_TEXTS) or bare in _MORE)


def compressed(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The chunks compressed as they come; each is flushed, so that a reader need not wait for the next."""
    compressor = _compressor(encoding)
    part = zstandard.COMPRESSOBJ_FLUSH_BLOCK if encoding == "zstd" else zlib.Z_SYNC_FLUSH
    for chunk in chunks:
        if found := compressor.compress(chunk) + compressor.flush(part):
            yield found
    yield compressor.flush()


def whole(body: bytes, encoding: str) -> bytes:
    """A whole body compressed."""
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(body)
    compressor = _compressor(encoding)
    return compressor.compress(body) + compressor.flush()


def _compressor(encoding: str) -> _Compressor:
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()
    return zlib.compressobj(level=4, wbits=31)  # 31: with gzip's header; 4: half the time of 6 for 5 % more bytes
