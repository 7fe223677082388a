"""The whole reading of one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.extraction.assembling import assemble
from graph.extraction.hearing import Hearing
from graph.extraction.interpreting import interpret
from graph.extraction.reading import Reading

if TYPE_CHECKING:
    from graph.model import Document, Extraction

VERSION: Final = "podium-rules/0.4"


def extract(document: Document) -> Extraction:
    """The facts that a document asserts. Deterministic: the same document gives the same facts in the same order."""
    reading = Reading(document)
    return assemble(reading, interpret(reading), VERSION)


def listen(document: Document) -> tuple[Extraction, Hearing]:
    """As `extract`, with what else was understood of the text, to judge by what others say that it asserts."""
    reading = Reading(document)
    drafts = interpret(reading)
    return assemble(reading, drafts, VERSION), Hearing(reading, drafts.salience)
