"""What takes the writes of requests: the engine of a running service, or a store in this process."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, cast

from werkzeug.exceptions import NotImplemented as NotOffered

from graph import pipeline
from graph.articles import read_documents
from graph.store.embedded import Store
from server import service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from graph.articles import Input
    from graph.errors import UnreadableError
    from graph.pipeline import Report, Retraction
    from graph.store.base import GraphChoice, Limits
    from graph.store.graphs import Part

Ruling: TypeAlias = Literal[
    "choose", "unchoose", "merge", "split", "separate", "reject", "confirm", "undo", "would_retract"
]

_ONLY_SERVED = "This service takes no updates; `podium serve` runs one that does."

_turn = Lock()


class Writer(Protocol):
    """Does one write at a time: the functions of `graph.pipeline` with these names, updates, and whole graphs."""

    def ingest(
        self, documents: Iterable[Input | UnreadableError], *, replace: bool = False, screen: bool = True
    ) -> Iterator[Report]: ...

    def retract(self, article: str, reason: str, *, by: str | None = None) -> Retraction: ...

    def curate(self, ruling: Ruling, *arguments: Any, **options: Any) -> Any: ...

    def rebuild(self) -> None: ...

    def responds(self, seconds: float) -> bool: ...

    def backup(self, target: Path) -> str: ...

    def restore(self, backup: Path) -> str: ...

    def update(
        self,
        text: str,
        using: GraphChoice,
        *,
        base_iri: str | None = None,
        limits: Limits | None = None,
        gone: Callable[[], bool] | None = None,
        warned: Callable[[str], object] | None = None,
    ) -> str: ...

    def put_graph(
        self, graph: str | None, parts: Sequence[Part], base_iri: str, *, append: bool, if_version: str | None = None
    ) -> bool: ...

    def delete_graph(self, graph: str | None, *, if_version: str | None = None) -> bool: ...


class _InProcess:
    """The writer of a store that this process has open."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ingest(
        self, documents: Iterable[Input | UnreadableError], *, replace: bool = False, screen: bool = True
    ) -> Iterator[Report]:
        with _turn:
            yield from pipeline.ingest(self._store, read_documents(documents), replace=replace, screen=screen)

    def retract(self, article: str, reason: str, *, by: str | None = None) -> Retraction:
        with _turn:
            return pipeline.retract(self._store, article, reason, by=by)

    def curate(self, ruling: Ruling, *arguments: Any, **options: Any) -> Any:
        with _turn:
            return getattr(pipeline, ruling)(self._store, *arguments, **options)

    def rebuild(self) -> None:
        with _turn:
            pipeline.rebuild(self._store)

    def responds(self, seconds: float) -> bool:  # noqa: ARG002  # as `Writer` has it
        return True

    def backup(self, target: Path) -> str:
        raise NotOffered(f"{target}: only a running service saves its store.")

    def restore(self, backup: Path) -> str:
        raise NotOffered(f"{backup}: only a running service has its store replaced.")

    def update(self, text: str, using: GraphChoice, **_: object) -> str:  # noqa: ARG002  # as `Writer` has it
        raise NotOffered(_ONLY_SERVED)

    def put_graph(self, graph: str | None, parts: Sequence[Part], base_iri: str, **_: object) -> bool:  # noqa: ARG002
        raise NotOffered(_ONLY_SERVED)

    def delete_graph(self, graph: str | None, **_: object) -> bool:  # noqa: ARG002
        raise NotOffered(_ONLY_SERVED)


def writer() -> Writer:
    """The writer behind the app that answers the request under way; 501 where its source cannot be written to."""
    source = service.source()
    if isinstance(source, Store):
        return _InProcess(source)
    if not is_writer(type(source)):
        raise NotOffered("This service shows the graph of another one and takes no writes.")
    return cast("Writer", source)


def responds(seconds: float) -> bool:
    """Whether what takes the writes is there, where something does; asked for no longer than about `seconds`."""
    source = service.source()
    return not is_writer(type(source)) or cast("Writer", source).responds(seconds)


@cache
def is_writer(kind: type) -> bool:
    """Whether sources of a class are writers, whose queries can be stopped too."""
    return all(callable(getattr(kind, name, None)) for name in ("update", "put_graph", "delete_graph"))
