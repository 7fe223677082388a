"""SPARQL 1.1 updates over the store on disk, each request one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.errors import QueryError, QueryRefusedError
from graph.sparql.checking import check_update
from graph.sparql.operations import operations
from graph.sparql.suggestions import complaint
from graph.store.base import Change
from graph.store.graphs import expect_version
from ontology.iris import prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.sparql.operations import Operation
    from graph.store.base import GraphChoice
    from graph.store.embedded import Store


def update(
    store: Store,
    text: str,
    using: GraphChoice,
    *,
    base_iri: str | None = None,
    if_version: str | None = None,
) -> Change | None:
    """Runs an update request wholly or not at all.

    `using` is the protocol's choice of the graphs that WHERE sees (empty: none was made), `base_iri` what relative IRIs
    are resolved against. What changed is returned; None where it cannot be replayed. Raises QuerySyntaxError,
    QueryRefusedError, QueryError, ConflictError or StoreFullError; then nothing has changed.
    """
    expect_version(store, if_version)
    return run(store, check_update(text, prefixes(store.base)).text, using, base_iri=base_iri)


def run(store: Store, text: str, using: GraphChoice, *, base_iri: str | None = None) -> Change | None:
    """As `update`, of a request that was checked already."""
    known = prefixes(store.base)
    found = operations(text)
    try:
        if found and all(operation.inserts_data for operation in found):
            return _inserted(store, text, known, base_iri)
        written = _choosing(text, found, using) if using.default or using.named else text
        store.apply(written, base_iri=base_iri)
    except (SyntaxError, QueryRefusedError) as error:
        _check_syntax(text, known, base_iri)
        raise QueryRefusedError(str(error)) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the update cannot be run: {error}") from error
    if found is None or not all(operation.steady for operation in found):
        return None
    return Change(update=_alone(written, known, base_iri))


def _inserted(store: Store, text: str, known: dict[str, str], base_iri: str | None) -> Change:
    """Adds what a request of INSERT DATA alone holds, with names for its blank nodes that a copy can have too."""
    fresh = ox.Store()
    fresh.update(text, base_iri=base_iri, prefixes=known)
    quads = list(fresh)
    store.extend(quads)
    return Change(add=ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")


def _check_syntax(text: str, known: dict[str, str], base_iri: str | None) -> None:
    """Raises QuerySyntaxError for a request as it was sent; tried over nothing, where it can do no harm."""
    try:
        ox.Store().update(text, base_iri=base_iri, prefixes=known)
    except SyntaxError as error:
        raise complaint(text, error) from error
    except (RuntimeError, ValueError):
        return


def _choosing(text: str, found: Iterable[Operation] | None, using: GraphChoice) -> str:
    """The request with the choice written into each operation that has a WHERE: Oxigraph has no argument for it.

    Raises QueryError where an operation makes a choice of its own, QueryRefusedError where they cannot be told apart.
    """
    if found is None:
        raise QueryRefusedError(
            "the operations of this update cannot be told apart, which using-graph-uri and using-named-graph-uri need; "
            "put spaces between keywords and names, and write characters instead of \\u escapes"
        )
    clauses = [f"USING {ox.NamedNode(iri)}" for iri in using.default]
    clauses += [f"USING NAMED {ox.NamedNode(iri)}" for iri in using.named]
    written, at = [], 0
    for operation in found:
        if operation.chooses_graphs:
            raise QueryError(
                "the update has USING or WITH, and the request using-graph-uri or using-named-graph-uri; choose one"
            )
        written += [text[at : operation.start], _with_clauses(operation, " ".join(clauses))]
        at = operation.end
    return "".join(written) + text[at:]


def _with_clauses(operation: Operation, clauses: str) -> str:
    if operation.kind == "where":
        pattern = operation.written("b")
        return f"DELETE {pattern} {clauses} WHERE {pattern}"
    if operation.kind != "modify":
        return operation.text[operation.start : operation.end]
    where = next(part for part in operation.parts if part.letter == "W")
    before, after = operation.text[operation.start : where.start], operation.text[where.start : operation.end]
    return f"{before} {clauses} {after}"


def _alone(text: str, known: dict[str, str], base_iri: str | None) -> str:
    """The request with all that it needs to be understood elsewhere."""
    base = f"BASE {ox.NamedNode(base_iri)}\n" if base_iri else ""
    return base + "".join(f"PREFIX {name}: {ox.NamedNode(iri)}\n" for name, iri in known.items()) + text
