"""A query made to tell which triples each of its rows stands on: it also gives the variables of its patterns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath
from rdflib.term import BNode, URIRef

from graph.errors import QueryError
from graph.sparql.patterns import inner
from graph.sparql.structure import Filter, Minus, Select, Service, Triple, read_query
from graph.sparql.tokens import tokens
from ontology.iris import prefixes

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from graph.sparql.structure import Element

MOST_ROWS: Final = 1000
COLUMN: Final = "articles"
_MOST_FOUND = 20 * MOST_ROWS  # rows before equal ones are made one
_MOST_WAYS = 16  # in which a path may lead from one end to the other
_WAY_OUT = "leave provenance=1 out, or write the query without"

Step = tuple[str, bool]  # the IRI of a property, and whether it is followed backwards
Way = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern as the terms of its ends and middle, and the ways its path may go (none: no path)."""

    triple: Triple
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Widened:
    """A query that also gives what its patterns matched.

    `shown` are the columns that were asked for (None: all); of a `distinct` query equal rows are to be made one before
    `offset` and `limit` are applied. More than `most` rows are too many.
    """

    text: str
    shown: tuple[str, ...] | None
    patterns: tuple[Pattern, ...]
    distinct: bool
    limit: int | None
    offset: int
    most: int


def widen(query: str) -> Widened:
    """The query that provenance is asked with; raises QueryError where rows cannot be traced, saying why."""
    read = read_query(query, prefixes())
    elements = list(inner(read.where))
    _refuse_untraceable(read, elements)
    triples = tuple(_supporting(read))
    if any(isinstance(end, BNode) for triple in triples for end in (triple.subject, triple.object)):
        raise QueryError("provenance cannot follow [] and _:nodes; give each a ?variable")
    patterns = tuple(Pattern(triple, _ways(triple)) for triple in triples)
    needed = sorted({name for triple in triples for name in triple.variables} - set(read.projected or ()))
    most = _MOST_FOUND if read.distinct else MOST_ROWS
    text = _rewritten(query, read, "".join(f" ?{name}" for name in needed), most)
    try:
        read_query(text, prefixes())
    except QueryError as error:
        raise QueryError(
            "the query cannot be traced as it is written; write SELECT, WHERE and LIMIT plainly"
        ) from error
    return Widened(text, read.projected, patterns, read.distinct, read.limit, read.offset, most)


def _refuse_untraceable(read: Select, elements: list[Element]) -> None:
    if read.form != "SelectQuery":
        raise QueryError("provenance is given for the rows of a SELECT; this query has none")
    for found, name in (
        (read.aggregates, "GROUP BY and aggregates"),
        (any(isinstance(one, Select) for one in elements), "a subquery"),
        (any(isinstance(one, Service) for one in elements), "SERVICE"),
    ):
        if found:
            raise QueryError(f"provenance cannot be traced through {name}; {_WAY_OUT} it")
    if COLUMN in (read.projected or ()) or (read.projected is None and any(COLUMN in _names(one) for one in elements)):
        raise QueryError(f"provenance adds the column ?{COLUMN}, which the query has; name yours otherwise")


def _names(one: Element) -> frozenset[str]:
    return one.variables if isinstance(one, Triple) else frozenset()


def _supporting(read: Select) -> Iterator[Triple]:
    """The patterns that a row may stand on: not those of MINUS and of FILTER."""
    hidden = {
        id(inside)
        for one in inner(read.where)
        if isinstance(one, Minus | Filter)
        for group in ((one.group,) if isinstance(one, Minus) else one.groups)
        for inside in inner(group)
    }
    return (one for one in inner(read.where) if isinstance(one, Triple) and id(one) not in hidden)


def _ways(triple: Triple) -> tuple[Way, ...]:
    if not isinstance(triple.predicate, Path):
        return ()
    ways = _expanded(triple.predicate)
    if len(ways) > _MOST_WAYS:
        raise QueryError(f"provenance cannot follow a path with more than {_MOST_WAYS} ways; {_WAY_OUT} it")
    return tuple(ways)


def _expanded(path: object, *, backwards: bool = False) -> list[Way]:
    """All ways that a path of bounded length may go, from its first end to its second."""
    if isinstance(path, URIRef):
        return [((str(path), backwards),)]
    if isinstance(path, InvPath):
        return _expanded(path.arg, backwards=not backwards)
    if isinstance(path, AlternativePath):
        return [way for one in path.args for way in _expanded(one, backwards=backwards)]
    if isinstance(path, SequencePath):
        parts = [_expanded(one, backwards=backwards) for one in (reversed(path.args) if backwards else path.args)]
        return [tuple(step for way in chosen for step in way) for chosen in product(*parts)]
    if isinstance(path, MulPath) and path.mod == "?":
        return [(), *_expanded(path.path, backwards=backwards)]
    raise QueryError(f"provenance cannot follow a path of any length, or of any property; {_WAY_OUT} it")


def _rewritten(query: str, read: Select, more: str, most: int) -> str:
    """The text with more columns, without DISTINCT, and with a LIMIT that tells when there are too many rows."""
    words = [token for token in tokens(query) if token.group()[0] != "#"]
    outer = list(_outer(words))
    begin = next(at for at, token in enumerate(words) if token.group().upper() == "SELECT")
    end = next(at for at, token in outer if at > begin and token.group().upper() in ("WHERE", "FROM", "{"))
    modified = words[begin + 1].group().upper() in ("DISTINCT", "REDUCED")
    head = query[words[begin].end() if not modified else words[begin + 1].end() : words[end].start()]
    columns = head if read.projected is None else f"{head}{more} "
    where = next(at for at, token in outer if at > end and token.group() == "}")
    tail = [(at, token) for at, token in outer if at > where]
    values = next((token.start() for at, token in tail if token.group().upper() == "VALUES"), None)
    if values is not None:
        raise QueryError("provenance cannot be traced with VALUES behind the query; put it between the braces")
    kept = query[words[end].start() : words[-1].end()]
    for name in ("LIMIT", "OFFSET"):
        at = next((number for number, token in tail if token.group().upper() == name), None)
        if at is not None and (read.distinct or name == "LIMIT"):
            start = words[at].start() - words[end].start()
            stop = words[at + 1].end() - words[end].start()
            kept = kept[:start] + " " * (stop - start) + kept[stop:]
    limit = most + 1 if read.distinct or read.limit is None else min(read.limit, most + 1)
    return f"{query[: words[begin].end()]} {columns}{kept}\nLIMIT {limit}"


def _outer(words: list[re.Match[str]]) -> Iterator[tuple[int, re.Match[str]]]:
    """The tokens outside of all brackets, and the brackets that open and close the outermost."""
    depth = 0
    for at, token in enumerate(words):
        sign = token.group() if token.lastgroup == "bracket" else ""
        depth -= sign in (")", "]", "}") and bool(sign)
        if depth == 0:
            yield at, token
        depth += sign in ("(", "[", "{") and bool(sign)
