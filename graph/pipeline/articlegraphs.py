"""The ledger -> the quads of touched articles, of their extractors, and of curators' choices."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import PROV, RDF, RDFS, XSD

from graph.ledger import choosing
from graph.ledger.verdicts import Judged
from graph.pipeline import tombstones
from graph.rdf.conflicts import choice_node, choice_triples, copy_triples, verdict_triples
from graph.rdf.evidence import article_triples, extractor_node, renamed_quads, run_node
from graph.rdf.terms import Triple, graph_name, node, quads, text
from ontology.iris import iri
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.identity.claims import Assertions
    from graph.model import Article, Extraction
    from graph.pipeline.projecting import Delta
    from graph.store.embedded import Store

_USED: Final = node(str(PROV.used))
_ENDED: Final = node(str(PROV.endedAtTime))
_INSTANT: Final = node(str(XSD.dateTime))
_COPY_OF: Final = node(str(ATH.copyOf))
_JUDGED_IN: Final = node(str(ATH.judgedIn))


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with its text, what was read from it and when (xsd:dateTime), and what it claims.

    `graph` is its named graph as N-Quads, where that is known; `before` what it claimed when its graph was written,
    where only its names lead elsewhere since.
    """

    article: Article
    extraction: Extraction
    ended: str
    said: Assertions
    graph: bytes | None = None
    before: Assertions | None = None


def project_article(store: Store, article: str, read: Reading | None, delta: Delta, *, fresh: bool) -> None:
    """Adds to `delta` what changes for one article, given what it says; None where it is gone.

    `fresh` where the store cannot hold anything of it.
    """
    base = store.base
    graph, meta = (graph_name(name, base) for name in (f"article_{article}", "meta"))
    me = node(iri("article", article, base))
    project_copy(store, article, delta)
    project_verdicts(store, article, read, delta)
    if read is not None and read.before is not None:
        renamed = renamed_quads(read.article, read.extraction.extractor, read.before, read.said, base)
        if renamed is not None:
            delta.change(*renamed)
            return
    had: set[ox.Quad] = set()
    new: set[ox.Quad] = set()
    if read is None:
        had = set(store.quads(None, _USED, None, graph))
        delta.drop.append(graph)
    elif fresh and read.graph is not None:
        delta.graphs.append(read.graph)
    else:
        had = set() if fresh else set(store.quads(graph=graph))
        new = article_graph(read.article, read.extraction, read.said, base)
        delta.change(had, new)
    runs = {quad.subject for quad in chain(had, new) if quad.predicate == _USED}
    told = {quad for run in runs if isinstance(run, ox.NamedNode) for quad in store.quads(run, _ENDED, None, meta)}
    told |= set(store.quads(me, None, None, meta))
    delta.change(told, quads(_told(store, article, me, read), meta))


def project_copy(store: Store, article: str, delta: Delta) -> None:
    """Adds to `delta` what changes in whose copy an article is."""
    me, inferred = node(iri("article", article, store.base)), graph_name("inferred", store.base)
    copied = set(store.quads(me, _COPY_OF, None, inferred))
    delta.change(copied, quads(copy_triples(_copy(store, article), store.base), inferred))


def project_verdicts(store: Store, article: str, read: Reading | None, delta: Delta) -> None:
    """Adds to `delta` what changes in what graph:meta has of a curator's verdicts on the claims of an article."""
    base, meta = store.base, graph_name("meta", store.base)
    judged = Judged(store.ledger, article)
    had = {quad.subject for quad in store.quads(None, _JUDGED_IN, node(iri("article", article, base)), meta)}
    triples: list[Triple] = []
    for claim in read.said.claims if judged and read is not None else ():
        verdict = judged.on(claim.fact)
        if verdict is not None:
            triples += verdict_triples(verdict, claim, base)
    told = {quad for one in had if isinstance(one, ox.NamedNode) for quad in store.quads(one, None, None, meta)}
    delta.change(told, quads(triples, meta))


def project_extractor(store: Store, name: str, delta: Delta) -> None:
    """Adds to `delta` what graph:meta has of an extractor; optional ones have their names as labels."""
    meta = graph_name("meta", store.base)
    me = extractor_node(name, store.base)
    used = store.ledger.execute("SELECT proposer FROM readings WHERE extractor = ? LIMIT 1", (name,)).fetchone()
    triples: list[Triple] = []
    if used:
        triples.append((me, str(RDF.type), node(str(ATH.Extractor))))
        if used[0]:
            triples.append((me, str(RDFS.label), text(name)))
    delta.change(set(store.quads(me, None, None, meta)), quads(triples, meta))


def project_choice(store: Store, subject: str, predicate: str, delta: Delta) -> None:
    """Adds to `delta` what graph:meta has of a curator's choice."""
    meta = graph_name("meta", store.base)
    me = choice_node(subject, predicate, store.base)
    made = [choice for choice in choosing.of(store.ledger, subject) if choice.predicate == predicate]
    triples = (triple for choice in made for triple in choice_triples(choice, store.base))
    delta.change(set(store.quads(me, None, None, meta)), quads(triples, meta))


def article_graph(article: Article, extraction: Extraction, said: Assertions, base: str) -> set[ox.Quad]:
    """The quads of an article's named graph; the article has its text."""
    return quads(triples_of(article, extraction, said, base), graph_of(article, base))


def triples_of(article: Article, extraction: Extraction, said: Assertions, base: str) -> list[Triple]:
    """The triples of an article's named graph; some may come twice."""
    return article_triples(
        article, extraction.extractor, said.claims, said.mentions, said.races, base, extraction.proposers
    )


def graph_of(article: Article, base: str) -> ox.NamedNode:
    """The name of an article's named graph."""
    return graph_name(f"article_{article.id}", base)


def _told(store: Store, article: str, me: ox.NamedNode, read: Reading | None) -> Iterable[Triple]:
    """When its runs ended; when and why it was withdrawn."""
    tombstone = tombstones.of(store.ledger, article)
    if tombstone is not None:
        yield me, str(PROV.invalidatedAtTime), ox.Literal(tombstone.at, datatype=_INSTANT)
        yield me, str(ATH.reason), text(tombstone.reason)
    if read is not None:
        ended = ox.Literal(read.ended, datatype=_INSTANT)
        for name in (read.extraction.extractor, *read.extraction.proposers):
            yield run_node(read.article, name, store.base), _ENDED.value, ended


def _copy(store: Store, article: str) -> Mapping[str, str]:
    row = store.ledger.execute(
        "SELECT o.id FROM articles AS a JOIN articles AS o ON o.n = a.original WHERE a.id = ?", (article,)
    ).fetchone()
    return {} if row is None else {article: row[0]}
