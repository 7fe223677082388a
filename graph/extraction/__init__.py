"""What an article asserts, read by rules: `extract` turns a document into facts, each with the sentence that says it."""

from graph.extraction.extracting import VERSION, extract

__all__ = ["VERSION", "extract"]
