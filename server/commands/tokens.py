"""`token`: who may write to a served store, and end that again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from server.commands.output import complain, json_option, say, say_json
from server.commands.sources import store_option, store_path

if TYPE_CHECKING:
    from pathlib import Path

    from server.tokens import Scope

_LONGEST_NAME = 200


def _scopes(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[Scope, ...]:
    """Scopes, each given by itself or several with commas between them."""
    from server.tokens import SCOPES

    written = {part.strip() for text in given for part in text.split(",")}
    for unknown in written.difference(SCOPES):
        raise click.BadParameter(f"'{unknown}' is no scope; choose from {', '.join(SCOPES)}", context, parameter)
    return tuple(scope for scope in SCOPES if scope in written)


@click.group()
def token() -> None:
    """Make, list and revoke the tokens with which others write over HTTP.

    A token has scopes: ingest (send and withdraw articles), curate (settle conflicts, merge and split names), update
    (SPARQL updates and the graph store, any graph). The service need not be stopped for it, and heeds it at once.

    \b
    Examples:
      podium token create "the news desk" --scope ingest
      podium token list
      podium token revoke 5f0d93c1
    """


@token.command()
@click.argument("name")
@click.option(
    "--scope", "scopes", callback=_scopes, multiple=True, required=True, metavar="SCOPE",
    help="ingest, update or curate; several with commas, or the option again.",
)  # fmt: skip
@click.option("--expires", type=click.IntRange(1, 36500), metavar="DAYS", help="Default: never.")
@store_option
@json_option
def create(name: str, scopes: tuple[Scope, ...], expires: int | None, store: Path | None, as_json: bool) -> None:
    """Make a token for NAME and print it, this once.

    NAME is for people: who or what uses the token. Only a hash of it is kept.

    \b
    Examples:
      podium token create "the news desk" --scope ingest --expires 90
      podium token create editor --scope curate,update
    """
    from server.tokens import Tokens

    if not name.strip() or len(name) > _LONGEST_NAME:
        raise click.UsageError(f"NAME is who or what uses the token, in 1 to {_LONGEST_NAME} characters")
    made, text = Tokens(store_path(store)).create(name.strip(), scopes, days=expires)
    if as_json:
        say_json({"token": text, "id": made.id, "name": made.name, "scopes": made.scopes, "expires": made.expires})
        return
    complain(f"token {made.id} may {', '.join(made.scopes)}; keep it now, it is not shown again")
    say(text)


@token.command("list")
@store_option
@json_option
def list_(store: Path | None, as_json: bool) -> None:
    """List the tokens, also those that are revoked or expired.

    \b
    Example:
      podium token list --json
    """
    from server.tokens import Tokens

    found = Tokens(store_path(store)).every()
    if as_json:
        say_json({"tokens": found})
        return
    for one in found:
        if one.revoked:
            until = f"revoked {one.revoked[:10]}"
        else:
            until = f"expires {one.expires[:10]}" if one.expires else "does not expire"
        used = f"last used {one.used[:13]}h" if one.used else "never used"
        say(f"{one.id}  {','.join(one.scopes):<20}  made {one.created[:10]}, {used}, {until}: {one.name}")


@token.command()
@click.argument("identifier", metavar="ID")
@store_option
def revoke(identifier: str, store: Path | None) -> None:
    """End the token with this ID.

    \b
    Example:
      podium token revoke 5f0d93c1
    """
    from server.tokens import Tokens

    done = Tokens(store_path(store)).revoke(identifier)
    say(f"token {done.id} ({done.name}) {'was revoked before' if done.revoked else 'is revoked'}")
