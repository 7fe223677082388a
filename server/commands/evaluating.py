"""`evaluate`: how well the extraction does against gold facts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from server.commands.output import complain, json_option, say, say_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.evaluation import Count, Floors, JudgedRow, Report, Share

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("gold", type=_PATH)
@click.argument("found", type=_PATH, required=False)
@click.option("--articles", type=_PATH, metavar="DIR", help="Read facts from the articles here, if no FOUND is given.")
@click.option("--per-article", is_flag=True, help="Also the figures of each article.")
@click.option("--by-rule", is_flag=True, help="Also what each rule got right and wrong, and in which sentences.")
@click.option("--by-sieve", is_flag=True, help="Also what each way to settle who is meant got right and wrong.")
@click.option("--errors", is_flag=True, help="Also every slot that is wrong, with its sentences, or was missed.")
@click.option("--html", type=_PATH, metavar="FILE", help="Also a report with the texts of --articles, for a browser.")
@click.option(
    "--keep", type=_PATH, metavar="DIR", help="Keep the figures with the store in this folder, for its page /trust."
)
@click.option("--floors", type=_PATH, metavar="FILE", help="Fail where a figure is below its floor in this file.")
@click.option("--update-floors", is_flag=True, help="Raise the floors to the present figures; they never sink.")
@json_option
@click.pass_context
def evaluate(
    context: click.Context,
    gold: Path,
    found: Path | None,
    articles: Path | None,
    per_article: bool,
    by_rule: bool,
    by_sieve: bool,
    errors: bool,
    html: Path | None,
    keep: Path | None,
    floors: Path | None,
    update_floors: bool,
    as_json: bool,
) -> None:
    """Compare found facts with gold facts.

    Gives precision, recall and F1 by kind. GOLD and FOUND are folders of JSON files as `podium extract` writes them;
    without FOUND, the facts are read from the articles of the same file names. --json gives everything at once.

    Floors are kept of precision and F1 over all and of F1 by kind. They sink only where the gold facts are others.

    \b
    Examples:
      podium evaluate seeds/expected --articles seeds
      podium evaluate gold --articles articles --by-rule --errors
      podium evaluate gold --articles articles --html report.html
      podium evaluate gold found --json
      podium evaluate gold --articles articles --keep podium-store
      podium evaluate gold --articles articles --floors floors.json --update-floors
    """
    from graph.evaluation import evaluate_folders

    if found is None and articles is None:
        raise click.UsageError("FOUND or --articles is missing: there is nothing to compare GOLD with.", context)
    if html is not None and articles is None:
        raise click.UsageError("--html needs --articles DIR, the texts to show.", context)
    if update_floors and floors is None:
        raise click.UsageError("--update-floors needs --floors FILE, the file to write them to.", context)
    report = evaluate_folders(gold, found, articles)
    for error in report.unreadable:
        complain(str(error))
    for name in report.missing:
        complain(f"{found or articles}: nothing was found for {name}; it counts as missed")
    if as_json:
        say_json(_data(report))
    else:
        _tell(report, per_article=per_article, rules=by_rule, sieves=by_sieve, errors=errors)
    if html is not None:
        _write_html(report, html)
    if keep is not None:
        _keep(report, gold, keep)
    held = floors is None or _holds(report, gold, floors, update=update_floors)
    if report.unreadable or not held:
        context.exit(1)


def _write_html(report: Report, path: Path) -> None:
    from graph.export import new_file
    from server.evaluation import render

    with new_file(path) as out:
        out.write(render(report).encode("utf-8", "replace"))
    click.echo(f"{path}: {len(report.articles)} articles", err=True)


def _keep(report: Report, gold: Path, store: Path) -> None:
    """Leaves the figures where `/trust` of the service over the store finds them."""
    from datetime import UTC, datetime

    from graph.evaluation import by_rule, digest
    from graph.extraction import VERSION
    from graph.store.directory import Directory

    kept = {
        "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "gold": gold.absolute().name,
        "digest": digest(gold),
        "extractor": VERSION,
        "articles": len(report.articles),
        "total": report.total.to_json(),
        "kinds": {kind: count.to_json() for kind, count in report.counts.items()},
        "rules": [
            {
                "rule": share.source,
                "facts": share.facts,
                "right": share.right,
                "wrong": share.wrong,
                "precision": share.precision,
            }
            for share in by_rule(report)
        ],
    }
    found = Directory.open(store, create=False, base=None)
    found.keep_note("evaluation.json", json.dumps(kept, ensure_ascii=False, indent=1))
    click.echo(f"{store}: the figures are kept for /trust", err=True)


def _holds(report: Report, gold: Path, path: Path, *, update: bool) -> bool:
    """Whether no figure is below its floor; says which are, and what is raised."""
    from graph.evaluation import Floors, digest

    now = digest(gold)
    floors = Floors() if update and not path.exists() else Floors.read(path)
    if update:
        floors = _raise(floors, floors.raised(report, now), path)
    elif floors.gold != now:
        complain(f"{path}: the gold facts in {gold} are not those of the floors; --update-floors takes them anew")
    fallen = floors.fallen(report)
    for fall in fallen:
        complain(f"{path}: {fall.name} is {fall.figure:.4f}, below its floor {fall.floor:.4f}")
    return not fallen


def _raise(old: Floors, new: Floors, path: Path) -> Floors:
    from graph.export import new_file

    if new != old:
        with new_file(path) as out:
            out.write(new.dumps().encode())
    for name, floor in new.figures.items():
        if floor != (was := old.figures.get(name)):
            click.echo(f"{path}: {name} {'new' if was is None else f'{was:.4f}'} -> {floor:.4f}", err=True)
    return new


def _data(report: Report) -> dict[str, Any]:
    from graph.evaluation import by_rule, by_sieve

    return report.to_json() | {
        "articles": {item.article: item.to_json() for item in report.articles},
        "rules": [share.to_json("rule") for share in by_rule(report)],
        "sieves": [share.to_json("sieve") for share in by_sieve(report)],
        "errors": [error.to_json() for error in report.errors],
    }


def _tell(report: Report, *, per_article: bool, rules: bool, sieves: bool, errors: bool) -> None:
    from graph.evaluation import by_row, by_rule, by_sieve

    say(f"{'':<12} {'gold':>6} {'found':>6} {'right':>6} {'P':>6} {'R':>6} {'F1':>6}")
    for kind, count in report.counts.items():
        _say_count(kind, count)
    _say_count("all", report.total)
    if per_article:
        say()
        for item in report.articles:
            _say_count(item.article, item.total)
    if rules:
        say()
        _say_shares("rule", by_rule(report))
    if sieves:
        say()
        _say_shares("sieve", by_sieve(report))
    if errors:
        say()
        for item in report.articles:
            for row in by_row(item.errors):
                _say_error(item.article, row)


def _say_count(name: str, count: Count) -> None:
    rates = " ".join(f"{rate:6.3f}" for rate in (count.precision, count.recall, count.f1))
    say(f"{name:<12} {count.gold:6} {count.found:6} {count.right:6} {rates}")


def _say_shares(name: str, shares: Sequence[Share]) -> None:
    """A line for each source with its share of right slots, and the sentences it got wrong."""
    from graph.evaluation import by_row

    width = max((len(share.source) for share in shares), default=0)
    say(f"{name:<{width}} {'facts':>6} {'right':>6} {'wrong':>6} {'P':>6}")
    for share in shares:
        precision = "" if share.precision is None else f"{share.precision:6.3f}"
        say(f"{share.source:<{width}} {share.facts:6} {share.right:6} {share.wrong:6} {precision}")
        for mistake in share.mistakes:
            say(f"{mistake.article}: {'; '.join(map(_told, by_row(mistake.slots)))}: “{mistake.quote}”", indent=4)


def _told(row: JudgedRow) -> str:
    """Whom it is about, and the slots with their values; where the other side has another value, that too."""
    slots = ", ".join(
        f"{slot.kind} {slot.value}" + (f" (not {slot.other})" if slot.how == "wrong" and slot.other else "")
        for slot in row.slots
    )
    return f"{row.subject}: {slots}" if row.subject else slots


def _say_error(article: str, row: JudgedRow) -> None:
    """What is wrong in a found fact, with its sentences, or what was missed of a gold fact."""
    rest = ", ".join(f"{name} {value}" for name, value in row.rest.items())
    say(f"{article}: {row.slots[0].how} {_told(row)}" + (f" – {rest}" if rest else ""))
    for item in row.evidence:
        say(f"“{item.quote}” – {item.rule}", indent=4)
