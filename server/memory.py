"""What took long to work out, kept until the store changes."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, TypeVar, cast

from flask import current_app

from server.service import source

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

_MOST = 64  # values, the least recently asked for go first

T = TypeVar("T")


class _Memory:
    """Values of one version of the dataset."""

    def __init__(self) -> None:
        self.version: str | None = None
        self.values: OrderedDict[Hashable, object] = OrderedDict()
        self.lock = Lock()


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives for the dataset as it is, or gave before in the same version; `key` says what was asked."""
    memory = cast("_Memory", current_app.extensions.setdefault("podium.memory", _Memory()))
    version = source().version
    with memory.lock:
        if memory.version != version or version is None:
            memory.values.clear()
            memory.version = version
        if key in memory.values:
            memory.values.move_to_end(key)
            return cast("T", memory.values[key])
    made = make()
    with memory.lock:
        if memory.version == version:
            memory.values[key] = made
            while len(memory.values) > _MOST:
                memory.values.popitem(last=False)
    return made
