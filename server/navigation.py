"""Ways between pages: what the header names, and the pages of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

# The words and paths of the header.
HEADER: Final = (
    ("Articles", "/articles"),
    ("Medals", "/medals"),
    ("Connections", "/connections"),
    ("Graph", "/graph"),
    ("Conflicts", "/conflicts"),
    ("SPARQL", "/sparql"),
    ("Trust", "/trust"),
    ("Curation", "/curation"),
)
_NEAR = 2  # pages named on either side of the one that is shown


def register(app: Flask) -> None:
    """Gives the templates `header_links`, `here`, `address` and `page_numbers`."""
    app.jinja_env.globals.update(header_links=HEADER, here=here, address=address, page_numbers=page_numbers)


def here(parameter: str) -> str:
    """The address of the page under way up to where the value of a query parameter is to be put behind it."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != parameter]
    return f"{request.path}?{urlencode([*kept, (parameter, '')])}"


def address(changes: Mapping[str, str | None]) -> str:
    """The address of the page under way with other values for some parameters; None takes one away."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in changes]
    query = urlencode([*kept, *((name, value) for name, value in changes.items() if value is not None)])
    return f"{request.path}?{query}" if query else request.path


def page_numbers(page: int, pages: int) -> list[int | None]:
    """Which of `pages` pages (from 1) a pager names: the ends and those around `page`; None stands for a gap."""
    named = sorted({1, pages, *range(max(1, page - _NEAR), min(pages, page + _NEAR) + 1)})
    numbers: list[int | None] = []
    for number in named:
        before = numbers[-1] if numbers else None
        if before is not None and number - before == 2:
            numbers.append(number - 1)
        elif before is not None and number - before > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers
