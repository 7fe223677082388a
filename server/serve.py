"""The service as a process: the store open, waitress in front of the app, an orderly end on a signal."""

from __future__ import annotations

import signal
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import waitress

from graph.pipeline import open_store
from server.app import create_app
from server.errors import AddressError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from server.settings import Settings


def serve(settings: Settings, ready: Callable[[str], None] = lambda _: None) -> None:
    """Serve the store until SIGTERM or SIGINT; requests under way are finished first.

    `ready` is told the address once connections are taken. Raises AddressError where the address is taken or is none of
    this machine's, and StoreError where the store cannot be opened.
    """
    with _listening(settings) as listener, open_store(settings.store, create=True) as store:
        server = waitress.create_server(
            create_app(store, settings),
            sockets=[listener],
            threads=settings.threads,
            max_request_body_size=settings.max_upload,
            ident="podium",
            clear_untrusted_proxy_headers=True,
        )
        try:
            with _stopping_on_signals():
                ready(_address(listener))
                server.run()
        finally:
            server.close()


def _listening(settings: Settings) -> socket.socket:
    """A socket on the address; of a name's addresses the first of IPv4, which browsers try whatever they try first."""
    host, port = settings.host, settings.port
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)
        return socket.create_server(address, family=family)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AddressError(f"{host}:{port} cannot be served ({reason}); choose another host or port") from error


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


@contextmanager
def _stopping_on_signals() -> Iterator[None]:
    """SIGTERM and SIGINT end the server's loop, which waitress answers by letting its threads finish."""

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature is the system's
        raise SystemExit

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
