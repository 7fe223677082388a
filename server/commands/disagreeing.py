"""`conflicts` and `choose`: what articles disagree on, and which value a curator lets stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from server.commands.describing import evidence_limit, evidence_option, say_evidence
from server.commands.output import json_option, say, say_json
from server.commands.sending import service, service_options
from server.commands.sources import opened, opened_source, source_options, store_option

if TYPE_CHECKING:
    from pathlib import Path

    from graph.browsing.values import Disagreement
    from graph.store.base import Source

_LIMIT = 20


@click.command()
@click.argument("name", required=False)
@click.option("--property", "prop", metavar="WORD", help="Only on one property: mark, position, date, country ...")
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", help=f"How many at most. Default: {_LIMIT}; with --json, all."
)
@evidence_option
@json_option
@source_options
def conflicts(
    name: str | None,
    prop: str | None,
    limit: int | None,
    evidence: str,
    as_json: bool,
    store: Path | None,
    server: str | None,
) -> None:
    """Show what articles disagree on.

    All of it, or what concerns NAME: a person, race, club or article, or a conflict by its number. Of each side: the
    value, how many articles say it (the copies of one text are one), and their sentences. What stands among the facts
    has a *. Those that no curator settled come first.

    \b
    Examples:
      podium conflicts
      podium conflicts "Josh Kerr" --evidence all
      podium conflicts --property mark --json
    """
    from graph.browsing import conflicts as conflicts_of

    with opened_source(store, server) as source:
        found = conflicts_of(
            source,
            _about(source, name) if name else None,
            _property(source, prop),
            limit=limit or (None if as_json else _LIMIT),
        )
    if as_json:
        say_json({"total": found.total, "conflicts": found.shown})
        return
    if not found.total:
        say("Articles do not disagree on anything" + (f" about {name}." if name else "."))
    for item in found.shown:
        _say_disagreement(item, evidence_limit(evidence))
    if found.total > len(found.shown):
        say(f"... and {found.total - len(found.shown):,} more (--limit N)")


@click.command()
@click.argument("conflict")
@click.argument("side", required=False)
@click.option("--reason", metavar="TEXT", help="Kept with the choice.")
@click.option("--undo", is_flag=True, help="Take the choice back.")
@click.option("--property", "prop", metavar="WORD", help="Where CONFLICT is a name that several concern.")
@json_option
@store_option
@service_options
def choose(
    conflict: str,
    side: str | None,
    reason: str | None,
    undo: bool,
    prop: str | None,
    as_json: bool,
    store: Path | None,
    server: str | None,
    token: str | None,
) -> None:
    """Settle a conflict.

    CONFLICT is a number that `podium conflicts` shows, or a name that only one conflict concerns; SIDE the number of
    a side, or its value. The value stands among the facts whatever other articles say, now and later; the claims of all
    sides stay. Should no article say it any more, the choice rests until one does again.

    \b
    Examples:
      podium choose 5f0d93c1 2 --reason "the official results have it"
      podium choose "Megan Astley" 2:02.58 --reason "the paper corrected it"
      podium choose 5f0d93c1 --undo
    """
    from graph.browsing import conflicts as conflicts_of
    from graph.browsing import find_conflict, side_of
    from graph.errors import LookupFailedError
    from graph.pipeline import choose as choose_in
    from graph.pipeline import unchoose

    if undo and (side or reason):
        raise click.UsageError("--undo takes no SIDE and no --reason: it takes back what was chosen")
    if not undo and not (side and reason and reason.strip()):
        raise click.UsageError("give SIDE and --reason: which side stands, and why")
    if server is not None:
        asked: dict[str, Any] = {"conflict": conflict, "property": prop}
        asked |= {"undo": True} if undo else {"side": side, "reason": str(reason).strip()}
        _choose_there(asked, server, token, store, as_json=as_json)
        return
    with opened(store) as found:
        item = find_conflict(found, conflict, _property(found, prop))
        if side and reason:
            chosen = side_of(item, side)
            choose_in(found, item.about.iri, chosen.predicate, chosen.object, reason.strip())
        elif item.settlement is None:
            raise LookupFailedError(conflict, f"{item.number}: no curator has settled it, so there is nothing to undo")
        else:
            unchoose(found, item.about.iri, item.settlement.predicate)
        now = conflicts_of(found, item.iri).shown
    if as_json:
        say_json({"conflicts": now})
    for left in () if as_json else now:
        _say_disagreement(left, 0)


def _choose_there(asked: dict[str, Any], server: str, token: str | None, store: Path | None, *, as_json: bool) -> None:
    """Has a running service settle it, and shows the conflict as it is there then."""
    from graph.browsing import conflicts as conflicts_of

    if store is not None:
        raise click.UsageError("give --store or --server, not both")
    with service(server, token) as running:
        told = running.post("curate/choose", {name: value for name, value in asked.items() if value is not None})
    if as_json:
        say_json({"conflicts": told["conflicts"]})
        return
    with opened_source(None, server) as found:
        for iri in dict.fromkeys(item["iri"] for item in told["conflicts"]):
            for left in conflicts_of(found, iri).shown:
                _say_disagreement(left, 0)


def _about(source: Source, name: str) -> str:
    """The IRI of what is meant by a name, or by the number of a conflict."""
    from graph.browsing import find, numbered

    return numbered(source, name) or find(source, name).iri


def _property(source: Source, word: str | None) -> str | None:
    from graph.browsing import property_named

    return property_named(source, word) if word else None


def _say_disagreement(item: Disagreement, limit: int | None) -> None:
    from graph.browsing.values import plain

    say(f"{item.number}  {item.about.label}: {item.property}")
    for side in item.sides:
        articles = f"{side.articles} article{'' if side.articles == 1 else 's'}"
        say(f"{'*' if side.stands else ' '} {side.number}  {plain(side.value)}  [{articles}]", 2)
        say_evidence(side.evidence, limit, 8)
    settled = item.settlement
    if settled is None:
        say(f"* {item.why}", 2)
        return
    if settled.active:
        say(f"* {item.why} on {settled.when[:10]}: {settled.reason}", 2)
    else:
        say(
            f"* {item.why}; no article says {plain(settled.value)} any more, which a curator chose: {settled.reason}", 2
        )
