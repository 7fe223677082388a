"""`show`, `related` and `path`: what is known of somebody, with the sentences behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from server.commands.output import json_option, say, say_json
from server.commands.sources import opened_source, source_options

if TYPE_CHECKING:
    from pathlib import Path

    from graph.browsing.circles import Circle
    from graph.browsing.values import Card, Dispute, EvidenceView, Fact, ResultRow, Section

_NEAR = 100  # things around somebody that are printed
_EVIDENCE = 2  # sentences shown per fact, unless all are asked for

evidence_option = click.option(
    "--evidence", type=click.Choice(["some", "all", "none"]), default="some", show_default=True,
    help=f"How many sentences behind each fact: at most {_EVIDENCE}, all, or none.",
)  # fmt: skip


@click.command(epilog="Names: in full, in part, without accents, with a typing error, or as IRI or person:josh-kerr.")
@click.argument("name")
@evidence_option
@json_option
@source_options
def show(name: str, evidence: str, as_json: bool, store: Path | None, server: str | None) -> None:
    """Show what is known of NAME, with the sentences.

    \b
    Examples:
      podium show "Josh Kerr"
      podium show kerr --evidence none
      podium show "World Championships 2023" --json
    """
    from graph.browsing import card, find

    with opened_source(store, server) as source:
        found = card(source, find(source, name).iri)
    if as_json:
        say_json(found)
    else:
        _say_card(found, evidence_limit(evidence))


@click.command()
@click.argument("name")
@click.argument("relation", required=False)
@click.option("--by", multiple=True, metavar="KIND", help="What is near by ties of a kind, as of `path`. Repeatable.")
@click.option("--steps", type=click.IntRange(1, 2), default=1, show_default=True, help="How far away, with --by.")
@evidence_option
@json_option
@source_options
def related(
    name: str, relation: str | None, by: tuple[str, ...], steps: int,
    evidence: str, as_json: bool, store: Path | None, server: str | None,
) -> None:  # fmt: skip
    """Show whom and what NAME is related to.

    RELATION is a word, without which all relations are shown: coaches, "coached by", club, member, parent, child,
    sibling, spouse, family, "trained with", "raced against", beat, "lost to", medals, country ... With --by it is who
    and what is one or two steps away: `--by club --steps 2` are clubmates.

    \b
    Examples:
      podium related "Gjert Ingebrigtsen"
      podium related "Josh Kerr" --by club --steps 2
      podium related "Josh Kerr" beat
      podium related "Josh Kerr" "coached by" --json
    """
    from graph.browsing import around, find, kinds_asked
    from graph.browsing import related as relations_of
    from graph.browsing.values import plain

    if relation and by:
        raise click.UsageError("give a RELATION or --by, not both")
    with opened_source(store, server) as source:
        entity = find(source, name)
        if by:
            _say_circle(around(source, entity.iri, kinds_asked(by), steps, size=_NEAR), evidence, as_json=as_json)
            return
        found = relations_of(source, entity.iri, relation)
    if as_json:
        say_json({"entity": entity, "relations": found})
        return
    if not found:
        say(f"{entity.label}: nothing is stored" + (f" for '{relation}'." if relation else "."))
    for item in found:
        times = f"  ({item.count} times)" if item.count > 1 else ""
        say(f"{plain(item.text)}{times}")
        say_evidence(item.evidence, evidence_limit(evidence), 4)


@click.command()
@click.argument("one")
@click.argument("other")
@click.option("-k", "count", type=click.IntRange(1, 20), default=3, show_default=True, help="How many paths at most.")
@click.option("--by", multiple=True, metavar="KIND", help="Only by such ties: coaching, club, races ... Repeatable.")
@click.option("--since", type=click.IntRange(1800, 2200), metavar="YEAR", help="Only ties of this year or later.")
@click.option("--until", type=click.IntRange(1800, 2200), metavar="YEAR", help="Only ties of this year or earlier.")
@evidence_option
@json_option
@source_options
def path(
    one: str, other: str, count: int, by: tuple[str, ...], since: int | None, until: int | None,
    evidence: str, as_json: bool, store: Path | None, server: str | None,
) -> None:  # fmt: skip
    """Show how ONE and OTHER are connected.

    Step by step, the closest way first: ties that many independent articles state are closer than doubtful ones, and
    what has many members tells less than what has few. Kinds of ties: coaching, club, family, training, races,
    competitions, country, place, discipline; the last four count only where nothing else leads, or by --by.

    \b
    Examples:
      podium path "Josh Kerr" "Gjert Ingebrigtsen"
      podium path kerr nordas -k 1 --json
      podium path kerr nordas --by coaching --by family --since 2020
    """
    from graph.browsing import connect, find, kinds_asked
    from graph.browsing.values import plain

    if since and until and since > until:
        raise click.UsageError(f"there is no year from {since} to {until}")

    with opened_source(store, server) as source:
        start, end = find(source, one), find(source, other)
        if start.iri == end.iri:
            raise click.UsageError(f"'{one}' and '{other}' are both {start.label}; give two different names")
        found = connect(source, start.iri, end.iri, count, kinds=kinds_asked(by), since=since, until=until)
    if as_json:
        say_json({"from": start, "to": end, "paths": found.paths, "complete": found.complete})
    elif not found.paths:
        narrowed = " by these ties and years" if by or since or until else ""
        say(f"Nothing stored connects {start.label} and {end.label}{narrowed}, even over others.")
    for number, way in enumerate(() if as_json else found.paths, 1):
        say(f"{number}. {' – '.join(node.label for node in way.nodes)}")
        for step in way.steps:
            say(plain(step.text), 3)
            say_evidence(step.evidence, evidence_limit(evidence), 7)


def _say_circle(circle: Circle, evidence: str, *, as_json: bool) -> None:
    from graph.browsing.values import plain

    if as_json:
        say_json(circle)
        return
    if not circle.near:
        say(f"{circle.entity.label}: nothing is stored that is so far away by these ties.")
    for near in circle.near:
        more = f" and {near.ways - 1} more" if near.ways > 1 else ""
        say(f"{near.entity.label}" + (f"  (over {near.via.label}{more})" if near.via else ""))
        for step in near.steps:
            say(plain(step.text), 4)
            say_evidence(step.evidence, evidence_limit(evidence), 8)
    if circle.total > len(circle.near):
        say(f"... and {circle.total - len(circle.near):,} more")


def evidence_limit(evidence: str) -> int | None:
    """How many sentences the option asks for; None for all."""
    return {"some": _EVIDENCE, "all": None, "none": 0}[evidence]


def _say_card(card: Card, limit: int | None) -> None:
    say(f"{card.entity.label}  ({card.entity.description})")
    say(card.entity.iri)
    if card.aliases:
        say(f"also written: {', '.join(card.aliases)}")
    if card.replaced_by:
        say(f"merged into: {card.replaced_by}")
    for section in card.sections:
        say()
        say(section.heading)
        for fact in section.facts:
            _say_fact(fact, limit)
        for row in section.rows:
            _say_row(row, limit)
        _say_rest(section)


def _say_fact(fact: Fact, limit: int | None) -> None:
    from graph.browsing.values import plain

    say(plain(fact.text) + _notes(fact), 2)
    say_evidence(fact.evidence, limit, 6)


def _notes(fact: Fact) -> str:
    notes = [f"in {fact.articles} articles"] if fact.articles > 1 else []
    if fact.dispute:
        notes.append(_dispute_word(fact.dispute))
    if fact.derived:
        notes.append(f"inferred: {fact.derived}")
    return f"  [{'; '.join(notes)}]" if notes else ""


def _dispute_word(dispute: Dispute) -> str:
    return "settled by a curator" if dispute.settled else "disputed"


def _say_row(row: ResultRow, limit: int | None) -> None:
    from graph.browsing.evidence import in_order
    from graph.browsing.wording import ordinal

    when = row.date.isoformat() if row.date else str(row.year or "")
    done = " ".join(part for part in (ordinal(row.position), row.mark, row.medal) if part) or "took part"
    say(f"{when:<10}  {row.race.text}: {row.athlete.text}, {done}" + _row_notes(row), 2)
    say_evidence(in_order(view for fact in row.facts for view in fact.evidence), limit, 6)


def _row_notes(row: ResultRow) -> str:
    notes = sorted({_dispute_word(fact.dispute) for fact in row.facts if fact.dispute})
    notes += sorted({f"inferred: {fact.derived}" for fact in row.facts if fact.derived})
    return f"  [{'; '.join(notes)}]" if notes else ""


def _say_rest(section: Section) -> None:
    shown = len(section.facts) + len(section.rows)
    if section.total > shown:
        say(f"... and {section.total - shown:,} more; `podium query` gets them all", 2)


def say_evidence(views: tuple[EvidenceView, ...], limit: int | None, indent: int) -> None:
    """Prints the sentences, each once (several claims may stand in one)."""
    distinct = list({(view.article, view.start): view for view in views}.values())
    for view in distinct[:limit]:
        day = f", {view.date.isoformat()}" if view.date else ""
        say(f"“{view.quote}” – {view.headline}{day}", indent)
    if limit and len(distinct) > limit:
        say(f"... and {len(distinct) - limit} more (--evidence all)", indent)
