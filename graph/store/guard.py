"""Which queries may run: no SERVICE, no remote FROM, nothing that could bring the process down.

Oxigraph sends real requests for SERVICE, also to loopback, and cannot be told not to. A pattern over the text is no
gate (`service#x\\n<...>` runs), so what might ask for it is parsed with rdflib's grammar and its tree is searched.
Where the two grammars could disagree on what is a comment (`\\r` as line end, `\\u` escapes) the reading that hides
less is taken, or the query is refused.
"""

from __future__ import annotations

import re
import secrets
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
from pyparsing import ParseException, ParseResults
from rdflib.plugins.sparql.algebra import translatePrologue
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import URIRef

from graph.errors import QueryRefusedError, QuerySyntaxError
from graph.store.base import GraphChoice
from graph.store.tokens import steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MAX_NESTING = 200  # brackets or runs of `!`; Oxigraph's parser overflows its stack (and kills the process) near 10,000
_MAX_LENGTH = 1_000_000  # code points
# Operators, patterns and groups. Oxigraph works through chains of them by recursion: 3,000 of BIND, OPTIONAL or MINUS,
# or 10,000 of `+`, `.` or `/`, overflow the stack and kill the process.
_MAX_STEPS = 1000
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})", re.IGNORECASE)
_PLACE = re.compile(r"^error at (\d+):(\d+): (.*)$", re.DOTALL)
_MAX_HINTS = 8
_UNARY_RUN = re.compile(rf"(?:[!+\-^]\s*){{{_MAX_NESTING}}}")


def check(query: str, prefixes: dict[str, str]) -> GraphChoice | None:
    """What the query's FROM clauses choose, or None where it has none; raises QueryRefusedError or QuerySyntaxError.

    `prefixes` are those the query may use without declaring them.
    """
    _check_size(query)
    if not _suspicious(query):
        return None
    return _check_parsed(query, tuple(sorted(prefixes.items())))


def syntax_error(query: str, error: SyntaxError) -> QuerySyntaxError | QueryRefusedError:
    """Oxigraph's complaint with its place (line and column count from 1), or a refusal where it is an update."""
    if _is_update(query):
        return QueryRefusedError(
            "this is an update, and only queries are allowed here: SELECT, ASK, CONSTRUCT, DESCRIBE"
        )
    found = _PLACE.match(str(error))
    if found is None:
        return QuerySyntaxError(f"the query cannot be parsed: {_one_line(str(error))}")
    line, column = int(found[1]), int(found[2])
    rest = query.split("\n")[line - 1][column - 1 :].split() if line <= query.count("\n") + 1 else []
    what = f"'{rest[0][:40]}' is not expected" if rest else "the line or the query ends too early"
    expected = [word for word in found[3].removeprefix("expected ").removeprefix("one of ").split(", ") if _plain(word)]
    hint = f" (could be {', '.join(expected)})" if 0 < len(expected) <= _MAX_HINTS else ""
    return QuerySyntaxError(f"line {line}, column {column}: {what}{hint}", line, column)


def _plain(expected: str) -> bool:
    """Whether one of Oxigraph's expectations is a word or sign of SPARQL, and not a class of characters."""
    return "[" not in expected and "\\u" not in expected


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _is_update(query: str) -> bool:
    try:
        parseUpdate(query)
    except (ParseException, RecursionError, ValueError):
        return False
    return bool(query.strip())


def _check_size(query: str) -> None:
    if len(query) > _MAX_LENGTH:
        raise QueryRefusedError(f"the query is longer than {_MAX_LENGTH:,} characters; load the values as data instead")
    depth = 0
    for bracket in re.findall(r"[(\[{)\]}]", query):
        depth += 1 if bracket in "([{" else -1
        if depth > _MAX_NESTING:
            raise QueryRefusedError(f"the query nests more than {_MAX_NESTING} brackets; write it flatter")
    if len(query) > _MAX_STEPS and steps(query) > _MAX_STEPS:
        raise QueryRefusedError(
            f"the query has more than {_MAX_STEPS:,} patterns and operators; ask in several queries"
        )
    if _UNARY_RUN.search(query):
        raise QueryRefusedError(f"the query has a run of more than {_MAX_NESTING} operators; write it shorter")


def _suspicious(query: str) -> bool:
    """Whether SERVICE or FROM might be in it: false only where no reading of the text has either word."""
    readings = (query, _ESCAPE.sub(_unescape, query)) if "\\" in query else (query,)
    return any(word in text.casefold() for text in readings for word in ("service", "from"))


def _unescape(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code < 0x110000 else ""


@lru_cache(maxsize=256)
def _check_parsed(query: str, prefixes: tuple[tuple[str, str], ...]) -> GraphChoice | None:
    if _ESCAPE.search(query):
        raise QueryRefusedError(
            "a query with \\u escapes and the word SERVICE or FROM cannot be checked; write the characters themselves"
        )
    # Oxigraph ends a comment at either character, rdflib only at "\n".
    text = query.replace("\r\n", "\n").replace("\r", "\n")
    try:
        parsed = parseQuery(text)
    except ParseException as error:
        raise _unparsed(query, error) from error
    except RecursionError as error:
        raise QueryRefusedError("the query is nested too deeply to be checked; write it flatter") from error
    for part in _parts(parsed):
        if part.name == "ServiceGraphPattern":
            raise QueryRefusedError(
                "SERVICE is not allowed: Podium sends no queries to other endpoints; ask them directly"
            )
    clauses = parsed[1].datasetClause or ()
    if not clauses:
        return None
    prologue = translatePrologue(parsed[0], None, dict(prefixes))
    return GraphChoice(
        default=tuple(str(prologue.absolutize(clause.default)) for clause in clauses if clause.default),
        named=tuple(str(prologue.absolutize(clause.named)) for clause in clauses if clause.named),
    )


def _unparsed(query: str, error: ParseException) -> QuerySyntaxError | QueryRefusedError:
    """Why rdflib could not parse: an error of the writer, or a syntax only Oxigraph knows."""
    # Fixing a variable that no query has makes Oxigraph stop between parsing and running.
    absent = ox.Variable("v" + secrets.token_hex(16))
    try:
        ox.Store().query(query, substitutions={absent: ox.Literal("")})
    except SyntaxError as oxigraph:
        return syntax_error(query, oxigraph)
    except RuntimeError:
        return QueryRefusedError(
            f"line {error.lineno}, column {error.column}: beyond SPARQL 1.1, so this query, which has the word SERVICE "
            "or FROM, cannot be checked; write it in SPARQL 1.1"
        )
    return QuerySyntaxError(f"line {error.lineno}, column {error.column}: {error.msg}", error.lineno, error.column)


def _parts(node: object) -> Iterator[CompValue]:
    """All components of a parse tree, without recursion."""
    stack = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, CompValue):
            yield item
            stack.extend(item.values())
        elif isinstance(item, ParseResults | list | tuple):
            stack.extend(item)


def check_graphs(choice: GraphChoice, known: Iterable[str]) -> None:
    """Raises QueryRefusedError where a chosen graph is none of the store's."""
    known = set(known)
    for iri in (*choice.default, *choice.named):
        if iri not in known:
            raise QueryRefusedError(
                f"FROM <{URIRef(iri)}>: no such graph in this store, and nothing is fetched; "
                f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} }} lists the graphs"
            )
