"""Articles into the store, one by one, each wholly or not at all."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias

from graph.errors import PodiumError, ShapeError, StoreError, TakenError, UnfitError, UnreadableError
from graph.extraction import VERSION
from graph.ledger import claiming
from graph.pipeline import records, shipped, tombstones
from graph.pipeline.correcting import correction
from graph.pipeline.extracting import Extracted, extracted, worked_out
from graph.pipeline.settling import Incoming, Settler

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from graph.errors import ProposerError
    from graph.model import Article, Extraction
    from graph.pipeline.correcting import Correction, Numbered
    from graph.pipeline.records import Record
    from graph.pipeline.settling import Change
    from graph.proposals import Proposer, Verdict
    from graph.store.embedded import Store

_TOGETHER = 400  # articles that are settled at once
_MANY = 5_000  # articles in a store from which on these are twice as many
Outcome = Literal["added", "unchanged", "replaced", "skipped", "refused"]
_Found: TypeAlias = "Extracted | Report | PodiumError"
_Told: TypeAlias = "dict[str, Callable[[Report], Report]]"  # article id -> what its report becomes once it is settled


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one input.

    `article` is its id where it got one; `statements` counts the triples it claims, `gained` and `lost` those it newly
    and no longer claims, `warnings` what is doubtful in what it speaks of; `error` says why it was refused, or skipped:
    it is not in English or not about athletics.
    `verdicts` are what became of what optional extractors proposed, `failures` why some of them could not. `correction`
    is what it changed that an article was replaced.
    """

    origin: str
    outcome: Outcome
    article: str | None = None
    statements: int = 0
    gained: int = 0
    lost: int = 0
    warnings: int = 0
    error: PodiumError | None = None
    verdicts: tuple[Verdict, ...] = ()
    failures: tuple[ProposerError, ...] = ()
    correction: Correction | None = None


def ingest(
    store: Store,
    articles: Iterable[Article | UnreadableError],
    *,
    replace: bool = False,
    screen: bool = True,
    proposers: Sequence[Proposer] = (),
    jobs: int = 1,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Report]:
    """Reads articles and stores what they say; gives one report for each input as soon as it is dealt with.

    Some articles are settled together, so exhaust the iterator. An article that is held already and reads the same
    changes nothing. One whose id another article from elsewhere has, or that was withdrawn, is refused unless
    `replace`. With `screen` those that are not in English or not about athletics are skipped. The `proposers` are asked
    for facts beside those of the rules. Many articles are read by `jobs` processes, and the store is the same. Errors
    of an input are reported and the others go on; failures of the store are raised.
    """
    desk = _Desk(store, replace=replace, proposers=proposers, now=now)

    def read(
        items: Iterable[Article | UnreadableError],
    ) -> Generator[tuple[Article | UnreadableError, _Found], None, None]:
        return extracted(items, jobs, desk.known, base=store.base, screen=screen, proposers=proposers)

    with closing(read(articles)) as pairs:
        for article, found in pairs:
            if isinstance(article, UnreadableError):
                yield from desk.put_aside(Report(article.origin, "refused", error=article))
            elif article.id in desk.put and not isinstance(found, Extracted):  # that was before it was put
                yield from desk.settle()
                yield from desk.admit(article, next(read([article]))[1])
            else:
                yield from desk.admit(article, found)
    yield from desk.settle()


def ingest_extractions(
    store: Store,
    pairs: Iterable[tuple[Article, Extraction]],
    *,
    replace: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Report]:
    """As `ingest`, with what the articles say already read from them."""
    found = ((article, _worked_out(article, extraction, store.base)) for article, extraction in pairs)
    return ingest_extracted(store, found, replace=replace, now=now)


def ingest_extracted(
    store: Store,
    pairs: Iterable[tuple[Article | UnreadableError, Extracted | PodiumError]],
    *,
    replace: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Report]:
    """As `ingest`, with all that follows from each article already worked out, perhaps elsewhere."""
    desk = _Desk(store, replace=replace, proposers=(), now=now)
    for article, found in pairs:
        if isinstance(article, UnreadableError):
            yield from desk.put_aside(Report(article.origin, "refused", error=article))
        else:
            yield from desk.admit(article, found)
    yield from desk.settle()


def _worked_out(article: Article, extraction: Extraction, base: str) -> Extracted | PodiumError:
    try:
        return worked_out(article, extraction, base)
    except PodiumError as error:
        return error


class _Desk:
    """Where articles are let in, some at a time; reports come in the order of the articles. `put` has their ids."""

    def __init__(
        self, store: Store, *, replace: bool, proposers: Sequence[Proposer], now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._ledger = store.ledger
        self._replace = replace
        self._proposers = tuple(proposer.name for proposer in proposers)
        self._now = now
        self._settler = Settler(store)
        self._waiting: dict[str, Incoming] = {}
        # Those that replace one, which may be among the waiting: settled after these, and by themselves, so that what
        # changes is their doing.
        self._changed: dict[str, Incoming] = {}
        self._reports: list[Report] = []  # of the waiting, and of those that came between them
        self.put: set[str] = set()

    def known(self, article: Article) -> Report | PodiumError | None:
        """What becomes of an article that need not be read."""
        held = records.find(self._ledger, article.id)
        same = (
            held is not None
            and held.extraction.extractor == VERSION
            and held.extraction.proposers == self._proposers
            and records.same(held, article, held.extraction)
        )
        return self._refusal(article, held) or (self._unchanged(article) if same else None)

    def put_aside(self, report: Report) -> Iterator[Report]:
        """Gives a report that waits for nothing, at once if nobody waits."""
        if not self._waiting and not self._changed:
            yield report
        else:
            self._reports.append(report)

    def admit(self, article: Article, found: _Found) -> Iterator[Report]:
        """Lets an article in, or finds that it is there or cannot be let in."""
        if article.id in self._changed or (article.id in self._waiting and not self._follows(article, found)):
            yield from self.settle()
        if isinstance(found, Report):
            yield from self.put_aside(found)
            return
        held = self._held(article.id)
        if isinstance(found, Extracted):
            found = self._refusal(article, held) or found
        if isinstance(found, PodiumError):
            outcome: Outcome = "skipped" if isinstance(found, UnfitError) else "refused"
            yield from self.put_aside(Report(article.origin, outcome, article.id, error=found))
            return
        if held and records.same(held, article, found.extraction):
            report = self._unchanged(article)
            yield from self.put_aside(replace(report, verdicts=found.verdicts, failures=found.failures))
            return
        ended = tombstones.instant(self._now())
        waiting = self._changed if held else self._waiting
        waiting[article.id] = Incoming(
            article, found.extraction, found.content, ended, found.runs, found.witness, found.graph
        )
        self.put.add(article.id)
        outcome = "replaced" if held else "added"
        self._reports.append(
            Report(article.origin, outcome, article.id, verdicts=found.verdicts, failures=found.failures)
        )
        if len(self._waiting) + len(self._changed) >= self._together():
            yield from self.settle()

    def settle(self) -> Iterator[Report]:
        """Settles all that wait, and gives the reports so far."""
        waiting, changed, reports = self._waiting, self._changed, self._reports
        self._waiting, self._changed, self._reports = {}, {}, []
        told = {"added": self._settled(list(waiting.values())) if waiting else {}, "replaced": {}}
        for one in changed.values():
            told["replaced"] |= self._settled([one])
        for report in reports:
            became = told.get(report.outcome, {}).get(report.article or "")
            yield became(report) if became else report

    def _together(self) -> int:
        """How many articles are settled at once: Oxigraph merges what each batch brings with all that is there."""
        (last,) = self._ledger.execute("SELECT MAX(n) FROM articles").fetchone()
        return _TOGETHER if (last or 0) < _MANY else 2 * _TOGETHER

    def _held(self, article: str) -> Record | None:
        """What is there of an article, or waits to be."""
        first = self._waiting.get(article)
        if first is None:
            return records.find(self._ledger, article)
        return records.unsettled(first.article, first.extraction, first.ended)

    def _follows(self, article: Article, found: _Found) -> bool:
        """Whether an article can wait to take the place of one that waits, whatever becomes of that one."""
        first = self._held(article.id)
        if first is None or not isinstance(found, Extracted) or self._refusal(article, first):
            return False
        return not records.same(first, article, found.extraction)

    def _settled(self, waiting: list[Incoming]) -> _Told:
        shipped.ensure(self._store)
        before = {one.article.id: claiming.facts_of(self._ledger, one.article.id) for one in waiting}
        held = {article for article in before if records.find(self._ledger, article) is not None}
        try:
            change = self._settler.settle(waiting, sound=True)
        except StoreError:
            raise
        except PodiumError as error:
            return self._sorted_out(waiting, error)
        return {article: self._told(article, had, change, held=article in held) for article, had in before.items()}

    def _told(self, article: str, had: set[Numbered], change: Change, *, held: bool) -> Callable[[Report], Report]:
        has = claiming.facts_of(self._ledger, article)
        return partial(
            replace,
            outcome="replaced" if held else "added",
            statements=len(has),
            gained=len(has - had),
            lost=len(had - has),
            warnings=len(change.warnings.get(article, ())),
            correction=correction(self._store, change, had, has) if held else None,
        )

    def _sorted_out(self, waiting: list[Incoming], error: PodiumError) -> _Told:
        """As `_settled`, without those of the articles that are to blame for an error."""
        if len(waiting) == 1:
            return {waiting[0].article.id: partial(replace, outcome="refused", error=error)}
        guilty = error.articles if isinstance(error, ShapeError) else frozenset()
        innocent = [one for one in waiting if one.article.id not in guilty]
        if not guilty or not innocent:  # one of them is to blame
            return {article: told for one in waiting for article, told in self._settled([one]).items()}
        told = self._settled(innocent)
        if isinstance(error, ShapeError):
            told.update((article, partial(replace, outcome="refused", error=error.of(article))) for article in guilty)
        return told

    def _unchanged(self, article: Article) -> Report:
        return Report(article.origin, "unchanged", article.id, len(claiming.facts_of(self._ledger, article.id)))

    def _refusal(self, article: Article, held: Record | None) -> TakenError | None:
        if self._replace:
            return None
        if tombstones.of(self._ledger, article.id):
            return TakenError(
                article.origin,
                f"article {article.id} was withdrawn; ingest it with --replace (?replace=true) to take it back",
            )
        if held and held.article.origin != article.origin and held.article.sha256 != article.sha256:
            return TakenError(
                article.origin,
                f"another article, from {held.article.origin}, has the id {article.id}; give this one an id or a url "
                "in its sidecar, or replace the other with --replace (?replace=true)",
            )
        return None
