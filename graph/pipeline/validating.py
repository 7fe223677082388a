"""What a batch brings into the graph is held against the shapes before it is written."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import RDF

from graph.facts import Key
from graph.ledger import claiming
from graph.pipeline.shipped import shipped_triples
from graph.pipeline.walking import owner_of
from graph.rdf.terms import key_node, node
from graph.validation import Shapes
from ontology.iris import iri
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from graph.ledger.terms import Terms
    from graph.pipeline.projecting import Delta
    from graph.problems import Problem
    from graph.store.embedded import Store
    from graph.validation import Statement, Term


_TYPE: Final = str(RDF.type)
_CLAIMED: Final = node(str(ATH.Claim))


@cache
def shapes(base: str) -> Shapes:
    """The shapes for stores with that base."""
    return Shapes(shipped_triples(base))


class Stored:
    """What a store holds, as surroundings."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def about(self, subject: ox.NamedNode) -> Iterator[Statement]:
        return map(_statement, self._store.quads(subject))

    def leading(self, predicate: str, value: ox.NamedNode) -> Iterator[ox.NamedNode]:
        for quad in self._store.quads(None, node(predicate), value):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject


class Ahead(Stored):
    """As `Stored`, for looking ahead only; all claims of the `trusted` articles are still to be written, or may be.

    What leads to a thing grows with the store, and only warnings ask for it: they are left to `podium check`.
    """

    def __init__(self, store: Store, trusted: Container[str]) -> None:
        super().__init__(store)
        self._base = store.base
        self._claims = iri("claim", "", store.base)
        self._trusted = trusted

    def about(self, subject: ox.NamedNode) -> Iterator[Statement]:
        if subject.value.startswith(self._claims) and owner_of(subject, self._base) in self._trusted:
            yield subject, _TYPE, _CLAIMED
        else:
            yield from super().about(subject)

    def leading(self, predicate: str, value: ox.NamedNode) -> Iterator[ox.NamedNode]:  # noqa: ARG002
        yield from ()


class Arrivals:
    """The subjects that a batch changes, as they will be."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._subjects: set[Term] = set()
        self._triples: list[Statement] = []
        self._held: set[ox.NamedNode | ox.BlankNode | ox.Triple] = set()  # what the store may say something of
        self._removed: set[ox.Quad] = set()
        self._trusted: set[str] = set()

    def trust(self, article: str) -> None:
        """The graph of an article is known to be sound: it was read so, and no shape looks at where names lead."""
        self._trusted.add(article)

    def take(self, delta: Delta, *, fresh: bool = False) -> None:
        """Adds what a delta changes; `fresh` where the store has nothing of the subjects yet."""
        added = [_statement(quad) for quad in delta.add]
        self._triples += added
        self._subjects.update(subject for subject, _, _ in added)
        if not fresh:
            self._held.update(quad.subject for quads in (delta.add, delta.remove) for quad in quads)
            self._removed |= delta.remove

    def problems(self) -> list[Problem]:
        """What is wrong with the subjects, once all deltas are taken: one may remove what another leaves."""
        for subject in self._held:
            self._triples += [_statement(quad) for quad in self._store.quads(subject) if quad not in self._removed]
        return shapes(self._store.base).problems(
            self._triples, self._subjects | self._held, Ahead(self._store, self._trusted)
        )

    def by_article(self, problems: Iterable[Problem], articles: Mapping[int, str], terms: Terms) -> _ByArticle:
        """Which of the articles (number -> id) have a say in what is wrong; under "" where none has."""
        found: defaultdict[str, list[Problem]] = defaultdict(list)
        speakers: defaultdict[str, set[str]] = defaultdict(set)
        for n, article in articles.items():
            for number in claiming.keys_of(self._store.ledger, n):
                key = terms.value(number)
                if isinstance(key, Key):
                    speakers[key_node(key, self._store.base).value].add(article)
        for problem in problems:
            owner = owner_of(node(problem.about), self._store.base)
            near = {owner} & set(articles.values()) or speakers.get(problem.about)
            for article in near or self._speaking_near(problem.about, speakers) or {""}:
                found[article].append(problem)
        return dict(found)

    def _speaking_near(self, about: str, speakers: Mapping[str, set[str]]) -> set[str]:
        """Who speaks of what an inferred thing is about."""
        me = ox.NamedNode(about)
        near = {value for subject, _, value in self._triples if subject == me}
        return {one for term in near if isinstance(term, ox.NamedNode) for one in speakers.get(term.value, ())}


_ByArticle = dict[str, "list[Problem]"]


def _statement(quad: ox.Quad) -> Statement:
    return quad.subject, quad.predicate.value, quad.object
