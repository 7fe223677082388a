"""What each article says, and all else that can be worked out from it alone, by processes side by side."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from graph.articles import prepare
from graph.extraction import extract
from graph.identity.claims import assertions
from graph.identity.copies import runs_of
from graph.identity.minting import Names, witness
from graph.model import Extraction
from graph.pipeline import records
from graph.pipeline.articlegraphs import graph_of, triples_of
from graph.pipeline.validating import shapes
from graph.rdf.evidence import check_quotes
from graph.rdf.terms import n_quads
from graph.screening import check_fit
from graph.workers import each

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from graph.errors import PodiumError, ProposerError, UnreadableError
    from graph.identity.minting import Witness
    from graph.model import Article
    from graph.proposals import Proposer, Verdict

    Known = TypeVar("Known")

_FEW: Final = 64  # articles that take as long to read as processes take to start


@dataclass(frozen=True, slots=True)
class Extracted:
    """What an article says, as facts and as its record (`records.dumps`); the runs of its words and the people in it.

    `graph` is its named graph as N-Quads, if all its names lead to themselves and no shape is broken; else None.
    `verdicts` are what became of what optional extractors proposed, `failures` why some of them could not.
    """

    extraction: Extraction
    content: str
    runs: array[int]
    witness: Witness
    graph: bytes | None
    verdicts: tuple[Verdict, ...] = ()
    failures: tuple[ProposerError, ...] = ()


def extracted(
    articles: Iterable[Article | UnreadableError],
    jobs: int,
    known: Callable[[Article], Known | None],
    *,
    base: str,
    screen: bool = True,
    proposers: Sequence[Proposer] = (),
) -> Generator[tuple[Article | UnreadableError, Extracted | Known | PodiumError], None, None]:
    """Each article with what it says, or what is `known` of it beforehand; an error where nothing can be read.

    `base` is the data namespace.
    With `screen` that is also where it is not in English or not about athletics. Processes are started only where there
    are several `jobs` and more than some dozens of articles to read, and never with `proposers`, which may hold a
    connection or a model. Close the iterator to end them.
    """
    work: Callable[[Article], Extracted | Known] = partial(_extracted, base=base, screen=screen, proposers=proposers)
    with closing(each(work, articles, 1 if proposers else jobs, few=_FEW, known=known)) as found:
        yield from found


def worked_out(article: Article, extraction: Extraction, base: str) -> Extracted:
    """All that follows from what an article says; raises EvidenceError for what does not stand in its text."""
    check_quotes(article, _quotes(extraction))
    said = assertions(extraction, article, Names())
    triples = triples_of(article, extraction, said, base)
    graph = None if shapes(base).problems(triples) else n_quads(triples, graph_of(article, base))
    return Extracted(extraction, records.dumps(article, extraction), runs_of(article.text), witness(extraction), graph)


def _extracted(article: Article, *, base: str, screen: bool, proposers: Sequence[Proposer]) -> Extracted:
    document = prepare(article)
    if screen:
        check_fit(document)
    if not proposers:
        return worked_out(article, extract(document), base)
    from graph.pipeline.proposing import read_with  # what it imports, who asks nobody is spared

    found = read_with(document, proposers)
    return replace(worked_out(article, found.extraction, base), verdicts=found.verdicts, failures=found.failures)


def _quotes(extraction: Extraction) -> Iterator[tuple[str, int, int]]:
    """Every piece of the text that the extraction says it quotes."""
    for kind in Extraction.__dataclass_fields__:
        rows = getattr(extraction, kind)
        for row in rows if isinstance(rows, tuple) else ():
            for evidence in getattr(row, "evidence", ()):
                yield evidence.quote, evidence.start, evidence.end
            for mention in getattr(row, "mentions", ()):
                yield mention.written, mention.start, mention.end
