"""The store on disk: Oxigraph, the texts of the articles, and what is needed to find both again.

    STORE/podium.json        format number and base IRI
    STORE/version            a token that changes with every committed write
    STORE/ledger.db          what every article says and what was settled about it: what all quads are made from
    STORE/oxigraph/          the quads
    STORE/pending            what was being written, for the next who opens the store
    STORE/stale              there while all quads are being made anew
    STORE/shipped            which vocabulary of Podium's own the quads hold
    STORE/archive/           withdrawn article graphs, as TriG
    STORE/survey.json        what a look at all of it found last (`graph.pipeline.surveying`)
    STORE/evaluation.json    how well articles were read when that was measured last (`podium evaluate --keep`)
    STORE/tokens.db          who may write to it over HTTP (`server.tokens`)
    STORE/audit.jsonl        who did (`server.audit`)

One process may have a store open.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox
from pyoxigraph import QueryResultsFormat, RdfFormat
from rdflib import Dataset, Graph

from graph.errors import QueryError
from graph.ledger.history import KEPT
from graph.searching.naming import may_name
from graph.sparql.checking import check_graphs, check_query
from graph.sparql.relay import told_by
from graph.sparql.suggestions import syntax_error
from graph.store import results as converted
from graph.store.binding import bound
from graph.store.changes import change_of
from graph.store.directory import Directory, writing
from ontology.iris import DEFAULT_BASE, prefixes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    from rdflib.term import Node

    from graph.store.base import Answer, Change, GraphChoice, Rows


_TOGETHER = 16  # small writes that wait for the disk together
_LONG = 200  # bytes of a quad in N-Quads
_MANY = 5_000  # quads from which Oxigraph's bulk loader is the faster (three times at 30,000)


class Store:
    """A `Source` over one directory (or, for tests, memory), and the writer of it."""

    def __init__(self, inner: ox.Store, directory: Directory) -> None:
        self._inner = inner
        self._directory = directory
        self._prefixes = prefixes(directory.base)
        self._bulky = False
        self.watcher: Callable[[Change | None], None] | None = None  # is told what each `write` did
        self.history = KEPT  # entries that the ledger's history keeps

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False, base: str | None = None) -> Self:
        """Opens the store in a directory, or makes one there.

        `base` is the data namespace of a new store (by default `DEFAULT_BASE`); an existing one keeps its own and
        refuses another. Raises StoreBusyError, StoreVersionError, StoreFullError or StoreError.
        """
        directory = Directory.open(Path(path), create=create, base=base)
        return cls(directory.oxigraph(), directory)

    @classmethod
    def memory(cls, base: str = DEFAULT_BASE) -> Self:
        """A store that leaves nothing behind."""
        return cls(ox.Store(), Directory.temporary(base))

    @classmethod
    def frozen(cls, snapshot: Path, path: Path, base: str, version: str, ledger: sqlite3.Connection) -> Self:
        """A snapshot of the quads of the store at `path`, of that version, with its ledger; only to be read."""
        return cls(ox.Store.read_only(str(snapshot)), Directory(path, base, version, ledger=ledger))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives up the lock; the store can no longer be used."""
        if self._directory.noted:
            self.settled(now=True)
        del self._inner
        self._directory.close()

    def __len__(self) -> int:
        """The number of quads."""
        return len(self._inner)

    @property
    def path(self) -> Path:
        return self._directory.path

    @property
    def base(self) -> str:
        return self._directory.base

    @property
    def version(self) -> str:
        """Changes with every committed write, and only then."""
        return self._directory.version

    @property
    def files(self) -> Directory:
        """The texts, the archive and the marks kept beside the quads."""
        return self._directory

    @property
    def ledger(self) -> sqlite3.Connection:
        """What the quads are made from (`graph.ledger`)."""
        return self._directory.ledger

    @property
    def dataset(self) -> Dataset:
        """The rdflib view of the same quads, its default graph the union. For queries use the methods of this class."""
        from oxrdflib import OxigraphStore  # rdflib's SPARQL comes with it, for which readers of articles need not wait

        view = Dataset(store=OxigraphStore(store=self._inner), default_union=True)
        for prefix, namespace in self._prefixes.items():
            view.bind(prefix, namespace, override=True, replace=True)
        return view

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Rows:
        return converted.rows(self._run(bound(query, bindings)))

    def ask(self, query: str, bindings: Mapping[str, Node] | None = None) -> bool:
        return converted.truth(self._run(bound(query, bindings)))

    def construct(self, query: str, bindings: Mapping[str, Node] | None = None) -> Graph:
        return converted.graph(self._run(bound(query, bindings)), self._prefixes)

    def answer(
        self,
        query: str,
        *,
        results: QueryResultsFormat = QueryResultsFormat.JSON,
        graphs: RdfFormat = RdfFormat.TURTLE,
        choice: GraphChoice | None = None,
        union: bool = True,
    ) -> Answer:
        """The serialised answer, complete before its first chunk is given: a failure never cuts one short."""
        return converted.serialised(self._run(query, choice, union=union), results, graphs, self._prefixes)

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of all named graphs, sorted."""
        return tuple(sorted(name.value for name in self._inner.named_graphs()))

    def quads(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,  # noqa: A002  # the word of RDF
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        return self._inner.quads_for_pattern(subject, predicate, object, graph)

    def write(
        self,
        add: Iterable[ox.Quad] = (),
        remove: Iterable[ox.Quad] = (),
        drop: Iterable[ox.NamedNode] = (),
        *,
        graphs: Iterable[bytes] = (),
        own: bool = False,
    ) -> bool:
        """Drops whole graphs, removes quads and adds quads, also those in N-Quads (`graphs`), in this order.

        `own` says that the pipeline does, which keeps the index of names in step with what it writes.

        Says whether there was anything to do. Few quads go in one transaction; many are removed in one and added in
        another, so what is written is noted beforehand (`Directory.note_pending`). Quads to be removed hold no blank
        nodes. Raises StoreFullError where there is no space left.
        """
        added, removed = list(add), list(remove)
        dropped = [name for name in drop if self._inner.contains_named_graph(name)]
        written = b"".join(graphs)
        if not added and not removed and not dropped and not written:
            return False
        with writing(self.path):
            self._directory.renew_version(own=own)
            many = len(added) >= _MANY or len(written) >= _MANY * _LONG
            if removed or dropped:
                self._inner.update(_update([] if many else added, removed, dropped))
                self._forget_empty({quad.graph_name for quad in removed})
            elif not many:
                self._inner.extend(added)
            # Text made of Oxigraph's terms need not be checked again, which takes as long as reading it.
            if many:  # one load of all, as each makes files that Oxigraph has to merge
                self._inner.bulk_load(written + _n_quads(added), ox.RdfFormat.N_QUADS, lenient=True)
                self._bulky = True
            elif written:
                self._inner.load(written, ox.RdfFormat.N_QUADS, lenient=True)
        if self.watcher is not None:
            self.watcher(change_of(added, removed, dropped, written))
        return True

    def checkpoint(self, target: Path) -> None:
        """Puts the quads as they are, as hard links where that can be, into a directory that must not exist yet."""
        with writing(self.path):
            self._inner.backup(str(target))

    def apply(self, update: str, *, base_iri: str | None = None) -> None:
        """Runs an update as one transaction; its SERVICE and LOAD are no longer looked at here.

        Raises SyntaxError, RuntimeError or ValueError as Oxigraph does, with nothing changed, and StoreFullError.
        """
        with writing(self.path):
            before = self.version
            self._directory.renew_version()
            try:
                self._inner.update(update, base_iri=base_iri, prefixes=self._prefixes)
            except (SyntaxError, RuntimeError, ValueError):
                self._directory.renew_version(before)
                raise
            except OSError as error:
                told = told_by(str(error))
                if told is None:
                    raise
                self._directory.renew_version(before)
                raise QueryError(told) from None

    def extend(self, quads: Iterable[ox.Quad], *, many: bool = False) -> None:
        """Adds quads at once, wholly or not at all, with their blank nodes' own names; raises StoreFullError."""
        few = () if many else list(quads)
        with writing(self.path):
            self._directory.renew_version(own=not many and not any(map(may_name, few)))
            if many:
                self._inner.bulk_extend(quads)
            else:
                self._inner.extend(few)

    def load(self, path: Path, form: RdfFormat, graph: ox.NamedNode | ox.DefaultGraph, base_iri: str) -> None:
        """Adds the triples of a file to a graph, wholly or not at all, their blank nodes under new names.

        It is several times faster than `extend` with what was parsed. Raises SyntaxError where the file cannot be
        parsed or names graphs of its own, with nothing changed, and StoreFullError.
        """
        with writing(self.path):
            before = self.version
            self._directory.renew_version()
            try:
                self._inner.bulk_load(path=path, format=form, base_iri=base_iri, to_graph=graph)
            except SyntaxError:
                self._directory.renew_version(before)
                raise

    def holds(self, name: str) -> bool:
        """Whether there is a graph of this name, be it empty."""
        return self._inner.contains_named_graph(ox.NamedNode(name))

    def settled(self, *, now: bool = False) -> None:
        """What `Directory.note_pending` noted is written: has it forgotten once it is sure to be on disk.

        Waiting for the disk takes longer than a small write, so some of these wait for it together.
        """
        if self._directory.torn:
            return
        if now or self._bulky or self._directory.noted >= _TOGETHER:
            with writing(self.path):
                self._inner.flush()
            self._directory.forget_pending()
            self._bulky = False

    def _forget_empty(self, names: Iterable[object]) -> None:
        """Oxigraph remembers the names of empty graphs; a withdrawn article is to leave none."""
        for name in names:
            if (
                isinstance(name, ox.NamedNode)
                and next(self._inner.quads_for_pattern(None, None, None, name), None) is None
            ):
                self._inner.remove_graph(name)

    def _run(self, query: str, choice: GraphChoice | None = None, *, union: bool = True) -> converted.Found:
        """What Oxigraph finds. Hand it on at once, and keep it in no variable beside the call of this.

        Oxigraph's results may only be freed by the thread that made them. The parser in `checking` leaves tracebacks in
        cycles that keep every frame which was under way, and with it its variables, for whichever thread collects them.
        """
        checked = check_query(query, self._prefixes)
        # The protocol's choice of graphs has precedence over the query's (SPARQL 1.1 Protocol, 2.1.4).
        chosen = choice if choice is not None and (choice.default or choice.named) else checked.choice
        if chosen is not None and chosen.strict:
            check_graphs(chosen, self.graphs())
        try:
            if chosen is None:
                return self._inner.query(checked.text, prefixes=self._prefixes, use_default_graph_as_union=union)
            return self._inner.query(
                checked.text,
                prefixes=self._prefixes,
                default_graph=[ox.NamedNode(iri) for iri in chosen.default],
                named_graphs=[ox.NamedNode(iri) for iri in chosen.named],
            )
        except SyntaxError as error:
            raise syntax_error(checked.text, error) from error
        except (RuntimeError, ValueError) as error:
            raise QueryError(f"the query cannot be run: {error}") from error


def _n_quads(quads: list[ox.Quad]) -> bytes:
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def _update(added: list[ox.Quad], removed: list[ox.Quad], dropped: list[ox.NamedNode]) -> str:
    """One update request, which Oxigraph runs as one transaction."""
    requests = [f"DROP SILENT GRAPH {name}" for name in dropped]
    if removed:
        requests.append(f"DELETE DATA {{ {_data(removed)} }}")
    if added:
        requests.append(f"INSERT DATA {{ {_data(added)} }}")
    return " ; ".join(requests)


def _data(quads: list[ox.Quad]) -> str:
    by_graph: dict[str, list[str]] = {}
    for quad in quads:
        by_graph.setdefault(str(quad.graph_name), []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
    return " ".join(f"GRAPH {name} {{ {' '.join(lines)} }}" for name, lines in by_graph.items())
