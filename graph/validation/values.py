"""What SHACL's constraints ask of single values, each as a function that says whether a value is as it should be."""

from __future__ import annotations

import operator
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from ontology.iris import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from graph.validation.triples import Entry, Term, Triples

Test: TypeAlias = "Callable[[Term, Triples], bool]"
Pair: TypeAlias = "Callable[[Sequence[Term], Entry], Iterator[Term]]"  # the values that do not go with other properties

_XSD: Final = VOCABULARIES["xsd"]
_STRING: Final = _XSD + "string"
_DATE: Final = _XSD + "date"

# What the literals of a datatype look like. The days of a month are not counted.
_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    _STRING: re.compile(""),  # any
    _XSD + "integer": re.compile(r"[+-]?\d+"),
    _XSD + "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    _DATE: re.compile(r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d\d:\d\d)?"),
}
_NUMBERS: Final = frozenset(_XSD + name for name in ("integer", "decimal", "double", "float"))
_KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "IRI": (ox.NamedNode,),
    "BlankNode": (ox.BlankNode,),
    "Literal": (ox.Literal,),
    "BlankNodeOrIRI": (ox.BlankNode, ox.NamedNode),
    "BlankNodeOrLiteral": (ox.BlankNode, ox.Literal),
    "IRIOrLiteral": (ox.NamedNode, ox.Literal),
}
_BOUNDS: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    "minInclusive": operator.ge,
    "maxInclusive": operator.le,
    "minExclusive": operator.gt,
    "maxExclusive": operator.lt,
}


def has_class(kinds: frozenset[Term]) -> Test:
    """An instance of any of these classes."""
    return lambda term, data: not isinstance(term, ox.Literal) and data.is_a(term, kinds)


def has_datatype(datatype: str) -> Test:
    """A well-formed literal of that datatype; raises ValueError for a datatype whose form is not known."""
    form = _FORMS.get(datatype)
    if form is None:
        raise ValueError(f"literals of {datatype} cannot be checked; known are {', '.join(sorted(_FORMS))}")
    wanted, matches = ox.NamedNode(datatype), form.fullmatch
    if datatype == _STRING:
        return lambda term, _: isinstance(term, ox.Literal) and term.datatype == wanted
    return lambda term, _: isinstance(term, ox.Literal) and term.datatype == wanted and matches(term.value) is not None


def is_one_of(allowed: frozenset[Term]) -> Test:
    """Any of these terms."""
    return lambda term, _: term in allowed


def matches(pattern: str) -> Test:
    """A literal or IRI in which the pattern is found."""
    search = re.compile(pattern).search
    return lambda term, _: isinstance(term, ox.Literal | ox.NamedNode) and search(term.value) is not None


def is_kind(name: str) -> Test:
    """A term of that kind, named as in SHACL: `IRI`, `Literal`, `BlankNodeOrIRI`."""
    kinds = _KINDS[name]
    return lambda term, _: isinstance(term, kinds)


def bounded(name: str, bound: Term) -> Test:
    """A number on the right side of a bound; `name` as in SHACL: `minInclusive`."""
    limit, holds = _number(bound), _BOUNDS[name]
    if limit is None:
        raise ValueError(f"sh:{name} is understood of numbers only, not of {bound}")

    def test(term: Term, _: Triples) -> bool:
        value = _number(term)
        return value is not None and holds(value, limit)

    return test


def less_than(other: str) -> Pair:
    """The values that do not come before all those of the `other` property."""

    def wrong(values: Sequence[Term], entry: Entry) -> Iterator[Term]:
        return (value for value in values if not all(_less(value, more) for more in entry.get(other, ())))

    return wrong


def disjoint(other: str) -> Pair:
    """The values that the `other` property has too."""

    def wrong(values: Sequence[Term], entry: Entry) -> Iterator[Term]:
        return (value for value in values if value in entry.get(other, ()))

    return wrong


def equal(other: str) -> Pair:
    """The values that only one of both properties has."""

    def wrong(values: Sequence[Term], entry: Entry) -> Iterator[Term]:
        theirs = entry.get(other, ())
        yield from (value for value in values if value not in theirs)
        yield from (value for value in theirs if value not in values)

    return wrong


def _number(term: Term) -> Decimal | None:
    if not isinstance(term, ox.Literal) or term.datatype.value not in _NUMBERS:
        return None
    try:
        return Decimal(term.value)
    except InvalidOperation:
        return None


def _less(one: Term, other: Term) -> bool:
    """Whether both can be compared and the first comes first: numbers, or dates or strings with each other."""
    first, second = _number(one), _number(other)
    if first is not None and second is not None:
        return first < second
    if not isinstance(one, ox.Literal) or not isinstance(other, ox.Literal) or one.datatype != other.datatype:
        return False
    return one.datatype.value in {_STRING, _DATE} and one.value < other.value
