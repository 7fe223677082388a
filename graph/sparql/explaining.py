"""What a query means and will do, said without running it: its algebra, the size of each pattern, warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rdflib.paths import Path
from rdflib.term import BNode, Identifier, Variable

from graph.sparql.linting import lint, streams
from graph.sparql.patterns import scopes
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
    read_query,
)
from ontology.iris import prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.sparql.structure import Element

MOST_COUNTED: Final = 100_000
_MOST_PATTERNS = 20
_FORMS: Final = {f"{form.title()}Query": form for form in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")}


def explain(query: str, count: Callable[[str], int | None]) -> dict[str, Any]:
    """The explanation as JSON; raises QuerySyntaxError or QueryRefusedError where the query cannot be parsed.

    `count` answers a query for one number, ?n; None where that took too long. Patterns are counted up to
    `MOST_COUNTED`; from there on `exact` is false and the number the least there can be.
    """
    read = read_query(query, prefixes())
    triples = [triple for scope in scopes(read) for triple in scope.triples]
    steady = streams(query)
    return {
        "form": _FORMS[read.form],
        "algebra": "\n".join(_lines(read, 0)),
        "patterns": [_counted(triple, count) for triple in triples[:_MOST_PATTERNS]],
        "joins": list(_joins(triples)),
        "warnings": [
            {"code": one.code, "message": one.message, "hint": one.hint, "line": one.line, "column": one.column}
            for one in lint(query)
        ],
        "answer": "sent while it is found, once it has 64 KB" if steady else "held back until it is complete",
    }


def _counted(triple: Triple, count: Callable[[str], int | None]) -> dict[str, Any]:
    shown = _shown(triple)
    if triple.unbounded:
        return {"pattern": shown, "triples": None, "exact": False}
    found = count(f"SELECT (COUNT(*) AS ?n) {{ SELECT * {{ {_written(triple)} }} LIMIT {MOST_COUNTED} }}")
    return {"pattern": shown, "triples": found, "exact": found is not None and found < MOST_COUNTED}


def _joins(triples: list[Triple]) -> Iterator[dict[str, Any]]:
    """Which variables tie each pattern to those before it, in the order they are written."""
    before: set[str] = set()
    for triple in triples:
        names = {name for name in triple.variables if name[:2] != "_:"}
        if before:
            yield {"pattern": _shown(triple), "on": sorted(f"?{name}" for name in names & before)}
        before |= names


def _lines(one: Element, depth: int) -> Iterator[str]:
    """The algebra, one operator a line, what it works on further in."""
    indent = "  " * depth
    if isinstance(one, Select):
        yield indent + _head(one)
        yield from _lines(one.where, depth + 1)
    elif isinstance(one, Triple):
        yield indent + _shown(one)
    elif isinstance(one, Values):
        yield f"{indent}values {_listed(one.variables)}, {one.rows} row{'' if one.rows == 1 else 's'}"
    elif isinstance(one, Bind):
        yield f"{indent}extend ?{one.variable} from {_listed(one.uses) or 'a constant'}"
    elif isinstance(one, Filter):
        yield f"{indent}filter on {_listed(one.uses) or 'a constant'}" + (" and what exists" if one.groups else "")
        for group in one.groups:
            yield from _lines(group, depth + 1)
    elif isinstance(one, Group):
        yield f"{indent}join"
        for element in one.elements:
            yield from _lines(element, depth + 1)
    elif isinstance(one, Union):
        yield f"{indent}union"
        for group in one.groups:
            yield from _lines(group, depth + 1)
    else:
        yield indent + _name(one)
        yield from _lines(one.group, depth + 1)


def _name(one: Optional | Minus | InGraph | Service) -> str:
    if isinstance(one, InGraph):
        return f"graph {_term(one.name)}"
    return {Optional: "left join", Minus: "minus", Service: "service"}[type(one)]


def _head(one: Select) -> str:
    parts = ["project", _listed(one.projected) if one.projected is not None else "*"]
    if one.form == "AskQuery":
        parts = ["ask"]
    elif one.form in ("ConstructQuery", "DescribeQuery"):
        parts = [_FORMS[one.form].lower()]
    for said, word in ((one.distinct, "distinct"), (one.aggregates, "group"), (one.ordered, "order")):
        parts += [word] if said else []
    parts += [f"limit {one.limit}"] if one.limit is not None else []
    return " ".join([*parts, *([f"offset {one.offset}"] if one.offset else [])])


def _listed(names: object) -> str:
    found = list(names) if isinstance(names, tuple) else sorted(names) if isinstance(names, frozenset) else []
    return ", ".join(f"?{name}" for name in found)


def _shown(triple: Triple) -> str:
    return f"{_term(triple.subject)} {_term(triple.predicate)} {_term(triple.object)}"


def _term(term: Identifier | Path) -> str:
    """A term for people, with the prefixes of Podium where one fits."""
    if isinstance(term, Path):
        return str(term.n3())
    for prefix, namespace in prefixes().items():
        if str(term).startswith(namespace) and not isinstance(term, Variable | BNode):
            return f"{prefix}:{str(term).removeprefix(namespace)}"
    return "[]" if isinstance(term, BNode) else str(term.n3())


def _written(triple: Triple) -> str:
    """The pattern as SPARQL that stands alone."""
    return " ".join(
        f"?blank{'' if one is triple.subject else 'o'}" if isinstance(one, BNode) else str(one.n3())
        for one in (triple.subject, triple.predicate, triple.object)
    )
