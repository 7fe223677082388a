"""Whether a store keeps its promises.

That is: the shapes hold, each triple is in one graph, each quote stands in its text, each fact is claimed, and records
and article graphs belong together. Everything is walked through once, some thousand triples at a time; what stays in
memory is a number for each claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import RDF

from graph.errors import PodiumError
from graph.identity.fusion import THRESHOLD
from graph.pipeline import records
from graph.pipeline.listing import article_text
from graph.pipeline.validating import Stored, shapes
from graph.pipeline.walking import graph_label, walk
from graph.problems import Problem
from graph.rdf.structure import is_structure
from graph.rdf.terms import graph_name, node
from ontology.iris import iri, kind_and_slug
from ontology.namespaces import ATH, OA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.pipeline.walking import Walked
    from graph.store.embedded import Store

_MANY: Final = 20_000  # triples held against the shapes at a time: about 40 articles
_RESOLVED: Final = node(str(ATH.resolvedTo))
_LINKS: Final = frozenset({str(ATH.resolvedTo), str(ATH.candidate)})
_CLAIM: Final = tuple(str(part) for part in (RDF.subject, RDF.predicate, RDF.object, ATH.confidence))
_PLACE: Final = tuple(str(part) for part in (ATH.inArticle, OA.start, OA.end))


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`quads` were looked at."""

    quads: int
    problems: tuple[Problem, ...]

    @property
    def violations(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "violation")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def check(store: Store) -> CheckReport:
    """Looks at everything in the store."""
    inspection = _Inspection(store)
    problems = {*inspection.walked(), *inspection.unclaimed(), *_unpaired(store)}
    ordered = sorted(problems, key=lambda found: (found.severity, found.promise, found.about, found.message))
    return CheckReport(len(store), tuple(ordered))


class _Inspection:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._shapes = shapes(store.base)
        self._surroundings = Stored(store)
        self._claimed: set[int] = set()  # hashes of what is claimed
        self._text: tuple[str, str] = ("", "")  # the article looked at last, whose sentences come in a row

    def walked(self) -> Iterator[Problem]:
        """What is wrong with the subjects."""
        articles = iri("graph", "article_", self._store.base)
        held: list[Walked] = []
        count = 0
        for one in walk(self._store):
            if count >= _MANY and (one.graph != held[-1].graph or not one.graph.startswith(articles)):
                yield from self._misshapen(held)
                held, count = [], 0
            held.append(one)
            count += len(one.quads)
            yield from self._of(one)
        yield from self._misshapen(held)

    def unclaimed(self) -> Iterator[Problem]:
        """The facts that no claim makes. All claims must have been walked by."""
        for quad in self._store.quads(graph=graph_name("facts", self._store.base)):
            subject, predicate = quad.subject, quad.predicate.value
            found = kind_and_slug(subject.value, self._store.base) if isinstance(subject, ox.NamedNode) else None
            if predicate in _LINKS or (found and is_structure(found[0], predicate)) or self._is_claimed(quad):
                continue
            yield Problem("violation", "claim", str(subject).strip("<>"), f"no claim says {predicate} {quad.object}")

    def _is_claimed(self, quad: ox.Quad) -> bool:
        if hash((quad.subject, quad.predicate, quad.object)) in self._claimed:
            return True
        subjects = [quad.subject, *self._known_in_part(quad.subject)]
        values = [quad.object, *self._known_in_part(quad.object)]
        return any(hash((one, quad.predicate, other)) in self._claimed for one in subjects for other in values)

    def _known_in_part(self, full: object) -> list[object]:
        """The races and results that were identified with this one."""
        if not isinstance(full, ox.NamedNode):
            return []
        return [quad.subject for quad in self._store.quads(None, _RESOLVED, full)]

    def _of(self, one: Walked) -> Iterator[Problem]:
        if not one.own:
            yield from _doubles(one)
        said = {quad.predicate.value: quad.object for quad in one.quads}
        if _PLACE[0] in said:
            yield from self._misquoted(one, said)
        subject, predicate, value, confidence = map(said.get, _CLAIM)
        if isinstance(confidence, ox.Literal) and float(confidence.value) >= THRESHOLD:
            self._claimed.add(hash((subject, predicate, value)))

    def _misquoted(self, one: Walked, said: Mapping[str, object]) -> Iterator[Problem]:
        """A sentence or spelling that is not what the text has at its place."""
        article, start, end = map(said.get, _PLACE)
        quote = said.get(str(OA.exact), said.get(str(ATH.asWritten)))
        if not isinstance(article, ox.NamedNode) or not isinstance(quote, ox.Literal):
            return
        if self._text[0] != article.value:
            try:
                found = kind_and_slug(article.value, self._store.base)
                self._text = article.value, article_text(self._store, found[1] if found else article.value)
            except PodiumError as error:
                self._text = article.value, ""
                yield Problem("violation", "quote", article.value, str(error))
        if not isinstance(start, ox.Literal) or not isinstance(end, ox.Literal) or not self._text[1]:
            return
        if self._text[1][int(start.value) : int(end.value)] != quote.value:
            message = f"the stored text has something else at {start.value}-{end.value}"
            yield Problem("violation", "quote", one.about, message)

    def _misshapen(self, held: list[Walked]) -> list[Problem]:
        triples = ((quad.subject, quad.predicate.value, quad.object) for one in held for quad in one.quads)
        return self._shapes.problems(triples, None, self._surroundings)


def _doubles(one: Walked) -> Iterator[Problem]:
    """The triples of a subject that are in several graphs."""
    places: dict[tuple[ox.NamedNode, object], str] = {}
    for quad in one.quads:
        place = graph_label(quad.graph_name)
        other = places.setdefault((quad.predicate, quad.object), place)
        if other != place:
            first, second = sorted((other, place))
            message = f"{quad.predicate} {quad.object} is in {first} and in {second}"
            yield Problem("violation", "one graph", one.about, message)


def _unpaired(store: Store) -> Iterator[Problem]:
    """The records without a graph and the article graphs without a record."""
    prefix = iri("graph", "article_", store.base)
    graphs = {name.removeprefix(prefix) for name in store.graphs() if name.startswith(prefix)}
    kept = set(records.ids(store.ledger))
    for article in kept - graphs:
        yield Problem("violation", "record", iri("article", article, store.base), "its graph is missing")
    for article in graphs - kept:
        yield Problem("violation", "record", iri("article", article, store.base), "its record is missing")
