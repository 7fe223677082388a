"""Articles into the store, one by one, each wholly or not at all."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

import pyoxigraph as ox
from rdflib import PROV, RDF, RDFS

from graph.articles import prepare
from graph.errors import PodiumError, StoreError, UnfitError, UnreadableError
from graph.extraction import VERSION, extract
from graph.identity.claims import Assertions, assertions
from graph.identity.minting import Names
from graph.model import Extraction
from graph.pipeline import records
from graph.pipeline.rebuilding import rebuild
from graph.pipeline.tombstones import instant, tombstone_of
from graph.rdf.evidence import check_quotes, extractor_node, run_node
from graph.rdf.terms import graph_name, node
from graph.screening import check_fit
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from graph.errors import ProposerError
    from graph.model import Article
    from graph.pipeline.records import Record
    from graph.proposals import Proposer, Verdict
    from graph.store.embedded import Store

_LOG = logging.getLogger(__name__)

_Enriched: TypeAlias = "tuple[Extraction, tuple[Verdict, ...], tuple[ProposerError, ...]]"
Outcome = Literal["added", "unchanged", "replaced", "skipped", "refused"]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one input.

    `article` is its id where it got one; `statements` counts the triples it claims, `gained` and `lost` those it newly
    and no longer claims; `error` says why it was refused, or skipped: it is not in English or not about athletics.
    `verdicts` are what became of what optional extractors proposed, `failures` why some of them could not.
    """

    origin: str
    outcome: Outcome
    article: str | None = None
    statements: int = 0
    gained: int = 0
    lost: int = 0
    error: PodiumError | None = None
    verdicts: tuple[Verdict, ...] = ()
    failures: tuple[ProposerError, ...] = ()


def ingest(
    store: Store,
    articles: Iterable[Article | UnreadableError],
    *,
    replace: bool = False,
    screen: bool = True,
    proposers: Sequence[Proposer] = (),
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Report]:
    """Reads articles and stores what they say; gives one report for each input as soon as it is dealt with.

    Facts are worked out after the last report, so exhaust the iterator. An article that is held already and reads the
    same changes nothing. One whose id another article from elsewhere has, or that was withdrawn, is refused unless
    `replace`. With `screen` those that are not in English or not about athletics are skipped. The `proposers` are asked
    for facts beside those of the rules. Errors of an input are reported and the others go on; failures of the store are
    raised.
    """
    desk = _Desk(store, replace=replace, screen=screen, proposers=proposers, now=now)
    return _ingest(desk, ((item, None) for item in articles))


def ingest_extractions(
    store: Store,
    pairs: Iterable[tuple[Article, Extraction]],
    *,
    replace: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Report]:
    """As `ingest`, with what the articles say already read from them."""
    return _ingest(_Desk(store, replace=replace, screen=False, proposers=(), now=now), pairs)


def _ingest(desk: _Desk, items: Iterable[tuple[Article | UnreadableError, Extraction | None]]) -> Iterator[Report]:
    for article, extraction in items:
        if isinstance(article, UnreadableError):
            yield Report(article.origin, "refused", error=article)
            continue
        try:
            report = desk.admit(article, extraction)
        except StoreError:
            raise
        except PodiumError as error:
            outcome: Outcome = "skipped" if isinstance(error, UnfitError) else "refused"
            report = Report(article.origin, outcome, article.id, error=error)
        yield report
    desk.close()


class _Desk:
    """Where articles are let in."""

    def __init__(
        self,
        store: Store,
        *,
        replace: bool,
        screen: bool,
        proposers: Sequence[Proposer],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._replace = replace
        self._screen = screen
        self._proposers = proposers
        self._now = now
        self._names = records.names(store.files) or Names()
        self._changed: set[str] = set()
        self._runs: set[ox.Quad] = set()

    def close(self) -> None:
        """Works out the facts."""
        if self._changed:
            self._store.write(self._runs)
            rebuild(self._store, self._changed)

    def admit(self, article: Article, extraction: Extraction | None) -> Report:
        files = self._store.files
        held = records.find(files, article.id)
        tombstone = tombstone_of(self._store, article.id)
        if not self._replace:
            _check_identity(article, held, tombstone)
        if (
            held
            and extraction is None
            and held.extraction.extractor == VERSION
            and held.extraction.proposers == tuple(proposer.name for proposer in self._proposers)
            and records.same(held, article, held.extraction)
        ):
            return Report(
                article.origin, "unchanged", article.id, len(self._claimed(held.article, held.extraction).claims)
            )
        verdicts: tuple[Verdict, ...] = ()
        failures: tuple[ProposerError, ...] = ()
        if extraction is None:
            extraction, verdicts, failures = self._extracted(article)
        check_quotes(article, _quotes(extraction))
        claimed = self._claimed(article, extraction)
        if held and records.same(held, article, extraction):
            count = len(claimed.claims)
            return Report(article.origin, "unchanged", article.id, count, verdicts=verdicts, failures=failures)
        self._keep(article, extraction, tombstone)
        said = {claim.fact for claim in claimed.claims}
        before = {claim.fact for claim in self._claimed(held.article, held.extraction).claims} if held else set()
        return Report(
            article.origin,
            "replaced" if held else "added",
            article.id,
            len(said),
            len(said - before),
            len(before - said),
            verdicts=verdicts,
            failures=failures,
        )

    def _extracted(self, article: Article) -> _Enriched:
        """What the article says; a fault of the extractor is one article's loss and not that of all behind it."""
        try:
            document = prepare(article)
            if self._screen:
                check_fit(document)
            if not self._proposers:
                return extract(document), (), ()
            from graph.pipeline.proposing import read_with  # what it imports, who asks nobody is spared

            found = read_with(document, self._proposers)
        except PodiumError:
            raise
        except Exception as error:  # no text may end a run over thousands of articles
            _LOG.exception("the extractor failed on article %s", article.id)
            raise UnreadableError(
                article.origin, f"the extractor failed on it ({error!r}); please report this"
            ) from error
        return found.extraction, found.verdicts, found.failures

    def _claimed(self, article: Article, extraction: Extraction) -> Assertions:
        return assertions(extraction, article, self._names)

    def _keep(self, article: Article, extraction: Extraction, tombstone: list[ox.Quad]) -> None:
        """The record is what lets an article in: from then on the mark `stale` sees to it that its graph is written."""
        if not self._changed:
            self._store.files.stale = True
        self._store.write(remove=tombstone)
        records.keep(self._store.files, article, extraction)
        self._changed.add(article.id)
        self._runs |= self._run_quads(article, extraction)

    def _run_quads(self, article: Article, extraction: Extraction) -> set[ox.Quad]:
        """When each run ended, and its extractor: in graph:meta, as two runs never share a time.

        Optional extractors have their names as labels: that of a model cannot be told from an IRI.
        """
        base = self._store.base
        meta = graph_name("meta", base)
        ended = instant(self._now())
        quads = set()
        for name in (extraction.extractor, *extraction.proposers):
            run, extractor = run_node(article, name, base), extractor_node(name, base)
            quads.add(ox.Quad(run, node(str(PROV.endedAtTime)), ended, meta))
            quads.add(ox.Quad(extractor, node(str(RDF.type)), node(str(ATH.Extractor)), meta))
            if name in extraction.proposers:
                quads.add(ox.Quad(extractor, node(str(RDFS.label)), ox.Literal(name), meta))
        return quads


def _check_identity(article: Article, held: Record | None, tombstone: list[ox.Quad]) -> None:
    if tombstone:
        raise UnreadableError(
            article.origin, f"article {article.id} was withdrawn; ingest it with --replace to take it back"
        )
    if held and held.article.origin != article.origin and held.article.sha256 != article.sha256:
        raise UnreadableError(
            article.origin,
            f"another article, from {held.article.origin}, has the id {article.id}; "
            "give this one an id or a url in its sidecar, or replace the other with --replace",
        )


def _quotes(extraction: Extraction) -> Iterator[tuple[str, int, int]]:
    """Every piece of the text that the extraction says it quotes."""
    for kind in Extraction.__dataclass_fields__:
        rows = getattr(extraction, kind)
        for row in rows if isinstance(rows, tuple) else ():
            for evidence in getattr(row, "evidence", ()):
                yield evidence.quote, evidence.start, evidence.end
            for mention in getattr(row, "mentions", ()):
                yield mention.written, mention.start, mention.end
