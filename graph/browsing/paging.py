"""Lists in pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Page(Generic[_T]):
    """One page of a list: its number from 1, how many pages and how many items there are in all."""

    items: tuple[_T, ...] = ()
    number: int = 1
    pages: int = 1
    total: int = 0

    @property
    def cut(self) -> bool:
        """Whether there is more than this page."""
        return self.pages > 1


def paged(items: Sequence[_T], number: int, size: int) -> Page[_T]:
    """Page `number` of the items, `size` on each; a number beyond the last page gives the last."""
    pages = pages_of(len(items), size)
    number = min(max(number, 1), pages)
    return Page(tuple(items[(number - 1) * size : number * size]), number, pages, len(items))


def pages_of(total: int, size: int) -> int:
    """How many pages so many items take; there is always one."""
    return max(1, -(-total // size))
