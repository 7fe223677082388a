"""How many rows a serialised answer has, counted in its bytes: what serialises them does not say it.

Counting goes about a gigabyte a second. It relies on how Oxigraph writes: no spaces in JSON, no line ends in TSV but
those of rows. Bytes come in parts that are cut anywhere. A text with `},{` in it counts as a row more in JSON:
to know texts from the rest would take as long as writing them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final, Protocol

from pyoxigraph import QueryResultsFormat

_JSON_NEXT: Final = b"},{"  # between two rows, and nowhere else but in texts
_XML_ROW: Final = b"<result>"
_JSON_NONE: Final = b'"bindings":[]}}'
_SEEN_AGAIN: Final = 16  # bytes of a part that may begin what the next one completes


class Rows(Protocol):
    """Counts rows as their bytes are written."""

    def feed(self, data: bytes) -> None:
        """The next bytes."""

    def total(self) -> int:
        """How many rows there were; to be asked at the end."""


class _Marks(ABC):
    """What begins rows, however it is cut."""

    def __init__(self) -> None:
        self._found = 0
        self._last = b""

    def feed(self, data: bytes) -> None:
        self._found += self._count(data)
        if self._last:
            begun = data[:_SEEN_AGAIN]
            self._found += self._count(self._last + begun) - self._count(self._last) - self._count(begun)
        self._last = (self._last + data[-_SEEN_AGAIN:])[-_SEEN_AGAIN:]

    def total(self) -> int:
        return self._found

    @staticmethod
    @abstractmethod
    def _count(data: bytes) -> int:
        """Marks in some bytes."""


class _Json(_Marks):
    def total(self) -> int:
        return 0 if self._last.endswith(_JSON_NONE) else self._found + 1

    @staticmethod
    def _count(data: bytes) -> int:
        return data.count(_JSON_NEXT)


class _Xml(_Marks):
    @staticmethod
    def _count(data: bytes) -> int:
        return data.count(_XML_ROW)


class _Lines:
    """TSV, which has one line for the variables."""

    def __init__(self) -> None:
        self._lines = 0

    def feed(self, data: bytes) -> None:
        self._lines += data.count(b"\n")

    def total(self) -> int:
        return max(0, self._lines - 1)


class _QuotedLines(_Lines):
    """CSV, which has line ends also in quotes."""

    def __init__(self) -> None:
        super().__init__()
        self._quoted = False

    def feed(self, data: bytes) -> None:
        if not self._quoted and b'"' not in data:
            super().feed(data)
            return
        pieces = data.split(b'"')
        super().feed(b"".join(pieces[self._quoted :: 2]))
        self._quoted ^= len(pieces) % 2 == 0


_COUNTERS: Final[dict[QueryResultsFormat, type[_Marks | _Lines]]] = {
    QueryResultsFormat.JSON: _Json,
    QueryResultsFormat.XML: _Xml,
    QueryResultsFormat.TSV: _Lines,
    QueryResultsFormat.CSV: _QuotedLines,
}


def rows_of(form: QueryResultsFormat) -> Rows:
    """A counter for answers to SELECT in a format."""
    return _COUNTERS[form]()
