"""What commands print: text for people, made safe for a terminal, and JSON for programs."""

from __future__ import annotations

import json
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

# Control characters, which could drive a reader's terminal, and line ends, which break the layout.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

json_option = click.option("--json", "as_json", is_flag=True, help="JSON for programs instead of text.")


def clean(text: str) -> str:
    """One line of text that a terminal only shows: news text is not ours, so it may hold anything."""
    return _CONTROLS.sub(" ", text)


def say(text: str = "", indent: int = 0) -> None:
    """Prints a line."""
    click.echo(" " * indent + clean(text))


def change_lines(changes: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """What altered (~), went (-) and came (+), from the JSON of `graph.browsing.in_words`."""
    signs = (("~", "altered"), ("-", "lost"), ("+", "gained"))
    return [f"{sign} {changed['text']}" for sign, name in signs for changed in changes[name]]


def say_lines(lines: Sequence[str], limit: int | None, indent: int = 2) -> None:
    """Prints lines, at most `limit` of them."""
    for line in lines[:limit]:
        say(line, indent)
    if limit is not None and len(lines) > limit:
        say(f"... and {len(lines) - limit:,} more; --json gives all", indent)


def complain(message: str) -> None:
    """Prints one line to standard error."""
    click.echo(f"podium: {clean(message)}", err=True)


def say_json(value: object) -> None:
    """Prints a value of dataclasses and plain types as JSON, in UTF-8 whatever the terminal's encoding."""
    from server.plainjson import jsonable

    data = json.dumps(jsonable(value), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    write_bytes([data.encode("utf-8", "backslashreplace")])


def write_bytes(chunks: Iterable[bytes]) -> None:
    """Writes to standard output as it stands."""
    sys.stdout.flush()
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


@contextmanager
def progress(what: str) -> Iterator[Callable[[str], None]]:
    """A bar on standard error while work goes on; gives the function that counts one more piece of it.

    Only where standard error is a terminal: a log file wants no bars.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn(what),
        BarColumn(),
        TextColumn("{task.completed}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[now]}"),
    )
    console = Console(stderr=True)
    # The bar takes over standard output only where that is the same terminal; a pipe must get its lines.
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task(what, total=None, now="")

        def advance(now: str) -> None:
            from rich.markup import escape

            bar.update(task, advance=1, now=escape(clean(now))[:60])

        yield advance
