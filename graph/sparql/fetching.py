"""One exchange with another host: connected to addresses that were checked, bounded in time and size."""

from __future__ import annotations

import ssl
import time
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import httpcore

from graph.errors import EndpointError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.sparql.remote import RemotePolicy, Target

_REDIRECTS = range(300, 400)
_OK = 200
_CONNECT_SECONDS = 5.0


class Exchange(NamedTuple):
    """Status, headers (names in lower case) and decompressed body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Timed(httpcore.NetworkStream):
    """A connection whose every wait ends at one deadline, so that no trickle lasts for ever."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002  # one deadline instead
        return self._inner.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, self._left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Pinned(httpcore.NetworkBackend):
    """Connects to addresses that were checked instead of looking the name up once more."""

    def __init__(self, checked: tuple[str, ...], deadline: float) -> None:
        self._checked = checked
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002  # was looked up before
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError("no address")
        for address in self._checked:
            left = min(_CONNECT_SECONDS, self._deadline - time.monotonic())
            if left <= 0:
                raise httpcore.ConnectTimeout
            try:
                return _Timed(
                    self._inner.connect_tcp(address, port, left, local_address, socket_options), self._deadline
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


@cache
def _ssl_context() -> ssl.SSLContext:
    return ssl.create_default_context()


def exchange(
    policy: RemotePolicy, target: Target, headers: Mapping[str, str], body: bytes | None, deadline: float
) -> Exchange:
    """Sends one request and reads the answer whole; of a redirect only the head.

    `deadline` is in seconds of `time.monotonic`. Raises QueryRefusedError where the policy forbids the host or its
    address, EndpointError where it fails, is too slow or sends too much.
    """
    where = f"<{target.iri}>"
    try:
        checked = policy.reach(target, deadline - time.monotonic())
        url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
        with (
            httpcore.ConnectionPool(
                ssl_context=_ssl_context() if target.scheme == "https" else None,
                network_backend=_Pinned(checked, deadline),
            ) as pool,
            pool.stream("GET" if body is None else "POST", url, headers=[*headers.items()], content=body) as response,
        ):
            named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            if response.status in _REDIRECTS and "location" in named:
                return Exchange(response.status, named, b"")
            if response.status != _OK:
                raise EndpointError(f"{where} answered with status {response.status}")
            data = _read(where, response, named.get("content-encoding", ""), policy.max_bytes)
            return Exchange(response.status, named, data)
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise EndpointError(f"{where} did not answer within {policy.seconds:g} seconds") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
        raise EndpointError(f"{where} cannot be reached ({error})") from error


def _read(where: str, response: httpcore.Response, encoding: str, most: int) -> bytes:
    if encoding.strip().lower() not in ("", "identity", "gzip"):
        raise EndpointError(f"{where} sends a compression that was not asked for ('{encoding}')")
    inflating = zlib.decompressobj(wbits=31) if encoding.strip().lower() == "gzip" else None
    data = bytearray()
    for chunk in response.iter_stream():
        try:
            data += chunk if inflating is None else inflating.decompress(chunk, most + 1 - len(data))
        except zlib.error as error:
            raise EndpointError(f"{where} sends a broken compression") from error
        if len(data) > most:
            raise EndpointError(f"{where} sends more than {most:,} bytes; ask it for less")
    if inflating is not None and not inflating.eof:
        raise EndpointError(f"{where} sends a compression that is cut short")
    return bytes(data)
