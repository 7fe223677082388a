"""What holds of every text, however broken: it is read without a fault, and every fact stands in it."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from hashlib import sha256

from graph.articles import prepare
from graph.articles.decoding import decode
from graph.errors import UnfitError, UnreadableError
from graph.extraction import extract
from graph.guide import dumps, from_json
from graph.model import Article, Document, Extraction
from graph.screening import check_fit

PUBLISHED = date(2024, 8, 10)


def hold(text: str, *, published: date | None = PUBLISHED) -> int:
    """Reads a text and raises AssertionError where a promise is broken; gives the number of facts."""
    document = prepare(
        Article("case", text, sha256(text.encode("utf-8", "replace")).hexdigest(), "case", published=published)
    )
    with suppress(UnfitError):  # it is read all the same, as a user may ask for that
        check_fit(document)
    facts = extract(document)
    _sentences_hold(document)
    written = dumps(facts)
    assert from_json(json.loads(written)) == facts, "JSON does not give the facts back"
    return _quotes_hold(text, facts)


def hold_bytes(data: bytes) -> int:
    """As `hold`, of bytes that may be no text."""
    try:
        return hold(decode("case", data, None))
    except UnreadableError:
        return 0


def _sentences_hold(document: Document) -> None:
    at = 0
    for block in document.blocks:
        assert not document.text[at : block.start].strip(), "text between blocks is lost"
        inner = block.start
        for sentence in block.sentences:
            assert not document.text[inner : sentence.start].strip(), "text between sentences is lost"
            inner = sentence.end
        at = block.end
    assert not document.text[at:].strip(), "text after the last block is lost"


def _quotes_hold(text: str, facts: Extraction) -> int:
    count = 0
    told = {result.race for result in facts.results} | {missed.race for missed in facts.did_not_reach}
    for kind in Extraction.__dataclass_fields__:
        rows = getattr(facts, kind)
        for row in rows if isinstance(rows, tuple) else ():
            count += 1
            assert row.evidence or (kind == "races" and row.id in told), f"a fact without a sentence: {row}"
            for said in row.evidence:
                assert 0 <= said.start < said.end <= len(text), f"offsets outside the text: {said}"
                assert text[said.start : said.end] == said.quote, f"not what the text has there: {said}"
                assert 0 < said.confidence <= 1, f"confidence out of range: {said}"
            for mention in getattr(row, "mentions", ()):
                assert text[mention.start : mention.end] == mention.written, f"not as written: {mention}"
    return count
