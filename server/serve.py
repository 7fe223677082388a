"""The service as a process: the store open, waitress in front of the app, an orderly end on a signal."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import waitress
from waitress.server import MultiSocketServer

from graph.store.embedded import Store
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
    with Store.open(settings.store) as store:
        app = create_app(store, settings)
        try:
            server = waitress.create_server(
                app,
                host=settings.host,
                port=settings.port,
                threads=settings.threads,
                max_request_body_size=settings.max_body,
                ident="podium",
                clear_untrusted_proxy_headers=True,
            )
        except (OSError, ValueError) as error:  # waitress says ValueError where a host has no address
            raise AddressError(
                f"{settings.host}:{settings.port} cannot be served ({error}); choose another host or port"
            ) from error
        try:
            with _stopping_on_signals():
                ready(_address(server))
                server.run()
        finally:
            server.close()


def _address(server: object) -> str:
    """The URL of the service; where a name has several addresses, the first."""
    if isinstance(server, MultiSocketServer):
        host, port = server.effective_listen[0]
    else:
        host, port = server.effective_host, server.effective_port  # type: ignore[attr-defined]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


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
