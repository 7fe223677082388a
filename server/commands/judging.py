"""`reject`, `confirm`, `history` and `undo`: verdicts on single claims, and what people decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from server.commands.output import json_option, say, say_json
from server.commands.sources import opened, store_option

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any, Literal

_SHOWN = 20


def _reason_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--reason", required=True, metavar="TEXT", help="Kept with the decision.")(function)


@click.command()
@click.argument("claims", metavar="CLAIM...", nargs=-1, required=True)
@_reason_option
@store_option
@json_option
def reject(claims: tuple[str, ...], reason: str, store: Path | None, as_json: bool) -> None:
    """Rule that claims are wrong.

    CLAIM is an id or IRI, as the page of a claim and `podium show --json` have it. Nothing is believed for its sake,
    now or when the article is read again; it stays among what the article says.

    \b
    Examples:
      podium reject club-round-up_1f0a2b3c4d5e --reason "the paper means her sister"
    """
    _judge("reject", claims, reason, store, as_json=as_json)


@click.command()
@click.argument("claims", metavar="CLAIM...", nargs=-1, required=True)
@_reason_option
@store_option
@json_option
def confirm(claims: tuple[str, ...], reason: str, store: Path | None, as_json: bool) -> None:
    """Rule that claims are right.

    They are not shown for review any more. To have a value stand whatever others say, use `podium choose`.

    \b
    Examples:
      podium confirm club-round-up_1f0a2b3c4d5e --reason "seen on film"
    """
    _judge("confirm", claims, reason, store, as_json=as_json)


@click.command()
@click.option("--limit", type=click.IntRange(1), default=_SHOWN, show_default=True, metavar="N", help="How many.")
@click.option("--all", "everything", is_flag=True, help="Also what came of articles and not of people.")
@store_option
@json_option
def history(limit: int, everything: bool, store: Path | None, as_json: bool) -> None:
    """List what people decided.

    The last first, each with its number, when, by whose token and why.

    \b
    Examples:
      podium history
      podium history --all --limit 100 --json
    """
    from graph.ledger.history import newest

    with opened(store) as found:
        entries = newest(found.ledger, limit, deeds=not everything)
    if as_json:
        say_json(entries)
        return
    for entry in entries:
        text = "".join(str(piece[0]) for piece in entry.detail.get("text", ())) or entry.about
        say(f"{entry.seq}  {entry.at}  {entry.kind}: {text}")
        if entry.reason is not None:
            undone = f"; taken back by {entry.undone}" if entry.undone else ""
            say(f"{entry.who or 'on the command line'}: {entry.reason}{undone}", indent=4)


@click.command()
@click.argument("entry", type=click.IntRange(1))
@_reason_option
@store_option
def undo(entry: int, reason: str, store: Path | None) -> None:
    """Take back what was decided.

    ENTRY is a number that `podium history` shows. What takes something back can be taken back, too.

    \b
    Examples:
      podium undo 17 --reason "the paper was right after all"
    """
    from graph.pipeline import undo as undo_in

    with opened(store) as found:
        undo_in(found, entry, _given(reason))
    say(f"Entry {entry} is taken back.")


def _judge(
    ruling: Literal["reject", "confirm"], claims: tuple[str, ...], reason: str, store: Path | None, *, as_json: bool
) -> None:
    from graph import pipeline

    with opened(store) as found:
        done = getattr(pipeline, ruling)(found, claims, _given(reason))
    if as_json:
        say_json(done)
        return
    number = f"{len(done.claims)} claim{'' if len(done.claims) == 1 else 's'}"
    say(f"{number} {ruling}ed: {done.gained} facts came and {done.lost} went.")


def _given(reason: str) -> str:
    if not reason.strip():
        raise click.UsageError("--reason is empty; say why")
    return reason.strip()
