"""What can be wrong with a graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["violation", "warning"]
Promise = Literal["shape", "one graph", "quote", "claim", "record"]


@dataclass(frozen=True, slots=True)
class Problem:
    """`about` is the IRI of what breaks the promise; a warning may be a dispute between articles."""

    severity: Severity
    promise: Promise
    about: str
    message: str
