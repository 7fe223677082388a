"""How an answer that is made in the event loop is written: what depends on a request's headers and not on its query.

Most clients send the same headers again and again. What the app would say to them is made once, by the same parts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from werkzeug.datastructures import MultiDict

from server import evaluating, validators
from server.front import compression
from server.front.bridge import Outgoing
from server.negotiation import content_type
from server.sparql import formats, requests

if TYPE_CHECKING:
    from pyoxigraph import QueryResultsFormat, RdfFormat

    from graph.sparql.linting import LintWarning
    from server.front.exchange import Exchange
    from server.negotiation import Offer
    from server.sparql.formats import Wanted

_TAG: Final = b"an-entity-tag"
_NO_LENGTH: Final = b"\r\nContent-Length: 0\r\n"


class _Head(NamedTuple):
    """A head without what differs from answer to answer: what comes before the tag, before the length, and after."""

    begun: bytes
    between: bytes
    rest: bytes
    encoding: str


class Plan:
    """What a client takes; `written` are the formats to evaluate with, `shaping` is what a tag says of it."""

    def __init__(self, wanted: Wanted, named: str | None) -> None:
        self._wanted = wanted
        self.written: tuple[QueryResultsFormat, RdfFormat] = wanted.written
        given = MultiDict([("format", named)] if named is not None else [])
        self.shaping = tuple(map(repr, formats.shaping(wanted, given)))
        self._heads: dict[tuple[bool, bool], _Head] = {}

    def offer(self, *, graph: bool) -> Offer[QueryResultsFormat] | Offer[RdfFormat] | None:
        """What is taken of the family of an answer."""
        return self._wanted.graphs if graph else self._wanted.results

    def complete(
        self,
        exchange: Exchange,
        tag: str,
        body: bytes,
        warnings: tuple[LintWarning, ...],
        shared: bytes,
        *,
        graph: bool,
    ) -> tuple[bytes, bytes]:
        """Head and body as they go out. `shared` are the lines that all answers have."""
        large = len(body) >= compression.SMALLEST
        head = self._heads.get((graph, large))
        if head is None or warnings:
            head = self._made(exchange, warnings, shared, graph=graph, large=large)
            if not warnings:
                self._heads[graph, large] = head
        if head.encoding:
            body = compression.whole(body, head.encoding)
        return b"%b%b%b\r\nContent-Length: %d\r\n%b" % (
            head.begun,
            tag.encode(),
            head.between,
            len(body),
            head.rest,
        ), body

    def _made(
        self, exchange: Exchange, warnings: tuple[LintWarning, ...], shared: bytes, *, graph: bool, large: bool
    ) -> _Head:
        offer = self.offer(graph=graph)
        headers = [("Content-Type", content_type(offer.media_type if offer else "")), ("Vary", "Accept")]
        headers += [("Podium-Warning", evaluating.told(str(warning))) for warning in warnings]
        headers += [("ETag", f'W/"{_TAG.decode()}"'), ("Cache-Control", validators.KEEP)]
        outgoing = Outgoing(exchange, 200, headers, shared)
        encoding = outgoing.encode(compression.SMALLEST if large else 0)
        begun, _, after = outgoing.whole(b"").head.rpartition(_TAG)  # a warning stands before it, whatever it says
        between, _, rest = after.partition(_NO_LENGTH)
        return _Head(begun, between, rest, encoding)


@lru_cache(maxsize=512)
def plan(named: str | None, accept: bytes, _encoding: bytes) -> Plan | None:
    """The plan for a parameter `format` and the headers Accept and Accept-Encoding; None where the app is to answer.

    Raises the HTTP error of what cannot be had.
    """
    wanted = formats.wanted(requests.named(named), accept.decode("latin-1"))
    return None if wanted.a_page else Plan(wanted, named)
