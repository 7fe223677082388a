"""Both backends over the same small data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from protocol_server import over, served

from graph.store.embedded import Store
from graph.store.remote import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
POSITION = ox.NamedNode("https://w3id.org/podium/ns#position")


def small_data(base: str) -> list[ox.Quad]:
    """Two people in one graph, a result in another."""
    facts, registry = (ox.NamedNode(f"{base}graph/{name}") for name in ("facts", "registry"))
    ada, bo = (ox.NamedNode(f"{base}person/{name}") for name in ("ada-aas", "bo-berg"))
    result = ox.NamedNode(f"{base}result/x_ada-aas")
    return [
        ox.Quad(ada, LABEL, ox.Literal("Ada Aas"), registry),
        ox.Quad(bo, LABEL, ox.Literal('Bo "Bib" Berg\n'), registry),
        ox.Quad(bo, LABEL, ox.Literal("Bo Berg", language="nb"), registry),
        ox.Quad(result, POSITION, ox.Literal(1), facts),
        ox.Quad(result, ox.NamedNode(f"{base}athlete"), ada, facts),
        ox.Quad(result, ox.NamedNode(f"{base}seconds"), ox.Literal("206.5", datatype=DECIMAL), facts),
    ]


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.memory() as store:
        store.write(small_data(store.base))
        yield store


@pytest.fixture(params=["embedded", "remote"])
def source(request: pytest.FixtureRequest, store: Store) -> Iterator[Store | Endpoint]:
    """Each backend over the small data."""
    if request.param == "embedded":
        yield store
        return
    with served(over(store)) as url:
        yield Endpoint(url, base=store.base)
