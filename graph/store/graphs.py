"""Whole graphs put, added to and deleted, as the SPARQL 1.1 Graph Store Protocol has it.

Each is one transaction of the store. A graph is named by its IRI; None is the unnamed one, which is always there.
"""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from graph.errors import ConflictError, DataError
from graph.store.base import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.store.embedded import Store

Part: TypeAlias = tuple[bytes | Path, ox.RdfFormat]

_LARGE = 8 << 20  # bytes of a file that Oxigraph reads by itself, in less than half the time
_MANY = 50_000  # triples from which they are no longer kept as objects (some 0.5 KB each), but read twice


def put(
    store: Store,
    graph: str | None,
    parts: Sequence[Part],
    base_iri: str,
    *,
    append: bool,
    if_version: str | None = None,
) -> tuple[bool, Change | None]:
    """Replaces a graph by the triples of all parts, or with `append` adds them to it.

    Whether the graph was not there before (the unnamed one: was empty), and what changed; None: more than is worth
    replaying. Raises DataError where a part cannot be parsed or names graphs of its own, ConflictError where the store
    is no longer of version `if_version`, and StoreFullError; in each case nothing has changed.
    """
    expect_version(store, if_version)
    target = _target(graph)
    created = _empty(store, target) if graph is None else not store.holds(graph)
    large = _large(parts)
    if large and (append or _empty(store, target)):
        _load(store, large, base_iri, target)
        _keep_name(store, graph)
        return created, None
    found = _Parsed(parts, base_iri, target)
    if append or _empty(store, target):
        store.extend(found.quads(), many=found.many)
        _keep_name(store, graph)
        return created, None if found.many else Change(add=_n_quads(found.few), update=_name_of(graph, found.few))
    store.apply(f"{_drop(graph)} ; {_create(graph)}INSERT DATA {{ {_in_graph(graph, found.data())} }}")
    if found.many:
        return created, None
    # Oxigraph gave the blank nodes names of its own.
    added = list(store.quads(graph=target)) if found.has_blank_nodes else found.few
    return created, Change(drop=(graph or "",), add=_n_quads(added), update=_name_of(graph, added))


def delete(store: Store, graph: str | None, *, if_version: str | None = None) -> tuple[bool, Change]:
    """Deletes a graph, or empties the unnamed one; False where there is no such graph.

    Raises ConflictError where the store is no longer of version `if_version`.
    """
    expect_version(store, if_version)
    if graph is not None and not store.holds(graph):
        return False, Change()
    store.apply(_drop(graph))
    return True, Change(drop=(graph or "",))


def expect_version(store: Store, version: str | None) -> None:
    """Raises ConflictError where the store is of another version than the one given."""
    if version is not None and version != store.version:
        raise ConflictError("the store has changed since the version that this write was based on; read it again")


class _Parsed:
    """The triples of all parts as quads of the target, checked once; `few` holds them unless there are `many`."""

    def __init__(self, parts: Sequence[Part], base_iri: str, target: ox.NamedNode | ox.DefaultGraph) -> None:
        self._parts = parts
        self._base_iri = base_iri
        self._target = target
        quads = self._read()
        self.few = list(islice(quads, _MANY))
        self.many = False
        for _ in quads:  # the rest is only checked
            self.many = True
        self.has_blank_nodes = any(isinstance(term, ox.BlankNode) for quad in self.few for term in (quad[0], quad[2]))

    def quads(self) -> Iterator[ox.Quad]:
        return self._read() if self.many else iter(self.few)

    def data(self) -> str:
        """The triples as an update writes them."""
        return " ".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in self.quads())

    def _read(self) -> Iterator[ox.Quad]:
        return chain.from_iterable(self._one(data, form) for data, form in self._parts)

    def _one(self, data: bytes | Path, form: ox.RdfFormat) -> Iterator[ox.Quad]:
        try:
            parser = (
                ox.parse(
                    path=data, format=form, base_iri=self._base_iri, without_named_graphs=True, rename_blank_nodes=True
                )
                if isinstance(data, Path)
                else ox.parse(data, form, base_iri=self._base_iri, without_named_graphs=True, rename_blank_nodes=True)
            )
            for triple in parser:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, self._target)
        except SyntaxError as error:
            raise _data_error(error, form) from error


def _large(parts: Sequence[Part]) -> tuple[Path, ox.RdfFormat] | None:
    """The one large file that all triples are in. Several could not be loaded at once, nor graphs in it be refused."""
    data, form = parts[0]
    if len(parts) > 1 or form.supports_datasets or isinstance(data, bytes) or data.stat().st_size < _LARGE:
        return None
    return data, form


def _load(
    store: Store, large: tuple[Path, ox.RdfFormat], base_iri: str, target: ox.NamedNode | ox.DefaultGraph
) -> None:
    file, form = large
    try:
        store.load(file, form, target, base_iri)
    except SyntaxError as error:
        raise _data_error(error, form) from error


def _data_error(error: SyntaxError, form: ox.RdfFormat) -> DataError:
    said = " ".join(str(error).split())
    if "Named graphs are not allowed" in said:
        return DataError(f"the {form.name} names graphs, and one graph is written here; send its triples alone")
    if "LoadDocumentCallback" in said:
        return DataError("the JSON-LD refers to a context elsewhere, and nothing is fetched; write the context into it")
    return DataError(f"not {form.name}: {said}", error.lineno, error.offset)


def _target(graph: str | None) -> ox.NamedNode | ox.DefaultGraph:
    return ox.DefaultGraph() if graph is None else ox.NamedNode(graph)


def _empty(store: Store, target: ox.NamedNode | ox.DefaultGraph) -> bool:
    return next(store.quads(graph=target), None) is None


def _keep_name(store: Store, graph: str | None) -> None:
    """An empty graph that was put is there all the same."""
    if graph is not None and not store.holds(graph):
        store.apply(f"CREATE GRAPH {ox.NamedNode(graph)}")


def _name_of(graph: str | None, quads: list[ox.Quad]) -> str | None:
    """What makes a graph that no quad names."""
    return None if graph is None or quads else f"CREATE SILENT GRAPH {ox.NamedNode(graph)}"


def _drop(graph: str | None) -> str:
    return "DROP DEFAULT" if graph is None else f"DROP GRAPH {ox.NamedNode(graph)}"


def _create(graph: str | None) -> str:
    return "" if graph is None else f"CREATE GRAPH {ox.NamedNode(graph)} ; "


def _in_graph(graph: str | None, data: str) -> str:
    return data if graph is None else f"GRAPH {ox.NamedNode(graph)} {{ {data} }}"


def _n_quads(quads: list[ox.Quad]) -> bytes:
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
