"""A store in this process that takes writes as the service's does, and clients that read each answer to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask.testing import FlaskClient

from graph.store import graphs, updating
from server.app import create_app

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rdflib import Graph
    from rdflib.term import Node
    from werkzeug.test import TestResponse

    from graph.sparql.choice import GraphChoice
    from graph.store.base import Answer, Limits, Rows, Source
    from graph.store.embedded import Store
    from graph.store.graphs import Part
    from server.settings import Settings


class Reading(FlaskClient):
    """Reads each answer to its end."""

    def open(self, *args: Any, **asked: Any) -> TestResponse:
        return super().open(*args, **asked, buffered=True)


def client_of(source: Source, settings: Settings) -> FlaskClient:
    app = create_app(source, settings)
    app.test_client_class = Reading
    return app.test_client()


_ASKED = ("results", "graphs", "choice", "union")


class Local:
    """`limits` are those of the last query or update."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.limits: Limits | None = None

    @property
    def base(self) -> str:
        return self.store.base

    @property
    def version(self) -> str:
        return self.store.version

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Rows:
        return self.store.select(query, bindings)

    def ask(self, query: str, bindings: Mapping[str, Node] | None = None) -> bool:
        return self.store.ask(query, bindings)

    def construct(self, query: str, bindings: Mapping[str, Node] | None = None) -> Graph:
        return self.store.construct(query, bindings)

    def answer(self, query: str, *, limits: Limits | None = None, **asked: Any) -> Answer:
        self.limits = limits
        return self.store.answer(query, **{name: asked[name] for name in _ASKED if name in asked})

    def update(self, text: str, using: GraphChoice, *, limits: Limits | None = None, **asked: Any) -> str:
        self.limits = limits
        updating.update(self.store, text, using, base_iri=asked["base_iri"])
        return self.version

    def put_graph(self, graph: str | None, parts: Sequence[Part], base_iri: str, **asked: Any) -> bool:
        return graphs.put(self.store, graph, parts, base_iri, **asked)[0]

    def delete_graph(self, graph: str | None, *, if_version: str | None = None) -> bool:
        return graphs.delete(self.store, graph, if_version=if_version)[0]
