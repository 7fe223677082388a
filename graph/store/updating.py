"""SPARQL 1.1 updates over the store on disk, each request one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import QueryError
from graph.sparql.checking import check_update
from graph.sparql.suggestions import complaint
from graph.store.graphs import expect_version
from ontology.iris import prefixes

if TYPE_CHECKING:
    from graph.store.base import Change, GraphChoice
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
    QueryRefusedError, ConflictError or StoreFullError; then nothing has changed.
    """
    expect_version(store, if_version)
    if using.default or using.named:
        raise QueryError("using-graph-uri and using-named-graph-uri are not known; write USING into the update")
    checked = check_update(text, prefixes(store.base))
    try:
        store.apply(checked.text, base_iri=base_iri)
    except SyntaxError as error:
        raise complaint(text, error) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the update cannot be run: {error}") from error
    return None
