"""Quotations: what somebody says is not what the article says. Their chunks are set aside."""

from __future__ import annotations

from graph.extraction.chunks import Chunk

_MARKS = frozenset({'"', "“", "”"})


def without_quotations(sentences: list[list[Chunk]]) -> tuple[list[list[Chunk]], list[list[Chunk]]]:
    """The sentences of one block without what stands in double quotes, and what does, sentence by sentence.

    A mark opens where a space stands before it and none behind. A quotation may run over several sentences; in old web
    text each paragraph of it opens anew and only the last one closes.
    """
    outside: list[list[Chunk]] = []
    inside: list[list[Chunk]] = []
    open_ = False
    for chunks in sentences:
        if not open_ and _MARKS.isdisjoint([chunk.text for chunk in chunks]):
            outside.append(chunks)
            inside.append([])
            continue
        kept: list[Chunk] = []
        quoted: list[Chunk] = []
        for index, chunk in enumerate(chunks):
            if chunk.text in _MARKS:
                opening = chunk.text != "”" and (chunk.text == "“" or _opens(chunks, index))
                if opening and not open_:
                    kept.append(Chunk("quote", '"', chunk.start, chunk.end))
                open_ = opening
                continue
            (quoted if open_ else kept).append(chunk)
        outside.append(kept)
        inside.append(quoted)
    return outside, inside


def _opens(chunks: list[Chunk], index: int) -> bool:
    chunk = chunks[index]
    after = chunks[index + 1] if index + 1 < len(chunks) else None
    before = chunks[index - 1] if index else None
    return (
        after is not None
        and after.start == chunk.end
        and (before is None or before.end < chunk.start or before.text in "(:")
    )
