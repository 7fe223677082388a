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
class Purse:
    """What is left to a client, requests and seconds, as of `at`; `wait` is in how many seconds it may ask, 0: now."""

    requests: float
    seconds: float
    at: float
    wait: int = 0


class Budgets:
    """`requests` and `seconds` of work that each client has in a minute."""

    def __init__(self, requests: int, seconds: int) -> None:
        self._requests = float(requests)
        self._seconds = float(seconds)
        self._purses: OrderedDict[str, Purse] = OrderedDict()
        self.policy = f'"requests";q={requests};w={WINDOW}, "time";q={seconds};w={WINDOW};qu="seconds"'.encode()

    def take(self, client: str, now: float) -> Purse:
        """The client's purse after one more request."""
        purse = self._purses.get(client)
        if purse is None:
            purse = self._purses[client] = Purse(self._requests, self._seconds, now)
            if len(self._purses) > _MOST_CLIENTS:
                self._purses.popitem(last=False)
        else:
            self._purses.move_to_end(client)
            past = (now - purse.at) / WINDOW
            purse.requests = min(self._requests, purse.requests + past * self._requests)
            purse.seconds = min(self._seconds, purse.seconds + past * self._seconds)
            purse.at = now
        if purse.requests >= 1 and purse.seconds >= 0:
            purse.requests -= 1
            purse.wait = 0
        else:  # a refusal costs nothing, so that who waits as told is let in
            purse.wait = self._wait(purse)
        return purse

    def _wait(self, purse: Purse) -> int:
        missing = max((1 - purse.requests) / self._requests, -purse.seconds / self._seconds)
        return max(1, ceil(missing * WINDOW))

    def charge(self, client: str, seconds: float) -> None:
        """Work done for a client; it may go below nothing, then the next request has to wait."""
        purse = self._purses.get(client)
        if purse is not None:
            purse.seconds -= seconds

    def shown(self, purse: Purse) -> bytes:
        """The value of the header RateLimit."""
        requests, seconds = max(0, int(purse.requests)), max(0, int(purse.seconds))
        full = WINDOW - int(WINDOW * purse.requests / self._requests)
        filled = WINDOW - int(WINDOW * purse.seconds / self._seconds)
        return b'"requests";r=%d;t=%d, "time";r=%d;t=%d' % (requests, full, seconds, filled)

    def forget(self, now: float) -> None:
        """Drops clients whose buckets are full again, beginning with those who have not asked for longest."""
        while self._purses:
            client, purse = next(iter(self._purses.items()))
            short = max(1 - purse.requests / self._requests, 1 - purse.seconds / self._seconds)
            if now - purse.at < short * WINDOW:
                return
            del self._purses[client]
