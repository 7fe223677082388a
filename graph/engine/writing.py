"""The writing side of the engine: everything that changes the store, in turns."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from graph.engine.extractors import Extractors
from graph.engine.keeper import Bounds, Keeper
from graph.engine.messages import Command
from graph.engine.snapshots import hold
from graph.engine.turns import Turns
from graph.errors import ConflictError, StoreError, TooBusyError
from graph.sparql.checking import check_update
from graph.sparql.relay import Relay
from graph.store.backups import Frozen, renew, stage, unstage
from graph.store.base import GraphChoice
from graph.store.swapping import exchange, forget
from ontology.iris import prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from graph.engine.commands import Reading, Ruling
    from graph.engine.extractors import Document
    from graph.engine.settings import EngineSettings
    from graph.pipeline import Report, Retraction
    from graph.store.base import Change, Limits
    from graph.store.graphs import Part

_TOGETHER: Final = 20  # articles that are settled at once: they keep other writes waiting
_LATELY: Final = 10.0  # seconds
_ALL: Final = GraphChoice()


class Writes:
    """One store's writer. What it answers for is on disk, whatever ends the service then.

    All methods raise StoreError where the writer ends by itself or the disk fails, TooBusyError where too many writes
    wait, and those with `if_version` ConflictError where the store is of another version by now; nothing has changed
    then. `committed` is told each version and the change that led to it, before the write is answered.
    """

    def __init__(
        self,
        path: Path,
        settings: EngineSettings,
        *,
        base: str | None = None,
        committed: Callable[[str, Change | None], None] = lambda _, __: None,
    ) -> None:
        """Opens the store, or makes an empty one; `base` is the data namespace of a new one."""
        self._path = path
        self._limits = settings.limits
        self._turns = Turns(settings.queue)
        self._restoring = Lock()
        self._keeper = Keeper(path, base, settings.history)
        self._extractors = Extractors()
        self._committed = committed
        self._prefixes = prefixes(self.base)
        self._relay = Relay(settings.remote) if settings.remote.hosts else None
        self._remote = self._relay.policy if self._relay else settings.remote
        self._version = self._keeper.version
        self._done = 0
        self._asked = -_LATELY  # when a snapshot was, by the clock `monotonic`

    @property
    def version(self) -> str:
        """That of the last write that was answered for."""
        return self._version

    @property
    def base(self) -> str:
        return self._keeper.base

    @property
    def path(self) -> Path:
        return self._path

    def snapshot(self) -> tuple[Path, str]:
        """Quads of the store as they are, in a directory to be opened read-only (`snapshots.hold`), and the version.

        A writer that has ended is started again for it.
        """
        self._asked = time.monotonic()
        try:
            return self._keeper.snapshot()
        except StoreError:
            with suppress(TooBusyError), self._turns.turn(time.monotonic() + _LATELY):
                self._keeper.revive()
        return self._keeper.snapshot()

    def update(
        self,
        text: str,
        using: GraphChoice = _ALL,
        *,
        base_iri: str | None = None,
        limits: Limits | None = None,
        gone: Callable[[], bool] | None = None,
        warned: Callable[[str], object] | None = None,
        if_version: str | None = None,
    ) -> str:
        """Runs a SPARQL update wholly or not at all; the new version.

        `using` is the protocol's choice of graphs, `base_iri` what relative IRIs are resolved against; `warned` is told
        what a SILENT hides. Raises also QuerySyntaxError, QueryRefusedError, LimitError, and ClientGoneError where
        `gone` says that nobody waits.
        """
        limits = limits or self._limits
        deadline = time.monotonic() + limits.seconds
        checked = check_update(text, self._prefixes, self._remote)  # what it loads is fetched here, not by the writer
        bounds = Bounds(deadline, limits.seconds, limits.memory, gone)
        self._do(Command("update", (checked.text, using, base_iri)), bounds, if_version)
        if warned is not None:
            for warning in checked.warnings:
                warned(warning)
        return self.version

    def put_graph(
        self,
        graph: str | None,
        parts: Sequence[Part],
        base_iri: str,
        *,
        append: bool,
        if_version: str | None = None,
    ) -> bool:
        """Replaces a graph (None: the unnamed one), or adds to it; whether it was made. Raises also DataError."""
        return bool(self._do(Command("put_graph", (graph, parts, base_iri, append)), None, if_version))

    def delete_graph(self, graph: str | None, *, if_version: str | None = None) -> bool:
        """Deletes a graph; False where there is none."""
        return bool(self._do(Command("delete_graph", (graph,)), None, if_version))

    def ingest(self, documents: Iterable[Document], *, replace: bool = False, screen: bool = True) -> Iterator[Report]:
        """Reads documents and stores what their articles say, as `pipeline.ingest`.

        They are read by processes apart, and settled some at a time, so that other writes come in between.
        """
        waiting: list[Reading] = []
        for reading in self._extractors.read(documents, self.base, screen=screen):
            waiting.append(reading)
            if len(waiting) >= _TOGETHER:
                yield from self._settled(waiting, replace=replace)
                waiting.clear()
        if waiting:
            yield from self._settled(waiting, replace=replace)

    def retract(self, article: str, reason: str, *, by: str | None = None) -> Retraction:
        """Withdraws an article by its id, as `pipeline.retract`."""
        done: Retraction = self._do(Command("retract", (article, reason, by)))
        return done

    def curate(self, ruling: Ruling, *arguments: Any, **options: Any) -> Any:  # as the functions of the pipeline
        """What a curator rules or asks, as the function of the pipeline that has the name of the ruling."""
        return self._do(Command("curate", (ruling, *arguments), options))

    def rebuild(self) -> None:
        """Makes all graphs of Podium's own anew from the ledger."""
        self._do(Command("rebuild", snapshot=True))

    def backup(self, target: Path) -> str:
        """Copies the store as it is to a new directory, which appears whole; writes go on. Returns its version."""
        with ExitStack() as held:
            with self._turns.turn():
                self._keeper.ready()
                self._keeper.call(Command("settle"))
                snapshot, version = self._keeper.snapshot()
                held.callback(os.close, hold(snapshot))
                frozen = held.enter_context(Frozen(self._path, snapshot))
            frozen.copy(target)
        return version

    def restore(self, backup: Path) -> str:
        """Puts a backup in the place of all the store holds; reads go on meanwhile. Returns the new version.

        Tokens and the log of who wrote stay. Raises StoreError where it is no sound backup of a store with the same
        data namespace: nothing is changed then.
        """
        if not self._restoring.acquire(blocking=False):
            raise TooBusyError("another backup is being restored; try again when that is done", 10)
        try:
            staged = stage(backup, self._path, self.base)
            try:
                Keeper(staged, None).close()  # one that does not open is none
                renew(staged)
                with self._turns.turn():
                    self._keeper.restart(lambda: exchange(self._path))
                    self._keeper.ready()
                    self._follow()
            except BaseException:
                unstage(self._path)
                raise
            forget(self._path)
        finally:
            self._restoring.release()
        return self.version

    def responds(self, seconds: float) -> bool:
        """Whether writes are taken: the writer answers within about `seconds`, or is at work on one.

        One that has ended is started again, and responds as soon as it has the store open.
        """
        if self._keeper.responds(seconds):
            return True
        try:
            with self._turns.turn(time.monotonic() + seconds):
                self._keeper.revive()
        except TooBusyError:
            return self._keeper.runs
        return False

    def stats(self) -> dict[str, Any]:
        """How the writer is doing: writes done and waiting, how often it was started, articles, bytes on disk."""
        return {
            "done": self._done,
            "waiting": self._turns.waiting,
            "starts": self._keeper.starts,
            "articles": _articles(self._path),
            "bytes": _bytes(self._path),
        }

    def close(self) -> None:
        """Waits for the write under way, and has the store closed."""
        self._extractors.close()
        with self._turns.turn():
            self._keeper.close()
        if self._relay is not None:
            self._relay.close()

    def _settled(self, waiting: list[Reading], *, replace: bool) -> list[Report]:
        reports: list[Report] = self._do(Command("ingest", (waiting, replace), snapshot=True))
        return reports

    def _do(self, command: Command, bounds: Bounds | None = None, if_version: str | None = None) -> Any:
        with self._turns.turn(*((bounds.deadline, bounds.gone) if bounds else ())):
            self._keeper.ready()
            self._follow()
            if if_version is not None and if_version != self._version:
                raise ConflictError(
                    "the store has changed since the version that this write was based on; read it again"
                )
            if self._may_be_long(command) and self._wants_snapshot():
                command = replace(command, snapshot=True)
            try:
                reply = self._keeper.call(command, bounds)
            except StoreError:  # the writer is gone, and nobody knows how far it came
                with suppress(StoreError):
                    self._keeper.ready()
                    self._follow()
                raise
            self._done += reply.error is None
            for version, change in reply.changes:
                self._committed(version, change)  # first: no reader may be older than the version that is told
                self._version = version
        if reply.error is not None:
            raise reply.error
        return reply.value

    def _wants_snapshot(self) -> bool:
        """Whether readers are likely to ask for a snapshot: none could be made while a command is under way."""
        return time.monotonic() - self._asked < _LATELY

    @staticmethod
    def _may_be_long(command: Command) -> bool:
        """Whether a command may keep readers waiting for longer than a snapshot takes; data alone are soon written."""
        return command.name not in ("update", "delete_graph") or "where" in str(command.arguments[0]).casefold()

    def _follow(self) -> None:
        """Takes over the version of a writer that was started again, where that is another."""
        if self._keeper.version != self._version:
            self._committed(self._keeper.version, None)
            self._version = self._keeper.version


def _articles(path: Path) -> int:
    """How many articles a store holds; a look at the ledger keeps nobody waiting."""
    with closing(sqlite3.connect(f"{(path / 'ledger.db').absolute().as_uri()}?mode=ro", uri=True)) as ledger:
        return int(ledger.execute("SELECT count(*) FROM articles").fetchone()[0])


def _bytes(path: Path) -> int:
    """Of the store on disk, without snapshots, which share their bytes with it."""
    total = 0
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if name != "snapshots"]
        for name in names:
            with suppress(FileNotFoundError):
                total += os.stat(os.path.join(folder, name)).st_size  # noqa: PTH116, PTH118  # three times as fast
    return total
