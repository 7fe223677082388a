"""Finding names, cards with evidence, relations, and paths, over any `graph.store.base.Source`."""

from graph.browsing.cards import card
from graph.browsing.changes import in_words
from graph.browsing.conflicts import conflicts, find_conflict, numbered, property_named, side_of
from graph.browsing.names import find, search, successor
from graph.browsing.overview import all_articles, overview
from graph.browsing.paths import path
from graph.browsing.relations import related

__all__ = [
    "all_articles",
    "card",
    "conflicts",
    "find",
    "find_conflict",
    "in_words",
    "numbered",
    "overview",
    "path",
    "property_named",
    "related",
    "search",
    "side_of",
    "successor",
]
