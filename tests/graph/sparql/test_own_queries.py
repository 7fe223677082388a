"""The queries that the product runs itself."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from graph import queries
from graph.sparql.checking import harmless

if TYPE_CHECKING:
    from graph.store.embedded import Store

_NAMES = sorted(file.name.removesuffix(".rq") for file in files("graph.queries").iterdir() if file.name.endswith(".rq"))


@pytest.mark.parametrize("name", _NAMES)
def test_own_queries_need_no_parsing_before_they_run(name):
    """`prov:wasDerivedFrom` looks as if it could hold a FROM, so that the query would be parsed for 70 ms each time."""
    assert harmless(queries.load(name))


@pytest.mark.parametrize("name", _NAMES)
def test_own_queries_are_understood(name: str, store: Store) -> None:
    b"".join(store.answer(queries.load(name)).chunks)
