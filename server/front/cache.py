"""Whole answers that may be given again while the dataset has the version they were made from. The event loop's own."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from werkzeug.http import parse_etags

from server.front.answer import Answer, head_of

if TYPE_CHECKING:
    from werkzeug.datastructures import ETags

    from server.front.answer import Keepable

_ENTRY = 1024  # bytes that an entry takes besides its head and body
# What a 304 says again (RFC 9110, 15.4.5), beside what all answers carry.
_LENGTH_AND_TYPE = (b"content-length:", b"content-type:", b"content-encoding:", b"content-disposition:")

Key = tuple[bytes, ...]


@dataclass(slots=True)
class Entry:
    """An answer, and for which version of the dataset it holds."""

    answer: Answer
    keep: Keepable
    version: str
    size: int

    @property
    def unmodified(self) -> Answer:
        """The 304."""
        return Answer(304, _unmodified(self.answer.head))


class Cache:
    """Answers by key, the least used dropped where they take more than `capacity` bytes."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self.size = 0
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, key: Key, version: str) -> Entry | None:
        """The answer for a version."""
        entry = self._entries.get(key)
        if entry is not None and entry.version == version:
            self._entries.move_to_end(key)
            self.hits += 1
            return entry
        if entry is not None:
            self._drop(key)
        self.misses += 1
        return None

    def keep(self, key: Key, version: str, answer: Answer) -> None:
        """Keeps an answer, if it says that it may be kept."""
        if answer.keep is None:
            return
        if key in self._entries:
            self._drop(key)
        size = _ENTRY + len(answer.head) + len(answer.body) + sum(map(len, key))
        if size > self._capacity:
            return
        self._entries[key] = Entry(answer, answer.keep, version, size)
        self.size += size
        while self.size > self._capacity:
            self._drop(next(iter(self._entries)))

    def _drop(self, key: Key) -> None:
        self.size -= self._entries.pop(key).size


def matches(condition: bytes, etag: str) -> bool:
    """Whether a header If-None-Match names an entity tag, compared weakly."""
    bare = etag.removeprefix("W/").strip('"')
    tags = _tags(condition)
    return tags.contains_weak(bare)


@lru_cache(maxsize=256)
def _tags(condition: bytes) -> ETags:
    return parse_etags(condition.decode("latin-1"))


def _unmodified(head: bytes) -> bytes:
    lines = head.split(b"\r\n")[1:-1]
    kept = [line for line in lines if not line.lower().startswith(_LENGTH_AND_TYPE)]
    return head_of(304, ()) + b"".join(line + b"\r\n" for line in kept)
