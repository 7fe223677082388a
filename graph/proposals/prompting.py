"""What an endpoint is asked: the prompt, the schema, the article piece by piece."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph.proposals.claimform import SCHEMA_FILE, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.model import Document

_PROMPT: Final = Path(__file__).with_name("prompt.txt")
_LONGEST: Final = 16_000  # characters of one piece, about 4,000 tokens: room for the answer in a context of 16,000


@cache
def prompt_version() -> str:
    """Changes with the prompt and the schema."""
    return hashlib.sha256(_PROMPT.read_bytes() + SCHEMA_FILE.read_bytes()).hexdigest()[:8]


def requests(document: Document, model: str) -> Iterator[dict[str, Any]]:
    """The bodies of the requests for a document, one for most."""
    published = document.article.published
    head = f"Published: {published.isoformat() if published else 'unknown'}\n\n"
    for piece in _pieces(document):
        yield {
            "model": model,
            "temperature": 0,
            "stream": False,
            "messages": [
                {"role": "system", "content": _PROMPT.read_text("utf-8")},
                {"role": "user", "content": head + piece},
            ],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "claims", "strict": True, "schema": schema()},
            },
        }


def _pieces(document: Document) -> Iterator[str]:
    """The text without captions, cut between blocks, each piece under the title."""
    blocks = [block for block in document.blocks if block.kind != "caption"]
    title = [document.text[block.start : block.end] for block in blocks if block.kind == "title"][:1]
    piece: list[str] = []
    for block in blocks:
        text = document.text[block.start : block.end]
        if piece and sum(map(len, piece)) + len(text) > _LONGEST:
            yield "\n\n".join(piece)
            piece = list(title)
        piece.append(text)
    if piece:
        yield "\n\n".join(piece)
