"""All records -> names, article graphs, facts, registry, and what the rules infer.

Only differences are written, and each graph's in one transaction. The mark `stale` stands while the graphs may lag
behind the records; a run that was cut off is made good when the store is opened next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.facts import Mark
from graph.identity.claims import Assertions, assertions
from graph.identity.fusion import fuse
from graph.identity.minting import Names, mint, witness
from graph.pipeline import records
from graph.pipeline.shipped import shipped_in_registry, shipped_triples
from graph.pipeline.tombstones import withdrawn
from graph.rdf.conflicts import conflict_triples
from graph.rdf.evidence import article_quads
from graph.rdf.registry import Spellings, registry
from graph.rdf.structure import structure
from graph.rdf.terms import fact_triple, graph_name, node, quads
from ontology.resources import rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from graph.model import Article
    from graph.pipeline.records import Record
    from graph.rdf.terms import Triple
    from graph.store.embedded import Store


@dataclass(frozen=True, slots=True)
class Change:
    """Facts that came and went, as quads of graph:facts."""

    gained: frozenset[ox.Quad]
    lost: frozenset[ox.Quad]


def rebuild(store: Store, *, everything: bool = False) -> Change:
    """Brings all graphs in line with the records.

    Article graphs are written anew only where a name in them now means someone else, or all with `everything`.
    """
    files = store.files
    files.stale = True
    _drop_withdrawn(store)
    found = list(records.every(files))
    names = mint(witness(record.extraction) for record in found)
    every = [assertions(record.extraction, record.article, names) for record in found]
    known = None if everything else records.names(files)
    for record, claimed in zip(found, every, strict=True):
        if known is None or _renamed(record, known, names):
            write_article(store, records.with_text(record, files), record.extraction.extractor, claimed)
    if known is None:
        _drop_orphans(store, {record.article.id for record in found})
    change = _write_facts(store, every)
    records.keep_names(files, names)
    files.stale = False
    return change


def write_article(store: Store, article: Article, extractor: str, claimed: Assertions) -> bool:
    """Makes the article's graph what the claims say, in one transaction; says whether anything changed."""
    graph = graph_name(f"article_{article.id}", store.base)
    new = article_quads(article, extractor, claimed.claims, claimed.mentions, claimed.races, store.base)
    old = set(store.quads(graph=graph))
    return store.write(new - old, old - new)


def _renamed(record: Record, known: Names, names: Names) -> bool:
    """Whether any name in the article leads to another slug than it did."""
    article = record.article.id
    people = {bearer.slug for bearer in witness(record.extraction).bearers}
    return any(known.resolve(article, slug) != names.resolve(article, slug) for slug in people)


def _drop_withdrawn(store: Store) -> None:
    """A withdrawal that was cut off between the graph and the record is completed."""
    for article in withdrawn(store):
        store.files.drop_record(article)


def _drop_orphans(store: Store, articles: set[str]) -> None:
    prefix = graph_name("article_", store.base).value
    kept = {prefix + article for article in articles}
    store.write(drop=[node(name) for name in store.graphs() if name.startswith(prefix) and name not in kept])


def _write_facts(store: Store, every: Iterable[Assertions]) -> Change:
    base = store.base
    every = list(every)
    claims = [claim for claimed in every for claim in claimed.claims]
    spellings = Spellings((claimed.article, naming) for claimed in every for naming in claimed.namings)
    marks = {claim.fact.object for claim in claims if isinstance(claim.fact.object, Mark)}
    fused = fuse(claims)
    shipped = shipped_triples(base)
    minted = registry(spellings, marks, base) - shipped
    facts = {fact_triple(fact, base) for fact in fused.facts} | structure(fused.facts, base, spellings.label)
    facts -= minted | shipped
    facts_graph, registry_graph = graph_name("facts", base), graph_name("registry", base)
    new_facts, new_registry = quads(facts, facts_graph), quads(minted | shipped_in_registry(base), registry_graph)
    old_facts, old_registry = set(store.quads(graph=facts_graph)), set(store.quads(graph=registry_graph))
    store.write(
        (new_facts - old_facts) | (new_registry - old_registry), (old_facts - new_facts) | (old_registry - new_registry)
    )
    _infer(store, conflict_triples(fused.conflicts, base))
    return Change(frozenset(new_facts - old_facts), frozenset(old_facts - new_facts))


def _infer(store: Store, conflicts: set[Triple]) -> None:
    """Writes graph:inferred anew: conflicts, then what each rule adds to all that was there before it."""
    graph = graph_name("inferred", store.base)
    store.write(quads(conflicts, graph), drop=[graph])
    for rule in rules(store.base):
        store.infer(rule.sparql, graph)
