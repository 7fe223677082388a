"""The head of a request: what was asked, checked as far as HTTP itself says what may stand there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

import httptools

from server.front.bodies import ENCODINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from server.front.limits import HttpLimits

_MOST_FIELDS = 128
_HOST = re.compile(rb"[A-Za-z0-9._~-]*(:[0-9]{0,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{0,5})?")
_ONCE = frozenset({b"host", b"content-type", b"content-encoding", b"authorization"})


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """A request that is not let in; `fields` are more headers of the answer."""

    def __init__(self, status: int, detail: str, fields: dict[str, str] | None = None) -> None:
        self.status = status
        self.detail = detail
        self.fields = fields or {}
        super().__init__(detail)


class Head:
    """`method`, `target` as sent, `fields` by lower-case name (several of one name joined), `version` as `1.1`."""

    __slots__ = ("fields", "likeness", "method", "target", "version")

    def __init__(self, method: str, target: bytes, headers: Sequence[tuple[bytes, bytes]], version: str) -> None:
        self.method = method
        self.target = target
        self.version = version
        self.likeness: dict[str, bytes] = {}  # what the cache knows requests with these headers by, for each scheme
        self.fields = fields = dict(headers)
        if len(fields) != len(headers):
            fields.clear()
            for name, value in headers:
                if name in fields and name in _ONCE:
                    raise Refused(400, f"The header {name.decode('latin-1')} stands there more than once.")
                fields[name] = fields[name] + b", " + value if name in fields else value

    def again(self, target: bytes, limits: HttpLimits) -> Head:
        """Another request with the same headers, which were checked; raises Refused where its target is too long."""
        new = Head.__new__(Head)
        new.method, new.target, new.version = self.method, target, self.version
        new.fields, new.likeness = self.fields, self.likeness
        new.check_target(limits)
        return new

    @property
    def has_body(self) -> bool:
        return b"transfer-encoding" in self.fields or self.fields.get(b"content-length", b"0").strip(b"0") != b""

    @property
    def authorized(self) -> bool:
        """Whether a token comes with it; if it is good is for the app to say."""
        return b"authorization" in self.fields

    @property
    def expects(self) -> bool:
        """Whether the client waits to be told that it may send the body."""
        return b"expect" in self.fields and self.version == "1.1"

    @property
    def parts(self) -> tuple[bytes, str]:
        """The path, its escapes resolved, and the query as sent. Raises Refused for a target that is none."""
        if self.target == b"*":
            return b"*", ""
        try:
            parsed = httptools.parse_url(self.target)
        except httptools.HttpParserInvalidURLError as error:
            raise Refused(400, "The request's target is no path or address.") from error
        return unquote_to_bytes(parsed.path or b"/"), (parsed.query or b"").decode("latin-1")

    def check(self, limits: HttpLimits, size: int) -> None:
        """Raises Refused for what HTTP forbids or `limits` bound; `size` is the number of bytes of the headers."""
        self.check_target(limits)
        if size > limits.max_head or len(self.fields) > _MOST_FIELDS:
            raise Refused(431, f"The headers have more than {limits.max_head:,} bytes, or are over {_MOST_FIELDS}.")
        if self.version not in {"1.0", "1.1"}:
            raise Refused(400, "The request is not in HTTP/1.1.")
        if self.version == "1.1" and b"host" not in self.fields:
            raise Refused(400, "The request has no header Host.")
        if not _HOST.fullmatch(self.fields.get(b"host", b"")):
            raise Refused(400, "The header Host is no name or address.")
        self._check_body()

    def check_target(self, limits: HttpLimits) -> None:
        """Raises Refused where the target is too long."""
        if len(self.target) > limits.max_target:
            raise Refused(414, f"The target has more than {limits.max_target:,} bytes; send the query by POST.")

    def _check_body(self) -> None:
        coding = self.fields.get(b"transfer-encoding")
        if coding is not None and self.version == "1.0":
            raise Refused(400, "HTTP/1.0 has no Transfer-Encoding.")
        if coding is not None and coding.strip().lower() != b"chunked":
            raise Refused(501, "Of transfer codings only 'chunked' is understood.")
        expected = self.fields.get(b"expect")
        if expected is not None and expected.strip().lower() != b"100-continue":
            raise Refused(417, "Of expectations only '100-continue' is understood.")
        if self.encoding not in ENCODINGS and self.has_body:
            raise Refused(
                415, "The body may be compressed by gzip, deflate or zstd.", {"Accept-Encoding": "gzip, deflate, zstd"}
            )

    @property
    def encoding(self) -> str:
        """How the body is compressed."""
        return self.fields.get(b"content-encoding", b"").decode("latin-1").strip().lower()

    @property
    def length(self) -> int | None:
        """Bytes of the body as announced; None where it is chunked."""
        return None if b"transfer-encoding" in self.fields else int(self.fields.get(b"content-length", b"0") or b"0")


class Heads:
    """The heads of one connection: most clients send the same headers each time, which are checked once then."""

    def __init__(self, limits: HttpLimits) -> None:
        self._limits = limits
        self._before: Head | None = None  # that of an earlier GET
        self._headers: list[tuple[bytes, bytes]] = []

    def next(self, method: str, target: bytes, headers: list[tuple[bytes, bytes]], version: str) -> Head:
        """A head that has come, checked; `headers` is not to be changed after that. Raises Refused."""
        before = self._before
        if before is not None and method == "GET" and before.version == version and headers == self._headers:
            return before.again(target, self._limits)
        head = Head(method, target, headers, version)
        head.check(self._limits, sum(len(name) + len(value) + 4 for name, value in headers))
        if method == "GET":
            self._before, self._headers = head, headers
        return head
