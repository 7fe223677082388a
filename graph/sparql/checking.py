"""Which queries and updates may run: nothing that connects where it may not, nothing that brings the process down.

Oxigraph sends real requests for SERVICE and LOAD, also to loopback, and cannot be told not to. A pattern over the text
is no gate (`service#x\\n<...>` runs). So a text whose tokens leave any room for the words is parsed with rdflib's
grammar and its tree is searched; what is asked of other hosts is decided by a `RemotePolicy` and taken out of the text.
Where the two grammars could disagree on what is a comment (`\\r` as line end, `\\u` escapes) the reading that hides
less is taken, or the text is refused.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib.term import URIRef

from graph.errors import EndpointError, QueryRefusedError, QuerySyntaxError
from graph.sparql.choice import GraphChoice
from graph.sparql.documents import fetch_triples
from graph.sparql.parsing import parse_query, parse_update, parts, prologue
from graph.sparql.relay import through
from graph.sparql.remote import CLOSED, RemotePolicy
from graph.sparql.rewriting import Named, loads, replaced, services
from graph.sparql.sizes import check_size
from graph.sparql.suggestions import syntax_error
from graph.sparql.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyparsing import ParseResults

_ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})", re.IGNORECASE)
_QUERY_WORDS: Final = ("service", "from")
_UPDATE_WORDS: Final = ("service", "load")
_NOWHERE: Final = "urn:podium:nowhere"  # Oxigraph fails on it without a connection, which SILENT makes one empty row
_NOTHING: Final = "INSERT DATA {}"
_NO_SERVICE = "SERVICE {} is not allowed: this service asks no such endpoint; ask it directly"
_NO_LOAD = "LOAD {} is not allowed: this service fetches nothing from there; send it as INSERT DATA or to /store"


@dataclass(frozen=True, slots=True)
class Checked:
    """What may run: the text to give to Oxigraph, the graphs that FROM chooses, and what the user should be told."""

    text: str
    choice: GraphChoice | None = None
    warnings: tuple[str, ...] = ()


def check_query(query: str, prefixes: dict[str, str], remote: RemotePolicy = CLOSED) -> Checked:
    """The query as it may run; raises QueryRefusedError or QuerySyntaxError.

    `prefixes` are those the query may use without declaring them. Which of the graphs that FROM names exist is for
    `check_graphs` to say.
    """
    check_size(query)
    if not _suspicious(query, _QUERY_WORDS):
        return Checked(query)
    return _checked_query(query, tuple(sorted(prefixes.items())), remote)


def harmless(query: str) -> bool:
    """Whether `check_query` lets the query run as it is, as far as that can be said at once."""
    try:
        check_size(query)
    except QueryRefusedError:
        return False
    return not _suspicious(query, _QUERY_WORDS)


def check_update(update: str, prefixes: dict[str, str], remote: RemotePolicy = CLOSED) -> Checked:
    """The update as it may run, in one transaction; raises QueryRefusedError, QuerySyntaxError or EndpointError.

    Documents that LOAD names are fetched here, so that nobody who holds the store waits for another host.
    """
    check_size(update, update=True)
    if not _suspicious(update, _UPDATE_WORDS):
        return Checked(update)
    return _checked_update(update, tuple(sorted(prefixes.items())), remote)


def _suspicious(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words might be in it as a keyword: false only where no reading of the text has it."""
    folded = text.casefold()
    escaped = [_code(escape) for escape in _ESCAPE.finditer(text)] if "\\" in text else []
    if any(code < 0x80 for code in escaped):  # may end a string or a comment, in some reading
        folded += _ESCAPE.sub(lambda escape: chr(_code(escape) % 0x110000), text).casefold()
        return any(word in folded for word in words)
    if not any(word in folded for word in words):
        return False
    # Oxigraph wants no space behind a keyword (`SERVICEex:a`) or number, so a word need not be the whole of a token.
    return any(
        word in token.group().casefold()
        for token in tokens(text)
        if token.lastgroup == "word" and token.group()[0] not in "?$"
        for word in words
    )


def _code(escape: re.Match[str]) -> int:
    return int(escape[1] or escape[2], 16)


def _refuse_escapes(text: str, words: str) -> None:
    if any(_code(escape) < 0x80 for escape in _ESCAPE.finditer(text)):
        raise QueryRefusedError(
            f"a text with \\u escapes and the word {words} cannot be checked; write the characters themselves"
        )


@lru_cache(maxsize=256)
def _checked_query(query: str, prefixes: tuple[tuple[str, str], ...], remote: RemotePolicy) -> Checked:
    _refuse_escapes(query, "SERVICE or FROM")
    try:
        parsed = parse_query(query)
    except QuerySyntaxError as error:
        raise _unparsed(query, error) from error
    text = query
    warnings: tuple[str, ...] = ()
    if any(part.name == "ServiceGraphPattern" for part in parts(parsed)):
        text, warnings = _relayed(query, parsed, dict(prefixes), remote)
        _confirm(parse_query(text), remote)
    return Checked(text, _choice(parsed, dict(prefixes)), warnings)


def _relayed(text: str, parsed: object, prefixes: dict[str, str], remote: RemotePolicy) -> tuple[str, tuple[str, ...]]:
    """The text with every SERVICE led through the relay or nowhere; raises QueryRefusedError for one not allowed."""
    asked = [part for part in parts(parsed) if part.name == "ServiceGraphPattern"]
    if any(inner.name == "ServiceGraphPattern" for part in asked for inner in parts(part.graph)):
        raise QueryRefusedError("SERVICE inside of SERVICE is not allowed; ask both endpoints from here")
    places = services(text, prefixes)
    if len(places) != len(asked):
        raise QueryRefusedError("SERVICE cannot be checked as it is written; put spaces around it and the IRI in <>")
    changes, warnings = [], []
    for place in places:
        if place.iri is not None and remote.relay is not None and remote.allows(place.iri):
            changes.append((place, f"<{through(remote.relay, place.iri)}>"))
            continue
        shown = "?variable" if place.iri is None else f"<{place.iri}>"
        if not place.silent:
            raise QueryRefusedError(_NO_SERVICE.format(shown))
        warnings.append(f"SERVICE SILENT {shown} was not asked, as its host is not allowed; it counts as one empty row")
        changes.append((place, f"<{_NOWHERE}>"))
    return replaced(text, changes), tuple(warnings)


def _confirm(parsed: object, remote: RemotePolicy) -> None:
    """That each SERVICE of a rewritten text leads to the relay or nowhere, by the grammar and not by tokens."""
    for part in parts(parsed):
        if part.name == "ServiceGraphPattern":
            term = str(part.term)
            if type(part.term) is not URIRef or not (
                term == _NOWHERE or (remote.relay is not None and term.startswith(f"{remote.relay}?to="))
            ):
                raise QueryRefusedError("SERVICE cannot be checked as it is written; write the whole IRI in <>")


def _choice(parsed: ParseResults, prefixes: dict[str, str]) -> GraphChoice | None:
    clauses = parsed[1].datasetClause or ()
    if not clauses:
        return None
    names = prologue(parsed[0], prefixes)
    return GraphChoice(
        default=tuple(str(names.absolutize(clause.default)) for clause in clauses if clause.default),
        named=tuple(str(names.absolutize(clause.named)) for clause in clauses if clause.named),
    )


def _unparsed(query: str, error: QuerySyntaxError) -> QuerySyntaxError | QueryRefusedError:
    """Why rdflib could not parse: an error of the writer, or a syntax only Oxigraph knows."""
    # Fixing a variable that no query has makes Oxigraph stop between parsing and running.
    absent = ox.Variable("v" + secrets.token_hex(16))
    try:
        ox.Store().query(query, substitutions={absent: ox.Literal("")})
    except SyntaxError as oxigraph:
        return syntax_error(query, oxigraph)
    except RuntimeError:
        return QueryRefusedError(
            f"line {error.line}, column {error.column}: beyond SPARQL 1.1, so this query, which has the word SERVICE "
            "or FROM, cannot be checked; write it in SPARQL 1.1"
        )
    return error


def _checked_update(update: str, prefixes: tuple[tuple[str, str], ...], remote: RemotePolicy) -> Checked:
    _refuse_escapes(update, "SERVICE or LOAD")
    parsed = parse_update(update)
    text, warnings = _relayed(update, parsed, dict(prefixes), remote)
    places = loads(text, dict(prefixes))
    if len(places) != sum(part.name == "Load" for part in parts(parsed)):
        raise QueryRefusedError("LOAD cannot be checked as it is written; put spaces around it and the IRI in <>")
    without = parse_update(replaced(text, ((place, _NOTHING) for place in places)))
    _confirm(without, remote)
    if any(part.name == "Load" for part in parts(without)):
        raise QueryRefusedError("LOAD cannot be checked as it is written; put spaces around it and the IRI in <>")
    changes = []
    for place in places:
        instead, told = _loaded(place, remote)
        changes.append((place, instead))
        warnings += told
    return Checked(replaced(text, changes), warnings=warnings)


def _loaded(place: Named, remote: RemotePolicy) -> tuple[str, tuple[str, ...]]:
    """What does the same as a LOAD, its document fetched; raises QueryRefusedError or EndpointError."""
    shown = "?variable" if place.iri is None else f"<{place.iri}>"
    if place.iri is None or not remote.allows(place.iri):
        if not place.silent:
            raise QueryRefusedError(_NO_LOAD.format(shown))
        return _NOTHING, (f"LOAD SILENT {shown} did nothing, as its host is not allowed",)
    try:
        triples = fetch_triples(place.iri, remote).decode()
    except (QueryRefusedError, EndpointError) as error:
        if not place.silent:
            raise
        return _NOTHING, (f"LOAD SILENT did nothing: {error}",)
    data = f"GRAPH <{place.graph}> {{ {triples} }}" if place.graph else triples
    return f"INSERT DATA {{ {data} }}", ()


def check_graphs(choice: GraphChoice, known: Iterable[str], remote: RemotePolicy = CLOSED) -> tuple[str, ...]:
    """Those of the chosen graphs that must be fetched, as the policy allows, since the store has none of the name.

    Raises QueryRefusedError where one is neither in the store nor allowed.
    """
    known = set(known)
    missing = tuple(dict.fromkeys(iri for iri in (*choice.default, *choice.named) if iri not in known))
    for iri in missing:
        if not remote.allows(iri):
            raise QueryRefusedError(
                f"FROM <{URIRef(iri)}>: no such graph in this store, and nothing is fetched; "
                f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} }} lists the graphs"
            )
    return missing
