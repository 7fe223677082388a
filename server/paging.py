"""Pages of a list: which one an address asks for, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, request

from graph.browsing.paging import pages_of

_LONGEST = 6  # digits


@dataclass(frozen=True, slots=True)
class Span:
    """What page `number`, counted from 1, shows of a list of `total` things, `size` on each."""

    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page; an empty list has one."""
        return pages_of(self.total, self.size)

    @property
    def first_shown(self) -> int:
        return (self.number - 1) * self.size + 1

    @property
    def last_shown(self) -> int:
        return min(self.total, self.number * self.size)


def page_asked(parameter: str = "page") -> int:
    """The page that the address asks for, 1 where it asks for none. Answers 404 for what is no number of a page."""
    given = request.args.get(parameter, "1")
    number = int(given) if given.isascii() and given.isdigit() and len(given) <= _LONGEST else 0
    if number < 1:
        abort(404, f"There is no page '{given[:20]}'; pages are counted from 1.")
    return number


def span(number: int, size: int, total: int, of: str) -> Span:
    """What a page shows of a list. Answers 404 for a page behind the last one `of` the list, as it is called."""
    found = Span(number, size, total)
    if number > found.last:
        abort(404, f"There is no page {number} of {of}.")
    return found
