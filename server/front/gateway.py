"""What becomes of a request: refused, answered from the cache, or handed to the app. All of it in the event loop."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from server.front import clients, compression
from server.front.answer import Answer, problem, shared_by_all
from server.front.bridge import Bridge, Pool
from server.front.budgets import Budgets
from server.front.cache import Cache, Key, matches
from server.front.exchange import Exchange
from server.front.quick import Quick

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication

    from graph.engine.engine import Engine
    from server.front.cache import Entry
    from server.front.connection import Connection
    from server.front.head import Head, Refused
    from server.front.metrics import Metrics
    from server.front.requestlog import RequestLog
    from server.settings import Settings

_WATCHING = (b"/health", b"/metrics")  # answered also where all threads are busy and every budget is spent
_SIGNED_IN = b"/curation"  # pages for the one who asks alone
_LONGEST_POST = 1 << 16  # bytes of a query sent by POST that the cache looks at
_OUTCOMES = {408: "slow", 413: "too long", 429: "busy", 503: "unavailable", 507: "memory"}


class Gateway:
    """One service. `version` gives the dataset's, cheaply; None where the cache cannot be used.

    With an `engine` queries that are likely to be quick are answered without the app, as it would.
    """

    def __init__(
        self,
        app: WSGIApplication,
        settings: Settings,
        *,
        version: Callable[[], str | None],
        log: RequestLog | None = None,
        engine: Engine | None = None,
    ) -> None:
        self.settings = settings
        self.cache = Cache(settings.cache_size)
        self.metrics: Metrics | None = None
        self._version = version
        self._log = log
        self._bridge = Bridge(app, settings)
        self._pool = Pool(settings.threads, "app")
        self._quick = Quick(engine, settings, self._queue, logged=log is not None) if engine is not None else None
        self._watchers = Pool(2, "watch")
        self._budgets = Budgets(settings.rate, settings.budget)
        self._proxies = clients.networks(settings.trust_proxy)
        self._policy = b"ratelimit-policy: " + self._budgets.policy + b"\r\n"
        self._shared = shared_by_all(settings.cors_origin)
        self._under_way = 0

    def figures(self) -> dict[str, float]:
        """What /metrics shows of the front itself."""
        return {
            "requests_under_way": self._under_way,
            "requests_waiting_for_thread": self._pool.waiting,
            "cache_hits_total": self.cache.hits,
            "cache_misses_total": self.cache.misses,
            "cache_bytes": self.cache.size,
            "cache_answers": len(self.cache),
            "queries_quick_total": self._quick.answered if self._quick is not None else 0,
        }

    def peer(self, address: str) -> tuple[str, str, bool]:
        """An address, the key of its budget, and whether it is a trusted proxy."""
        return address, clients.key(address), clients.trusted(address, self._proxies)

    def tidy(self) -> None:
        """To be called now and then."""
        self._budgets.forget(time.monotonic())

    def close(self, seconds: float) -> None:
        """Lets the threads end, and waits for them no longer than this."""
        if self._quick is not None:
            self._quick.close()
        self._pool.close(seconds)
        self._watchers.close(seconds)

    def exchange(self, wire: Connection, head: Head) -> Exchange:
        """A request as one to be answered."""
        address, purse, proxied = wire.peer
        scheme = "http"
        if proxied:
            address, purse, scheme = self._behind(address, head)
        self._under_way += 1
        return Exchange(wire, head, address, purse, scheme)

    def _behind(self, peer: str, head: Head) -> tuple[str, str, str]:
        forwarded = head.fields.get(b"x-forwarded-for", b"").decode("latin-1")
        scheme = head.fields.get(b"x-forwarded-proto", b"").decode("latin-1").rpartition(",")[2].strip().lower()
        client = clients.behind(peer, forwarded, self._proxies)
        return client, clients.key(client), scheme if scheme in {"http", "https"} else "http"

    def hit(self, wire: Connection, head: Head, *, closing: bool) -> bool:
        """Answers from the cache without more ado, if that can be done."""
        if head.method not in {"GET", "HEAD"} or head.has_body or (version := self._version()) is None:
            return False
        started = time.perf_counter()
        client, purse_key, proxied = wire.peer
        scheme = "http"
        if proxied:
            client, purse_key, scheme = self._behind(client, head)
        key = _key(head, scheme)
        entry = self.cache.find(key, version) if key is not None else None
        if entry is None:
            return False
        purse = self._budgets.take(purse_key, time.monotonic())
        if purse.wait:
            return False
        answer = _conditional(head, entry)
        body = b"" if head.method == "HEAD" else answer.body
        budget = b"ratelimit: %s\r\n%s" % (self._budgets.shown(purse), self._policy)
        wire.transport.write(answer.head + wire.last_lines(budget, closing) + body)
        self._note(head, client, answer.status, len(body), time.perf_counter() - started, "cached", entry)
        return True

    def handle(self, exchange: Exchange) -> None:
        """Has a request answered whose turn it is."""
        head = exchange.head
        watching = head.target.startswith(_WATCHING)
        purse = self._budgets.take(exchange.purse, time.monotonic())
        exchange.budget = b"ratelimit: %s\r\n%s" % (self._budgets.shown(purse), self._policy)
        if purse.wait and not watching:
            told = f"This address has used up its {'requests' if purse.seconds >= 0 else 'seconds of work'} for now."
            fields = {"Retry-After": str(purse.wait)}
            exchange.answer(self._problem(429, f"{told} Ask again in {purse.wait} s.", fields))
            return
        exchange.version = self._version()
        exchange.key = _key(head, exchange.scheme, exchange) if exchange.version is not None else None
        if exchange.key is not None and head.method == "POST" and self._again(exchange):
            return
        if exchange.key is None or self._quick is None or not self._quick.take(exchange):
            self._queue(exchange)

    def _queue(self, exchange: Exchange) -> None:
        """Has the app answer, in a thread."""
        exchange.to_thread()
        pool = self._watchers if exchange.head.target.startswith(_WATCHING) else self._pool
        if not pool.submit(partial(self._bridge.run, exchange)):
            told = "The service has more requests than it can queue; ask again in a moment."
            exchange.answer(self._problem(429, told, {"Retry-After": "1"}))

    def _again(self, exchange: Exchange) -> bool:
        """Answers a query that was sent by POST from the cache, if it is there."""
        if exchange.key is None or exchange.version is None:
            return False
        entry = self.cache.find(exchange.key, exchange.version)
        if entry is None:
            return False
        exchange.outcome = "cached"
        exchange.log.update(entry.keep.log, route=entry.keep.route)
        exchange.answer(entry.answer)
        return True

    def dropped(self) -> None:
        """A request was refused before it could be handled."""
        self._under_way -= 1

    def ended(self, exchange: Exchange) -> None:
        """What is to be done once an exchange is over, well or not."""
        self._under_way -= 1
        until = exchange.answered or time.perf_counter()
        seconds = until - exchange.started
        spent = exchange.log.get("seconds", seconds if exchange.handled else 0.0)
        if isinstance(spent, int | float) and exchange.outcome != "cached":
            self._budgets.charge(exchange.purse, float(spent))
        if exchange.shape and exchange.threaded and self._quick is not None:
            self._quick.learn(exchange)
        kept = exchange.kept
        if kept is not None and kept.keep is not None and exchange.key is not None and exchange.outcome != "cached":
            version = self._version()
            # Written to in between: nobody knows which version this is an answer of.
            if version is not None and version == exchange.version and exchange.head.method != "HEAD":
                self.cache.keep(exchange.key, version, kept)
        outcome = exchange.outcome or ("gone" if exchange.gone else _outcome(exchange))
        self._note(exchange.head, exchange.client, exchange.status, exchange.sent, seconds, outcome, exchange)

    def refusal(self, refused: Refused, wire: Connection) -> Answer:
        """The answer to what is no request that could be handled."""
        answer = self._problem(refused.status, refused.detail, refused.fields)
        if self._log is not None:
            self._log.add((time.time(), wire.peer[0], "", b"", refused.status, len(answer.body), 0.0, "refused", {}))
        if self.metrics is not None:
            self.metrics.observe("", f"refused {refused.status}", 0.0, len(answer.body))
        return answer

    def _problem(self, status: int, detail: str, fields: dict[str, str]) -> Answer:
        return problem(status, detail, fields, self._shared)

    def _note(
        self, head: Head, client: str, status: int, sent: int, seconds: float, outcome: str, about: Exchange | Entry
    ) -> None:
        said = about.log if isinstance(about, Exchange) else about.keep.log
        if self.metrics is not None:
            route = str(said.get("route", "")) if isinstance(about, Exchange) else about.keep.route
            self.metrics.observe(route, outcome, seconds, sent)
        if self._log is not None:
            self._log.add((time.time(), client, head.method, head.target, status, sent, seconds, outcome, said))


def _key(head: Head, scheme: str, exchange: Exchange | None = None) -> Key | None:
    """What an answer depends on, None where it must not be kept: of writes, of who shows a token."""
    fields = head.fields
    if b"authorization" in fields or head.target.startswith(_SIGNED_IN):
        return None
    like = head.likeness.get(scheme)
    if like is None:
        encoding = compression.chosen(fields.get(b"accept-encoding", b"")).encode()
        parts = (fields.get(b"host", b""), fields.get(b"accept", b""), encoding, scheme.encode())
        like = head.likeness[scheme] = b"\0".join(parts)
    if head.method in {"GET", "HEAD"}:
        return (head.target, like)
    body = exchange.body if exchange is not None else None
    short = body is not None and body.complete and body.received <= _LONGEST_POST
    if head.method != "POST" or body is None or not short or not head.target.startswith(b"/sparql"):
        return None
    return (head.target, like, fields.get(b"content-type", b""), head.encoding.encode(), body.peek())


def _conditional(head: Head, entry: Entry) -> Answer:
    condition = head.fields.get(b"if-none-match")
    if condition is not None and matches(condition, entry.keep.etag):
        return entry.unmodified
    return entry.answer


def _outcome(exchange: Exchange) -> str:
    told = exchange.log.get("outcome")
    if isinstance(told, str) and told:
        return told
    status = exchange.status
    if status in _OUTCOMES:
        return _OUTCOMES[status]
    return "ok" if status < 400 else "refused" if status < 500 else "failed"
