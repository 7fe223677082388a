"""What can be set about the processes behind a service."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import psutil

from graph.ledger.history import KEPT
from graph.sparql.remote import CLOSED, RemotePolicy
from graph.store.base import Limits
from graph.workers import usable_cores

Memory: TypeAlias = Literal["auto", "on", "off"]
DefaultGraph: TypeAlias = Literal["union", "own"]

_HEAVY_A_CORE = 8  # slow queries that share a core: more of them would all be too late
_QUAD = 700  # bytes of a quad in the image, measured with a margin


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """Limits of each query, how many run side by side, and where readers find the quads.

    `light` queries run at once, until each proves slow; `heavy` slow ones (None: 8 a core, and no more than half of the
    memory that is free allows); `queue` more may wait for their turn. `memory` says whether readers have all quads in
    memory: "auto" where these need less than a quarter of it. `default_graph`: what queries that name no graph see, the
    union of all or the unnamed graph alone. `history` is how many entries of it the store keeps, beside all that people
    decided. `remote`: what SERVICE, LOAD and FROM may reach.
    """

    limits: Limits = field(default_factory=Limits)
    light: int = 4
    heavy: int | None = None
    queue: int = 256
    history: int = KEPT
    memory: Memory = "auto"
    default_graph: DefaultGraph = "union"
    remote: RemotePolicy = CLOSED

    @property
    def union(self) -> bool:
        """Whether a query that names no graph sees all of them as one."""
        return self.default_graph == "union"

    def heavy_slots(self) -> int:
        """How many slow queries run side by side; at least one."""
        if self.heavy is not None:
            return max(1, self.heavy)
        affordable: int = psutil.virtual_memory().available // 2 // self.limits.memory
        return max(1, min(_HEAVY_A_CORE * usable_cores(), affordable))

    def most_in_memory(self) -> int:
        """How many quads readers have in memory at most; a store with more is read from disk."""
        if self.memory == "auto":
            return int(psutil.virtual_memory().total // 4 // _QUAD)
        return sys.maxsize if self.memory == "on" else 0

    def spared(self) -> int:
        """Bytes that readers may hold for themselves between queries: a quarter of the memory, or as much as is free.

        What is free is so without them: they never have more than half of what there would be if they ended.
        """
        memory = psutil.virtual_memory()
        return int(min(memory.total // 4, memory.available))
