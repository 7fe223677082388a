"""What a query will suffer from, said before it runs, and whether its answer may be sent while it is being found.

Only what is sure is said. What is found depends on the shape of a query, not on its IRIs and strings, and is kept by
shape: the first of a kind costs some milliseconds, the next ones some microseconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from graph.errors import QueryError
from graph.sparql.patterns import Mark, scopes
from graph.sparql.products import products
from graph.sparql.sizes import check_size
from graph.sparql.structure import Select, read_query
from graph.sparql.terms import NAMESPACES, unknown_terms
from graph.sparql.tokens import steps, tokens
from graph.sparql.waste import waste
from ontology.iris import prefixes

if TYPE_CHECKING:
    from graph.sparql.patterns import Finding

_LONGEST = 20_000  # characters, beyond which nothing is said
_MOST_STEPS = 150  # some 100 ms of parsing
_SMALL_LIMIT = 100_000  # rows that are found before any deadline, whatever the query
_CONSTANT = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r"|#[^\n\r]*",
    re.DOTALL,
)
_NAMED = re.compile("|".join(re.escape(f"<{namespace}") for namespace in NAMESPACES))


@dataclass(frozen=True, slots=True)
class LintWarning:
    """`code` is a stable name, `hint` the way out; `line` and `column` count from 1."""

    code: str
    message: str
    hint: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.message}; {self.hint}"


class _Known(NamedTuple):
    findings: tuple[Finding, ...]
    streams: bool


def lint(query: str) -> tuple[LintWarning, ...]:
    """What is sure to be slow or wrong in a query, in the order of its text; nothing for one that cannot be parsed."""
    return _placed(query, _looked_at(query))


def lint_known(query: str, shape: str) -> tuple[LintWarning, ...] | None:
    """As `lint`, for queries whose shape (`shape_of`) was seen before; None for others."""
    known = _SHAPES.get(shape)
    return None if known is None else _placed(query, known)


def _placed(query: str, known: _Known) -> tuple[LintWarning, ...]:
    found = known.findings
    if not found:
        return ()
    placed = [LintWarning(one.code, one.message, one.hint, *_place(query, one.mark)) for one in found]
    return tuple(sorted(placed, key=lambda one: (one.line, one.column, one.code)))


def streams(query: str) -> bool:
    """Whether rows come steadily, so that an answer that was begun is likely to be ended within the deadline."""
    return _looked_at(query).streams


def _looked_at(query: str) -> _Known:
    shape = shape_of(query)
    known = _SHAPES.get(shape)
    if known is None:
        known = _understood(query)
        if len(_SHAPES) >= _MOST_SHAPES:
            _SHAPES.clear()
        _SHAPES[shape] = known
    return known


def shape_of(query: str) -> str:
    """What queries have in common that differ in their IRIs, strings and comments only."""
    return _CONSTANT.sub(_kept if _NAMED.search(query) else "<>", query)


_SHAPES: dict[str, _Known] = {}
_MOST_SHAPES = 4096


def _kept(constant: re.Match[str]) -> str:
    """IRIs of vocabularies, and of their namespaces, matter as they are."""
    return constant.group() if _NAMED.match(constant.group()) else "<>"


def _understood(query: str) -> _Known:
    if len(query) > _LONGEST or steps(query) > _MOST_STEPS:
        return _Known((), streams=False)
    try:
        check_size(query)
        read = read_query(query, _prefixes())
    except QueryError:
        return _Known((), streams=False)
    found = [finding for scope in scopes(read) for finding in (*products(scope), *waste(scope))]
    return _Known(tuple(dict.fromkeys([*found, *unknown_terms(query)])), _flows(read, found))


@lru_cache(maxsize=1)
def _prefixes() -> dict[str, str]:
    return prefixes()


def _flows(read: Select, found: list[Finding]) -> bool:
    every = list(scopes(read))
    if any(triple.unbounded and len(triple.variables) > 1 for scope in every for triple in scope.triples):
        return False
    if read.limit is not None and read.limit <= _SMALL_LIMIT:
        return True
    return not any(finding.code in ("cartesian-product", "filter-join") for finding in found) and not any(
        scope.has_service for scope in every
    )


def _place(query: str, mark: Mark) -> tuple[int, int]:
    """Line and column of the token a mark means, of the beginning where it is not found."""
    seen = 0
    inside = not mark.within
    at = 0
    for token in tokens(query):
        word = token.group()
        inside = inside or word == "{"
        if inside and (word[1:] == mark.word if word[0] in "?$" else mark.word in (word, word.upper())):
            at = token.start()
            seen += 1
            if seen > mark.before:
                break
    return query.count("\n", 0, at) + 1, at - query.rfind("\n", 0, at)
