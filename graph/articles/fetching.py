"""Documents from the web, within limits of time, size and redirects."""

from __future__ import annotations

import time
from importlib.metadata import version
from typing import TYPE_CHECKING, NamedTuple

from graph.errors import UnreadableError

if TYPE_CHECKING:
    import httpx

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0  # without a byte
TOTAL_SECONDS = 60.0
MAX_REDIRECTS = 5


class Answer(NamedTuple):
    """What a server sent: the address after redirects, the body, and its Content-Type as sent."""

    url: str
    data: bytes
    content_type: str | None


def fetch(url: str, max_bytes: int) -> Answer:
    """Get a document over http or https. Raises UnreadableError."""
    # Imported here and not above: it takes a tenth of a second, and most inputs are files.
    import httpx

    client = httpx.Client(
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        follow_redirects=True,
        max_redirects=MAX_REDIRECTS,
        headers={
            "User-Agent": f"Podium/{version('podium')}",
            "Accept": "text/html, application/*+xml, text/*, */*;q=0.1",
        },
    )
    try:
        with client, client.stream("GET", url) as response:
            if response.is_error:
                reason = f"the server answered {response.status_code} {response.reason_phrase}".rstrip()
                raise UnreadableError(url, f"{reason}; check the address")
            data = _body(url, response, max_bytes)
            return Answer(str(response.url), data, response.headers.get("content-type"))
    except httpx.TimeoutException as error:
        raise UnreadableError(url, "the server did not answer in time; try again later") from error
    except httpx.TooManyRedirects as error:
        raise UnreadableError(url, f"more than {MAX_REDIRECTS} redirects; give the final address") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise UnreadableError(url, f"cannot be reached ({error}); check the address and the network") from error


def _body(url: str, response: httpx.Response, max_bytes: int) -> bytes:
    deadline = time.monotonic() + TOTAL_SECONDS  # httpx limits each read only: a trickle would last for ever
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > max_bytes:
            raise UnreadableError(url, f"is larger than {max_bytes // 1_000_000} MB; save the article's text as a file")
        if time.monotonic() > deadline:
            raise UnreadableError(url, f"took longer than {TOTAL_SECONDS:.0f} seconds; save the page and give the file")
    return bytes(data)
