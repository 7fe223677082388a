"""`extract`: what articles assert, as JSON files, without a store."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from server.commands.output import complain, progress
from server.commands.proposing import Tally, choices, open_proposers, proposer_options
from server.commands.screening import unscreened_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.errors import PodiumError, ProposerError, UnreadableError
    from graph.model import Article, Document
    from graph.proposals import Choice, Verdict


class _Read(NamedTuple):
    """What was read from one article, as JSON.

    `verdicts` are what became of what optional extractors proposed, `failures` why some of them could not.
    """

    text: str
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
    from graph.errors import UnreadableError
    from graph.workers import each

    names = FileNames()
    with closing(each(partial(_extract, screen=screen, chosen=chosen), articles, jobs)) as pairs:
        for item, found in pairs:
            yield item.origin if isinstance(item, UnreadableError) else names.of(item), found


def _extract(article: Article, *, screen: bool, chosen: tuple[Choice, ...]) -> _Read:
    """The JSON of an article, screened or not; raises UnfitError where it is none of ours."""
    from graph.articles import prepare
    from graph.screening import check_fit

    document = prepare(article)
    if screen:
        check_fit(document)
    return _facts(document, chosen)


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
