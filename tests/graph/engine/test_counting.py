"""Rows are counted in what Oxigraph writes, whatever stands in the terms and wherever the bytes are cut."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.engine.counting import rows_of

FORMATS = [
    ox.QueryResultsFormat.JSON,
    ox.QueryResultsFormat.XML,
    ox.QueryResultsFormat.CSV,
    ox.QueryResultsFormat.TSV,
]
TEXT = (
    st.lists(
        st.sampled_from(["}},", ",{", "{}", "[{", '"', ",", "}", "\\", "\n", "\r\n", "\t", "<result>", "x", "ø", "]"]),
        max_size=6,
    )
    .map("".join)
    .filter(lambda text: "},{" not in text)
)  # of which `counting` says that it may count as a row
TERM = st.one_of(
    st.none(),
    TEXT.map(ox.Literal),
    TEXT.map(lambda text: ox.Literal(text, language="en")),
    st.just(ox.NamedNode("urn:,")),
    st.just(ox.Literal(5)),
    st.just(ox.BlankNode("b")),
)


def counted(form: ox.QueryResultsFormat, data: bytes, cuts: list[int]) -> int:
    rows = rows_of(form)
    at = 0
    for cut in [*sorted(cuts), len(data)]:
        if cut > at:
            rows.feed(data[at:cut])
            at = cut
    return rows.total()


@pytest.mark.parametrize("form", FORMATS, ids=str)
@given(rows=st.lists(st.tuples(TERM, TERM), max_size=6), cuts=st.lists(st.integers(0, 800), max_size=8))
def test_each_row_is_counted_once(
    form: ox.QueryResultsFormat, rows: list[tuple[object, object]], cuts: list[int]
) -> None:
    lines = [
        f"({' '.join('UNDEF' if term is None or isinstance(term, ox.BlankNode) else str(term) for term in row)})"
        for row in rows
    ]
    found = ox.Store().query(f"SELECT ?one ?other {{ VALUES (?one ?other) {{ {' '.join(lines)} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    assert counted(form, found.serialize(format=form) or b"", cuts) == len(rows)


@pytest.mark.parametrize("form", FORMATS, ids=str)
@pytest.mark.parametrize("query", ["SELECT * {}", "SELECT (<<( <urn:a> <urn:b> 'x' )>> AS ?t) ('}},' AS ?u) {}"])
def test_rows_of_no_variables_and_of_triples_count(form: ox.QueryResultsFormat, query: str) -> None:
    found = ox.Store().query(query)
    assert isinstance(found, ox.QuerySolutions)
    assert counted(form, found.serialize(format=form) or b"", [20, 40, 41, 42, 43, 44, 60]) == 1
