"""What takes the writes of requests: the engine of a running service, or a store in this process."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, cast

from werkzeug.exceptions import NotImplemented as NotOffered

from graph import pipeline
from graph.articles import read_documents
from graph.store.embedded import Store
from server import service

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from graph.articles import Input
    from graph.errors import UnreadableError
    from graph.pipeline import Report, Retraction

Ruling: TypeAlias = Literal[
    "choose", "unchoose", "merge", "split", "separate", "reject", "confirm", "undo", "would_retract"
]

_turn = Lock()


class Writer(Protocol):
    """Does one write at a time, as the functions of `graph.pipeline` with these names do."""

    def ingest(
        self, documents: Iterable[Input | UnreadableError], *, replace: bool = False, screen: bool = True
    ) -> Iterator[Report]: ...

    def retract(self, article: str, reason: str, *, by: str | None = None) -> Retraction: ...

    def curate(self, ruling: Ruling, *arguments: Any, **options: Any) -> Any: ...

    def rebuild(self) -> None: ...

    def backup(self, target: Path) -> str: ...

    def restore(self, backup: Path) -> str: ...


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

    def backup(self, target: Path) -> str:
        raise NotOffered(f"{target}: only a running service saves its store.")

    def restore(self, backup: Path) -> str:
        raise NotOffered(f"{backup}: only a running service has its store replaced.")


def writer() -> Writer:
    """The writer behind the app that answers the request under way; 501 where its source cannot be written to."""
    source = service.source()
    if isinstance(source, Store):
        return _InProcess(source)
    if not hasattr(source, "ingest"):
        raise NotOffered("This service shows the graph of another one and takes no writes.")
    return cast("Writer", source)
