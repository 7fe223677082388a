"""The service as a process: the store open, the front before the app, an orderly end on a signal."""

from __future__ import annotations

import importlib.metadata
import resource
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.engine.engine import Engine
from server import watching
from server.app import create_app
from server.front.gateway import Gateway
from server.front.metrics import Metrics
from server.front.requestlog import RequestLog
from server.front.running import Server, address_of, listening
from server.owner import Served, announced, new_secret
from server.surveys import Surveyor

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.settings import Settings

_SWITCH = 0.001  # seconds that a thread keeps Python to itself; the usual 5 ms would be felt by every request
_OTHER_FILES = 2048  # of the engine's pipes and answers on their way
_THREADS_END = 2.0  # seconds for the threads of requests that were cut off


def serve(settings: Settings, ready: Callable[[str], None] = lambda _: None) -> None:
    """Serve the store until SIGTERM or SIGINT; requests under way are finished first, for `settings.stop` seconds.

    A second signal ends the service at once. `ready` is told the address once connections are taken. Raises
    AddressError where the address is taken or is none of this machine's, StoreError where the store cannot be opened,
    and SettingError for what cannot be used.
    """
    secret = new_secret()
    settings = replace(settings, owner=secret)
    with (
        listening(settings.host, settings.port) as listener,
        Engine.start(settings.store, settings.engine, base=settings.base) as engine,
        announced(settings.store, Served(address_of(listener), secret)),
        Surveyor(engine, settings.store, settings.survey),
    ):
        _allow_connections(settings.connections)
        app = create_app(engine, settings)
        log = RequestLog(settings.log, texts=settings.log_queries) if settings.log is not None else None
        gateway = Gateway(app, settings, version=lambda: engine.version, log=log, engine=engine)
        size = watching.Size(engine)
        gateway.metrics = Metrics(lambda: watching.figures(engine.stats(), size, gateway.figures()), _versions())
        watching.attach(app, gateway.metrics)
        address = address_of(listener)
        before = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH)
        try:
            Server(gateway, lambda: ready(address)).run(sockets=[listener])
        finally:
            sys.setswitchinterval(before)
            gateway.close(_THREADS_END)
            if log is not None:
                log.close()


def _allow_connections(wanted: int) -> None:
    """Has the system let this process have so many files open as it needs for the connections, or as it may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < needed:
        allowed = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


def _versions() -> dict[str, str]:
    named = {"version": "podium", "oxigraph": "pyoxigraph", "uvicorn": "uvicorn", "flask": "flask"}
    return {label: importlib.metadata.version(name) for label, name in named.items()}
