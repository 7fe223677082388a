"""One question to an endpoint over HTTP, within limits of time, size and attempts."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import httpx

from graph.errors import ProposerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph.proposals.opening import EndpointChoice

_CONNECT_SECONDS: Final = 5.0
_LONGEST_WAIT: Final = 60.0  # seconds; an endpoint that wants longer is not waited for
_MOST_BYTES: Final = 2_000_000
_REFUSING: Final = frozenset({400, 404, 415, 422})  # how servers say that they do not know response_format
_PASSING: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})  # worth another attempt


class _BusyError(Exception):
    """The attempt failed, another may not; `wait` is how long the server asks to wait, in seconds."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


class Asker:
    """Asks an endpoint for chat completions. The key goes into the header and nowhere else."""

    def __init__(self, choice: EndpointChoice, sleep: Callable[[float], None] = time.sleep) -> None:
        self._choice = choice
        self._sleep = sleep
        self._url = choice.url.rstrip("/") + "/chat/completions"
        self._structured = True

    def ask(self, request: Mapping[str, Any]) -> str:
        """The text of the answer; raises ProposerError."""
        for attempt in range(1, self._choice.attempts + 1):
            try:
                return _content(self._sent(request), self._url)
            except _BusyError as busy:
                wait = busy.wait if busy.wait is not None else 2.0 ** (attempt - 1)
                if attempt == self._choice.attempts:
                    raise ProposerError(f"{self._url}: {busy}, {attempt} times; try again later") from None
                if wait > _LONGEST_WAIT:
                    raise ProposerError(f"{self._url}: {busy}, and wants {wait:.0f} seconds of peace") from None
                self._sleep(wait)
        raise ProposerError(f"{self._url}: no attempt is allowed; set attempts to 1 or more")

    def _sent(self, request: Mapping[str, Any]) -> bytes:
        """The body of the answer, asked for without a schema where the server refuses to have one."""
        if self._structured:
            status, body, reason = self._posted(request)
            if status not in _REFUSING:
                return self._checked(status, body, reason)
        bare = {name: value for name, value in request.items() if name != "response_format"}
        body = self._checked(*self._posted(bare))
        self._structured = False
        return body

    def _checked(self, status: int, body: bytes, reason: str) -> bytes:
        if status == 200:
            return body
        way_out = {401: "; check PODIUM_ENDPOINT_KEY", 403: "; check PODIUM_ENDPOINT_KEY", 404: "; check the model"}
        raise ProposerError(f"{self._url}: answered {status} {reason}".rstrip() + way_out.get(status, ""))

    def _posted(self, request: Mapping[str, Any]) -> tuple[int, bytes, str]:
        headers = {"User-Agent": f"Podium/{version('podium')}", "Accept": "application/json"}
        if self._choice.key:
            headers["Authorization"] = f"Bearer {self._choice.key}"
        timeout = httpx.Timeout(self._choice.seconds, connect=min(_CONNECT_SECONDS, self._choice.seconds))
        deadline = time.monotonic() + self._choice.seconds
        try:
            # A redirect is an answer like any other that is not 200: the key must not follow it elsewhere.
            with (
                httpx.Client(timeout=timeout, headers=headers, follow_redirects=False) as client,
                client.stream("POST", self._url, json=request) as response,
            ):
                if response.status_code in _PASSING:
                    reason = f"answered {response.status_code} {response.reason_phrase}".rstrip()
                    raise _BusyError(reason, _retry_after(response.headers.get("retry-after")))
                return response.status_code, self._body(response, deadline), response.reason_phrase
        except httpx.TimeoutException:
            raise _BusyError(f"no answer within {self._choice.seconds:g} seconds") from None
        except (httpx.LocalProtocolError, UnicodeEncodeError):  # their messages show the key
            raise ProposerError(f"{self._url}: the request cannot be sent; check PODIUM_ENDPOINT_KEY") from None
        except httpx.InvalidURL as error:
            raise ProposerError(f"{self._url}: is no address ({error}); check PODIUM_ENDPOINT_URL") from None
        except httpx.HTTPError as error:
            raise _BusyError(f"cannot be reached ({error})") from None

    def _body(self, response: httpx.Response, deadline: float) -> bytes:
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > _MOST_BYTES:
                raise ProposerError(f"{self._url}: the answer is larger than {_MOST_BYTES // 1_000_000} MB")
            if time.monotonic() > deadline:  # httpx limits each read only: a trickle would last for ever
                raise _BusyError(f"no answer within {self._choice.seconds:g} seconds")
        return bytes(data)


def _content(body: bytes, url: str) -> str:
    """The text of the first choice; what is no completion at all is an error of the endpoint, not of the model."""
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str):
        raise ProposerError(f"{url}: the answer is no chat completion; check PODIUM_ENDPOINT_URL")
    return content


def _retry_after(value: str | None) -> float | None:
    """Seconds to wait as the header asks, given as a number or a date; None where it does not."""
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, ((when if when.tzinfo else when.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())
