"""The queries the product runs, one per file, and how lists of terms get into them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from graph.store.terms import to_ox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

_EMPTY = "VALUES ?{} {{}}"


@cache
def load(name: str) -> str:
    """The text of `name`.rq without its comment lines."""
    text = (files(__package__) / f"{name}.rq").read_text(encoding="utf-8")
    return re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)


def with_values(query: str, variable: str, terms: Iterable[Node]) -> str:
    """`query` with its empty block `VALUES ?variable {}` filled.

    Bindings fix one term each; a batch needs VALUES. The terms are serialised by pyoxigraph, which refuses an IRI that
    could end the block, so nothing a user typed reaches the query as syntax.
    """
    block = _EMPTY.format(variable)
    if block not in query:
        raise ValueError(f"the query has no empty block {block!r}")
    filled = " ".join(sorted({str(to_ox(term)) for term in terms}))
    return query.replace(block, f"VALUES ?{variable} {{ {filled} }}")
