"""What is said of a query that cannot be parsed: where, which token, and what may have been meant."""

from __future__ import annotations

import re

from graph.errors import QueryRefusedError, QuerySyntaxError
from graph.sparql.parsing import parse_update

_PLACE = re.compile(r"^error at (\d+):(\d+): (.*)$", re.DOTALL)
_MAX_HINTS = 8


def syntax_error(query: str, error: SyntaxError) -> QuerySyntaxError | QueryRefusedError:
    """Oxigraph's complaint with its place (line and column count from 1), or a refusal where it is an update."""
    if _is_update(query):
        return QueryRefusedError(
            "this is an update, and only queries are allowed here: SELECT, ASK, CONSTRUCT, DESCRIBE"
        )
    return complaint(query, error)


def complaint(text: str, error: SyntaxError) -> QuerySyntaxError:
    """Oxigraph's complaint about a query or update, with its place (line and column count from 1)."""
    found = _PLACE.match(str(error))
    if found is None:
        return QuerySyntaxError(f"it cannot be parsed: {' '.join(str(error).split())}")
    line, column = int(found[1]), int(found[2])
    rest = text.split("\n")[line - 1][column - 1 :].split() if line <= text.count("\n") + 1 else []
    what = f"'{rest[0][:40]}' is not expected" if rest else "the line or the text ends too early"
    expected = [word for word in found[3].removeprefix("expected ").removeprefix("one of ").split(", ") if _plain(word)]
    hint = f" (could be {', '.join(expected)})" if 0 < len(expected) <= _MAX_HINTS else ""
    return QuerySyntaxError(f"line {line}, column {column}: {what}{hint}", line, column)


def _plain(expected: str) -> bool:
    """Whether one of Oxigraph's expectations is a word or sign of SPARQL, and not a class of characters."""
    return "[" not in expected and "\\u" not in expected


def _is_update(query: str) -> bool:
    try:
        parse_update(query)
    except (QuerySyntaxError, QueryRefusedError):
        return False
    return bool(query.strip())
