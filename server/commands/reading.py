"""`extract` and `evaluate`: what articles assert, as JSON files, without a store."""

from __future__ import annotations

import json
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from server.commands.output import complain, json_option, progress, say, say_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from graph.errors import UnreadableError
    from graph.evaluation import Count, Disagreement, Report
    from graph.model import Article

    _Map = Callable[[Callable[[Article], tuple[str, str]], list[Article]], Iterable[tuple[str, str]]]

_QUEUE = 16  # articles waiting per process: enough to keep it busy, few enough to hold in memory


@click.command()
@click.argument("locations", metavar="PATH|URL|-...", nargs=-1, required=True)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="DIR", help="Made if missing."
)
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes side by side.")
@click.pass_context
def extract(context: click.Context, locations: tuple[str, ...], out: Path, jobs: int) -> None:
    """Write what articles assert as JSON files.

    One per article under the input's name: report.txt gives DIR/report.json; the entries of feed.xml give feed-1.json,
    feed-2.json ... Every fact has its evidence: quote, start, end, rule, confidence. The files are the same
    whatever --jobs is.

    \b
    Examples:
      podium extract report.txt --out found
      podium extract articles/ --out found --jobs 2
    """
    from graph.articles import read
    from graph.errors import UnreadableError

    _make_folder(out)
    written, failed = 0, 0
    names = _Names()
    with progress("Extracting") as advance:
        for article, text in _extracted(read(locations), jobs):
            if isinstance(article, UnreadableError):
                complain(str(article))
                failed += 1
                continue
            _write(out / f"{names.of(article)}.json", text)
            written += 1
            advance(article.id)
    click.echo(f"{written} written to {out}, {failed} not readable", err=True)
    if failed or not written:
        context.exit(1)


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("found", type=click.Path(path_type=Path))
@click.option("--errors", is_flag=True, help="Also list every slot that was missed or is wrong.")
@click.option("--per-article", is_flag=True, help="Also the figures of each article.")
@json_option
def evaluate(gold: Path, found: Path, errors: bool, per_article: bool, as_json: bool) -> None:
    """Compare found facts with gold facts.

    Gives precision, recall and F1 by kind; FOUND and GOLD are folders of JSON files as `podium extract` writes them.

    \b
    Examples:
      podium evaluate seeds/expected found
      podium evaluate gold found --errors --json
    """
    from graph.evaluation import evaluate_folders

    report = evaluate_folders(gold, found)
    if as_json:
        say_json(_report_data(report, errors=errors, per_article=per_article))
        return
    for article in report.missing:
        complain(f"{found}: nothing was found for {article}; it counts as missed")
    say(f"{'':<12} {'gold':>6} {'found':>6} {'right':>6} {'P':>6} {'R':>6} {'F1':>6}")
    for kind, count in report.counts.items():
        _say_count(kind, count)
    _say_count("all", report.total)
    if per_article:
        say()
        for item in report.articles:
            _say_count(item.article, item.total)
    for error in report.errors if errors else ():
        say(_disagreement(error))


class _Names:
    """File names for articles: the input's stem, numbered for the entries of a feed."""

    def __init__(self) -> None:
        self._entries: dict[str, int] = {}
        self._taken: set[str] = set()

    def of(self, article: Article) -> str:
        place, mark, entry = article.origin.rpartition("#")
        if mark and entry == article.id and not Path(article.origin).exists():
            self._entries[place] = self._entries.get(place, 0) + 1
            name = f"{_stem(place, article.id)}-{self._entries[place]}"
        else:
            name = _stem(article.origin, article.id)
        if name in self._taken:  # two folders with a file of one name: ids are distinct
            name = f"{name}-{article.id}"
        self._taken.add(name)
        return name


def _stem(origin: str, otherwise: str) -> str:
    return Path(origin).stem if "://" not in origin and Path(origin).exists() else otherwise


def _extracted(
    articles: Iterable[Article | UnreadableError], jobs: int
) -> Iterator[tuple[Article | UnreadableError, str]]:
    """Each article with its JSON, in the order of reading; an error where there is none."""
    from graph.errors import UnreadableError

    with _mapper(jobs) as mapped:
        waiting = iter(articles)
        while batch := list(islice(waiting, jobs * _QUEUE)):
            texts = iter(mapped(_extract, [item for item in batch if not isinstance(item, UnreadableError)]))
            for item in batch:
                if isinstance(item, UnreadableError):
                    yield item, ""
                    continue
                text, fault = next(texts)
                yield (UnreadableError(item.origin, f"a fault of Podium: {fault}") if fault else item), text


@contextmanager
def _mapper(jobs: int) -> Iterator[_Map]:
    """`map`, or the same over processes."""
    if jobs == 1:
        yield map
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:  # fork beside the bar's thread could hang
        yield pool.map


def _extract(article: Article) -> tuple[str, str]:
    """The JSON, or what went wrong."""
    from graph.articles import prepare
    from graph.extraction import extract as facts_of
    from graph.guide import dumps

    try:
        return dumps(facts_of(prepare(article))), ""
    except Exception as error:  # noqa: BLE001  # one article that trips the rules must not cost the rest of a long run
        return "", f"{type(error).__name__}: {error}"


def _make_folder(out: Path) -> None:
    from graph.errors import OutputError

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{out}: the folder cannot be made ({error.strerror}); name another.") from error


def _write(path: Path, text: str) -> None:
    from graph.export import new_file

    with new_file(path) as out:
        out.write(text.encode())


def _report_data(report: Report, *, errors: bool, per_article: bool) -> dict[str, Any]:
    data = report.to_json()
    if per_article:
        data["articles"] = {item.article: item.total.to_json() for item in report.articles}
    if errors:
        data["errors"] = [
            {"article": error.article, "how": error.how, "kind": error.kind, "fact": dict(error.fact)}
            for error in report.errors
        ]
    return data


def _say_count(name: str, count: Count) -> None:
    rates = " ".join(f"{rate:6.3f}" for rate in (count.precision, count.recall, count.f1))
    say(f"{name:<12} {count.gold:6} {count.found:6} {count.right:6} {rates}")


def _disagreement(error: Disagreement) -> str:
    fact = {key: value for key, value in error.fact.items() if value not in (None, [], ()) and key != "evidence"}
    return f"{error.article}: {error.how} {error.kind}: {json.dumps(fact, ensure_ascii=False, default=str)}"
