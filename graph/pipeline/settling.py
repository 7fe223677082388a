"""A batch of articles into the ledger and the quads: wholly or not at all.

    records -> copies -> names -> claims -> races -> what is touched -> quads

The ledger's transaction decides. What is touched is noted in the store's `pending` before quads are written, and the
note goes when both are safely on disk; one that is found when a store is opened tells what to project again.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.errors import ShapeError
from graph.facts import Entity
from graph.identity.claims import assertions
from graph.ledger import claiming, copying, naming
from graph.ledger.database import transaction
from graph.ledger.news import News
from graph.ledger.racing import Races
from graph.ledger.terms import Terms
from graph.ledger.touched import Touched
from graph.pipeline import records, tombstones
from graph.pipeline.articlegraphs import (
    Reading,
    article_graph,
    project_article,
    project_choice,
    project_copy,
    project_extractor,
)
from graph.pipeline.chronicle import is_compared, record
from graph.pipeline.indexing import index
from graph.pipeline.inferring import Bench
from graph.pipeline.projecting import Delta, Projection
from graph.pipeline.validating import Arrivals
from graph.rdf.terms import graph_name

if TYPE_CHECKING:
    import sqlite3
    from array import array
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from graph.identity.minting import Names, Witness
    from graph.model import Article, Extraction
    from graph.pipeline.chronicle import Deed
    from graph.pipeline.records import Record
    from graph.pipeline.tombstones import Tombstone
    from graph.problems import Problem
    from graph.store.embedded import Store


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article to be kept, with all that is worked out from it alone.

    `content` is its record (`records.dumps`), `ended` when it was read (xsd:dateTime), `runs` those of its words;
    `graph` its named graph as N-Quads if its names lead to themselves, where that is known.
    """

    article: Article
    extraction: Extraction
    content: str
    ended: str
    runs: array[int]
    witness: Witness
    graph: bytes | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Facts that came and went, as quads of graph:facts; `forgotten` is what the registry does not hold any more.

    `warnings`: article -> what is doubtful of what it speaks of, if asked. `compared` are the quads of graph:inferred
    and of the registry that tell of conflicts and of names that lead elsewhere: those that came, and those that went.
    """

    gained: frozenset[ox.Quad] = frozenset()
    lost: frozenset[ox.Quad] = frozenset()
    forgotten: frozenset[ox.Quad] = frozenset()
    warnings: Mapping[str, Sequence[Problem]] = field(default_factory=dict)
    compared: tuple[frozenset[ox.Quad], frozenset[ox.Quad]] = (frozenset(), frozenset())


class _TriedError(Exception):
    """What a batch would change, once that is known and before anything is written."""

    def __init__(self, change: Change) -> None:
        self.change = change
        super().__init__()


class Settler:
    """Settles batches in one store; with `recorded` its history tells of them."""

    def __init__(self, store: Store, *, recorded: bool = True) -> None:
        self._store = store
        self._recorded = recorded
        self._ledger = store.ledger
        self._terms = Terms(store.ledger)
        self._bench = Bench(store.base)

    def settle(
        self,
        put: Iterable[Incoming] = (),
        withdraw: Mapping[str, Tombstone] | None = None,
        ruling: Callable[[Touched, Terms], Iterable[int]] | None = None,
        *,
        sound: bool = False,
        deed: Deed | None = None,
        tried: bool = False,
    ) -> Change:
        """Puts articles and withdraws others (by id), brings all that hangs on them in line, and writes it.

        `ruling` is called in the transaction: it may write to the ledger, adds what hangs on that to what is touched,
        and returns the articles whose names are to be settled anew. With `sound` what comes is held against the shapes;
        raises ShapeError where it breaks one, and nothing has changed then. `deed` is what somebody decided, for the
        history. With `tried` nothing changes either: what is given back is what would.
        """
        if self._store.files.torn:
            self.recover()
        noted = self._store.files.noted
        try:
            with _uncollected(), transaction(self._ledger):
                batch = _Batch(self._store, self._terms)
                for incoming in put:
                    batch.put(incoming)
                for article, tombstone in (withdraw or {}).items():
                    batch.withdraw(article, tombstone)
                if ruling is not None:
                    batch.changed.update(ruling(batch.touched, self._terms))
                arrivals = Arrivals(self._store) if sound else None
                change = self._write(
                    batch.settle(), batch.read, fresh=batch.fresh, arrivals=arrivals, put=batch.articles, tried=tried
                )
                if self._recorded:
                    record(self._store, change, batch.ended, batch.fresh, withdraw or {}, deed)
        except _TriedError as would:
            self._terms.forget(rolled_back=True)
            return would.change
        except BaseException:
            self._terms.forget(rolled_back=True)
            self._store.files.torn = self._store.files.noted > noted
            raise
        self._terms.forget()
        self._store.settled()
        return change

    def recover(self) -> None:
        """Projects again what the store has noted, as a process ended while it was written or the write broke off."""
        touched = Touched()
        with transaction(self._ledger):
            for line in self._store.files.pending():
                touched.add(line, self._terms)
            self._write(touched, {}, thorough=True)
        self._terms.forget()
        self._store.files.torn = False
        self._store.settled(now=True)

    def _write(
        self,
        touched: Touched,
        read: dict[str, Reading],
        *,
        fresh: Collection[str] = (),
        thorough: bool = False,
        arrivals: Arrivals | None = None,
        put: Mapping[int, str] | None = None,
        tried: bool = False,
    ) -> Change:
        projection = Projection(self._store, self._terms, thorough=thorough)
        touched.keys = projection.project(touched.keys, self._bench)
        projection.restate(touched.restated)
        deltas = [projection.delta]
        if arrivals is not None:
            arrivals.take(projection.delta)
        readings: dict[str, Reading | None] = {}
        for article in touched.articles:
            found, new = read.get(article) or self._read(article), article in fresh and not thorough
            readings[article] = found
            deltas.append(Delta())
            project_article(self._store, article, found, deltas[-1], fresh=new)
            if arrivals is not None and found is not None and (found.before or found.graph):
                arrivals.trust(article)
            elif arrivals is not None:
                arrivals.take(deltas[-1], fresh=new)
        for article in touched.copies - touched.articles:
            deltas.append(Delta())
            project_copy(self._store, article, deltas[-1])
        warnings = {} if arrivals is None else self._doubts(arrivals, put or {})
        deltas.append(Delta())
        for name in touched.extractors:
            project_extractor(self._store, name, deltas[-1])
        for subject, predicate in touched.choices:
            project_choice(self._store, subject, predicate, deltas[-1])
        change = self._change(projection.delta, warnings)
        if tried:
            raise _TriedError(change)
        new_ones = () if thorough else fresh
        index(self._store, self._terms, projection.delta, readings, touched.weights, new_ones)
        if any(delta.add or delta.remove or delta.graphs or delta.drop for delta in deltas):
            self._store.files.note_pending(touched.dumps(self._terms))
            self._store.write(
                chain.from_iterable(delta.add for delta in deltas),
                chain.from_iterable(delta.remove for delta in deltas),
                chain.from_iterable(delta.drop for delta in deltas),
                graphs=chain.from_iterable(delta.graphs for delta in deltas),
                own=True,
            )
        return change

    def _change(self, delta: Delta, warnings: Mapping[str, Sequence[Problem]]) -> Change:
        facts, registry = (graph_name(name, self._store.base) for name in ("facts", "registry"))
        return Change(
            frozenset(quad for quad in delta.add if quad.graph_name == facts),
            frozenset(quad for quad in delta.remove if quad.graph_name == facts),
            frozenset(quad for quad in delta.remove if quad.graph_name == registry),
            warnings,
            (frozenset(filter(is_compared, delta.add)), frozenset(filter(is_compared, delta.remove))),
        )

    def _doubts(self, arrivals: Arrivals, put: Mapping[int, str]) -> Mapping[str, Sequence[Problem]]:
        """The warnings of each article; raises ShapeError for violations."""
        problems = arrivals.problems()
        if not problems:
            return {}
        violations = [problem for problem in problems if problem.severity == "violation"]
        if violations:
            raise ShapeError(arrivals.by_article(violations, put, self._terms))
        return arrivals.by_article(problems, put, self._terms)

    def _read(self, article: str) -> Reading | None:
        record = records.find(self._ledger, article)
        return None if record is None else _reading(self._ledger, record)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for cycles: while a batch is made it looks at all there is again and again.

    That took a quarter of the time. What a batch leaves is found when it is done.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _reading(ledger: sqlite3.Connection, record: Record, before: Names | None = None) -> Reading:
    """What an article says, and said under the names of before."""
    article = records.with_text(record, ledger)
    said = assertions(record.extraction, article, naming.names_of(ledger, record.n))
    once = None if before is None else assertions(record.extraction, article, before)
    return Reading(article, record.extraction, record.ended, said, before=once)


class _Batch:
    """The ledger's side of one batch."""

    def __init__(self, store: Store, terms: Terms) -> None:
        self._base = store.base
        self._ledger = store.ledger
        self._terms = terms
        self._news = News(store.ledger, terms, self._article)
        self._races = Races(store.ledger, terms, self._news.note)
        self.touched = Touched()
        self._put: dict[int, str] = {}  # and dropped
        self._incoming: dict[int, Incoming] = {}
        self.fresh: set[str] = set()
        self.changed: set[int] = set()
        self.read: dict[str, Reading] = {}

    @property
    def ended(self) -> Mapping[str, str]:
        """When the articles that were put in were read: id -> xsd:dateTime."""
        return {incoming.article.id: incoming.ended for incoming in self._incoming.values()}

    @property
    def articles(self) -> Mapping[int, str]:
        """The articles that were put in: number -> id."""
        return {n: self._put[n] for n in self._incoming}

    def put(self, incoming: Incoming) -> None:
        """Takes an article in, in the place of the one that has its id."""
        article = incoming.article.id
        held = self._number(article)
        if held is None:
            self.fresh.add(article)
        else:
            self._note_extractors(held)
        n = records.keep(
            self._ledger,
            incoming.article,
            incoming.content,
            incoming.ended,
            incoming.extraction.extractor,
            incoming.extraction.proposers,
        )
        tombstones.lift(self._ledger, article)
        self._put[n] = article
        self._incoming[n] = incoming
        copying.put(self._ledger, n, incoming.runs)
        naming.put(self._ledger, n, incoming.witness)

    def withdraw(self, article: str, tombstone: Tombstone) -> None:
        """Takes an article out and remembers it."""
        tombstones.put(self._ledger, article, tombstone)
        self.touched.articles.add(article)
        n = self._number(article)
        if n is None:
            return
        self._note_extractors(n)
        self._put[n] = article
        copying.put(self._ledger, n, None)
        naming.put(self._ledger, n, None)
        records.drop(self._ledger, n)

    def settle(self) -> Touched:
        """Brings copies, names, claims and races in line; gives what the quads of are to be made anew."""
        copied = copying.settle(self._ledger, self._put)
        named = naming.settle(self._ledger, {*self._put, *copied, *self.changed})
        self.touched.keys.update(self._terms.number(Entity(kind, slug)) for kind, slug in naming.renamed(self._ledger))
        claimed = {*self._put, *self.touched.reread, *(n for n in named | self.changed if self._leads_elsewhere(n))}
        for n in copied:  # who stands behind its claims has changed
            self._news.recount(n)
            self.touched.copies.add(self._article(n))
        for n in claimed:
            self._claim(n)
        resolved = self._races.settle()
        for n in claimed | resolved:
            claiming.put_uses(self._ledger, self._terms, n)
        for n in resolved:
            self._news.resolve(n)
        keys, self.touched.restated = self._news.weigh()
        self.touched.keys |= keys
        self.touched.weights = self._news.weights
        return self.touched

    def _leads_elsewhere(self, n: int) -> bool:
        """Whether the names of an article lead elsewhere than when its claims were written."""
        row = self._ledger.execute("SELECT names FROM articles WHERE n = ?", (n,)).fetchone()
        return row is not None and row[0] != naming.led(self._ledger, n)

    def _claim(self, n: int) -> None:
        """Works out the claims of one article under the names settled for it."""
        reading = self._reading(n)
        fresh = self._put.get(n) in self.fresh
        self._news.note(n, fresh=fresh)
        if not fresh:
            self._races.drop(n)
        if reading is None:
            claiming.put(self._ledger, self._terms, n, None)
            self.touched.articles.add(self._put[n])
            return
        self._ledger.execute("UPDATE articles SET names = ? WHERE n = ?", (naming.led(self._ledger, n), n))
        claiming.put(self._ledger, self._terms, n, reading.said)
        self._races.put(n)
        self._note_extractors(n)
        self.touched.articles.add(reading.article.id)
        self.read[reading.article.id] = reading

    def _reading(self, n: int) -> Reading | None:
        incoming = self._incoming.get(n)
        if incoming is not None:
            names = naming.names_of(self._ledger, n)
            said = assertions(incoming.extraction, incoming.article, names)
            graph = incoming.graph
            if graph is not None and names.elsewhere:
                renamed = article_graph(incoming.article, incoming.extraction, said, self._base)
                graph = ox.serialize(renamed, format=ox.RdfFormat.N_QUADS)
            return Reading(incoming.article, incoming.extraction, incoming.ended, said, graph)
        record = records.at(self._ledger, n)
        return None if record is None else _reading(self._ledger, record, naming.names_when_claimed(self._ledger, n))

    def _note_extractors(self, n: int) -> None:
        rows = self._ledger.execute("SELECT extractor FROM readings WHERE n = ?", (n,))
        self.touched.extractors.update(row[0] for row in rows)

    def _article(self, n: int) -> str:
        if n in self._put:
            return self._put[n]
        row: tuple[str] = self._ledger.execute("SELECT id FROM articles WHERE n = ?", (n,)).fetchone()
        return row[0]

    def _number(self, article: str) -> int | None:
        row = self._ledger.execute("SELECT n FROM articles WHERE id = ?", (article,)).fetchone()
        return None if row is None else row[0]
