"""A remote SPARQL 1.1 endpoint, asked through SPARQLWrapper.

What comes back is parsed whole before any of it is handed on: an answer that is neither RDF nor SPARQL results is an
EndpointError, and every format that Oxigraph writes can be had from an endpoint that knows only one.
The time-out is that of the connection; none is asked of the engine, since some then send cut answers with status 200.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections import deque
from functools import cached_property
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import pyoxigraph as ox
from pyoxigraph import QueryResultsFormat, RdfFormat
from SPARQLWrapper import GET, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import (
    EndPointInternalError,
    EndPointNotFound,
    QueryBadFormed,
    SPARQLWrapperException,
    Unauthorized,
    URITooLong,
)

from graph.errors import EndpointError, QueryError, QueryRefusedError, QuerySyntaxError
from graph.store import results as converted
from graph.store.binding import bound
from ontology.iris import DEFAULT_BASE, kind_and_slug, prefixes, sparql_prologue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Graph
    from rdflib.term import Node

    from graph.store.base import Answer, GraphChoice, Rows

_LONG = 1500  # characters of a query from which it is sent by POST: some servers take no longer addresses
_ACCEPT = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.9, "
    "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8"
)
_FORBIDDEN = 403
_CODES: dict[type[Exception], int] = {
    Unauthorized: 401,
    EndPointNotFound: 404,
    URITooLong: 414,
    EndPointInternalError: 500,
}
_PLACE = re.compile(r"\bline (\d+),? col(?:umn)? (\d+)|\b(\d+):(\d+)\b", re.IGNORECASE)
_SHOWN = 200  # characters of a message from elsewhere


class Endpoint:
    """A `Source` behind a URL. `timeout` is in seconds; `base` is found out by asking where it is not given."""

    def __init__(self, url: str, *, base: str | None = None, timeout: int = 30) -> None:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise EndpointError(f"{url}: not the address of an endpoint; it must begin with http:// or https://")
        self.url = url
        self.timeout = timeout
        self._given_base = base

    @property
    def version(self) -> None:
        """Nobody tells when an endpoint changes."""
        return None

    @cached_property
    def base(self) -> str:
        """The data namespace, read off the IRI of a country (every Podium has those)."""
        if self._given_base is not None:
            return self._given_base
        query = "SELECT ?country { ?country a ath:Country } LIMIT 1"
        for row in converted.rows(self._fetch(sparql_prologue() + query)):
            iri = str(row["country"])
            base = iri[: iri.rfind("country/")]
            if base and kind_and_slug(iri, base):
                return base
        return DEFAULT_BASE

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Rows:
        return converted.rows(self._ask(bound(query, bindings)))

    def ask(self, query: str, bindings: Mapping[str, Node] | None = None) -> bool:
        return converted.truth(self._ask(bound(query, bindings)))

    def construct(self, query: str, bindings: Mapping[str, Node] | None = None) -> Graph:
        return converted.graph(self._ask(bound(query, bindings)), prefixes(self.base))

    def answer(
        self,
        query: str,
        *,
        results: QueryResultsFormat = QueryResultsFormat.JSON,
        graphs: RdfFormat = RdfFormat.TURTLE,
        choice: GraphChoice | None = None,
        union: bool = True,  # noqa: ARG002 - what its default graph is, the endpoint decides
    ) -> Answer:
        return converted.serialised(self._ask(query, choice), results, graphs, prefixes(self.base))

    def _ask(self, query: str, choice: GraphChoice | None = None) -> converted.Found:
        """Sends the query with the declarations of Podium's own prefixes, as the embedded store knows them."""
        return self._fetch(sparql_prologue(self.base).replace("\n", " ") + "\n" + query, choice)

    def _fetch(self, query: str, choice: GraphChoice | None = None) -> converted.Found:
        try:
            with warnings.catch_warnings():
                # SPARQLWrapper warns of query forms it does not recognise; the endpoint is the judge of those.
                warnings.simplefilter("ignore", RuntimeWarning)
                response = self._request(query, choice).query().response
            with response:
                return self._parsed(response.headers.get_content_type(), response.read())
        except QueryBadFormed as error:
            raise _bad_query(_detail(_body(error))) from error
        except SPARQLWrapperException as error:
            raise self._failed(_CODES.get(type(error), 500), _body(error)) from error
        except HTTPError as error:
            with error:
                raise self._failed(error.code, error.read()) from error
        except TimeoutError as error:
            raise self._too_slow() from error
        except (URLError, HTTPException, OSError, ValueError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            if isinstance(reason, TimeoutError):
                raise self._too_slow() from error
            raise EndpointError(f"{self.url}: cannot be reached ({_one_line(str(reason))}); is it up?") from error

    def _request(self, query: str, choice: GraphChoice | None) -> SPARQLWrapper:
        request = SPARQLWrapper(self.url)
        request.setQuery(query)
        request.setMethod(POST if len(query) > _LONG else GET)
        request.setTimeout(self.timeout)
        request.setOnlyConneg(True)
        request.addCustomHttpHeader("Accept", _ACCEPT)
        for iri in choice.default if choice else ():
            request.addParameter("default-graph-uri", iri)
        for iri in choice.named if choice else ():
            request.addParameter("named-graph-uri", iri)
        return request

    def _parsed(self, kind: str, body: bytes) -> converted.Found:
        rows = QueryResultsFormat.from_media_type(kind)
        triples = RdfFormat.from_media_type(kind)
        if rows is None and triples is None:
            raise EndpointError(f"{self.url}: not a SPARQL endpoint; it answers with {kind}")
        fault = _fault(body, rows) if rows is not None else None
        if fault is None:
            try:
                if rows is not None:
                    return ox.parse_query_results(body, rows)
                return [quad.triple for quad in ox.parse(body, triples)]
            except (SyntaxError, ValueError) as error:
                fault = str(error)
        raise EndpointError(f"{self.url}: the answer is not the {kind} it says it is ({_one_line(fault)})")

    def _too_slow(self) -> EndpointError:
        return EndpointError(f"{self.url}: no answer within {self.timeout} seconds; ask for less, or later")

    def _failed(self, code: int, body: bytes) -> EndpointError | QueryRefusedError:
        detail = _detail(body)
        if code == _FORBIDDEN and detail:
            return QueryRefusedError(detail)
        return EndpointError(f"{self.url}: answers with HTTP status {code}{': ' + detail if detail else ''}")


def _fault(body: bytes, kind: QueryResultsFormat) -> str | None:
    """What is wrong with results, if anything: Oxigraph parses rows while they are read, so a cut answer shows late."""
    try:
        found = ox.parse_query_results(body, kind)
        if isinstance(found, ox.QuerySolutions):
            deque(found, maxlen=0)
    except (SyntaxError, ValueError) as error:
        return str(error)
    return None


def _body(error: SPARQLWrapperException) -> bytes:
    """What the endpoint sent; SPARQLWrapper keeps it as a literal behind a line of its own."""
    message = str(error.args[0]) if error.args else ""
    _, _, text = message.partition("Response:\n")
    sent = ast.literal_eval(text) if text else b""
    return sent if isinstance(sent, bytes) else b""


def _detail(body: bytes) -> str:
    """The message in an error answer: that of a problem+json, else the text in one line; nothing of a page of HTML."""
    text = body.decode("utf-8", "replace").strip()
    try:
        data = json.loads(text)
        text = str(data.get("detail") or data.get("title") or "") if isinstance(data, dict) else ""
    except ValueError:
        if text.startswith("<"):
            return ""
    return _one_line(text)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 3] + "..."


def _bad_query(detail: str) -> QueryError:
    """The error of a query that was refused, its place counted without the line of prefixes put before it."""
    found = _PLACE.search(detail)
    if found is None:
        return QuerySyntaxError(detail or "the endpoint does not accept the query, and does not say why")
    line, column = (int(number) for number in found.groups() if number)
    here = found[0].replace(str(line), str(line - 1), 1)
    return QuerySyntaxError(detail.replace(found[0], here, 1), line - 1, column)
