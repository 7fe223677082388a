"""What the front and the writer say to each other."""

from __future__ import annotations

import copyreg
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import RdfFormat

from graph.ledger.history import KEPT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graph.errors import PodiumError
    from graph.store.base import Change


PING: Final = "ping"  # over the lifeline: answered at once by a process that is well


@dataclass(frozen=True, slots=True)
class Opening:
    """The store to open, or to make where there is none; `base` is the data namespace of a new one.

    `history` is how many entries of its history are kept.
    """

    path: Path
    base: str | None = None
    history: int = KEPT


@dataclass(frozen=True, slots=True)
class Command:
    """A method of `graph.engine.commands.Commands` and what it takes; `snapshot`: is one to be made beforehand?"""

    name: str
    arguments: tuple[Any, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    snapshot: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command gave or how it failed, the store's version by now, and each step there with what it changed."""

    version: str
    value: Any = None
    error: PodiumError | None = None
    changes: tuple[tuple[str, Change | None], ...] = ()


def _format(media_type: str) -> RdfFormat:
    found = RdfFormat.from_media_type(media_type)
    if found is None:
        raise ValueError(media_type)
    return found


def _sent(form: RdfFormat) -> tuple[Callable[[str], RdfFormat], tuple[str]]:
    return _format, (form.media_type,)


copyreg.pickle(RdfFormat, _sent)
