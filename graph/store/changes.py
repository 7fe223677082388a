"""What a write of quads changed, told so that a copy of them elsewhere can do the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.store.base import Change

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 64 << 20  # bytes; a copy is made anew faster than it takes over more
_BLANK = re.compile(rb"(?:^|> )_:", re.MULTILINE)  # a blank node of N-Quads, and seldom something in a literal


def change_of(
    add: Iterable[ox.Quad], remove: Iterable[ox.Quad], drop: Iterable[ox.NamedNode], written: bytes
) -> Change | None:
    """The change that a write of these makes; None where blank nodes got other names, or it is too much to hand on."""
    added = written + (ox.serialize(add, format=ox.RdfFormat.N_QUADS) or b"")
    if len(added) > _LONGEST or _BLANK.search(added):
        return None
    removed = ox.serialize(remove, format=ox.RdfFormat.N_QUADS) or b""
    return Change(drop=tuple(name.value for name in drop), remove=removed, add=added)
