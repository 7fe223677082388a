"""Who may write: tokens with scopes, in `STORE/tokens.db`.

A token is `podium_ID_SECRET` with 256 random bits of secret, shown once, when it is made. Kept is its SHA-256: what is
random needs no slow hash. The file is SQLite's own, apart from the ledger: making and revoking tokens needs no lock of
the store, and the service, which looks a token up with every use, sees it at once. Backups leave the file out, so that
restoring one brings no revoked token back to life.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal, get_args

from graph.errors import LookupFailedError, StoreError
from graph.store.directory import Directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

Scope = Literal["ingest", "update", "curate"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
ENVIRONMENT = "environment"  # the id of the token that PODIUM_TOKEN gives
OWNER = "owner"  # the id of the secret that commands on the service's machine use (`server.owner`)

_FILE = "tokens.db"
_SCHEMA = """CREATE TABLE IF NOT EXISTS tokens (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, scopes TEXT NOT NULL, digest BLOB NOT NULL,
    created TEXT NOT NULL, expires TEXT, used TEXT, revoked TEXT) STRICT"""
_COLUMNS = "id, name, scopes, created, expires, used, revoked"
_WRITTEN = re.compile(r"podium_([0-9a-f]{8})_[\w-]{43}", re.ASCII)
_PATIENCE = 5.0  # seconds to wait for another process that writes the file


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; times are ISO 8601 in UTC, `used` is the hour of its last use."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    created: str
    expires: str | None = None
    used: str | None = None
    revoked: str | None = None


def _now() -> datetime:
    return datetime.now(UTC)


class Tokens:
    """The tokens of a store, and those that have every scope: the environment's (`given`) and the store's `owner`'s."""

    def __init__(
        self,
        store: Path,
        given: str | None = None,
        owner: str | None = None,
        *,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._path = store / _FILE
        self._fixed = {name: _digest(text) for name, text in ((ENVIRONMENT, given), (OWNER, owner)) if text}
        self._now = now

    def create(self, name: str, scopes: Iterable[Scope], *, days: int | None = None) -> tuple[Token, str]:
        """A new token, and its text, which is kept nowhere. Makes the store's folder where there is none."""
        Directory.open(self._path.parent, create=True, base=None)
        created = self._now()
        identifier = secrets.token_hex(4)
        text = f"podium_{identifier}_{secrets.token_urlsafe(32)}"
        expires = _written(created + timedelta(days=days)) if days is not None else None
        token = Token(
            identifier, name, tuple(scope for scope in SCOPES if scope in set(scopes)), _written(created), expires
        )
        self._path.touch(mode=0o600)
        with self._opened() as database:
            database.execute(_SCHEMA)
            database.execute(
                "INSERT INTO tokens (id, name, scopes, digest, created, expires) VALUES (?, ?, ?, ?, ?, ?)",
                (identifier, name, " ".join(token.scopes), _digest(text), token.created, expires),
            )
        return token, text

    def every(self) -> tuple[Token, ...]:
        """All tokens, the oldest first, also the revoked."""
        Directory.open(self._path.parent, create=False, base=None)
        if not self._path.exists():
            return ()
        with self._opened() as database:
            rows = database.execute(f"SELECT {_COLUMNS} FROM tokens ORDER BY created, rowid").fetchall()  # noqa: S608
        return tuple(_token(row) for row in rows)

    def revoke(self, identifier: str) -> Token:
        """Ends a token; one that is revoked stays so. Raises LookupFailedError where there is none with the id."""
        found = {token.id: token for token in self.every()}.get(identifier)
        if found is None:
            raise LookupFailedError(identifier, f"there is no token '{identifier}'; `podium token list` shows the ids")
        with self._opened() as database:
            database.execute(
                "UPDATE tokens SET revoked = ? WHERE id = ? AND revoked IS NULL", (_written(self._now()), identifier)
            )
        return found

    def holder(self, text: str) -> Token | None:
        """The token with this text, if it is good now; marks the hour in which it was used."""
        digest = _digest(text)
        for name, fixed in self._fixed.items():
            if hmac.compare_digest(fixed, digest):
                return Token(name, name, SCOPES, "")
        match = _WRITTEN.fullmatch(text)
        if match is None or not self._path.exists():
            return None
        with self._opened() as database:
            row = database.execute(f"SELECT {_COLUMNS}, digest FROM tokens WHERE id = ?", (match[1],)).fetchone()  # noqa: S608
            if row is None or not hmac.compare_digest(row[-1], digest):
                return None
            token = _token(row[:-1])
            if not self._good(token):
                return None
            hour = self._now().strftime("%Y-%m-%dT%H:00:00Z")
            if token.used != hour:
                with suppress(sqlite3.OperationalError):  # a disk that is full keeps nobody out
                    database.execute("UPDATE tokens SET used = ? WHERE id = ?", (hour, token.id))
        return token

    def current(self, identifier: str) -> Token | None:
        """The token with this id, if it is good now."""
        if identifier in self._fixed:
            return Token(identifier, identifier, SCOPES, "")
        if not self._path.exists():
            return None
        with self._opened() as database:
            row = database.execute(f"SELECT {_COLUMNS} FROM tokens WHERE id = ?", (identifier,)).fetchone()  # noqa: S608
        token = _token(row) if row is not None else None
        return token if token is not None and self._good(token) else None

    def _good(self, token: Token) -> bool:
        return not token.revoked and (token.expires is None or token.expires > _written(self._now()))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)) as database:
                yield database
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: the tokens cannot be read or written: {error}") from error


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _token(row: tuple[str, ...]) -> Token:
    identifier, name, scopes, *times = row
    return Token(identifier, name, tuple(scope for scope in SCOPES if scope in scopes.split()), *times)
