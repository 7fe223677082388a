"""`why`, `merge` and `split`: why names are one thing's, and a curator's rulings on that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import click

from server.commands.output import json_option, say, say_json
from server.commands.sending import service, service_options
from server.commands.sources import opened, store_option

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graph.ledger.reasons import Why
    from graph.pipeline import Ruled

_NOUNS = {"person": "person", "club": "club", "series": "competition"}


def _reason_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--reason", required=True, metavar="TEXT", help="Kept with the ruling.")(function)


@click.command()
@click.argument("name")
@store_option
@json_option
def why(name: str, store: Path | None, as_json: bool) -> None:
    """Say why NAME is who it is.

    NAME is a person, club or competition. Shows the spellings that are taken for one, the reason for each, and others
    of such names with the reason why they are others. Names are shown as they stand in IRIs.

    \b
    Examples:
      podium why "Megan Astley"
      podium why person:megan-astley --json
    """
    from graph.pipeline import why as why_of

    with opened(store) as found:
        answers = why_of(found, name)
    if as_json:
        say_json({"entities": answers})
        return
    for answer in answers:
        _say_why(answer)


@click.command()
@click.argument("name")
@click.argument("other")
@_reason_option
@store_option
@service_options
@json_option
def merge(
    name: str, other: str, reason: str, store: Path | None, server: str | None, token: str | None, as_json: bool
) -> None:
    """Rule that NAME and OTHER are one.

    They stay one whatever articles say, until `podium split` says otherwise. Two people of one name, as in
    person:kim-berg and person:kim-berg--nor, become one again, too.

    \b
    Examples:
      podium merge "Jess Astley" "Jessica Astley-Brandt" --reason "she married in 2019"
      podium merge kim-berg kim-berg--nor --reason "the paper had the wrong country"
      podium merge kim-berg kim-berg--nor --reason "one person" --server https://podium.example/
    """
    from graph.pipeline import merge as merge_in

    if server is not None:
        done = _asked("merge", {"name": name, "other": other, "reason": _given(reason)}, store, server, token)
    else:
        with opened(store) as found:
            done = merge_in(found, name, other, _given(reason))
    _say_ruled(done, as_json=as_json)


@click.command()
@click.argument("name")
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1)
@click.option("--from", "other", metavar="NAME", help="The other name, which is never the same.")
@_reason_option
@store_option
@service_options
@json_option
def split(
    name: str,
    articles: tuple[str, ...],
    other: str | None,
    reason: str,
    store: Path | None,
    server: str | None,
    token: str | None,
    as_json: bool,
) -> None:
    """Rule that NAME is not one.

    Either two spellings are never one (--from), or the articles with these ids mean somebody else of that name, who
    gets a slug with -- and a country, sex or number.

    \b
    Examples:
      podium split "Marta Lindqvist" --from "Marta Lindkvist" --reason "two sisters"
      podium split "Kim Berg" round-up-7 report-12 --reason "the thrower from Torrevale"
    """
    from graph.pipeline import separate
    from graph.pipeline import split as split_in

    if bool(articles) == bool(other):
        raise click.UsageError(
            "give the ids of articles that mean somebody else, or --from NAME; `podium why` shows both"
        )
    if server is not None:
        apart: dict[str, Any] = {"from": other} if other else {"articles": list(articles)}
        done = _asked("split", {"name": name, "reason": _given(reason), **apart}, store, server, token)
    else:
        with opened(store) as found:
            if other:
                done = split_in(found, name, other, _given(reason))
            else:
                done = separate(found, name, articles, _given(reason))
    _say_ruled(done, as_json=as_json)


def _asked(ruling: str, fields: dict[str, Any], store: Path | None, server: str, token: str | None) -> Ruled:
    """Has a running service rule; what came of it."""
    from graph.pipeline import Ruled

    if store is not None:
        raise click.UsageError("give --store or --server, not both")
    with service(server, token) as running:
        told = running.post(f"curate/{ruling}", fields)
    slugs = tuple(unquote(iri.rpartition("/")[2]) for iri in told["iris"])
    return Ruled(told["kind"], slugs, told["gained"], told["lost"])


def _given(reason: str) -> str:
    if not reason.strip():
        raise click.UsageError("--reason is empty; say why")
    return reason.strip()


def _say_ruled(done: Ruled, *, as_json: bool) -> None:
    if as_json:
        say_json(done)
        return
    noun = _NOUNS[done.kind]
    who = " and ".join(f"{done.kind}:{slug}" for slug in done.slugs)
    count = f"one {noun} now" if len(done.slugs) == 1 else f"{len(done.slugs)} of this name"
    say(f"{who}: {count}; {done.gained} facts came and {done.lost} went.")


def _say_why(answer: Why) -> None:
    say(f"{answer.kind}:{answer.slug}")
    for spelling in answer.spellings:
        articles = "1 article" if spelling.articles == 1 else f"{spelling.articles:,} articles"
        say(f"{spelling.slug}: {articles} ({', '.join(spelling.examples)})", indent=2)
    for merge_ in answer.merges:
        say(f"{merge_.one} = {merge_.other}: {merge_.reason} ({', '.join(merge_.articles)})", indent=2)
    for other in answer.apart:
        say(f"not {answer.kind}:{other.slug}: {other.reason}", indent=2)
