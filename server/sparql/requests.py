"""A request in the terms of the SPARQL 1.1 Protocol, wherever its method puts them, and what is wrong with others."""

from __future__ import annotations

import math
from binascii import a2b_qp
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes, urlsplit

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from graph.sparql.choice import GraphChoice
from server import negotiation

if TYPE_CHECKING:
    from server.negotiation import Named

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
ACCEPTED: Final = f"{FORM}, {QUERY}, {UPDATE}"

_MAX_FIELDS = 1000
_UTF_8 = frozenset({"utf-8", "utf8", "us-ascii"})
_INNER = frozenset({"local", "localhost", "localdomain", "internal", "lan", "home", "corp", "intranet", "arpa", "test"})
_FALSE = frozenset({"", "0", "false", "no"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One operation: a `query` or an `update` or neither, never both.

    `choice` are the graphs chosen for either (None: none were). `seconds` is the client's own limit. `parameters` holds
    every parameter, those of the address and those of a form.
    """

    query: str | None
    update: str | None
    choice: GraphChoice | None
    named: Named | None
    seconds: float | None
    parameters: MultiDict[str, str]

    def says(self, name: str) -> bool:
        """Whether a parameter such as `download=1` is given, and not as 0 or false."""
        return self.parameters.get(name, "").strip().lower() not in _FALSE


def read() -> Asked:
    """The request under way; raises the HTTP error of one that the protocol does not know."""
    parameters = pairs(request.query_string, "address")
    if "update" in parameters:
        raise BadRequest("An update is sent in the body of a POST, never in the address.")
    if request.method == "POST":
        _add_body(parameters)
    query, update = _one(parameters, "query"), _one(parameters, "update")
    if query is not None and update is not None:
        raise BadRequest("Send a query or an update, not both in one request.")
    return Asked(
        query=query,
        update=update,
        choice=_choice(parameters, of_update=update is not None),
        named=named(parameters.get("format")),
        seconds=_seconds(_one(parameters, "timeout")),
        parameters=parameters,
    )


def _add_body(parameters: MultiDict[str, str]) -> None:
    kind = request.mimetype
    if kind not in (FORM, QUERY, UPDATE):
        sent = f"as '{kind}'" if kind else "without a Content-Type"
        raise UnsupportedMediaType(f"The body came {sent}; send it as {FORM}, {QUERY} or {UPDATE}.")
    charset = request.mimetype_params.get("charset", "utf-8").strip("\"' ").lower()
    if charset not in _UTF_8:
        raise BadRequest(f"The body is in '{charset}'; the protocol knows UTF-8 alone.")
    body = request.get_data()
    if kind == FORM:
        for name, value in pairs(body, "form").items(multi=True):
            parameters.add(name, value)
    else:
        parameters.add("query" if kind == QUERY else "update", _text(body))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"The body is not UTF-8 (byte {error.start}).") from error


def pairs(encoded: bytes, where: str) -> MultiDict[str, str]:
    """What a form or the query of an address holds, decoded once and strictly."""
    return MultiDict(fields(encoded, where))


def fields(encoded: bytes, where: str) -> list[tuple[str, str]]:
    """As `pairs`, in the order of the text."""
    if encoded.count(b"&") >= _MAX_FIELDS:
        raise BadRequest(f"The {where} has more than {_MAX_FIELDS} fields.")
    parts = (part.partition(b"=") for part in encoded.split(b"&") if part)
    try:
        if not encoded.isascii():
            encoded.decode("utf-8")  # also where escapes would complete what is cut off
        return [(_unescaped(name), _unescaped(value)) for name, _, value in parts]
    except UnicodeDecodeError as error:
        raise BadRequest(f"The {where} is not UTF-8.") from error


def _unescaped(text: bytes) -> str:
    text = text.replace(b"+", b" ")
    escapes = text.count(b"%")
    if escapes and b"\n" not in text and b"\r" not in text:
        # The same as `unquote_to_bytes`, by C code for quoted-printable text, where each escape is a good one.
        found = a2b_qp(text.replace(b"=", b"=3D").replace(b"%", b"="))
        if len(found) + 2 * escapes == len(text):
            return found.decode("utf-8")
    return unquote_to_bytes(text).decode("utf-8")


def _one(parameters: MultiDict[str, str], name: str) -> str | None:
    given = parameters.getlist(name)
    if len(given) > 1:
        raise BadRequest(f"Send one {name} at a time; this request holds several.")
    return given[0] if given else None


def _choice(parameters: MultiDict[str, str], *, of_update: bool) -> GraphChoice | None:
    """The graphs that the request chooses, for a query or for an update."""
    queries, updates = ("default-graph-uri", "named-graph-uri"), ("using-graph-uri", "using-named-graph-uri")
    for name in queries if of_update else updates:
        if name in parameters:
            raise BadRequest(f"'{name}' belongs to {'a query' if of_update else 'an update'}; this request has none.")
    default, named = (tuple(parameters.getlist(name)) for name in (updates if of_update else queries))
    if not default and not named:
        return None
    return GraphChoice(default, named, strict=any(_inward(iri) for iri in (*default, *named)))


def _inward(iri: str) -> bool:
    """Whether an IRI names no place of the public web: who chooses such a graph, and it is not there, is told so.

    Any other graph that is not there is empty, as the W3C's tests have it; nothing is fetched in either case.
    """
    try:
        parts = urlsplit(iri)
        host = parts.hostname or ""
    except ValueError:
        return True
    top = host.rstrip(".").rpartition(".")[2]
    return parts.scheme not in ("http", "https") or "." not in host or not top.isalpha() or top in _INNER


def named(text: str | None) -> Named | None:
    """What the parameter `format` means; raises BadRequest for what is none."""
    if not text:
        return None
    found = negotiation.named(text)
    if found is None:
        raise BadRequest(f"'{text}' is no format; choose one of {', '.join(negotiation.NAMES)}.")
    return found


def _seconds(text: str | None) -> float | None:
    """The client's own limit; a service's limit is only ever lowered by it."""
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not (0 < seconds < math.inf):
        raise BadRequest(f"'{text}' is no time-out; give a number of seconds above 0.")
    return seconds
