"""The articles that support each row of a SELECT: `?provenance=1`."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from rdflib import URIRef
from rdflib.term import Variable

from graph import queries
from graph.browsing import wording
from graph.browsing.describing import local
from graph.browsing.evidence import Triple
from graph.errors import QueryError
from graph.sparql.provenance import COLUMN, MOST_ROWS
from graph.store.terms import to_ox
from ontology.iris import NS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.sparql.provenance import Pattern, Way, Widened
    from graph.store.base import Row, Source

_BATCH = 1000  # subjects in one VALUES block
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# Edges that are views of a relationship; whether they begin at the athlete.
_TIES: Final = {
    NS + name: from_athlete
    for from_athlete, names in (
        (True, ("coachedBy", "formerlyCoachedBy", "memberOf", "formerMemberOf")),
        (False, ("coaches", "formerlyCoached", "hasMember", "hadMember")),
    )
    for name in names
}
_MEDALS: Final = {NS + name for name in ("wonMedal", "medal", "wonBy", "wonIn")}
_COLOUR: Final = NS + "medalColour"
_KEYS: Final = {
    NS + name
    for name in (
        "athlete",
        "team",
        "race",
        "coach",
        "club",
        "kind",
        "discipline",
        "scope",
        "series",
        "tallyOf",
        "holder",
    )
} | {_TYPE}

Binding = dict[str, Any]  # variable -> term as in SPARQL results in JSON
Found = defaultdict[Triple, set[str]]


def with_articles(source: Source, widened: Widened, answered: bytes) -> bytes:
    """The answer of a widened query (SPARQL results in JSON) as it was asked for, with the column of articles.

    In the column stand the IRIs of the articles that claim what the row stands on, sorted, with spaces between.
    Raises QueryError where there are more rows than provenance is given for.
    """
    data = json.loads(answered)
    variables, bindings = data["head"]["vars"], data["results"]["bindings"]
    if len(bindings) > widened.most:
        raise QueryError(f"provenance is given for {MOST_ROWS:,} rows at most; add a LIMIT, or narrow the query down")
    shown = list(widened.shown) if widened.shown is not None else variables
    grounded = _grounded(source, widened.patterns, bindings)
    support = _Support(source, {triple for triples in grounded for triple in triples})
    rows: list[tuple[Binding, set[str]]] = [
        ({name: binding[name] for name in shown if name in binding}, support.of(triples))
        for binding, triples in zip(bindings, grounded, strict=True)
    ]
    if widened.distinct:
        rows = _one_each(rows)[widened.offset :][: widened.limit]
        if len(rows) > MOST_ROWS:
            raise QueryError(f"provenance is given for {MOST_ROWS:,} rows at most; add a LIMIT")
    data["head"]["vars"] = [*shown, COLUMN]
    data["results"]["bindings"] = [
        row | {COLUMN: {"type": "literal", "value": " ".join(sorted(articles))}} for row, articles in rows
    ]
    return json.dumps(data, ensure_ascii=False).encode()


def _one_each(rows: list[tuple[Binding, set[str]]]) -> list[tuple[Binding, set[str]]]:
    """Equal rows made one, with the articles of all, in the order of the first of each."""
    found: dict[str, tuple[Binding, set[str]]] = {}
    for row, articles in rows:
        found.setdefault(json.dumps(row, sort_keys=True), (row, set()))[1].update(articles)
    return list(found.values())


def _grounded(source: Source, patterns: Iterable[Pattern], bindings: list[Binding]) -> list[list[Triple]]:
    """For each row the triples that its patterns stand for; those of paths by one query for each way of more steps."""
    found: list[list[Triple]] = [[] for _ in bindings]
    for pattern in patterns:
        ends = [
            (_value(pattern.triple.subject, binding), _value(pattern.triple.object, binding)) for binding in bindings
        ]
        if not pattern.ways:
            middles = [_value(pattern.triple.predicate, binding) for binding in bindings]
            for triples, (subject, end), middle in zip(found, ends, middles, strict=True):
                if subject and middle and end:
                    triples.append(Triple(subject[0], middle[0], end[0]))
        for way in pattern.ways:
            walked = _walked(source, way, ends)
            for triples, pair in zip(found, ends, strict=True):
                triples += walked.get(pair, ())
    return found


Value = tuple[str, str] | None  # the value, and the term as written in SPARQL


def _value(term: object, binding: Binding) -> Value:
    """What a term of a pattern is in a row; None: open, or a blank node."""
    if not isinstance(term, Variable):
        return str(term), str(to_ox(term))  # type: ignore[arg-type]
    bound = binding.get(str(term))
    if bound is None or bound["type"] not in ("uri", "literal", "typed-literal"):
        return None
    value = str(bound["value"])
    if bound["type"] == "uri":
        return value, str(to_ox(URIRef(value)))
    written = json.dumps(value)
    if "xml:lang" in bound:
        return value, f"{written}@{bound['xml:lang']}"
    return value, f"{written}^^<{bound['datatype']}>" if "datatype" in bound else written


def _walked(source: Source, way: Way, ends: list[tuple[Value, Value]]) -> Mapping[tuple[Value, Value], list[Triple]]:
    """The triples on a way between each pair of ends, where it leads from the one to the other."""
    pairs = {pair for pair in ends if pair[0] and pair[1]}
    found: defaultdict[tuple[Value, Value], list[Triple]] = defaultdict(list)
    if not way or not pairs:
        return found
    names = ["?a", *(f"?m{number}" for number in range(1, len(way))), "?b"]
    steps = [f"{names[at + backwards]} <{iri}> {names[at + 1 - backwards]}" for at, (iri, backwards) in enumerate(way)]
    by_value = {(start[0], end[0]): (start, end) for start, end in pairs if start and end}
    ordered = sorted(pairs, key=str)
    for first in range(0, len(ordered), _BATCH):
        values = " ".join(f"({start[1]} {end[1]})" for start, end in ordered[first : first + _BATCH] if start and end)
        for row in source.select(f"SELECT {' '.join(names)} {{ VALUES (?a ?b) {{ {values} }} {' . '.join(steps)} }}"):
            stops = [str(row[name[1:]]) for name in names]
            pair = by_value.get((stops[0], stops[-1]))
            if pair is not None:
                found[pair] += [
                    Triple(stops[at + backwards], iri, stops[at + 1 - backwards])
                    for at, (iri, backwards) in enumerate(way)
                ]
    return found


class _Support:
    """The articles behind triples, looked up for all of them together."""

    def __init__(self, source: Source, triples: set[Triple]) -> None:
        self._source = source
        self._ties: defaultdict[tuple[str, str], set[str]] = defaultdict(set)  # athlete, other -> relationships
        self._results: defaultdict[str, set[str]] = defaultdict(set)  # medal -> results
        self._evidence: defaultdict[str, set[str]] = defaultdict(set)
        self._claims: Found = defaultdict(set)
        self._about: defaultdict[str, set[str]] = defaultdict(set)
        self._medalled: defaultdict[str, set[str]] = defaultdict(set)  # result -> who says that it won a medal
        nodes = {triple.subject for triple in triples} | {triple.object for triple in triples}
        athletes = {_athlete(triple) for triple in triples if triple.predicate in _TIES}
        for row in self._rows("row-ties", athletes):
            self._ties[str(row["s"]), str(row["other"])].add(str(row["node"]))
        for row in self._rows("row-medals", {node for node in nodes if "/medal/" in node}):
            self._results[str(row["s"])].add(str(row["node"]))
        subjects = {triple.subject for triple in triples}
        for row in self._rows("row-evidence", subjects):
            self._evidence[str(row["s"])].add(str(row["article"]))
        inverses = {triple.object for triple in triples if wording.inverse_of(local(triple.predicate))}
        related = set().union(*self._ties.values(), *self._results.values())
        for name in ("row-claims", "row-derived"):
            for row in self._rows(name, subjects | inverses | related):
                triple, article = Triple(str(row["s"]), str(row["p"]), str(row["o"])), str(row["article"])
                self._claims[triple].add(article)
                self._about[triple.subject].add(article)
                if triple.predicate == _COLOUR:
                    self._medalled[triple.subject].add(article)

    def _rows(self, name: str, iris: Iterable[str]) -> Iterator[Row]:
        terms = [URIRef(iri) for iri in sorted(set(iris)) if "://" in iri and " " not in iri]
        for start in range(0, len(terms), _BATCH):
            yield from self._source.select(queries.with_values(queries.load(name), "s", terms[start : start + _BATCH]))

    def of(self, triples: list[Triple]) -> set[str]:
        """The articles behind the triples of a row.

        What follows from the key of a fact, as whose result it is, counts where nothing else of the row is about it.
        """
        articles: set[str] = set()
        keyed: set[str] = set()
        told: set[str] = set()
        for triple in triples:
            found = self._direct(triple)
            articles |= found
            if found:
                told.add(triple.subject)
            elif triple.predicate in _KEYS:
                keyed.add(triple.subject)
        for subject in keyed - told:
            articles |= self._about.get(subject, set())
        return articles

    def _direct(self, triple: Triple) -> set[str]:
        found = self._claims.get(triple, set()) | self._evidence.get(triple.subject, set())
        inverse = wording.inverse_of(local(triple.predicate))
        if inverse is not None:
            found = found | self._claims.get(Triple(triple.object, NS + inverse, triple.subject), set())
        if triple.predicate in _TIES:
            athlete = _athlete(triple)
            other = triple.object if athlete == triple.subject else triple.subject
            return found.union(*(self._about.get(node, set()) for node in self._ties.get((athlete, other), ())))
        if triple.predicate in _MEDALS or "/medal/" in triple.subject:
            results = self._results.get(triple.subject, set()) | self._results.get(triple.object, set())
            return found.union(*(self._medalled.get(node, set()) for node in results))
        return found


def _athlete(triple: Triple) -> str:
    return triple.subject if _TIES[triple.predicate] else triple.object
