"""`serve`: the web service."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from server.commands.sources import store_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@store_option
@click.option("--host", metavar="H", help="The address to listen on. Default: $PODIUM_HOST, else 127.0.0.1.")
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="P", help="Default: $PODIUM_PORT, else 8080; 0 takes a free one."
)
def serve(store: Path | None, host: str | None, port: int | None) -> None:
    """Serve pages and a SPARQL endpoint.

    The endpoint is at /sparql; stop with Ctrl-C.

    \b
    Examples:
      podium serve
      podium serve --store podium-store --host 0.0.0.0 --port 8080
    """
    from server.serve import serve as run
    from server.settings import Settings

    usual = Settings.from_environment()
    settings = replace(
        usual, store=store or usual.store, host=host or usual.host, port=usual.port if port is None else port
    )
    run(settings, lambda address: click.echo(f"Podium at {address}", err=True))
