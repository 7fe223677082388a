"""Articles into the store, one by one, each wholly or not at all."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from graph.articles import prepare
from graph.errors import PodiumError, StoreError, UnfitError, UnreadableError
from graph.extraction import VERSION, extract
from graph.identity.copies import runs_of
from graph.identity.minting import witness
from graph.ledger import claiming
from graph.model import Extraction
from graph.pipeline import records, tombstones
from graph.pipeline.settling import Incoming, Settler
from graph.rdf.evidence import check_quotes
from graph.screening import check_fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from graph.errors import ProposerError
    from graph.model import Article
    from graph.pipeline.records import Record
    from graph.pipeline.settling import Change
    from graph.pipeline.tombstones import Tombstone
    from graph.proposals import Proposer, Verdict
    from graph.store.embedded import Store

_TOGETHER = 100  # articles that are settled at once
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
    change: Change | None = None


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
            yield from desk.put_aside(Report(article.origin, "refused", error=article))
            continue
        try:
            yield from desk.admit(article, extraction)
        except StoreError:
            raise
        except PodiumError as error:
            outcome: Outcome = "skipped" if isinstance(error, UnfitError) else "refused"
            yield from desk.put_aside(Report(article.origin, outcome, article.id, error=error))
    yield from desk.settle()


class _Desk:
    """Where articles are let in, some at a time; reports come in the order of the articles."""

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
        self._ledger = store.ledger
        self._replace = replace
        self._screen = screen
        self._proposers = proposers
        self._now = now
        self._settler = Settler(store)
        self._waiting: dict[str, Incoming] = {}
        self._reports: list[Report] = []  # of the waiting, and of those that came between them

    def put_aside(self, report: Report) -> Iterator[Report]:
        """Gives a report that waits for nothing, at once if nobody waits."""
        if not self._waiting:
            yield report
        else:
            self._reports.append(report)

    def admit(self, article: Article, extraction: Extraction | None) -> Iterator[Report]:
        """Lets an article in, or finds that it is there; raises PodiumError where it is refused."""
        if article.id in self._waiting:
            yield from self.settle()
        held = records.find(self._ledger, article.id)
        if not self._replace:
            _check_identity(article, held, tombstones.of(self._ledger, article.id))
        if held and self._reads_the_same(held, article, extraction):
            yield from self.put_aside(self._report("unchanged", article))
            return
        verdicts: tuple[Verdict, ...] = ()
        failures: tuple[ProposerError, ...] = ()
        if extraction is None:
            extraction, verdicts, failures = self._extracted(article)
        check_quotes(article, _quotes(extraction))
        if held and records.same(held, article, extraction):
            report = self._report("unchanged", article)
            yield from self.put_aside(replace(report, verdicts=verdicts, failures=failures))
            return
        report = Report(
            article.origin, "replaced" if held else "added", article.id, verdicts=verdicts, failures=failures
        )
        if held:  # by itself, so that what changes is its doing
            yield from self.settle()
        self._waiting[article.id] = self._incoming(article, extraction)
        self._reports.append(report)
        if held or len(self._waiting) >= _TOGETHER:
            yield from self.settle()

    def settle(self) -> Iterator[Report]:
        """Settles all that wait, and gives the reports so far."""
        waiting, reports = self._waiting, self._reports
        self._waiting, self._reports = {}, []
        settled = self._settled(list(waiting.values())) if waiting else {}
        for report in reports:
            yield settled[report.article](report) if report.article in settled else report

    def _settled(self, waiting: list[Incoming]) -> dict[str | None, Callable[[Report], Report]]:
        """Article id -> what its report becomes by what settling it gave."""
        before = {one.article.id: claiming.facts_of(self._ledger, one.article.id) for one in waiting}
        try:
            change = self._settler.settle(waiting)
        except StoreError:
            raise
        except PodiumError as error:
            if len(waiting) > 1:  # one of them is to blame
                return {article: told for one in waiting for article, told in self._settled([one]).items()}
            refusal = error
            return {waiting[0].article.id: lambda report: replace(report, outcome="refused", error=refusal)}

        def told(report: Report) -> Report:
            had, has = before[report.article or ""], claiming.facts_of(self._ledger, report.article or "")
            return replace(
                report,
                statements=len(has),
                gained=len(has - had),
                lost=len(had - has),
                change=change if report.outcome == "replaced" else None,
            )

        return dict.fromkeys(before, told)

    def _report(self, outcome: Outcome, article: Article) -> Report:
        return Report(article.origin, outcome, article.id, len(claiming.facts_of(self._ledger, article.id)))

    def _reads_the_same(self, held: Record, article: Article, extraction: Extraction | None) -> bool:
        """Whether reading the article again would give what is held, or it was read and did."""
        if extraction is not None:
            return records.same(held, article, extraction)
        return (
            held.extraction.extractor == VERSION
            and held.extraction.proposers == tuple(proposer.name for proposer in self._proposers)
            and records.same(held, article, held.extraction)
        )

    def _incoming(self, article: Article, extraction: Extraction) -> Incoming:
        return Incoming(
            article,
            extraction,
            records.dumps(article, extraction),
            tombstones.instant(self._now()),
            runs_of(article.text),
            witness(extraction),
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


def _check_identity(article: Article, held: Record | None, tombstone: Tombstone | None) -> None:
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
