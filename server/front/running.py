"""Listening, and an orderly end: uvicorn's server, told by a first signal to finish and by a second to stop at once."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from typing import TYPE_CHECKING, Any, cast

import uvicorn

from server.errors import AddressError
from server.front.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from server.front.gateway import Gateway

_BACKLOG = 4096  # connections that the system holds until they are taken
_SWEEP = 0.5  # seconds between two looks for what takes too long
_log = logging.getLogger(__name__)


class Server(uvicorn.Server):
    """`run` returns once the service has been told to end, and has."""

    def __init__(self, gateway: Gateway, ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            cast("Any", gateway),  # not ASGI: `Connection` is the only one to talk to it
            interface="asgi3",
            http=Connection,
            loop="uvloop",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            headers=[("server", "podium")],
            backlog=_BACKLOG,
            timeout_graceful_shutdown=gateway.settings.stop,
        )
        super().__init__(config)
        self._gateway = gateway
        self._ready = ready
        self._sweeps: asyncio.TimerHandle | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature is uvicorn's
        # Not kept, as uvicorn does, to raise them again: that we were told to end and did is no failure.
        self.force_exit = self.should_exit
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._sweep()
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        left = list(self.server_state.connections)
        for connection in left:
            connection.transport.abort()
        if left:
            _log.warning("%d connections were cut off at the end", len(left))
            await asyncio.sleep(0)  # their exchanges learn that nobody is there
        if self._sweeps is not None:
            self._sweeps.cancel()

    def _sweep(self) -> None:
        now = time.monotonic()
        for connection in list(self.server_state.connections):
            if isinstance(connection, Connection):
                connection.sweep(now)
        self._gateway.tidy()
        self._sweeps = asyncio.get_running_loop().call_later(_SWEEP, self._sweep)


def listening(host: str, port: int) -> socket.socket:
    """A socket on the address; of a name's addresses the first of IPv4, which browsers try whatever they try first.

    Raises AddressError where the address is taken or is none of this machine's.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)
        return socket.create_server(address, family=family, backlog=_BACKLOG)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AddressError(f"{host}:{port} cannot be served ({reason}); choose another host or port") from error


def address_of(listener: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
