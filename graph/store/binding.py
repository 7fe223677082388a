"""Fixing variables of a query to terms, alike for both backends.

The terms go, escaped by Oxigraph's own writer, into a VALUES block at the start of the outermost WHERE group.
Oxigraph's `substitutions` is not used: it only takes variables of the SELECT's projection, and no remote endpoint has
it. A VALUES block at the start was also the fastest (a trailing one scans everything when the query has an OPTIONAL).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.errors import QueryError
from graph.sparql.tokens import tokens
from graph.store.terms import to_ox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node

_VARIABLE = re.compile(r"[^\W\d]\w*")


def bound(query: str, bindings: Mapping[str, Node] | None) -> str:
    """The query with each variable of `bindings` (named without `?`) fixed to its term."""
    if not bindings:
        return query
    for name in bindings:
        if not _VARIABLE.fullmatch(name):
            raise QueryError(f"'{name}' is not the name of a variable")
    terms = [to_ox(term) for term in bindings.values()]
    if any(isinstance(term, ox.BlankNode) for term in terms):
        raise QueryError("a blank node cannot stand for a variable: it means a fresh node in every query")
    at = _where(query)
    values = f" VALUES ({' '.join('?' + name for name in bindings)}) {{ ({' '.join(map(str, terms))}) }} "
    return query[:at] + values + query[at:]


def _where(query: str) -> int:
    """The offset just behind the brace that opens the outermost WHERE group."""
    template_first = False
    for token, depth in _outer_tokens(query):
        word = token.group("word")
        if word is not None:
            upper = word.upper()
            if upper == "CONSTRUCT":
                template_first = True
            elif upper == "WHERE":
                template_first = False
        elif token.group() == "{" and depth == 0:
            if not template_first:
                return token.end()
            template_first = False
    raise QueryError("the query has no WHERE group in which a variable could be fixed")


def _outer_tokens(query: str) -> Iterator[tuple[re.Match[str], int]]:
    """Words and opening braces with the number of brackets open before them."""
    depth = 0
    for token in tokens(query):
        if token.lastgroup == "word":
            if depth == 0:
                yield token, depth
        elif token.group() in ("(", "{", "["):
            yield token, depth
            depth += 1
        elif token.lastgroup == "bracket":
            depth -= 1
