"""Finding names, cards with evidence, relations, and paths, over any `graph.store.base.Source`."""

from graph.browsing.articlelist import Wanted, article_list
from graph.browsing.cards import card
from graph.browsing.changes import in_words
from graph.browsing.circles import around
from graph.browsing.clubs import club
from graph.browsing.coachtrees import coach_tree, coaches, squads
from graph.browsing.conflicts import conflicts, find_conflict, numbered, property_named, side_of
from graph.browsing.names import find, successor
from graph.browsing.networks import network
from graph.browsing.overview import overview
from graph.browsing.paths import connect, kinds_asked, path
from graph.browsing.people import person
from graph.browsing.pictures import between, graph_picture
from graph.browsing.relations import related
from graph.browsing.sentences import search_sentences
from graph.browsing.suggesting import search, search_page
from graph.browsing.wording import kinds_of_ties

__all__ = [
    "Wanted",
    "around",
    "article_list",
    "between",
    "card",
    "club",
    "coach_tree",
    "coaches",
    "conflicts",
    "connect",
    "find",
    "find_conflict",
    "graph_picture",
    "in_words",
    "kinds_asked",
    "kinds_of_ties",
    "network",
    "numbered",
    "overview",
    "path",
    "person",
    "property_named",
    "related",
    "search",
    "search_page",
    "search_sentences",
    "side_of",
    "squads",
    "successor",
]
