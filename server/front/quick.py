"""Queries that are likely to be quick, answered in the event loop as the app would answer them.

It takes most of the time of a small answer to hand it from thread to thread. So what is asked most, a query without
further wishes, is given to a reader here and its answer written as soon as it is there. The app remains the one that
can do everything: whatever is out of the ordinary, or comes to nothing, is asked of it anew.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat
from werkzeug.exceptions import HTTPException

from graph.errors import PodiumError, ReaderLostError
from graph.sparql.linting import lint_known, shape_of
from server import evaluating, validators
from server.front.answer import shared_by_all
from server.front.bridge import Outgoing
from server.front.head import Refused
from server.negotiation import content_type
from server.sparql import formats, requests

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, TimerHandle
    from collections.abc import Callable

    from pyoxigraph import QueryResultsFormat

    from graph.engine.attempts import Attempt
    from graph.engine.engine import Engine
    from graph.sparql.linting import LintWarning
    from server.front.exchange import Exchange
    from server.settings import Settings
    from server.sparql.formats import Wanted

_PATH: Final = b"/sparql"
_LONGEST: Final = 1 << 14  # characters of a query, which are looked through some times
_LARGEST: Final = 1 << 16  # bytes of an answer
_LOOK: Final = 0.04  # seconds between looks at what takes long
_SOON: Final = 0.005  # the same where nothing runs here, so that nothing else says when there is room
_PATIENCE: Final = 0.25  # seconds that a query waits for its turn behind others here
_BRIEFLY: Final = 0.02  # the same where nothing runs here: whoever waits with the app is served first
_WAITING: Final = 512  # queries
_KNOWN: Final = 2000  # shapes of queries that are remembered
_CREDIT, _LOSS = 50, 25  # answers that one which came to nothing undoes, as its reader had to be stopped for it
_log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class _Asked:
    exchange: Exchange
    query: str
    shape: str
    wanted: Wanted
    tag: str
    warnings: tuple[LintWarning, ...]
    attempt: Attempt | None = None
    since: float = 0.0


class Quick:
    """Belongs to the event loop. `otherwise` has a request answered that comes to nothing here."""

    def __init__(self, engine: Engine, settings: Settings, otherwise: Callable[[Exchange], None]) -> None:
        self._engine = engine
        self._union = settings.engine.union
        self._shared = shared_by_all(settings.cors_origin)
        self._otherwise = otherwise
        self._running: set[_Asked] = set()
        self._waiting: deque[_Asked] = deque()
        self._credit: OrderedDict[str, int] = OrderedDict()  # by shape: below 0, such queries come to nothing too often
        self._look: TimerHandle | None = None
        self.answered = 0

    def take(self, exchange: Exchange) -> bool:
        """Whether the request is one to be answered here, in a moment; if so, it is at work on it."""
        asked = self._read(exchange)
        if asked is None:
            return False
        asked.since = time.monotonic()
        if not self._waiting and self._begin(asked):
            return True
        if len(self._waiting) >= _WAITING:
            return False
        self._waiting.append(asked)
        self._look_soon(exchange.wire.loop)
        return True

    def close(self) -> None:
        """Lets go of what is under way; the loop has ended."""
        for asked in self._running:
            if asked.attempt is not None:
                asked.attempt.end()
        self._running.clear()
        self._waiting.clear()

    def _read(self, exchange: Exchange) -> _Asked | None:
        """What is asked, None where it is not for here."""
        version = exchange.version
        if version is None or b"if-none-match" in exchange.head.fields:
            return None
        try:
            sent = _sent(exchange)
            if sent is None:
                return None
            parameters = requests.pairs(*sent)
            if "query" not in parameters or len(list(parameters.items(multi=True))) != 1 + ("format" in parameters):
                return None
            query = parameters["query"]
            if len(query) > _LONGEST or not self._creditworthy(shape := shape_of(query)):
                return None
            accept = exchange.head.fields.get(b"accept", b"").decode("latin-1")
            wanted = formats.wanted(requests.named(parameters.get("format")), accept)
        except (HTTPException, Refused):
            return None
        if wanted.a_page or evaluating.has_relative_iris(query) or not evaluating.repeatable(query):
            return None
        if not self._engine.may_be_quick(query) or (warnings := lint_known(query)) is None:
            return None
        tag = validators.tag_of(version, _PATH.decode(), query, *formats.shaping(wanted, parameters))
        return _Asked(exchange, query, shape, wanted, tag, warnings)

    def _begin(self, asked: _Asked) -> bool:
        results, graphs = asked.wanted.written
        attempt = self._engine.attempt(asked.query, results=results, graphs=graphs, union=self._union)
        if attempt is None:
            return False
        asked.attempt = attempt
        loop = asked.exchange.wire.loop
        self._running.add(asked)
        loop.add_reader(attempt.file, self._hear, asked, attempt)
        self._look_soon(loop)
        return True

    def _hear(self, asked: _Asked, attempt: Attempt) -> None:
        """Takes what a reader has to say."""
        try:
            complete = attempt.read()
        except ReaderLostError:
            self._give_up(asked, attempt)
            return
        except PodiumError:  # the app finds it too, and knows how to tell it
            self._remember(asked)
            self._give_up(asked, attempt)
            return
        except Exception:  # noqa: BLE001  # logged; the client has its answer from the app
            _log.exception("a query could not be answered at once")
            self._give_up(asked, attempt)
            return
        if attempt.length > _LARGEST:
            self._remember(asked)
            self._give_up(asked, attempt)
        elif complete:
            found = attempt.answer()
            self._let_go(asked, attempt)
            self._remember(asked, 1)
            self._reply(asked, *found)
            self._go_on()

    def _let_go(self, asked: _Asked, attempt: Attempt) -> None:
        asked.exchange.wire.loop.remove_reader(attempt.file)
        self._running.discard(asked)
        attempt.end()

    def _give_up(self, asked: _Asked, attempt: Attempt) -> None:
        self._let_go(asked, attempt)
        self._leave(asked)
        self._go_on()

    def _creditworthy(self, shape: str) -> bool:
        """Whether queries of a shape come to something here; now and then another one is tried."""
        credit = self._credit.get(shape, 0)
        if credit < 0:
            self._credit[shape] = credit + 1
        return credit >= 0

    def _remember(self, asked: _Asked, gain: int = -_LOSS) -> None:
        """How a query fared here, for others of its shape."""
        self._credit[asked.shape] = min(self._credit.pop(asked.shape, 0) + gain, _CREDIT)
        if len(self._credit) > _KNOWN:
            self._credit.popitem(last=False)

    def _leave(self, asked: _Asked) -> None:
        if not asked.exchange.gone:
            self._otherwise(asked.exchange)

    def _go_on(self) -> None:
        """Begins those that wait, as far as there is room."""
        while self._waiting and (self._waiting[0].exchange.gone or self._begin(self._waiting[0])):
            self._waiting.popleft()

    def _look_soon(self, loop: AbstractEventLoop) -> None:
        if self._look is None:
            self._look = loop.call_later(_LOOK if self._running else _SOON, self._look_after, loop)

    def _look_after(self, loop: AbstractEventLoop) -> None:
        """Gives up what takes too long."""
        self._look = None
        self._go_on()
        since = time.monotonic() - (_PATIENCE if self._running else _BRIEFLY)
        while self._waiting and self._waiting[0].since < since:
            self._leave(self._waiting.popleft())
        for asked in list(self._running):
            if asked.attempt is not None and (asked.exchange.gone or asked.attempt.slow):
                if asked.attempt.slow:
                    self._remember(asked)
                self._give_up(asked, asked.attempt)
        if self._running or self._waiting:
            self._look_soon(loop)

    def _reply(self, asked: _Asked, written: QueryResultsFormat | RdfFormat, body: bytes, rows: int | None) -> None:
        """Writes the answer with the headers of the app's."""
        exchange = asked.exchange
        offer = asked.wanted.graphs if isinstance(written, RdfFormat) else asked.wanted.results
        if offer is None:
            self._remember(asked)
            self._leave(asked)
            return
        self.answered += 1
        exchange.log.update(query_hash=evaluating.digest(asked.query), route=_PATH.decode())
        if rows is not None:
            exchange.log["rows"] = rows
        headers = [("Content-Type", content_type(offer.media_type)), ("Vary", "Accept")]
        headers += [("Podium-Warning", evaluating.told(str(warning))) for warning in asked.warnings]
        headers += [("ETag", f'W/"{asked.tag}"'), ("Cache-Control", validators.KEEP)]
        exchange.answer(Outgoing(exchange, 200, headers, self._shared).complete(body))


def _sent(exchange: Exchange) -> tuple[bytes, str] | None:
    """The encoded parameters of a GET, or of a POST of a form, and where they stood; None for other requests."""
    head = exchange.head
    if not head.target.startswith(_PATH) or not head.fields.get(b"host"):
        return None
    path, parameters = head.parts
    if path != _PATH:
        return None
    if head.method == "GET" and not head.has_body:
        return parameters.encode("latin-1"), "address"
    body = exchange.body
    form = head.fields.get(b"content-type") == requests.FORM.encode()
    if head.method != "POST" or parameters or not form or head.encoding or body is None or not body.complete:
        return None
    return body.peek(), "form"
