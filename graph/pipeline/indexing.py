"""The index of names and sentences, kept in step with the quads in the transaction of the ledger."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.facts import AnyRace, Key
from graph.ledger.claiming import LIVE
from graph.ledger.database import transaction
from graph.ledger.terms import Terms
from graph.pipeline import records
from graph.rdf.evidence import quoted, speaks_for
from graph.rdf.terms import key_node, node
from graph.searching import tables
from graph.searching.indexing import Name, Sentence, headline, names_of, quote, rename, weigh
from graph.searching.naming import NAMING, name_of
from graph.searching.reading import shipped_names
from ontology.iris import iri, kind_and_slug
from ontology.namespaces import ATH, OA

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graph.facts import Value
    from graph.pipeline.articlegraphs import Reading
    from graph.pipeline.projecting import Delta
    from graph.store.embedded import Store

_OWN: Final = "graph/"
_SENTENCES: Final = f"{_OWN}article_"
_NAMES = [node(name) for name in sorted(NAMING)]
_EXACT, _AS_OF = node(str(OA.exact)), node(str(ATH.asOf))


def index(
    store: Store,
    terms: Terms,
    delta: Delta,
    read: Mapping[str, Reading | None],
    weights: Mapping[int, int],
    fresh: Collection[str],
) -> None:
    """Brings the index in line with what a batch changes; call it in the transaction.

    `delta` is what changes besides the articles' own graphs, `read` what the touched articles (by id) say, None where
    one is gone; `fresh` those that the index cannot know; `weights` by how many more or fewer articles speak of a key.
    """
    ledger = store.ledger
    went, came = (set(_names(quads, store.base)) for quads in (delta.remove, delta.add))
    for article, reading in read.items():
        new = None if reading is None else headline(article, reading.article.title, store.base)
        if article not in fresh:
            me = iri("article", article, store.base)
            went |= {Name(me, "article", name) for name in names_of(ledger, me)} - {new}
        if new is not None:
            came.add(new)
        day, sentences = (0, ()) if reading is None else _quoted(reading)
        quote(ledger, article, day, sentences, fresh=article in fresh)
    rename(ledger, went, came)
    weigh(ledger, {_key_iri(terms.value(key), store.base): change for key, change in weights.items()})


def begin(store: Store) -> None:
    """Has the index of a store without articles kept from now on."""
    with transaction(store.ledger):
        if not tables.is_kept(store.ledger) and not records.ids(store.ledger):
            tables.mark_kept(store.ledger)


def ensure(store: Store) -> None:
    """Fills the index where an older Podium left none, or one that this one cannot use."""
    if not tables.is_kept(store.ledger):
        fill(store)


def fill(store: Store) -> None:
    """Makes the index anew from the quads and the ledger."""
    ledger, own = store.ledger, store.base + _OWN
    with transaction(ledger):
        tables.clear(ledger)
        named = (quad for name in _NAMES for quad in store.quads(None, name) if _in(quad, own))
        rename(ledger, (), sorted({*_names(named, store.base)} - {*shipped_names(store.base)}))
        weigh(ledger, _weights(ledger, Terms(ledger), store.base))
        for article, sentences in _sentences(store).items():
            quote(ledger, article, _day(store, article), sentences, fresh=True)
        tables.mark_kept(ledger)


def _names(quads: Iterable[ox.Quad], base: str) -> Iterator[Name]:
    found = (name_of(quad.subject, quad.predicate, quad.object, base) for quad in quads)
    return (name for name in found if name is not None)


def _quoted(reading: Reading) -> tuple[int, list[Sentence]]:
    """For which day an article speaks, and the sentences that its claims rest on."""
    as_of = speaks_for(reading.article, reading.said.claims)
    text = reading.article.text
    found = [Sentence(start, end, text[start:end]) for start, end in quoted(reading.said.claims)]
    return as_of.toordinal() if as_of else 0, found


def _weights(ledger: sqlite3.Connection, terms: Terms, base: str) -> dict[str, int]:
    counted = ledger.execute("SELECT entity, count(DISTINCT n) FROM namings GROUP BY entity").fetchall()
    used = ledger.execute("SELECT key, count(*) FROM uses WHERE role = ? GROUP BY key", (LIVE,)).fetchall()
    counted += [(key, articles) for key, articles in used if isinstance(terms.value(key), AnyRace)]
    return {_key_iri(terms.value(key), base): articles for key, articles in counted}


def _key_iri(key: Value, base: str) -> str:
    if not isinstance(key, Key):
        raise TypeError(f"{key} is no thing")
    return key_node(key, base).value


def _sentences(store: Store) -> dict[str, list[Sentence]]:
    """Article (by id) -> its quoted sentences, as its graph has them."""
    found: defaultdict[str, list[Sentence]] = defaultdict(list)
    for quad in store.quads(None, _EXACT):
        known = kind_and_slug(quad.subject.value, store.base) if isinstance(quad.subject, ox.NamedNode) else None
        if known is not None and known[0] == "sentence" and _in(quad, store.base + _SENTENCES):
            article, _, place = known[1].rpartition("_")
            start, _, end = place.partition("-")
            found[article].append(Sentence(int(start), int(end), _plain(quad)))
    return found


def _day(store: Store, article: str) -> int:
    said = store.quads(node(iri("article", article, store.base)), _AS_OF)
    return next((date.fromisoformat(_plain(quad)).toordinal() for quad in said), 0)


def _plain(quad: ox.Quad) -> str:
    return quad.object.value if isinstance(quad.object, ox.Literal) else ""


def _in(quad: ox.Quad, graphs: str) -> bool:
    """Whether the quad is in one of the graphs whose names begin so."""
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(graphs)
