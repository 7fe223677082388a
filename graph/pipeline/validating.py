"""What a batch brings into the graph is held against the shapes before it is written."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import RDF

from graph.facts import Key
from graph.ledger import claiming
from graph.pipeline.shipped import shipped_triples
from graph.pipeline.walking import owner_of
from graph.rdf.terms import key_node, node
from graph.validation import Shapes
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graph.ledger.terms import Terms
    from graph.pipeline.projecting import Delta
    from graph.problems import Problem
    from graph.store.embedded import Store
    from graph.validation import Statement, Term


_TYPE: Final = str(RDF.type)
_CLAIMED: Final = node(str(ATH.Claim))
_CLAIM: Final = re.compile(rb"^<([^>]+)> <%b> %b" % (_TYPE.encode(), str(_CLAIMED).encode()), re.MULTILINE)


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
    """As `Stored`, for looking ahead only, with `claims` and those in `graphs`, to be written and known as sound.

    What leads to a thing grows with the store, and only warnings ask for it: they are left to `podium check`.
    """

    def __init__(self, store: Store, graphs: Collection[bytes], claims: Iterable[str]) -> None:
        super().__init__(store)
        written = chain.from_iterable(map(_CLAIM.findall, graphs))
        self._claims = frozenset(chain(claims, (claim.decode() for claim in written)))

    def about(self, subject: ox.NamedNode) -> Iterator[Statement]:
        if subject.value in self._claims:
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
        self._graphs: list[bytes] = []
        self._renamed: set[str] = set()  # claims

    def take(self, delta: Delta, *, fresh: bool = False, renamed: bool = False) -> None:
        """Adds what a delta changes; `fresh` where the store has nothing of the subjects yet.

        An article that is `renamed` only has other names in what it says: no shape looks at these.
        """
        self._graphs += delta.graphs
        if renamed:
            self._renamed.update(str(quad.subject)[1:-1] for quad in delta.add if quad.object == _CLAIMED)
            return
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
            self._triples, self._subjects | self._held, Ahead(self._store, self._graphs, self._renamed)
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
