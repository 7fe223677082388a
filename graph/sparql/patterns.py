"""The scopes of a query (itself and its subqueries), and what binds which variable in each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rdflib.term import Variable

from graph.sparql.structure import (
    Bind,
    Filter,
    Group,
    InGraph,
    Minus,
    Optional,
    Select,
    Service,
    Triple,
    Union,
    Values,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.sparql.structure import Element


class Mark(NamedTuple):
    """A token of the text: a variable by its name, or a keyword in upper case, the one after `before` others.

    `within`: not before the first brace.
    """

    word: str
    before: int = 0
    within: bool = True


class Finding(NamedTuple):
    """A warning without its place in a text."""

    code: str
    message: str
    hint: str
    mark: Mark


@dataclass(frozen=True)
class Scope:
    """A query or subquery, and which of the OPTIONALs of the whole text are in it, in order."""

    select: Select
    outermost: bool
    optionals: dict[int, int]

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """All elements of its groups, those of EXISTS too, subqueries as one each."""
        return tuple(inner(self.select.where))

    @cached_property
    def triples(self) -> tuple[Triple, ...]:
        return tuple(one for one in self.elements if isinstance(one, Triple))

    @cached_property
    def has_service(self) -> bool:
        return any(isinstance(one, Service) for one in self.elements)

    @cached_property
    def bound(self) -> Counter[str]:
        """How many elements may bind each variable."""
        found: Counter[str] = Counter()
        for one in self.elements:
            if isinstance(one, Filter | Group | Optional | Minus | Union | Service):
                continue
            found.update(binds(one) if not isinstance(one, InGraph) else names(one))
        if self.select.values:
            found.update(self.select.values.variables)
        return found


def scopes(select: Select) -> Iterator[Scope]:
    """A query and all its subqueries."""
    numbers = {id(one): number for number, one in enumerate(_optionals(select))}
    stack = [select]
    while stack:
        item = stack.pop()
        yield Scope(item, item is select, numbers)
        stack.extend(one for one in inner(item.where) if isinstance(one, Select))


def _optionals(select: Select) -> Iterator[Optional]:
    for one in inner(select.where):
        if isinstance(one, Optional):
            yield one
        elif isinstance(one, Select):
            yield from _optionals(one)


def inner(group: Group) -> Iterator[Element]:
    """The elements of a group and of the groups in it, in the order of the text; of a subquery only itself."""
    stack: list[Element] = list(reversed(group.elements))
    while stack:
        item = stack.pop()
        yield item
        groups: tuple[Group, ...] = ()
        if isinstance(item, Optional | Minus | InGraph | Service):
            groups = (item.group,)
        elif isinstance(item, Union | Filter):
            groups = item.groups
        elif isinstance(item, Group):
            groups = (item,)
        for one in reversed(groups):
            stack.extend(reversed(one.elements))


def names(one: InGraph) -> frozenset[str]:
    """The variable that a GRAPH names its graph by, if any."""
    return frozenset([str(one.name)]) if isinstance(one.name, Variable) else frozenset()


def binds(one: Element) -> frozenset[str]:
    """The variables that an element may bind."""
    if isinstance(one, Triple | Values):
        return one.variables
    if isinstance(one, Bind):
        return frozenset([one.variable])
    if isinstance(one, Select):
        every = frozenset(one.projected) if one.projected is not None else frozenset[str]()
        return every if one.projected is not None else group_binds(one.where)
    if isinstance(one, Filter | Minus):
        return frozenset()
    if isinstance(one, Union):
        return frozenset().union(*(group_binds(group) for group in one.groups))
    if isinstance(one, InGraph):
        return names(one) | group_binds(one.group)
    return group_binds(one if isinstance(one, Group) else one.group)


def group_binds(group: Group) -> frozenset[str]:
    """The variables that a group may bind."""
    return frozenset[str]().union(*(binds(one) for one in group.elements))
