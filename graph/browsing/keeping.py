"""What is worked out from a whole source and kept until the source changes."""

from __future__ import annotations

from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.store.base import Source

_Value = TypeVar("_Value")


def kept(make: Callable[[Source], _Value]) -> Callable[[Source], _Value]:
    """The function, worked out once for each version of a source; anew each time where it does not tell its version.

    Who asks while it is being worked out waits for it instead of doing the same.
    """
    found: WeakKeyDictionary[Source, tuple[str, _Value]] = WeakKeyDictionary()
    lock = Lock()

    def known(source: Source, version: str | None) -> tuple[str, _Value] | None:
        have = found.get(source)
        return have if have is not None and have[0] == version else None

    @wraps(make)
    def get(source: Source) -> _Value:
        version = source.version
        if version is None:
            return make(source)
        if have := known(source, version):
            return have[1]
        with lock:
            if have := known(source, version):
                return have[1]
            value = make(source)
            found[source] = version, value
            return value

    return get
