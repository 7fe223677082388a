"""All records -> names, article graphs, facts, registry, and what the rules infer.

Only differences are written, and each graph's in one transaction. The mark `stale` stands while the graphs may lag
behind the records; a run that was cut off is made good when the store is opened next.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.facts import Mark
from graph.identity.claims import assertions
from graph.identity.copies import copies
from graph.identity.fusion import fuse
from graph.identity.minting import mint, witness
from graph.pipeline import records
from graph.pipeline.choices import choices
from graph.pipeline.shipped import shipped_registry, shipped_triples
from graph.pipeline.tombstones import withdrawn
from graph.rdf.conflicts import conflict_triples, copy_triples
from graph.rdf.evidence import article_quads
from graph.rdf.registry import Spellings, registry
from graph.rdf.structure import structure
from graph.rdf.terms import fact_triple, graph_name, node, quads
from ontology.resources import rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import pyoxigraph as ox

    from graph.identity.claims import Assertions
    from graph.identity.minting import Names, Witness
    from graph.pipeline.records import Record
    from graph.rdf.terms import Triple
    from graph.store.embedded import Store


_BATCH = 20_000  # quads of one transaction: about 50 articles


@dataclass(frozen=True, slots=True)
class Change:
    """Facts that came and went, as quads of graph:facts."""

    gained: frozenset[ox.Quad]
    lost: frozenset[ox.Quad]


def rebuild(store: Store, changed: Collection[str] = (), *, everything: bool = False) -> Change:
    """Brings all graphs in line with the records.

    Article graphs are written anew for the `changed` articles and where a name now means someone else; all of them with
    `everything`.
    """
    files = store.files
    files.stale = True
    _drop_withdrawn(store)
    found = list(records.every(files))
    witnesses = [witness(record.extraction) for record in found]
    repeated = copies(records.text_of(record, files) for record in found)
    names = mint(witnesses, repeated)
    claimed = [assertions(record.extraction, record.article, names) for record in found]
    known = None if everything else records.names(files)
    to_write = [
        (record, claims)
        for record, people, claims in zip(found, witnesses, claimed, strict=True)
        if known is None or record.article.id in changed or _renamed(people, known, names)
    ]
    _write_articles(store, to_write)
    if known is None:
        _drop_orphans(store, {record.article.id for record in found})
    change = _write_facts(store, claimed, repeated)
    records.keep_names(files, names)
    files.stale = False
    return change


def _write_articles(store: Store, articles: Iterable[tuple[Record, Assertions]]) -> None:
    """Makes the graphs of the articles what their claims say, some articles in each transaction."""
    add: set[ox.Quad] = set()
    remove: set[ox.Quad] = set()
    for record, claims in articles:
        article = records.with_text(record, store.files)
        extractor, proposers = record.extraction.extractor, record.extraction.proposers
        new = article_quads(article, extractor, claims.claims, claims.mentions, claims.races, store.base, proposers)
        old = set(store.quads(graph=graph_name(f"article_{article.id}", store.base)))
        add |= new - old
        remove |= old - new
        if len(add) + len(remove) >= _BATCH:
            store.write(add, remove)
            add, remove = set(), set()
    store.write(add, remove)


def _renamed(people: Witness, known: Names, names: Names) -> bool:
    """Whether any name in the article leads to another slug than it did."""
    return any(
        known.resolve(people.article, bearer.slug) != names.resolve(people.article, bearer.slug)
        for bearer in people.bearers
    )


def _drop_withdrawn(store: Store) -> None:
    """A withdrawal that was cut off between the graph and the record is completed."""
    for article in withdrawn(store):
        store.files.drop_record(article)


def _drop_orphans(store: Store, articles: set[str]) -> None:
    prefix = graph_name("article_", store.base).value
    kept = {prefix + article for article in articles}
    store.write(drop=[node(name) for name in store.graphs() if name.startswith(prefix) and name not in kept])


def _write_facts(store: Store, every: Iterable[Assertions], repeated: Mapping[str, str]) -> Change:
    base = store.base
    every = list(every)
    claims = [
        replace(claim, copied=repeated[claim.article]) if claim.article in repeated else claim
        for claimed in every
        for claim in claimed.claims
    ]
    spellings = Spellings((claimed.article, naming) for claimed in every for naming in claimed.namings)
    marks = {claim.fact.object for claim in claims if isinstance(claim.fact.object, Mark)}
    fused = fuse(claims, choices(store))
    shipped = shipped_triples(base)
    minted = registry(spellings, marks, base) - shipped
    facts = {fact_triple(fact, base) for fact in fused.facts} | structure(fused.facts, base, spellings.label)
    facts -= minted | shipped
    facts_graph, registry_graph = graph_name("facts", base), graph_name("registry", base)
    new_facts, new_registry = quads(facts, facts_graph), quads(minted, registry_graph)
    old_facts = set(store.quads(graph=facts_graph))
    old_registry = set(store.quads(graph=registry_graph)) - shipped_registry(base)
    store.write(
        (new_facts - old_facts) | (new_registry - old_registry), (old_facts - new_facts) | (old_registry - new_registry)
    )
    _infer(store, conflict_triples(fused.conflicts, base) | copy_triples(repeated, base))
    return Change(frozenset(new_facts - old_facts), frozenset(old_facts - new_facts))


def _infer(store: Store, found: set[Triple]) -> None:
    """Writes graph:inferred anew: what comparing articles found, then what each rule adds to what was there before."""
    graph = graph_name("inferred", store.base)
    store.write(quads(found, graph), drop=[graph])
    for rule in rules(store.base):
        store.infer(rule.sparql, graph)
