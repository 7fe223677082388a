"""What an article asserts, read by rules: `extract` turns a document into facts, each with its sentence."""

from graph.extraction.catalogue import Rule, rules
from graph.extraction.extracting import VERSION, extract, listen

__all__ = ["VERSION", "Rule", "extract", "listen", "rules"]
