from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sparql.operations import operations

# Tokens of operations; between any two of them may stand what means nothing.
OPERATIONS = {
    "data": [
        ["INSERT", "DATA", "{", "<x:a>", "<x:b>", "'}; WHERE {'", "}"],
        ["DELETE", "DATA", "{", "GRAPH", "<x:g>", "{", "<x:a>", "<x:b>", '"""#\n"}"""', "}", "}"],
    ],
    "where": [["delete", "where", "{", "?s", "?p", "?o", "}"]],
    "modify": [
        ["WITH", "x:g", "DELETE", "{", "?s", "?p", "?o", "}", "WHERE", "{", "?s", "?p", "?o", "}"],
        ["INSERT", "{", "?s", "?p", "1", "}", "USING", "<x:g#;>", "USING", "NAMED", "x:h", "WHERE", "{", "}"],
        [
            "DELETE",
            "{",
            "}",
            "INSERT",
            "{",
            "}",
            "WHERE",
            "{",
            "FILTER",
            "(",
            "1",
            "<",
            "2",
            "&&",
            "3",
            ">",
            "2",
            ")",
            "}",
        ],
    ],
    "manage": [
        ["CLEAR", "ALL"],
        ["MOVE", "SILENT", "GRAPH", "<x:g>", "TO", "DEFAULT"],
        ["CREATE", "SILENT", "GRAPH", "x:g"],
    ],
}
NOISE = st.sampled_from([" ", "\n", "\t", " # } WHERE { ; '\n", " #\r", "\r\n"])


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, list[str]]:
    """An update request and the kinds of its operations."""
    kinds = draw(st.lists(st.sampled_from(sorted(OPERATIONS)), max_size=4))
    text = "PREFIX x: <x:>" + draw(NOISE)
    for number, kind in enumerate(kinds):
        text += ";" if number else ""
        for token in draw(st.sampled_from(OPERATIONS[kind])):
            text += draw(NOISE) + token
        text += draw(NOISE)
    return text, kinds


@given(requests())
def test_operations_are_told_apart_whatever_stands_between(request: tuple[str, list[str]]) -> None:
    text, kinds = request
    ox.Store().update(text)
    found = operations(text)
    assert found is not None
    assert [operation.kind for operation in found] == kinds
    for operation in found:
        ox.Store().update(operation.prologue + text[operation.start : operation.end])


@given(st.text() | st.text("{}<>'\"#\\;:? INSERTDAWHLO\n"))
def test_operations_of_anything_are_found_or_not(text: str) -> None:
    found = operations(text)
    assert found is None or all(0 <= one.start < one.end <= len(text) for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA {",
        "} CLEAR ALL",
        "WITHx:g DELETE {} WHERE {}",
        "CLEAR ALL CLEAR ALL",
        r"CLEAR GRAPH x:\u0041",
        "ASK {}",
    ],
)
def test_operations_that_are_none_are_not_guessed(text: str) -> None:
    assert operations(text) is None


@pytest.mark.parametrize(
    ("text", "steady"),
    [
        ("INSERT DATA { <x:a> <x:b> 'rand() [] _:x' }", True),
        ("INSERT DATA { <x:a> <x:b> _:x }", False),
        ("INSERT DATA { <x:a> <x:b> << <x:a> <x:b> 1 >> }", False),
        ("INSERT { ?s ?p [] } WHERE { ?s ?p ?o }", False),
        ("INSERT { ?s ?p ?o } WHERE { ?s ?p [] , ?o FILTER(?o > (1 + 2)) }", True),
        ("INSERT { ?s ?p ?r } WHERE { ?s ?p ?o BIND(RAND() AS ?r) }", False),
        ("INSERT { ?s ?p ?n } WHERE { { SELECT ?s ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s ?p } }", True),
        ("INSERT { ?s ?p ?n } WHERE { { SELECT ?s ?p (SAMPLE(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s ?p } }", False),
        ("WITH <x:g> DELETE { ?s ?p ?now } WHERE { ?s ?p ?now }", True),
    ],
)
def test_operations_know_whether_they_can_be_done_again(text: str, *, steady: bool) -> None:
    ox.Store().update(text)
    found = operations(text)
    assert found is not None
    assert [operation.steady for operation in found] == [steady]
