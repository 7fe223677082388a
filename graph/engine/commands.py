"""What the writer does with its store, one command at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from graph.store import graphs, updating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.engine.messages import Command
    from graph.errors import PodiumError, UnreadableError
    from graph.model import Article
    from graph.pipeline import Report, Retraction
    from graph.pipeline.extracting import Extracted
    from graph.store.base import Change, GraphChoice
    from graph.store.embedded import Store
    from graph.store.graphs import Part

Ruling: TypeAlias = Literal[
    "choose", "unchoose", "merge", "split", "separate", "reject", "confirm", "undo", "would_retract"
]
Reading: TypeAlias = "tuple[Article | UnreadableError, Extracted | PodiumError]"

_RULINGS: Final[tuple[Ruling, ...]] = get_args(Ruling)


class Commands:
    """The commands, each a method; `changes` are what the one under way did, each with the version it led to."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.changes: list[tuple[str, Change | None]] = []
        store.watcher = self._note

    def run(self, command: Command) -> Any:  # what the method gives
        """Does what the command says, and raises what goes wrong."""
        self.changes.clear()
        return getattr(self, command.name)(*command.arguments, **command.options)

    def update(self, text: str, using: GraphChoice, base_iri: str | None) -> None:
        self._note(updating.run(self._store, text, using, base_iri=base_iri))

    def put_graph(self, graph: str | None, parts: Sequence[Part], base_iri: str, append: bool) -> bool:
        created, change = graphs.put(self._store, graph, parts, base_iri, append=append)
        self._note(change)
        return created

    def delete_graph(self, graph: str | None) -> bool:
        there, change = graphs.delete(self._store, graph)
        self._note(change)
        return there

    def ingest(self, found: Sequence[Reading], replace: bool) -> list[Report]:
        from graph.pipeline import ingest_extracted

        return list(ingest_extracted(self._store, found, replace=replace))

    def retract(self, article: str, reason: str, by: str | None = None) -> Retraction:
        from graph.pipeline import retract

        return retract(self._store, article, reason, by=by)

    def curate(self, ruling: Ruling, *arguments: Any, **options: Any) -> Any:  # as the functions of the pipeline
        from graph import pipeline

        if ruling not in _RULINGS:
            raise ValueError(ruling)
        return getattr(pipeline, ruling)(self._store, *arguments, **options)

    def rebuild(self) -> None:
        from graph.pipeline import rebuild

        rebuild(self._store)
        self.changes[:] = [(self._store.version, None)]

    def settle(self) -> None:
        """Has all that was written on disk, and nothing noted as under way."""
        if self._store.files.unfinished:
            from graph.pipeline.settling import Settler

            Settler(self._store).recover()
        self._store.settled(now=True)

    def _note(self, change: Change | None) -> None:
        self.changes.append((self._store.version, change))
