"""`extract`: what articles assert, as JSON files, without a store."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from server.commands.output import complain, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from graph.errors import UnreadableError
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
    from graph.articles import FileNames, read
    from graph.errors import UnreadableError

    _make_folder(out)
    written, failed = 0, 0
    names = FileNames()
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
