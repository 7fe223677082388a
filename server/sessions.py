"""Who is signed in: sessions in the memory of the service, each of a token that is good as long as it is used.

A browser has a random secret in a cookie; kept is its SHA-256. A session ends half an hour after it was used last, ten
hours after it began, and with the service.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from server.front.budgets import Budgets

if TYPE_CHECKING:
    from collections.abc import Callable

IDLE: Final = 1800  # seconds
_LONGEST: Final = 36_000  # seconds
_MOST: Final = 1000  # sessions; who has not used theirs for longest is signed out
_ATTEMPTS: Final = 10  # a minute, of one client
_ENOUGH: Final = 1 << 30  # seconds of work, which are not what is bounded here


@dataclass(slots=True)
class Session:
    """`token` is its id; `form` is the secret that forms of this session carry; `told` is to be shown once."""

    token: str
    form: str
    began: float
    used: float
    told: tuple[str, bool] | None = None  # words, and whether they are of something that went wrong


class Sessions:
    """All sessions of one service. Any thread may use it."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._sessions: OrderedDict[bytes, Session] = OrderedDict()
        self._budgets = Budgets(_ATTEMPTS, _ENOUGH)
        self._key = secrets.token_bytes(32)

    def attempt(self, client: str) -> int:
        """Counts an attempt to sign in; in how many seconds the next may be made, 0 where this one may."""
        with self._lock:
            return self._budgets.take(client, self._now()).wait

    def begin(self, token: str) -> tuple[str, Session]:
        """A new session of the token with that id, and its secret."""
        secret, now = secrets.token_urlsafe(32), self._now()
        session = Session(token, secrets.token_urlsafe(32), now, now)
        with self._lock:
            self._sessions[_digest(secret)] = session
            while len(self._sessions) > _MOST:
                self._sessions.popitem(last=False)
        return secret, session

    def find(self, secret: str) -> Session | None:
        """The session with that secret, which is used by that."""
        key, now = _digest(secret), self._now()
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            if now - session.used > IDLE or now - session.began > _LONGEST:
                del self._sessions[key]
                return None
            session.used = now
            self._sessions.move_to_end(key)
            return session

    def end(self, secret: str) -> None:
        """Ends a session, if it is there."""
        with self._lock:
            self._sessions.pop(_digest(secret), None)

    def sealed(self, nonce: str) -> str:
        """What a form carries beside a cookie with the nonce where nobody is signed in yet."""
        return hmac.new(self._key, nonce.encode(), hashlib.sha256).hexdigest()


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).digest()
