"""Patterns that have nothing to do with each other, so that all of one meet all of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib.namespace import RDF
from rdflib.term import BNode, Literal, Variable

from graph.sparql.patterns import Finding, Mark, binds, group_binds, names
from graph.sparql.structure import Bind, Filter, Group, InGraph, Minus, Optional, Select, Triple, Union, Values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.sparql.patterns import Scope
    from graph.sparql.structure import Element


@dataclass
class _Part:
    """Elements joined by their variables. `small`: few rows whatever the data."""

    variables: frozenset[str]
    small: bool
    kind: str = "pattern"


def products(scope: Scope) -> Iterator[Finding]:
    """The Cartesian products of a scope, and what is joined by comparing every pair."""
    where = scope.select.where
    given = scope.select.values.variables if scope.select.values else frozenset[str]()
    yield from _of_group(where, given)


def _of_group(group: Group, outer: frozenset[str]) -> Iterator[Finding]:
    """`outer` are the variables of the patterns around a group, which its own parts may meet in."""
    elements = list(_flat(group))
    joined = _joined([_part(one) for one in elements if not isinstance(one, Filter | Minus)], outer)
    large = [part for part in joined if not part.small]
    if len(large) > 1:
        yield from _told(large, [one for one in elements if isinstance(one, Filter)])
    around = outer | group_binds(group)
    for one in elements:
        if isinstance(one, Minus):
            yield from _minus(one, around)
        for nested in _nested(one):
            rest = frozenset[str]().union(*(binds(other) for other in elements if other is not one))
            yield from _of_group(nested, outer | rest)


def _nested(one: Element) -> tuple[Group, ...]:
    if isinstance(one, Optional | Minus):
        return (one.group,)
    return one.groups if isinstance(one, Union | Filter) else ()


def _flat(group: Group, graph: frozenset[str] = frozenset()) -> Iterator[Element]:
    """The elements of a group, plain braces and GRAPH taken away; the name of a graph joins what is in it."""
    for one in group.elements:
        if isinstance(one, Group):
            yield from _flat(one, graph)
        elif isinstance(one, InGraph):
            yield from _flat(one.group, graph)
            yield Bind("", names(one) | group_binds(one.group))  # joins them
        else:
            yield one


def _part(one: Element) -> _Part:
    variables = binds(one) | (one.uses if isinstance(one, Bind) else frozenset())
    if isinstance(one, Bind):
        variables -= {""}
    return _Part(variables, _small(one), "OPTIONAL" if isinstance(one, Optional) else "pattern")


def _small(one: Element) -> bool:
    if isinstance(one, Triple):
        by_object = isinstance(one.object, Literal) and one.predicate != RDF.type
        return not one.variables or not isinstance(one.subject, Variable | BNode) or by_object
    if isinstance(one, Select):
        return one.limit == 1 or (one.aggregates and not one.grouped)
    return isinstance(one, Values) or (isinstance(one, Bind) and not one.uses)


def _joined(parts: Iterable[_Part], outer: frozenset[str]) -> list[_Part]:
    """Parts that share a variable made one; those that meet in `outer` are one too."""
    done: list[_Part] = []
    for part in parts:
        variables, small, kind = part.variables, part.small, part.kind
        if variables & outer:
            variables |= outer
        apart = []
        for other in done:
            if other.variables & variables:
                variables |= other.variables
                small = small or other.small
                kind = other.kind if kind == "OPTIONAL" else kind
            else:
                apart.append(other)
        done = [*apart, _Part(variables, small, kind)]
    return done


def _told(large: list[_Part], filters: list[Filter]) -> Iterator[Finding]:
    linked = _joined([*large, *(_Part(one.uses, small=False) for one in filters if _spans(one, large))], frozenset())
    first, second = (_shown(part) for part in large[:2])
    mark = Mark(min(_named(large[1]), default=""))
    if len(linked) == 1:
        yield Finding(
            "filter-join",
            f"the patterns of {first} and of {second} meet only in a FILTER, so every pair is compared",
            "join them by a variable they share, or BIND the value that the other pattern then looks up",
            mark,
        )
    else:
        yield Finding(
            "cartesian-product",
            f"the patterns of {first} and of {second} share no variable: each row of one meets each row of the other",
            "join them by a variable, or ask in two queries",
            mark,
        )


def _spans(one: Filter, large: list[_Part]) -> bool:
    return sum(bool(part.variables & one.uses) for part in large) > 1


def _named(part: _Part) -> list[str]:
    return sorted(name for name in part.variables if not name.startswith("_:"))


def _shown(part: _Part) -> str:
    listed = _named(part)
    return ", ".join(f"?{name}" for name in listed[:3]) + (", ..." if len(listed) > 3 else "") if listed else "[]"


def _minus(one: Minus, around: frozenset[str]) -> Iterator[Finding]:
    inside = group_binds(one.group)
    if inside and not inside & around:
        yield Finding(
            "minus-without-effect",
            "MINUS takes nothing away, as it shares no variable with the patterns before it",
            "use a variable of those patterns in it, or FILTER NOT EXISTS",
            Mark("MINUS"),
        )


def free(triple: Triple, scope: Scope) -> bool:
    """Whether nothing else in the scope binds either end of a pattern."""
    ends = [one for one in (triple.subject, triple.object) if isinstance(one, Variable | BNode)]
    return len(ends) == 2 and all(scope.bound[_key(end)] == 1 for end in ends) and ends[0] != ends[1]


def _key(term: Variable | BNode) -> str:
    return f"_:{term}" if isinstance(term, BNode) else str(term)
