"""From an article to a document: mended text, blocks, sentences."""

from __future__ import annotations

from graph.articles.blocks import divide
from graph.articles.mending import mend
from graph.model import Article, Document


def prepare(article: Article) -> Document:
    """Make an article ready for reading: `article.text[offsets[s]:offsets[e]]` is what is stored of `text[s:e]`."""
    mended, offsets = mend(article.text)
    text, blocks = divide(mended, mend(article.title)[0] if article.title else None)
    return Document(article, text, blocks, offsets)
