"""SPARQL answers as tables for people: labels where the service knows them, links, pages, and a true count."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final

import pyoxigraph as ox

from graph.browsing.describing import describe
from graph.sparql.provenance import COLUMN
from ontology.iris import prefixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store.base import Answer, Source

PAGE: Final = 200  # rows of a page: more make it slow to read and to draw; the other formats give all
MOST: Final = 100_000  # rows that are counted and sorted
_NUMERIC: Final = frozenset(
    "http://www.w3.org/2001/XMLSchema#" + name
    for name in ("integer", "decimal", "double", "float", "int", "long", "short", "nonNegativeInteger", "gYear")
)
_TRIPLE: Final = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Cell:
    """One term; `iri` is set for what can be linked, `note` holds the language of a literal.

    `number` is what a numeric literal says.
    """

    text: str
    iri: str | None = None
    note: str = ""
    number: float | None = None


Row = tuple[tuple[Cell, ...], ...]  # for each variable its terms: none where it is unbound, several articles


@dataclass(frozen=True, slots=True)
class Table:
    """An answer of SELECT (variables and rows), CONSTRUCT (also its `turtle`) or ASK (`verdict`).

    `rows` are those of `page`, from 1; `total` counts all of them, or, where `more` says so, at least that many.
    `numeric` says for each variable whether it holds numbers alone.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    numeric: tuple[bool, ...] = ()
    total: int = 0
    more: bool = False
    page: int = 1
    verdict: bool | None = None
    turtle: str | None = None

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, math.ceil(self.total / PAGE))


@dataclass(frozen=True, slots=True)
class Order:
    """Which variable the rows are sorted by; without one they stay as they came."""

    variable: str = ""
    descending: bool = False


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


def table(source: Source, answer: Answer, page: int = 1, order: Order | None = None) -> Table:
    """A page of the answer, which must be JSON for SELECT and ASK and Turtle for graphs; the last for one beyond it."""
    stream: BinaryIO = io.BufferedReader(_Chunks(answer.chunks))
    if isinstance(answer.format, ox.RdfFormat):
        return _paged(source, _TRIPLE, _triples(stream, answer.format), page, order, graph=True)
    variables, found = _parsed(stream, answer.format)
    if isinstance(found, bool):
        return Table(verdict=found)
    return _paged(source, variables, found, page, order)


def _paged(
    source: Source,
    variables: tuple[str, ...],
    found: list[tuple[object, ...]],
    page: int,
    order: Order | None,
    *,
    graph: bool = False,
) -> Table:
    more = len(found) > MOST
    del found[MOST:]
    if order and order.variable in variables:
        at = variables.index(order.variable)
        unbound = [row for row in found if row[at] is None]
        bound = [row for row in found if row[at] is not None]
        found = sorted(bound, key=lambda row: _key(row[at]), reverse=order.descending) + unbound
    page = min(page, max(1, math.ceil(len(found) / PAGE)))
    shown = found[(page - 1) * PAGE : page * PAGE]
    rows = _rows(source, variables, shown)
    numeric = tuple(_numbers(row[at] for row in rows) for at in range(len(variables)))
    turtle = _turtle(shown, source.base) if graph else None
    return Table(variables, rows, numeric, len(found), more, page, turtle=turtle)


def _triples(stream: BinaryIO, form: ox.RdfFormat) -> list[tuple[object, ...]]:
    return [(quad.subject, quad.predicate, quad.object) for quad in islice(ox.parse(stream, format=form), MOST + 1)]


def _parsed(stream: BinaryIO, form: ox.QueryResultsFormat) -> tuple[tuple[str, ...], list[tuple[object, ...]] | bool]:
    """The variables with the rows, up to one more than are counted, or the verdict of an ASK.

    The parser's objects may not be freed by another thread, so none of them may outlive this function.
    """
    results = ox.parse_query_results(stream, format=form)
    if isinstance(results, ox.QueryBoolean):
        return (), bool(results)
    variables = tuple(variable.value for variable in results.variables)
    return variables, [tuple(row) for row in islice(results, MOST + 1)]


def _key(term: object) -> tuple[int, float, str]:
    """Numbers first, by size, then the rest by what is read."""
    number = _number(term)
    if number is not None:
        return 0, number, ""
    text = term.value if isinstance(term, ox.Literal | ox.NamedNode) else str(term)
    return 1, 0.0, text.casefold()


def _number(term: object) -> float | None:
    if not isinstance(term, ox.Literal) or term.datatype.value not in _NUMERIC:
        return None
    try:
        number = float(term.value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _rows(source: Source, variables: tuple[str, ...], found: list[tuple[object, ...]]) -> tuple[Row, ...]:
    """The rows with labels; where the last variable is that of the articles behind a row, each of these by itself."""
    traced = variables[-1:] == (COLUMN,)
    split = [(*row[:-1], _articles(row[-1])) if traced else row for row in found]
    terms = (term for row in split for cell in row for term in (cell if isinstance(cell, tuple) else (cell,)))
    iris = {term.value for term in terms if isinstance(term, ox.NamedNode)}
    labels = {iri: described.label for iri, described in describe(source, iris).items()}
    namespaces = {namespace: prefix for prefix, namespace in prefixes(source.base).items()}
    return tuple(
        tuple(
            tuple(_cell(term, labels, namespaces) for term in (cell if isinstance(cell, tuple) else (cell,)) if term)
            for cell in row
        )
        for row in split
    )


def _articles(term: object) -> tuple[object, ...]:
    return tuple(ox.NamedNode(iri) for iri in term.value.split()) if isinstance(term, ox.Literal) else ()


def _cell(term: object, labels: dict[str, str], namespaces: dict[str, str]) -> Cell:
    if isinstance(term, ox.NamedNode):
        return Cell(labels.get(term.value) or _short(term.value, namespaces), term.value)
    if isinstance(term, ox.Literal):
        return Cell(term.value, note=term.language or "", number=_number(term))
    return Cell(str(term))


def _short(iri: str, namespaces: dict[str, str]) -> str:
    """An IRI as queries write it, for terms of vocabularies that have no label here."""
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = namespaces.get(iri[:at])
    return f"{prefix}:{iri[at:]}" if prefix else iri


def _numbers(cells: Iterator[tuple[Cell, ...]]) -> bool:
    """Whether there are numbers among the cells of a variable, and nothing else."""
    found = [cell.number for terms in cells for cell in terms]
    return bool(found) and None not in found


def _turtle(triples: list[tuple[object, ...]], base: str) -> str:
    """Triples as Turtle, with the prefixes that they use."""
    made = [ox.Triple(*triple) for triple in triples]  # type: ignore[arg-type]
    text = " ".join(map(str, made))
    used = {prefix: namespace for prefix, namespace in prefixes(base).items() if f"<{namespace}" in text}
    return (ox.serialize(made, format=ox.RdfFormat.TURTLE, prefixes=used) or b"").decode()
