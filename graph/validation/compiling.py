"""SHACL shapes -> functions. A construct that is not known here is refused, so that no shape is ever passed over."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.validation import values
from graph.validation.constraints import NodeShape, PropertyShape
from graph.validation.triples import TYPE, indexed
from ontology.iris import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from graph.problems import Severity
    from graph.validation.triples import Entry, Term, Vocabulary
    from graph.validation.values import Pair, Test

_SH: Final = "http://www.w3.org/ns/shacl#"
_RDF: Final = VOCABULARIES["rdf"]
_REMARKS: Final = frozenset({TYPE, VOCABULARIES["rdfs"] + "comment", VOCABULARIES["rdfs"] + "label"})
_SEVERITIES: Final[Mapping[str, Severity]] = {"Violation": "violation", "Warning": "warning"}
_PAIRS: Final[Mapping[str, Callable[[str], Pair]]] = {
    "lessThan": values.less_than,
    "disjoint": values.disjoint,
    "equals": values.equal,
}
_BOUNDS: Final = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
_TESTS: Final = frozenset({"class", "datatype", "in", "pattern", "nodeKind", "and", "or", "xone", *_BOUNDS})
_NAMED: Final = frozenset({"severity", "message"})
_OF_NODES: Final = _TESTS | {"property"}
_OF_PROPERTIES: Final = _TESTS | _PAIRS.keys() | {"path", "minCount", "maxCount"}
_OF_TARGETS: Final = _OF_NODES | _NAMED | {"targetClass", "targetSubjectsOf", "sparql"}
_OF_QUERIES: Final = frozenset({"message", "prefixes", "select"})


@dataclass(frozen=True, slots=True)
class Query:
    """A constraint that is a SELECT of the nodes `this` that break it."""

    sparql: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Target:
    """A shape, its constraints that are queries, and the nodes for which all this holds.

    These are the nodes of any of the `kinds` (subclasses are among them), and those with any of the `properties`.
    """

    kinds: frozenset[Term]
    properties: frozenset[str]
    shape: NodeShape
    queries: tuple[Query, ...]

    @property
    def of(self) -> tuple[frozenset[Term], frozenset[str]]:
        return self.kinds, self.properties


def compiled(turtle: bytes, vocabulary: Vocabulary) -> tuple[Target, ...]:
    """The shapes of a Turtle document; raises ValueError where one says what is not understood."""
    return _Compiler(turtle, vocabulary).targets()


class _Compiler:
    def __init__(self, turtle: bytes, vocabulary: Vocabulary) -> None:
        quads = ox.parse(turtle, ox.RdfFormat.TURTLE)
        self._entries = indexed((quad.subject, quad.predicate.value, quad.object) for quad in quads)
        self._vocabulary = vocabulary
        self._seen: set[Term] = set()

    def targets(self) -> tuple[Target, ...]:
        kind = ox.NamedNode(_SH + "NodeShape")
        found = tuple(self._target(node) for node, entry in self._entries.items() if kind in entry.get(TYPE, ()))
        for node, entry in self._entries.items():
            if node not in self._seen and any(predicate.startswith(_SH) for predicate in entry):
                raise ValueError(f"no sh:NodeShape leads to {node}, so it would do nothing: {_names(entry)}")
        return found

    def _target(self, node: Term) -> Target:
        entry = self._entry(node, _OF_TARGETS)
        if len(entry[TYPE]) > 1:
            raise ValueError(f"{node} is a shape and more; classes that are shapes are not understood")
        shape = self._node(entry)
        if shape.tests and not shape.message:
            raise ValueError(f"{node} has constraints of its own and no sh:message to tell of them")
        below = (self._vocabulary.below(kind) for kind in entry.get(_SH + "targetClass", ()))
        return Target(
            frozenset[ox.NamedNode]().union(*below),
            frozenset(_value(predicate) for predicate in entry.get(_SH + "targetSubjectsOf", ())),
            shape,
            tuple(self._query(query, shape.severity) for query in entry.get(_SH + "sparql", ())),
        )

    def _node(self, entry: Entry, *, nested: bool = False) -> NodeShape:
        properties = tuple(self._property(node, nested=nested) for node in entry.get(_SH + "property", ()))
        return NodeShape(self._tests(entry), properties, _severity(entry), _text(entry, "message"))

    def _nested(self, node: Term) -> NodeShape:
        """A shape within sh:or and its like: it holds or not, so that it has no message and no severity."""
        return self._node(self._entry(node, _OF_NODES), nested=True)

    def _property(self, node: Term, *, nested: bool) -> PropertyShape:
        entry = self._entry(node, _OF_PROPERTIES if nested else _OF_PROPERTIES | _NAMED)
        (path,) = entry[_SH + "path"]
        message, most = _text(entry, "message"), _text(entry, "maxCount")
        if not message and not nested:
            raise ValueError(f"the shape of {path} has no sh:message")
        return PropertyShape(
            path=tuple(_value(step) for step in (self._list(path) if isinstance(path, ox.BlankNode) else [path])),
            least=int(_text(entry, "minCount") or 0),
            most=int(most) if most else inf,
            tests=self._tests(entry),
            pairs=tuple(make(_value(other)) for name, make in _PAIRS.items() for other in entry.get(_SH + name, ())),
            severity=_severity(entry),
            message=message,
        )

    def _query(self, node: Term, severity: Severity) -> Query:
        entry = self._entry(node, _OF_QUERIES)
        message = _text(entry, "message")
        if not message:
            raise ValueError(f"the query {_text(entry, 'select')} has no sh:message")
        prologue = (line for ontology in entry.get(_SH + "prefixes", ()) for line in self._prefixes(ontology))
        return Query("\n".join([*prologue, _text(entry, "select")]), severity, message)

    def _prefixes(self, ontology: Term) -> Iterator[str]:
        for node in self._entry(ontology, {"declare"})[_SH + "declare"]:
            entry = self._entry(node, {"prefix", "namespace"})
            yield f"PREFIX {_text(entry, 'prefix')}: <{_text(entry, 'namespace')}>"

    def _tests(self, entry: Entry) -> tuple[Test, ...]:
        return tuple(self._test(name, value) for name in sorted(_TESTS) for value in entry.get(_SH + name, ()))

    def _test(self, name: str, value: Term) -> Test:
        match name:
            case "class":
                return values.has_class(self._vocabulary.below(value))
            case "datatype":
                return values.has_datatype(_value(value))
            case "in":
                return values.is_one_of(frozenset(self._list(value)))
            case "pattern":
                return values.matches(_value(value))
            case "nodeKind":
                return values.is_kind(_value(value).removeprefix(_SH))
            case "and" | "or" | "xone":
                return _joined(name, [self._nested(node) for node in self._list(value)])
            case _:
                return values.bounded(name, value)

    def _entry(self, node: Term, known: AbstractSet[str]) -> Entry:
        """What is said of a shape; raises ValueError where that is more than is understood."""
        self._seen.add(node)
        entry = self._entries[node]
        unknown = {name: entry[name] for name in entry if name.removeprefix(_SH) not in known and name not in _REMARKS}
        if unknown:
            raise ValueError(f"{_names(unknown)} of {node} is not understood; see graph/validation/compiling.py")
        return entry

    def _list(self, head: Term) -> list[Term]:
        found = []
        while head != ox.NamedNode(_RDF + "nil"):
            entry = self._entries[head]
            if _RDF + "first" not in entry:
                raise ValueError(f"of paths only properties and sequences are understood, not {_names(entry)}")
            found += entry[_RDF + "first"]
            (head,) = entry[_RDF + "rest"]
        return found


def _joined(name: str, shapes: list[NodeShape]) -> Test:
    if name == "and":
        return lambda term, data: all(shape.conforms(term, data) for shape in shapes)
    if name == "or":
        return lambda term, data: any(shape.conforms(term, data) for shape in shapes)
    return lambda term, data: sum(shape.conforms(term, data) for shape in shapes) == 1


def _severity(entry: Entry) -> Severity:
    for value in entry.get(_SH + "severity", ()):
        return _SEVERITIES[_value(value).removeprefix(_SH)]
    return "violation"


def _text(entry: Entry, name: str) -> str:
    """The one value of that name, or nothing."""
    found = entry.get(_SH + name, ())
    if len(found) > 1:
        raise ValueError(f"sh:{name} is understood where it is given once, not as {found}")
    return _value(found[0]) if found else ""


def _value(term: Term) -> str:
    if not isinstance(term, ox.NamedNode | ox.Literal):
        raise ValueError(f"{term} stands where an IRI or a text is understood")  # noqa: TRY004  # a fault of the shapes
    return term.value


def _names(entry: Entry) -> str:
    return ", ".join(sorted(name.replace(_SH, "sh:") for name in entry))
