"""SPARQL answers as tables for people: labels where the service knows them, links, and an honest end."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from graph.browsing.describing import describe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store.base import Answer, Source

MAX_ROWS = 1000  # a page with more is slow to read and to draw; the other formats give all
MAX_TEXT = 200_000  # bytes of Turtle shown


@dataclass(frozen=True, slots=True)
class Cell:
    """One term; `iri` is set for what can be linked, `note` holds the language or datatype of a literal."""

    text: str
    iri: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """An answer of SELECT (variables and rows), ASK (`verdict`) or CONSTRUCT (`text`); `cut` says there is more."""

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Cell | None, ...], ...] = ()
    verdict: bool | None = None
    text: str | None = None
    cut: bool = False


class _Chunks(io.RawIOBase):
    """Chunks as a file, so that a long answer need not be read to its end."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = next(self._chunks, b"")
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def table(source: Source, answer: Answer) -> Table:
    """The answer, which must be JSON for SELECT and ASK and a text format for graphs, as a table."""
    stream: BinaryIO = io.BufferedReader(_Chunks(answer.chunks))
    if isinstance(answer.format, ox.RdfFormat):
        return _text(stream)
    variables, found = _parsed(stream, answer.format)
    if isinstance(found, bool):
        return Table(verdict=found)
    labels = _labels(source, found[:MAX_ROWS])
    rows = tuple(tuple(_cell(term, labels) for term in row) for row in found[:MAX_ROWS])
    return Table(variables, rows, cut=len(found) > MAX_ROWS)


def _text(stream: BinaryIO) -> Table:
    text = stream.read(MAX_TEXT + 1)
    cut = len(text) > MAX_TEXT
    if cut:
        text = text[: text.rfind(b"\n", 0, MAX_TEXT) + 1 or MAX_TEXT]
    return Table(text=text.decode("utf-8", "replace"), cut=cut)


def _parsed(stream: BinaryIO, form: ox.QueryResultsFormat) -> tuple[tuple[str, ...], list[tuple[object, ...]] | bool]:
    """The variables with the rows, one more than are shown, or the verdict of an ASK.

    The parser's objects may not be freed by another thread, so none of them may outlive this function.
    """
    results = ox.parse_query_results(stream, format=form)
    if isinstance(results, ox.QueryBoolean):
        return (), bool(results)
    return tuple(variable.value for variable in results.variables), [
        tuple(row) for row in islice(results, MAX_ROWS + 1)
    ]


def _labels(source: Source, rows: list[tuple[object, ...]]) -> dict[str, str]:
    iris = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
    return {iri: described.label for iri, described in describe(source, iris).items()}


def _cell(term: object, labels: dict[str, str]) -> Cell | None:
    if isinstance(term, ox.NamedNode):
        return Cell(labels.get(term.value) or term.value, term.value)
    if isinstance(term, ox.Literal):
        return Cell(term.value, note=term.language or "")
    return None if term is None else Cell(str(term))
