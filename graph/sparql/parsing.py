"""The parse trees of queries and updates, by rdflib's grammar of SPARQL 1.1."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pyparsing import ParseException, ParseResults
from rdflib.plugins.sparql.algebra import translatePrologue
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Prologue
from rdflib.term import URIRef

from graph.errors import QueryRefusedError, QuerySyntaxError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Parsed = TypeVar("Parsed", ParseResults, CompValue)

_MAX_LENGTH = 200_000  # characters; with the bound on steps it keeps what rdflib needs below a second


def parse_query(text: str) -> ParseResults:
    """The prologue and the query. Raises QuerySyntaxError, or QueryRefusedError where the text is too long or deep."""
    return _parse(parseQuery, text)


def parse_update(text: str) -> CompValue:
    """The requests of an update. Raises as `parse_query` does."""
    return _parse(parseUpdate, text)


def _parse(parse: Callable[[str], Parsed], text: str) -> Parsed:
    if len(text) > _MAX_LENGTH:
        raise QueryRefusedError(f"it is longer than {_MAX_LENGTH:,} characters, which is too long to be checked")
    # Oxigraph ends a comment at either character, rdflib only at "\n".
    try:
        return parse(text.replace("\r\n", "\n").replace("\r", "\n"))
    except ParseException as error:
        found = f"line {error.lineno}, column {error.column}: {error.msg}"
        raise QuerySyntaxError(found, error.lineno, error.column) from error
    except RecursionError as error:
        raise QueryRefusedError("it is nested too deeply to be checked; write it flatter") from error
    except Exception as error:  # rdflib's actions raise of everything: bad escapes, unknown prefixes
        raise QuerySyntaxError(f"it cannot be parsed: {' '.join(str(error).split())}") from error


class _Names(Prologue):
    """Prefixes as a mapping; rdflib's own takes longer to make its graph of them than to parse a query."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self.base = ""
        self._namespaces = dict(namespaces)

    def resolvePName(self, prefix: str | None, localname: str | None) -> URIRef:  # noqa: N802 - rdflib's name
        namespace = self._namespaces.get(prefix or "")
        if namespace is None:
            raise QuerySyntaxError(f"the prefix '{prefix or ''}:' is not declared")
        return URIRef(namespace + (localname or ""))

    def bind(self, prefix: str | None, uri: object) -> None:
        self._namespaces[prefix or ""] = str(uri)


def prologue(declared: ParseResults, prefixes: Mapping[str, str]) -> Prologue:
    """What BASE and PREFIX declare, over `prefixes` that need not be declared."""
    return translatePrologue(declared, None, prologue=_Names(prefixes))


def parts(node: object) -> Iterator[CompValue]:
    """All components of a parse tree, without recursion."""
    stack = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, CompValue):
            yield item
            stack.extend(item.values())
        elif isinstance(item, ParseResults | list | tuple):
            stack.extend(item)
