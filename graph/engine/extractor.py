"""The process that reads documents for the writer: `python -m graph.engine.extractor COMMANDS LIFELINE`."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from graph.articles import read_documents
from graph.engine.child import follow, lifelines
from graph.errors import UnreadableError
from graph.model import Article
from graph.pipeline.extracting import extracted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection

    from graph.articles import Input


def _serve(commands: Connection, line: Connection) -> None:
    """Answers each document with its articles and what they say, one by one, and None after them."""
    follow(line)
    while True:
        base, screen, document = commands.recv()
        for reading in extracted(_articles(document), 1, lambda _: None, base=base, screen=screen):
            commands.send(reading)
        commands.send(None)


def _articles(document: Input | Article | UnreadableError) -> Iterable[Article | UnreadableError]:
    return (document,) if isinstance(document, Article | UnreadableError) else _read(document)


def _read(document: Input) -> Iterator[Article | UnreadableError]:
    yield from read_documents((document,))


if __name__ == "__main__":
    with suppress(EOFError):  # the front has ended
        _serve(*lifelines(sys.argv[1:]))
