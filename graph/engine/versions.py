"""Which writes there were, and snapshots of the quads as some of them left them."""

from __future__ import annotations

import os
from collections import Counter, OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Final

from graph.engine.snapshots import hold
from graph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_REMEMBERED: Final = 1000  # versions
_ATTEMPTS: Final = 5


class Versions:
    """Writes, numbered as they are announced; 0 is what was there at first."""

    def __init__(self) -> None:
        self.newest = 0
        self._numbers: OrderedDict[str, int] = OrderedDict()
        self._lock = Lock()

    def announce(self, version: str) -> bool:
        """A write that has been done; says whether it is news."""
        with self._lock:
            if version in self._numbers:
                return False
            self.newest += 1
            self._numbers[version] = self.newest
            while len(self._numbers) > _REMEMBERED:
                self._numbers.popitem(last=False)
            return True

    def number(self, version: str) -> int | None:
        """The number of the write that made this version; None where it was not announced yet."""
        with self._lock:
            if not self._numbers and self.newest == 0:
                self._numbers[version] = 0
            return self._numbers.get(version)


class Kept:
    """The newest snapshot, and older ones for as long as somebody has them open. The writer removes others."""

    def __init__(self, versions: Versions, make: Callable[[], tuple[Path, str]]) -> None:
        self._versions = versions
        self._make = make
        self._newest: tuple[Path, str, int] | None = None
        self._users: Counter[Path] = Counter()
        self._holds: dict[Path, int] = {}  # descriptors
        self._lock = Lock()

    def take(self) -> tuple[Path, str, int]:
        """A snapshot of all writes announced so far, its version, and a write that it has surely seen. `release` it."""
        with self._lock:
            if self._newest is None or self._newest[2] < self._versions.newest:
                self._renew()
            if self._newest is None:
                raise StoreError("the writer makes snapshots that go before they can be opened; please report this")
            self._users[self._newest[0]] += 1
            return self._newest

    def release(self, path: Path) -> None:
        with self._lock:
            self._users[path] -= 1
            self._let_go(path)

    def close(self) -> None:
        """Lets go of all of them."""
        with self._lock:
            self._newest = None
            self._users.clear()
            for path in list(self._holds):
                self._let_go(path)

    def _renew(self) -> None:
        before, self._newest = self._newest, None
        for _ in range(_ATTEMPTS):
            seen = self._versions.newest
            path, version = self._make()
            try:
                if path not in self._holds:
                    self._holds[path] = hold(path)
            except FileNotFoundError:
                continue  # a commit has come in between
            number = self._versions.number(version)
            self._newest = (path, version, max(seen, number or 0))
            break
        if before is not None:
            self._let_go(before[0])

    def _let_go(self, path: Path) -> None:
        if self._users[path] <= 0 and (self._newest is None or self._newest[0] != path):
            del self._users[path]
            held = self._holds.pop(path, None)
            if held is not None:
                os.close(held)
