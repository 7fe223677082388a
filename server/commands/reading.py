"""`extract`: what articles assert, as JSON files, without a store."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from server.commands.output import complain, progress
from server.commands.proposing import Tally, choices, open_proposers, proposer_options
from server.commands.screening import unscreened_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from graph.errors import PodiumError, ProposerError, UnreadableError
    from graph.model import Article, Document
    from graph.proposals import Choice, Verdict

    _Work = tuple[Article, bool, tuple[Choice, ...]]
    _Map = Callable[[Callable[[_Work], "_Read"], list[_Work]], Iterable["_Read"]]

_QUEUE = 16  # articles waiting per process: enough to keep it busy, few enough to hold in memory


class _Read(NamedTuple):
    """What became of one article: its JSON, why it was skipped, or what went wrong.

    `verdicts` are what became of what optional extractors proposed, `failures` why some of them could not.
    """

    text: str = ""
    unfit: str = ""
    fault: str = ""
    verdicts: tuple[Verdict, ...] = ()
    failures: tuple[ProposerError, ...] = ()


@click.command()
@click.argument("locations", metavar="PATH|URL|-...", nargs=-1, required=True)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="DIR", help="Made if missing."
)
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes side by side.")
@unscreened_option
@proposer_options
@click.pass_context
def extract(
    context: click.Context,
    locations: tuple[str, ...],
    out: Path,
    jobs: int,
    unscreened: bool,
    extractors: tuple[str, ...],
    verbose: bool,
) -> None:
    """Write what articles assert as JSON files.

    One per article under the input's name: report.txt gives DIR/report.json; the entries of feed.xml give feed-1.json,
    feed-2.json ... Every fact has its evidence: quote, start, end, rule, confidence. The files are the same
    whatever --jobs is. An article that is not in English or not about athletics is skipped.

    \b
    Examples:
      podium extract report.txt --out found
      podium extract articles/ --out found --jobs 2
      podium extract articles/ --out found --with spacy:en_core_web_sm
    """
    from graph.articles import read
    from graph.errors import UnfitError

    chosen = choices(extractors)
    _make_folder(out)
    written, skipped, failed = 0, 0, 0
    tally = Tally(verbose=verbose)
    with progress("Extracting") as advance:
        for name, found in _extracted(read(locations), jobs, screen=not unscreened, chosen=chosen):
            if isinstance(found, _Read):
                _write(out / f"{name}.json", found.text)
                tally.add(name, found.verdicts, found.failures)
                written += 1
                advance(name)
            else:
                complain(str(found))
                skipped += isinstance(found, UnfitError)
                failed += not isinstance(found, UnfitError)
    tally.close()
    click.echo(f"{written} written to {out}, {skipped} skipped, {failed} not readable", err=True)
    if failed or tally.failures or not written + skipped:
        context.exit(1)


def _extracted(
    articles: Iterable[Article | UnreadableError], jobs: int, *, screen: bool, chosen: tuple[Choice, ...]
) -> Iterator[tuple[str, _Read | PodiumError]]:
    """Each article's file name and what was read, in the order of reading; an error where there is nothing."""
    from graph.articles import FileNames
    from graph.errors import UnfitError, UnreadableError

    names = FileNames()
    with _mapper(jobs) as mapped:
        waiting = iter(articles)
        while batch := list(islice(waiting, jobs * _QUEUE)):
            work = [(item, screen, chosen) for item in batch if not isinstance(item, UnreadableError)]
            done = iter(mapped(_extract, work))
            for item in batch:
                if isinstance(item, UnreadableError):
                    yield item.origin, item
                    continue
                found, name = next(done), names.of(item)
                if found.unfit:
                    yield name, UnfitError(item.origin, found.unfit)
                elif found.fault:
                    yield name, UnreadableError(item.origin, f"a fault of Podium: {found.fault}")
                else:
                    yield name, found


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


def _extract(work: _Work) -> _Read:
    """The JSON of an article, screened or not, or why there is none."""
    from graph.articles import prepare
    from graph.errors import UnfitError
    from graph.screening import check_fit

    article, screen, chosen = work
    try:
        document = prepare(article)
        if screen:
            check_fit(document)
        return _facts(document, chosen)
    except UnfitError as error:
        return _Read(unfit=error.reason)
    except Exception as error:  # noqa: BLE001  # one article that trips the rules must not cost the rest of a long run
        return _Read(fault=f"{type(error).__name__}: {error}")


def _facts(document: Document, chosen: tuple[Choice, ...]) -> _Read:
    """The facts of a document by the rules, and by the extractors chosen."""
    from graph.guide import dumps

    if not chosen:
        from graph.extraction import extract as facts_of

        return _Read(dumps(facts_of(document)))
    from graph.pipeline.proposing import read_with

    found = read_with(document, open_proposers(chosen))
    return _Read(dumps(found.extraction), verdicts=found.verdicts, failures=found.failures)


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
