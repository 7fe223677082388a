"""Where a command reads from: the store in a folder, or a server."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.store.base import Source
    from graph.store.embedded import Store

_Function = TypeVar("_Function", bound="Callable[..., Any]")

store_option = click.option(
    "--store",
    "store",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder of the store. Default: $PODIUM_STORE, else podium-store.",
)
_server_option = click.option(
    "--server",
    metavar="URL",
    help="Ask a running Podium (its address, ending in /) or a SPARQL 1.1 endpoint (any other address) instead.",
)


def source_options(function: _Function) -> _Function:
    """The options `--store` and `--server` of a command that only reads."""
    return store_option(_server_option(function))


def store_path(store: Path | None) -> Path:
    """The folder of the store: as given, else from the settings."""
    from server.settings import Settings

    return store or Settings.from_environment().store


@contextmanager
def opened(store: Path | None, *, create: bool = False) -> Iterator[Store]:
    """The store in a folder, made whole, to read and write; closed at the end."""
    from graph.pipeline import open_store
    from server.settings import Settings

    settings = Settings.from_environment()
    with open_store(store or settings.store, create=create, base=settings.base if create else None) as found:
        found.history = settings.engine.history
        yield found


@contextmanager
def _opened_to_read(store: Path | None) -> Iterator[Store]:
    """As `opened`, but without the pipeline and all it imports, unless an earlier run was cut off."""
    from graph.store.embedded import Store

    found = Store.open(store_path(store))
    if found.files.unfinished:
        found.close()
        with opened(store) as whole:
            yield whole
        return
    with found:
        yield found


@contextmanager
def opened_source(store: Path | None, server: str | None) -> Iterator[Source]:
    """The store or the server that a command reads from."""
    if store and server:
        raise click.UsageError("give --store or --server, not both")
    if server is None:
        with _opened_to_read(store) as found:
            yield found
        return
    from graph.store.remote import Endpoint

    yield Endpoint(endpoint_url(server))


def endpoint_url(server: str) -> str:
    """The endpoint behind the address of a server: `/sparql` under one without a path or that ends in `/`.

    Every other address is taken to be an endpoint itself, as engines put theirs anywhere (`/query`, `/repositories/x`).
    """
    parts = urlsplit(server)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise click.UsageError(f"--server takes an http or https address, not '{server}'")
    if parts.query or not (parts.path in {"", "/"} or parts.path.endswith("/")):
        return server
    return parts._replace(path=parts.path.rstrip("/") + "/sparql").geturl()
