"""What a query is made of: groups of patterns, with their variables, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from pyparsing import ParseResults
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, Path, SequencePath
from rdflib.plugins.sparql.algebra import translatePath, translatePName, traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import BNode, Identifier, Variable

from graph.errors import QueryRefusedError, QuerySyntaxError
from graph.sparql.parsing import parse_query, parts, prologue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_EXISTS: Final = ("Builtin_EXISTS", "Builtin_NOTEXISTS")


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple pattern; blank nodes stand for variables that nobody names."""

    subject: Identifier
    predicate: Identifier | Path
    object: Identifier

    @property
    def variables(self) -> frozenset[str]:
        return frozenset(_name(term) for term in (self.subject, self.predicate, self.object) if _open(term))

    @property
    def unbounded(self) -> bool:
        """Whether its path may be of any length."""
        return any(isinstance(path, MulPath) and path.mod in "*+" for path in _paths(self.predicate))

    @property
    def any_way(self) -> bool:
        """Whether its path of any length goes over properties that it does not name."""
        repeated = [path for path in _paths(self.predicate) if isinstance(path, MulPath) and path.mod in "*+"]
        return any(isinstance(path, NegatedPath) for one in repeated for path in _paths(one))


@dataclass(frozen=True, slots=True)
class Group:
    """The elements between two braces, in order."""

    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Optional:
    group: Group


@dataclass(frozen=True, slots=True)
class Minus:
    group: Group


@dataclass(frozen=True, slots=True)
class Union:
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class InGraph:
    name: Identifier
    group: Group


@dataclass(frozen=True, slots=True)
class Service:
    group: Group


@dataclass(frozen=True, slots=True)
class Values:
    variables: frozenset[str]
    rows: int


@dataclass(frozen=True, slots=True)
class Bind:
    variable: str
    uses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Filter:
    """`uses` are the variables of the condition, those of EXISTS left out; `condition` is rdflib's parse tree."""

    uses: frozenset[str]
    groups: tuple[Group, ...]
    condition: object


@dataclass(frozen=True, slots=True)
class Select:
    """A query or subquery. `projected` is None for `*`; what is not a SELECT has no projection."""

    form: str
    projected: tuple[str, ...] | None
    made: frozenset[str]
    where: Group
    distinct: bool
    aggregates: bool
    grouped: bool
    ordered: bool
    limit: int | None
    offset: int
    values: Values | None
    uses: frozenset[str]


Element = Triple | Group | Optional | Minus | Union | InGraph | Service | Values | Bind | Filter | Select


def read_query(text: str, prefixes: Mapping[str, str]) -> Select:
    """The structure of a query; raises QuerySyntaxError, or QueryRefusedError where it is too long or deep."""
    prologue_and_query = parse_query(text)
    try:
        names = prologue(prologue_and_query[0], prefixes)
        query = traverse(prologue_and_query[1], visitPost=partial(translatePName, prologue=names))
        query = traverse(query, visitPost=translatePath)
        return _select(query)
    except RecursionError as error:
        raise QueryRefusedError("it is nested too deeply to be understood; write it flatter") from error
    except Exception as error:
        if isinstance(error, QuerySyntaxError | QueryRefusedError):
            raise
        raise QuerySyntaxError(" ".join(str(error).split())) from error


def _select(query: CompValue) -> Select:
    projected, made = _projection(query)
    made |= frozenset(str(part.var) for part in parts(query.groupby) if part.name == "GroupAs" and part.var)
    limits = query.limitoffset
    return Select(
        form=query.name,
        projected=projected,
        made=made,
        where=_group(query.where) if query.where else Group(()),
        distinct=bool(query.modifier),
        aggregates=bool(query.groupby or query.having)
        or any(part.name.startswith("Aggregate_") for part in parts([query.projection, query.orderby])),
        grouped=bool(query.groupby),
        ordered=bool(query.orderby),
        limit=int(limits.limit) if limits and limits.limit is not None else None,
        offset=int(limits.offset) if limits and limits.offset is not None else 0,
        values=_values(query.valuesClause) if query.valuesClause else None,
        uses=variables([query.projection, query.groupby, query.having, query.orderby, query.template, query.var]),
    )


def _projection(query: CompValue) -> tuple[tuple[str, ...] | None, frozenset[str]]:
    """The variables of a SELECT, and those of them that its expressions make."""
    if query.name not in ("SelectQuery", "SubSelect") or not query.projection or query.projection == "*":
        return None, frozenset()
    named = [one for one in query.projection if isinstance(one, CompValue)]
    if len(named) != len(query.projection):
        return None, frozenset()
    made = frozenset(str(one.evar) for one in named if one.evar)
    return tuple(str(one.evar or one.var) for one in named), made


def _group(node: CompValue) -> Group:
    """A group, or a subquery in braces of its own."""
    if node.name == "SubSelect":
        return Group((_select(node),))
    elements: list[Element] = []
    for part in node.part or ():
        elements.extend(_elements(part))
    return Group(tuple(elements))


def _elements(part: CompValue) -> Iterator[Element]:
    match part.name:
        case "TriplesBlock":
            for block in part.triples or ():
                terms = list(block)
                for at in range(0, len(terms) - 2, 3):
                    yield Triple(*terms[at : at + 3])
        case "OptionalGraphPattern":
            yield Optional(_group(part.graph))
        case "MinusGraphPattern":
            yield Minus(_group(part.graph))
        case "GroupOrUnionGraphPattern":
            groups = tuple(_group(one) for one in part.graph)
            yield groups[0] if len(groups) == 1 else Union(groups)
        case "GraphGraphPattern":
            yield InGraph(part.term, _group(part.graph))
        case "ServiceGraphPattern":
            yield Service(_group(part.graph))
        case "InlineData":
            yield _values(part)
        case "Bind":
            yield Bind(str(part.var), variables(part.expr))
        case "Filter":
            yield Filter(variables(part.expr), tuple(_exists(part.expr)), part.expr)


def _values(part: CompValue) -> Values:
    return Values(frozenset(str(one) for one in part.var), len(part.value or ()))


def _exists(condition: object) -> Iterator[Group]:
    """The groups of the EXISTS in a condition, not those within them."""
    for item in _of_condition(condition):
        if isinstance(item, CompValue) and item.name in _EXISTS:
            yield _group(item.graph)


def variables(node: object) -> frozenset[str]:
    """The variables in an expression, those within EXISTS left out."""
    return frozenset(str(item) for item in _of_condition(node) if isinstance(item, Variable))


def _of_condition(node: object) -> Iterator[object]:
    """A part of a parse tree and all in it, but not what is within EXISTS; without recursion."""
    stack = [node]
    while stack:
        item = stack.pop()
        yield item
        if isinstance(item, CompValue):
            stack.extend(item.values() if item.name not in _EXISTS else ())
        elif isinstance(item, ParseResults | list | tuple):
            stack.extend(item)


def _open(term: object) -> bool:
    return isinstance(term, Variable | BNode)


def _name(term: object) -> str:
    """A variable's name; a blank node's with a sign before it that no variable has."""
    return f"_:{term}" if isinstance(term, BNode) else str(term)


def _paths(path: object) -> Iterator[Path]:
    """A path and all paths that it is made of."""
    stack = [path]
    while stack:
        item = stack.pop()
        if isinstance(item, Path):
            yield item
            if isinstance(item, SequencePath | AlternativePath):
                stack.extend(item.args)
            elif isinstance(item, MulPath):
                stack.append(item.path)
            elif isinstance(item, InvPath):
                stack.append(item.arg)
