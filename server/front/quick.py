"""Queries that are likely to be quick, answered in the event loop as the app would answer them.

It takes most of the time of a small answer to hand it from thread to thread. So what is asked most, a query without
further wishes, is given to a reader here and its answer written as soon as it is there. The app remains the one that
can do everything: whatever is out of the ordinary, or comes to nothing, is asked of it anew.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat
from werkzeug.exceptions import HTTPException

from graph.engine.desks import Attempt
from graph.sparql.linting import lint_known, shape_of
from server import evaluating, validators
from server.front import plans
from server.front.answer import Answer, Keepable, shared_by_all
from server.sparql import requests

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, TimerHandle
    from collections.abc import Callable

    from graph.engine.desks import Desk
    from graph.engine.engine import Engine
    from graph.sparql.linting import LintWarning
    from server.front.exchange import Exchange
    from server.front.plans import Plan
    from server.settings import Settings

_PATH: Final = b"/sparql"
_ROUTE: Final = "/sparql"
_LONGEST: Final = 1 << 14  # characters of a query, which are looked through some times
_LARGEST: Final = 1 << 16  # bytes of an answer
_LARGE: Final = 1 << 14  # bytes of an answer of the app's, from which on others of its shape are left to the app
_LOOK: Final = 0.04  # seconds between looks at what takes long
_SOON: Final = 0.005  # the same where nothing runs here, so that nothing else says when there is room
_PATIENCE: Final = 0.25  # seconds that a query waits for its turn behind others here
_BRIEFLY: Final = 0.02  # the same where nothing runs here: whoever waits with the app is served first
_WAITING: Final = 512  # queries
_KNOWN: Final = 2000  # shapes of queries that are remembered
_CREDIT, _LOSS = 50, 25  # answers that one which came to nothing undoes, as its reader had to be stopped for it
_PROVEN: Final = 3  # answers after which it is known how long queries of a shape take
_BRIEF: Final = 0.002  # seconds that a query may take for which others wait at the same reader
_log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class _Shape:
    """How queries of a shape fared here. Below 0, `credit` says that they come to nothing too often."""

    credit: int = 0
    answers: int = 0
    seconds: float = 0.0  # about as many as the last ones took

    @property
    def brief(self) -> bool:
        return self.answers >= _PROVEN and self.seconds <= _BRIEF


@dataclass(eq=False, slots=True)
class _Asked:
    exchange: Exchange
    query: str
    shape: _Shape
    plan: Plan
    warnings: tuple[LintWarning, ...]
    attempt: Attempt = field(init=False)
    since: float = 0.0

    def __post_init__(self) -> None:
        results, graphs = self.plan.written
        self.attempt = Attempt(self.query, results, graphs, brief=self.shape.brief)


class Quick:
    """Belongs to the event loop. `otherwise` has a request answered that comes to nothing here.

    `logged` says whether there is a log that wants to know of queries.
    """

    def __init__(
        self, engine: Engine, settings: Settings, otherwise: Callable[[Exchange], None], *, logged: bool
    ) -> None:
        self._engine = engine
        self._desks = engine.desks(
            union=settings.engine.union, longest=_LARGEST, opened=self._opened, closed=self._closed
        )
        self._shared = shared_by_all(settings.cors_origin)
        self._otherwise = otherwise
        self._logged = logged
        self._loop: AbstractEventLoop | None = None
        self._running: dict[Attempt, _Asked] = {}
        self._waiting: deque[_Asked] = deque()
        self._shapes: OrderedDict[str, _Shape] = OrderedDict()
        self._look: TimerHandle | None = None
        self.answered = 0

    def take(self, exchange: Exchange) -> bool:
        """Whether the request is one to be answered here, in a moment; if so, it is at work on it."""
        asked = self._read(exchange)
        if asked is None:
            return False
        self._loop = exchange.wire.loop
        if not self._waiting and self._begin(asked):
            return True
        if len(self._waiting) >= _WAITING:
            return False
        asked.since = time.monotonic()
        self._waiting.append(asked)
        self._look_soon()
        return True

    def learn(self, exchange: Exchange) -> None:
        """What became of a request that was not taken."""
        if exchange.shape and exchange.sent > _LARGE:
            self._lose(self._known(exchange.shape))

    def close(self) -> None:
        """Lets go of what is under way; the loop has ended."""
        self._loop = None
        self._desks.close()
        self._running.clear()
        self._waiting.clear()

    def _read(self, exchange: Exchange) -> _Asked | None:
        """What is asked, None where it is not for here."""
        version, fields = exchange.version, exchange.head.fields
        if version is None or b"if-none-match" in fields or (sent := _sent(exchange)) is None:
            return None
        try:
            parameters = dict(given := requests.fields(*sent))
            query = parameters.get("query")
            if query is None or len(query) > _LONGEST or len(given) != 1 + ("format" in parameters):
                return None
            plan = plans.plan(parameters.get("format"), fields.get(b"accept", b""), fields.get(b"accept-encoding", b""))
        except HTTPException:
            return None
        if plan is None or evaluating.has_relative_iris(query) or not evaluating.repeatable(query):
            return None
        exchange.shape = written = shape_of(query)
        shape = self._known(written)
        if shape.credit < 0:  # now and then another one is tried
            shape.credit += 1
            return None
        if (warnings := lint_known(query, written)) is None or not self._engine.may_be_quick(query):
            return None
        return _Asked(exchange, query, shape, plan, warnings)

    def _begin(self, asked: _Asked) -> bool:
        if not self._desks.begin(asked.attempt):
            return False
        self._running[asked.attempt] = asked
        self._look_soon()
        return True

    def _opened(self, desk: Desk) -> None:
        if self._loop is not None:
            self._loop.add_reader(desk.file, self._hear, desk)

    def _closed(self, desk: Desk) -> None:
        if self._loop is not None:
            self._loop.remove_reader(desk.file)

    def _hear(self, desk: Desk) -> None:
        """Takes what a reader has to say."""
        try:
            over = self._desks.hear(desk)
        except Exception:  # noqa: BLE001  # logged; the clients have their answers from the app
            _log.exception("a query could not be answered at once")
            over = self._desks.drop(desk)
        for attempt in over:
            self._end(attempt)
        if self._waiting:
            self._go_on()

    def _end(self, attempt: Attempt) -> None:
        """Answers, or has the app find out what is wrong and tell it."""
        asked = self._running.pop(attempt)
        shape = asked.shape
        if attempt.body is not None and self._reply(asked, attempt, attempt.body):
            shape.credit = min(shape.credit + 1, _CREDIT)
            shape.answers += 1
            shape.seconds += (attempt.seconds - shape.seconds) / min(shape.answers, 10)
            return
        if attempt.settled:
            self._lose(shape)
        self._leave(asked)

    def _known(self, shape: str) -> _Shape:
        found = self._shapes.get(shape)
        if found is None:
            found = self._shapes[shape] = _Shape()
            if len(self._shapes) > _KNOWN:
                self._shapes.popitem(last=False)
        return found

    @staticmethod
    def _lose(shape: _Shape) -> None:
        shape.credit -= _LOSS
        shape.answers = 0

    def _leave(self, asked: _Asked) -> None:
        if not asked.exchange.gone:
            self._otherwise(asked.exchange)

    def _go_on(self) -> None:
        """Begins those that wait, as far as there is room."""
        while self._waiting and (self._waiting[0].exchange.gone or self._begin(self._waiting[0])):
            self._waiting.popleft()

    def _look_soon(self) -> None:
        if self._look is None and self._loop is not None:
            self._look = self._loop.call_later(_LOOK if self._desks.open else _SOON, self._look_after)

    def _look_after(self) -> None:
        """Gives up what takes too long."""
        self._look = None
        for attempt in self._desks.look():
            self._end(attempt)
        self._go_on()
        since = time.monotonic() - (_PATIENCE if self._running else _BRIEFLY)
        while self._waiting and self._waiting[0].since < since:
            self._leave(self._waiting.popleft())
        if self._waiting or self._desks.open:
            self._look_soon()

    def _reply(self, asked: _Asked, attempt: Attempt, body: bytes) -> bool:
        """Writes the answer with the headers of the app's; false where the client takes no answers of this family."""
        exchange, plan = asked.exchange, asked.plan
        graph = isinstance(attempt.written, RdfFormat)
        if exchange.gone:
            return True
        if plan.offer(graph=graph) is None or exchange.version is None:
            return False
        tag = validators.tag_in(exchange.version, _ROUTE, repr(asked.query), *plan.shaping)
        head, body = plan.complete(exchange, tag, body, asked.warnings, self._shared, graph=graph)
        self.answered += 1
        log = exchange.log
        if attempt.rows is not None:
            log["rows"] = attempt.rows
        if self._logged:
            log["query_hash"] = evaluating.digest(asked.query)
        kept = Keepable(f'W/"{tag}"', _ROUTE, log.copy())
        log["route"] = _ROUTE
        exchange.answer(Answer(200, head, body, kept))
        return True


def _sent(exchange: Exchange) -> tuple[bytes, str] | None:
    """The encoded parameters of a GET, or of a POST of a form, and where they stood; None for other requests."""
    head = exchange.head
    path, _, parameters = head.target.partition(b"?")
    if path != _PATH or b"#" in parameters or not head.fields.get(b"host"):
        return None
    if head.method == "GET" and not head.has_body:
        return parameters, "address"
    body = exchange.body
    form = head.fields.get(b"content-type") == requests.FORM.encode()
    if head.method != "POST" or parameters or not form or head.encoding or body is None or not body.complete:
        return None
    return body.peek(), "form"
