"""What one client may ask of the service: so many requests and so many seconds of work in a minute.

Two token buckets a client. They are shown as the IETF's draft-ietf-httpapi-ratelimit-headers has it, so that clients
can slow down before they are refused. The event loop alone uses them.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from math import ceil

WINDOW = 60  # seconds in which an empty bucket fills
_MOST_CLIENTS = 100_000  # about 20 MB; whoever has not asked for longest is forgotten


@dataclass(slots=True)
class _Purse:
    """What is left to a client: requests, seconds, and as of when."""

    requests: float
    seconds: float
    at: float


class Budgets:
    """`requests` and `seconds` of work that each client has in a minute."""

    def __init__(self, requests: int, seconds: int) -> None:
        self._requests = float(requests)
        self._seconds = float(seconds)
        self._purses: OrderedDict[str, _Purse] = OrderedDict()
        self.policy = f'"requests";q={requests};w={WINDOW}, "time";q={seconds};w={WINDOW};qu="seconds"'.encode()

    def take(self, client: str, now: float) -> _Purse:
        """The client's purse after one more request; `requests` or `seconds` are below 0 where it must wait."""
        purse = self._purses.get(client)
        if purse is None:
            purse = self._purses[client] = _Purse(self._requests, self._seconds, now)
            if len(self._purses) > _MOST_CLIENTS:
                self._purses.popitem(last=False)
        else:
            past = (now - purse.at) / WINDOW
            purse.requests = min(self._requests, purse.requests + past * self._requests)
            purse.seconds = min(self._seconds, purse.seconds + past * self._seconds)
            purse.at = now
        if purse.requests >= 0:  # refusals cost nothing more, so that who waits as told is let in
            purse.requests -= 1
        return purse

    def charge(self, client: str, seconds: float) -> None:
        """Work done for a client; it may go below nothing, then the next request has to wait."""
        purse = self._purses.get(client)
        if purse is not None:
            purse.seconds -= seconds

    def wait(self, purse: _Purse) -> int:
        """Whole seconds until the client may ask again; 0: it may now."""
        missing = max(-purse.requests / self._requests, -purse.seconds / self._seconds)
        return ceil(missing * WINDOW) if missing > 0 else 0

    def shown(self, purse: _Purse) -> bytes:
        """The value of the header RateLimit."""
        requests, seconds = max(0, int(purse.requests)), max(0, int(purse.seconds))
        full = WINDOW - int(WINDOW * purse.requests / self._requests)
        filled = WINDOW - int(WINDOW * purse.seconds / self._seconds)
        return b'"requests";r=%d;t=%d, "time";r=%d;t=%d' % (requests, full, seconds, filled)

    def forget(self, now: float) -> None:
        """Drops clients whose buckets must be full again, from those who have been here longest."""
        while self._purses:
            client, purse = next(iter(self._purses.items()))
            short = max(1 - purse.requests / self._requests, 1 - purse.seconds / self._seconds)
            if now - purse.at < max(short, 0) * WINDOW:
                self._purses.move_to_end(client)
                return
            del self._purses[client]
