"""`search`: things, articles and sentences, with typing errors forgiven."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from server.commands.output import json_option, say, say_json
from server.commands.sources import opened_source, source_options

if TYPE_CHECKING:
    from pathlib import Path

    from graph.browsing.values import Hit, Passage

_SENTENCE = "sentence"


@click.command(epilog="Words in quotation marks stand in a sentence in this order: podium search '\"photo finish\"'")
@click.argument("text")
@click.option("--kind", metavar="KIND", help="Only this kind: person, club, race, article, sentence ...")
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="How many of each at most.")
@json_option
@source_options
def search(text: str, kind: str | None, limit: int, as_json: bool, store: Path | None, server: str | None) -> None:
    """Search for TEXT in names and in quoted sentences.

    Accents, typing errors and other names are forgiven.

    \b
    Examples:
      podium search ingebritsen
      podium search "world 1500 2023" --kind race
      podium search "photo finish" --kind sentence --json
    """
    from graph.browsing import search as search_names
    from graph.browsing import search_sentences
    from graph.browsing.values import Passages
    from graph.searching.naming import KINDS

    if kind is not None and kind not in KINDS | {_SENTENCE}:
        raise click.UsageError(f"--kind is '{kind}'; it is one of {', '.join(sorted(KINDS | {_SENTENCE}))}")
    with opened_source(store, server) as source:
        hits = () if kind == _SENTENCE else search_names(source, text, limit, kinds={kind} if kind else None)
        found = search_sentences(source, text, limit) if kind in (None, _SENTENCE) else Passages(0)
    if as_json:
        say_json({"query": text, "things": hits, "sentences": found})
        return
    for hit in hits:
        _say_hit(hit)
    for passage in found.shown:
        _say_passage(passage)
    if found.total > len(found.shown):
        say(f"... and {found.total - len(found.shown):,} more sentences (--limit)")
    if not hits and not found.shown:
        say(f"Nothing is called '{text}', nor anything like it, and no sentence holds these words.")


def _say_hit(hit: Hit) -> None:
    from graph.searching.words import loose

    entity = hit.entity
    other = "" if loose(hit.matched) == loose(entity.label) else f", as “{hit.matched}”"
    say(f"{entity.label}{other}  ({entity.description})")


def _say_passage(passage: Passage) -> None:
    day = f", {passage.date.isoformat()}" if passage.date else ""
    say(f"“{''.join(piece.text for piece in passage.pieces)}” – {passage.article.label}{day}")
