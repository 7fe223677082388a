"""`serve`: the web service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from server.knobs import KNOBS

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.knobs import Knob


def _reader(knob: Knob) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """What turns the option of a knob into its value; what cannot be used is an error of usage."""

    def read(context: click.Context, parameter: click.Parameter, given: Any) -> Any:
        try:
            if knob.repeated:
                return tuple(map(knob.read, given)) or None
            return None if given is None else knob.read(given)
        except ValueError as error:
            raise click.BadParameter(f"give {error}, not '{given}'", context, parameter) from error

    return read


def _knobs(function: Callable[..., None]) -> Callable[..., None]:
    for knob in reversed(KNOBS):
        function = click.option(
            knob.option, knob.name, metavar=knob.metavar, multiple=knob.repeated, callback=_reader(knob), help=knob.help
        )(function)
    return function


@click.command()
@_knobs
def serve(**given: Any) -> None:
    """Serve pages, a SPARQL endpoint, and ways to write for holders of tokens.

    The endpoint is at /sparql; stop with Ctrl-C. Each option has an environment variable (--max-body: PODIUM_MAX_BODY),
    which holds where the option is not given. A store that is not there is made, without anything in it.

    \b
    Examples:
      podium serve
      podium serve --store podium-store --host 0.0.0.0 --port 8080
      podium serve --timeout 10 --log requests.jsonl --trust-proxy 127.0.0.1
    """
    from server.serve import serve as run
    from server.settings import Settings

    run(Settings.from_environment(**given), lambda address: click.echo(f"Podium at {address}", err=True))
