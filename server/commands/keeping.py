"""`ingest`, `articles`, `retract` and `check`: what goes into a store, what is there, and whether it is sound."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from server.commands.output import change_lines, complain, json_option, progress, say, say_json, say_lines
from server.commands.proposing import Tally, choices, open_proposers, proposer_options
from server.commands.screening import unscreened_option
from server.commands.sending import service, service_options
from server.commands.sources import opened, store_option, store_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from graph.browsing.changes import Changes
    from graph.pipeline import Outcome, Report
    from graph.rdf.comparing import Comparison

_SHOWN = 20  # changes listed by `retract`
_OUTCOMES: tuple[Outcome, ...] = ("added", "replaced", "unchanged", "skipped", "refused")


@click.command()
@click.argument("locations", metavar="PATH|URL|-...", nargs=-1, required=True)
@store_option
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The articles' date, YYYY-MM-DD.")
@click.option("--source", metavar="NAME", help="The paper or site the articles are from.")
@click.option("--author", metavar="NAME")
@click.option("--title", metavar="TEXT", help="For a single article.")
@click.option("--url", metavar="URL", help="Where the article was published; for a single article.")
@click.option("--id", "identifier", metavar="ID", help="The article's id (a-z, 0-9, hyphens); for a single article.")
@click.option("--replace", is_flag=True, help="Let articles replace others with their id, or withdrawn ones.")
@unscreened_option
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes side by side, for many articles. [default: cores]")
@proposer_options
@service_options
@json_option
@click.pass_context
def ingest(
    context: click.Context,
    locations: tuple[str, ...],
    store: Path | None,
    published: datetime | None,
    source: str | None,
    author: str | None,
    title: str | None,
    url: str | None,
    identifier: str | None,
    replace: bool,
    unscreened: bool,
    jobs: int | None,
    extractors: tuple[str, ...],
    verbose: bool,
    server: str | None,
    token: str | None,
    as_json: bool,
) -> None:
    """Read articles and store what they say.

    Text, HTML, RSS or Atom; from files, folders, addresses, or - for standard input. What is known of report.txt beside
    its text may lie in report.meta.json: title, published, url, source, author, id. The options go before it.
    Reading an article again changes nothing, and the store is the same whatever --jobs is. An input that cannot be read
    is reported and the others are stored; an article that is not in English or not about athletics is skipped. A store
    that is served takes articles from its service alone, with --server; what was broken off is begun again.

    \b
    Examples:
      podium ingest report.txt --published 2024-08-10
      podium ingest articles/ https://example.org/athletics.xml
      podium ingest articles/ --with endpoint --verbose
      podium ingest articles/ --server http://127.0.0.1:8080/
      curl -s https://example.org/report | podium ingest - --url https://example.org/report
    """
    from graph.articles import Options, read
    from graph.pipeline import ingest as ingest_into
    from graph.workers import usable_cores
    from server.reports import changes_of, row

    if len(locations) > 1 and (title or url or identifier):
        raise click.UsageError(
            "--title, --url and --id are for a single input; of several, give them in .meta.json files"
        )
    day = published.date() if published else None
    options = Options(title, day, _address(url), source, author, _identifier(identifier))
    if server is not None:
        if store or extractors or jobs:
            raise click.UsageError("--store, --with and --jobs are not for --server: the service reads in its own way")
        with service(server, token) as running, progress("Sending") as advance:
            sent = running.ingest(read(locations, options), replace=replace, unscreened=unscreened)
            if not _tell(sent, advance, server, as_json=as_json, verbose=verbose):
                context.exit(1)
        return
    proposers = open_proposers(choices(extractors))
    reports: list[Report] = []
    rows: list[dict[str, object]] = []
    tally = Tally(verbose=verbose)
    with opened(store, create=True) as found, progress("Ingesting") as advance:
        for report in ingest_into(
            found,
            read(locations, options),
            replace=replace,
            screen=not unscreened,
            proposers=proposers,
            jobs=jobs or usable_cores(),
        ):
            reports.append(report)
            tally.add(report.article or report.origin, report.verdicts, report.failures)
            changes = changes_of(found, report.correction) if report.correction and (verbose or as_json) else None
            if as_json:
                rows.append(row(report, found.base, changes))
            else:
                _say_report(report, changes)
            advance(report.article or report.origin)
    tally.close()
    _say_outcome(reports, store_path(store), tally, rows if as_json else None)
    if not reports or tally.failures or any(report.outcome == "refused" for report in reports):
        context.exit(1)


@click.command()
@store_option
@json_option
def articles(store: Path | None, as_json: bool) -> None:
    """List the articles, also the withdrawn.

    The newest first.

    \b
    Examples:
      podium articles
      podium articles --json
    """
    from graph.pipeline import articles as articles_of

    with opened(store) as found:
        entries = articles_of(found)
    if as_json:
        say_json(entries)
        return
    for entry in entries:
        if entry.withdrawn:
            say(f"{'withdrawn':<10}  {entry.id}: {entry.reason}")
        else:
            source = f" ({entry.source})" if entry.source else ""
            copy = f" [copy of {entry.copy_of}]" if entry.copy_of else ""
            say(f"{entry.date.isoformat() if entry.date else '':<10}  {entry.id}: {entry.headline}{source}{copy}")


@click.command()
@click.argument("article")
@click.option("--reason", required=True, metavar="TEXT", help="Kept with the article's id.")
@store_option
@service_options
@json_option
def retract(
    article: str, reason: str, store: Path | None, server: str | None, token: str | None, as_json: bool
) -> None:
    """Withdraw ARTICLE and what it alone says.

    ARTICLE is an id; `podium articles` lists them. Facts that lost their last article, or have another value now, are
    listed: some of them, or all with --json. What was withdrawn is archived in the store's folder. The article is
    refused if it comes again, unless with --replace.

    \b
    Examples:
      podium retract club-round-up --reason "a misprinted time"
      podium retract club-round-up --reason "a misprinted time" --server http://127.0.0.1:8080/
    """
    if not reason.strip():
        raise click.UsageError("--reason is empty; say why the article is withdrawn")
    if server is None:
        done = _retracted(article, reason.strip(), store)
    elif store is not None:
        raise click.UsageError("give --store or --server, not both")
    else:
        with service(server, token) as running:
            done = running.retract(article, reason.strip())
    if as_json:
        say_json(done)
        return
    facts = done["facts"]
    say(
        f"{done['article']} is withdrawn: {len(facts['lost'])} facts lost their last article, "
        f"{len(facts['altered'])} altered, {len(facts['gained'])} came instead."
    )
    say_lines(change_lines(facts), _SHOWN)
    if "archive" in done:
        say(f"What was withdrawn is kept in {done['archive']}")


def _retracted(article: str, reason: str, store: Path | None) -> dict[str, Any]:
    from graph.browsing import in_words
    from graph.export import article_iri
    from graph.pipeline import retract as retract_from
    from ontology.iris import iri
    from server.plainjson import jsonable

    with opened(store) as found:
        identifier = article_iri(found, article).removeprefix(iri("article", "", found.base))
        done = retract_from(found, identifier, reason)
        facts = in_words(found, done.facts, done.known)
    return {"article": done.article, "facts": jsonable(facts), "archive": str(done.archive)}


@click.command()
@store_option
@click.option("--warnings/--no-warnings", default=True, show_default=True, help="Also what may be a dispute or a slip.")
@json_option
@click.pass_context
def check(context: click.Context, store: Path | None, warnings: bool, as_json: bool) -> None:
    """Check whether the store is sound.

    That is: data as the SHACL shapes want it, each triple in one graph, quotes as in the texts, each fact claimed by an
    article, each article with its graph. Exits with 1 if not.

    \b
    Examples:
      podium check
      podium check --no-warnings --json
    """
    from graph.pipeline import check as check_store

    with opened(store) as found:
        report = check_store(found)
    problems = report.problems if warnings else report.violations
    if as_json:
        say_json({"quads": report.quads, "violations": len(report.violations), "problems": problems})
    else:
        for problem in problems:
            say(f"{problem.severity}: {problem.promise}: {problem.about}: {problem.message}")
        say(f"{report.quads:,} quads, {len(report.violations)} violations, {len(report.warnings)} warnings")
    if report.violations:
        context.exit(1)


def _say_report(report: Report, changes: dict[str, Changes] | None) -> None:
    from server.plainjson import jsonable

    if report.error is not None:
        complain(str(report.error))
        return
    counted = ""
    if report.correction is not None:
        counted = f" ({_counted(report.correction.claims)}; in the graph {_counted(report.correction.facts)})"
    doubts = f", {report.warnings} doubtful: see podium check" if report.warnings else ""
    say(f"{report.outcome:<10} {report.article}: {report.statements} facts{counted}{doubts}")
    for where, changed in (changes or {}).items():
        if changed.altered or changed.lost or changed.gained:
            say(f"in the {where}:", 2)
            say_lines(change_lines(jsonable(changed)), None, 4)


def _tell(
    sent: Iterable[dict[str, Any]], advance: Callable[[str], None], server: str, *, as_json: bool, verbose: bool
) -> bool:
    """Tells what a service reports of articles as they come; whether none was refused."""
    rows = []
    for row in sent:
        rows.append(row)
        if not as_json:
            _say_row(row, verbose=verbose)
        advance(row["article"] or row["origin"])
    counts = Counter(row["outcome"] for row in rows)
    figures: dict[str, int] = {name: counts[name] for name in _OUTCOMES}
    if as_json:
        say_json({"server": server, "articles": rows, **figures})
    else:
        say(f"{server}: " + ", ".join(f"{count} {name}" for name, count in figures.items()))
    return bool(rows) and not counts["refused"]


def _say_row(row: dict[str, Any], *, verbose: bool) -> None:
    if row["error"]:
        complain(row["error"])
        return
    changes = row["changes"] or {}
    counts = [
        f"{len(changed['altered'])} altered, {len(changed['gained'])} new, {len(changed['lost'])} gone"
        for changed in changes.values()
    ]
    counted = f" ({'; in the graph '.join(counts)})" if counts else ""
    doubts = f", {row['warnings']} doubtful: see podium check" if row["warnings"] else ""
    say(f"{row['outcome']:<10} {row['article']}: {row['facts']} facts{counted}{doubts}")
    for where, changed in changes.items() if verbose else ():
        if any(changed.values()):
            say(f"in the {where}:", 2)
            say_lines(change_lines(changed), None, 4)


def _counted(compared: Comparison) -> str:
    return f"{len(compared.altered)} altered, {len(compared.gained)} new, {len(compared.lost)} gone"


def _say_outcome(reports: list[Report], store: Path, tally: Tally, as_json: list[dict[str, object]] | None) -> None:
    counts = Counter(report.outcome for report in reports)
    if as_json is not None:
        figures: dict[str, int] = {name: counts[name] for name in _OUTCOMES}
        proposals = {"proposals": tally.to_json()} if tally.counted else {}
        say_json({"store": str(store), "articles": as_json, **figures, **proposals})
        return
    say(f"{store}: " + ", ".join(f"{counts[name]} {name}" for name in _OUTCOMES))


def _address(url: str | None) -> str | None:
    from urllib.parse import urlsplit

    if url is not None and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc):
        raise click.UsageError(f"--url takes an http or https address, not '{url}'")
    return url


def _identifier(identifier: str | None) -> str | None:
    from graph.articles.metadata import is_id

    if identifier is not None and not is_id(identifier):
        raise click.UsageError(f"--id may hold only a-z, 0-9 and inner hyphens, not '{identifier}'")
    return identifier
