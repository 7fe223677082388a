"""What makes a query read or sort more than it needs, or ask for what nothing binds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process
from rdflib.namespace import RDF
from rdflib.term import BNode, Variable

from graph.sparql.parsing import parts
from graph.sparql.patterns import Finding, Mark, binds, group_binds
from graph.sparql.products import free
from graph.sparql.structure import Filter, Group, InGraph, Optional, Select, Service, Triple, Union, Values, variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.sparql.patterns import Scope
    from graph.sparql.structure import Element

_TEXT: Final = {f"Builtin_{name}" for name in ("REGEX", "CONTAINS", "STRSTARTS", "STRENDS")}
_ALIKE = 75.0  # of 100


def waste(scope: Scope) -> Iterator[Finding]:
    """All findings of this module about a scope."""
    yield from _after_optional(scope.select.where, scope)
    yield from _paths(scope)
    yield from _text_scans(scope)
    yield from _unbound(scope)
    if scope.outermost:
        yield from _without_limit(scope)


def _after_optional(group: Group, scope: Scope) -> Iterator[Finding]:
    """Required patterns behind an OPTIONAL of the same group."""
    before: Optional | None = None
    certain: set[str] = set()
    maybe: set[str] = set()
    for one in group.elements:
        if isinstance(one, Optional):
            before = before or one
            maybe |= binds(one) - certain
        elif isinstance(one, Triple | Values | InGraph | Union | Group | Service | Select) and binds(one):
            if before is not None:
                yield _late(one, before, frozenset(maybe), scope)
                break
            certain |= binds(one)
    for one in group.elements:
        if isinstance(one, Optional | InGraph | Service):
            yield from _after_optional(one.group, scope)
        elif isinstance(one, Union | Filter):
            for nested in one.groups:
                yield from _after_optional(nested, scope)
        elif isinstance(one, Group):
            yield from _after_optional(one, scope)


def _late(one: Element, before: Optional, maybe: frozenset[str], scope: Scope) -> Finding:
    shared = sorted(name for name in binds(one) & maybe if not name.startswith("_:"))
    if shared:
        message = (
            f"a required pattern after OPTIONAL uses ?{shared[0]}, and matches anything where OPTIONAL leaves it open"
        )
        hint = "put the required pattern first, or into the OPTIONAL"
    else:
        message = "a required pattern stands after OPTIONAL, which is then tried on rows that the pattern drops"
        hint = "put the OPTIONAL last"
    return Finding("required-after-optional", message, hint, Mark("OPTIONAL", scope.optionals.get(id(before), 0)))


def _paths(scope: Scope) -> Iterator[Finding]:
    for triple in scope.triples:
        ends = [str(one) for one in (triple.subject, triple.object) if isinstance(one, Variable)]
        mark = Mark(ends[0]) if ends else Mark("WHERE", within=False)
        if triple.unbounded and free(triple, scope):
            yield Finding(
                "unbounded-path",
                "a path of any length (* or +) has both ends free: it is followed from every node there is",
                "name one end, or bind it by a pattern or VALUES",
                mark,
            )
        elif triple.any_way and triple.variables:
            yield Finding(
                "unbounded-path",
                "a path of any length over any property reaches the whole graph",
                "name the properties to follow",
                mark,
            )


def _text_scans(scope: Scope) -> Iterator[Finding]:
    for one in scope.elements:
        if not isinstance(one, Filter):
            continue
        asked = frozenset(name for part in parts(one.condition) if part.name in _TEXT for name in variables(part))
        for triple in scope.triples:
            if str(triple.object) in asked and isinstance(triple.predicate, Variable) and _alone(triple, scope):
                yield Finding(
                    "text-scan",
                    f"the text of ?{triple.object} is looked for in every literal there is",
                    "name the property, as in ?s rdfs:label ?text",
                    Mark(str(triple.object)),
                )


def _alone(triple: Triple, scope: Scope) -> bool:
    """Whether nothing narrows the subject and predicate of a pattern down."""
    return all(
        isinstance(one, Variable | BNode) and scope.bound[f"_:{one}" if isinstance(one, BNode) else str(one)] == 1
        for one in (triple.subject, triple.predicate)
    )


def _unbound(scope: Scope) -> Iterator[Finding]:
    select = scope.select
    there = frozenset(scope.bound) | group_binds(select.where) | select.made
    used = select.uses | frozenset(select.projected or ())
    if scope.outermost or select.projected is not None:
        for one in scope.elements:
            used |= one.uses if isinstance(one, Filter) else frozenset()
    for name in sorted(used - there):
        near = process.extractOne(
            name, [one for one in there if one[:2] != "_:"], scorer=fuzz.ratio, score_cutoff=_ALIKE
        )
        yield Finding(
            "unbound-variable",
            f"no pattern binds ?{name}, so it never has a value",
            f"did you mean ?{near[0]}?" if near else "use it in a pattern, or leave it out",
            Mark(name, within=False),
        )


def _without_limit(scope: Scope) -> Iterator[Finding]:
    select = scope.select
    if select.form != "SelectQuery" or select.limit is not None or select.aggregates or select.values:
        return
    if not scope.triples or not all(_any(one) for one in scope.elements):
        return
    if select.distinct:  # may leave few
        return
    if select.ordered:
        yield Finding(
            "order-without-limit",
            "every match there is must be found and sorted before the first row comes",
            "add a LIMIT, or leave ORDER BY out",
            Mark("ORDER", within=False),
        )
    else:
        yield Finding(
            "missing-limit",
            "nothing narrows the answer down, so it grows with the data",
            "add a LIMIT",
            Mark("SELECT", within=False),
        )


def _any(one: Element) -> bool:
    """Whether an element leaves all data in, as far as can be seen."""
    if isinstance(one, Triple):
        typed = one.predicate == RDF.type or isinstance(one.object, Variable | BNode)
        return isinstance(one.subject, Variable | BNode) and typed
    if isinstance(one, Filter):
        return not one.groups and not _narrows(one)
    return not isinstance(one, Values | Select | Service)


def _narrows(one: Filter) -> bool:
    """Whether a condition may leave few rows: anything but a look at what kind of term a variable has, or `!=`."""
    loose = {"Builtin_BOUND", "Builtin_isIRI", "Builtin_isURI", "Builtin_isLITERAL", "Builtin_isBLANK", "Builtin_LANG"}
    for part in parts(one.condition):
        if part.name == "RelationalExpression" and part.op in ("=", "<", ">", "<=", ">=", "IN"):
            return not any(inside.name == "Builtin_LANG" for inside in parts(part))
        if (part.name.startswith("Builtin_") and part.name not in loose) or part.name == "Function":
            return True
    return False
