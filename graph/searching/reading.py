"""The names and sentences that are to be indexed, read off quads: those of a whole source, or of parts of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import Literal, URIRef

from graph import queries
from graph.searching.indexing import Name
from graph.searching.naming import KINDS, OTHER, name_of
from graph.searching.words import loose
from graph.store.results import rows
from ontology.iris import kind_and_slug
from ontology.resources import ontology_graphs, rebased

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.store.base import Source


def shipped_names(base: str) -> Iterator[Name]:
    """The names in the tables that Podium ships."""
    for graph in ontology_graphs(base):
        for path in graph.files:
            for quad in ox.parse(rebased(path, base).encode(), ox.RdfFormat.TURTLE):
                name = name_of(quad.subject, quad.predicate, quad.object, base)
                if name is not None:
                    yield name


def all_names(source: Source) -> Iterator[Name]:
    """The names in a source, whoever gave them."""
    named = source.select(queries.load("names"))
    yield from _distinct(((str(row["entity"]), str(row["name"])) for row in named), source.base)


def foreign_names(source: Source) -> Iterator[Name]:
    """The names in graphs that are not Podium's own, the unnamed one among them."""
    own = Literal(f"{source.base}graph/")
    graphs = [URIRef(str(row["g"])) for row in source.select(queries.load("foreign-graphs"), {"own": own})]
    found: list[tuple[str, str]] = []
    if graphs:
        query = queries.with_values(queries.load("foreign-names"), "g", graphs)
        found += ((str(row["entity"]), str(row["name"])) for row in source.select(query))
    answer = source.answer(queries.load("unnamed-names"), results=ox.QueryResultsFormat.JSON, union=False)
    unnamed = rows(ox.parse_query_results(b"".join(answer.chunks), ox.QueryResultsFormat.JSON))
    found += ((str(row["entity"]), str(row["name"])) for row in unnamed)
    yield from _distinct(found, source.base)


def _distinct(found: Iterable[tuple[str, str]], base: str) -> Iterator[Name]:
    """Each name once as it is written; folded ones (`ath:nameKey`) only where nothing written is the same."""
    names: dict[tuple[str, str], str] = {}
    for thing, name in found:
        key = (thing, loose(name))
        if key not in names or _unwritten(name) < _unwritten(names[key]):
            names[key] = name
    for (thing, _), name in names.items():
        known = kind_and_slug(thing, base)
        kind = OTHER if known is None else known[0]
        if kind in KINDS or kind == OTHER:
            yield Name(thing, kind, name)


def _unwritten(name: str) -> tuple[bool, str]:
    return name == name.lower(), name
